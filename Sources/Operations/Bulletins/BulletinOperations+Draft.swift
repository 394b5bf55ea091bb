public import Domain
import Kernel
public import Storage

/// Drafts that make themselves (TB-16): at 8:30, ready before 9:00; what an outage missed is made up, nothing twice.
extension BulletinOperations {
    private static let daily = "daily"

    /// Sets the clock where it is not set, at the first start: the drafts of the last morning are made at once, where
    /// something was on record before that day. A new platform begins with the next morning: of the time before it
    /// there is nothing to tell.
    public static func recover(context: OperationContext, in session: inout Session) throws(StorageError) {
        guard try !DueStore.isSet(.bulletin, id: daily, in: &session) else { return }
        let next = BulletinCalendar.next(after: context.now)
        let last = next - .days(1)
        let first = try session.first("SELECT min(recorded_at) FROM log") { row throws(StorageError) in
            row.next() as Timestamp?
        }
        let isOlder = (first ?? nil).map { $0 < Day(last).start } ?? false
        try DueStore.set(.bulletin, id: daily, at: isOlder ? last : next, in: &session)
    }

    /// In a demonstration the drafts of the last morning are there to be looked at, however new it is.
    public static func armForDemonstration(
        context: OperationContext, in session: inout Session
    ) throws(StorageError) {
        let last = BulletinCalendar.next(after: context.now) - .days(1)
        try DueStore.set(.bulletin, id: daily, at: last, in: &session)
    }

    public static func runDue(
        context: inout OperationContext, in session: inout Session, limit: Int
    ) throws(StorageError) -> Int {
        // One gathering of figures a transaction: it is the long one.
        let due = try DueStore.due(.bulletin, through: context.now, limit: 1, in: &session)
        for row in due { try elapse(row.id, at: row.at, context: &context, in: &session) }
        return due.count
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let at = try DueStore.at(.bulletin, id: id, in: &session), at <= context.now else { return }
        try elapse(id, at: at, context: &context, in: &session)
    }

    private static func elapse(
        _ id: String, at: Timestamp, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard id != daily else {
            var day = Day(at)
            while BulletinCalendar.instant(of: day) <= context.now {
                for item in BulletinCalendar.due(on: day) {
                    try DueStore.set(
                        .bulletin, id: "\(item.kind.rawValue)/\(item.period.from.number)", at: context.now,
                        in: &session)
                }
                day = day.next
            }
            try DueStore.set(.bulletin, id: daily, at: BulletinCalendar.next(after: context.now), in: &session)
            return
        }
        try DueStore.set(.bulletin, id: id, at: nil, in: &session)
        let parts = id.split(separator: "/")
        guard parts.count == 2, let kind = BulletinKind(rawValue: String(parts[0])), let number = Int32(parts[1]) else {
            return
        }
        try draft(
            kind, period: .containing(Day(number: number), kind: kind), context: &context, in: &session)
    }

    /// Drafts of every office that issues this kind and has none yet; how many. The figures are gathered once.
    @discardableResult
    public static func draft(
        _ kind: BulletinKind, period: BulletinPeriod, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Int {
        var waiting: [Authority] = []
        for office in try BulletinOffices.all(in: &session) {
            let settings = try BulletinOffices.settings(of: office, in: &session)
            guard BulletinCalendar.issues(kind, level: office.level, hasLongPeriods: settings.hasLongPeriods),
                try !BulletinStore.exists(office: office.id, kind: kind, period: period, in: &session)
            else { continue }
            // Without an enterprise there is nothing to tell, and nobody to tell it to.
            guard try !FigureSources.jurisdiction(of: office.id, in: &session).isEmpty else { continue }
            waiting.append(office)
        }
        guard !waiting.isEmpty else { return 0 }
        let book = try FigureBook.gather(kind, period: period, scope: .system, now: context.now, in: &session)
        var count = 0
        for office in waiting {
            guard let facts = try BulletinFacts.gather(office.id, from: book, in: &session) else { continue }
            let draft = Bulletin(
                id: BulletinID(context.ids.next("bl", at: context.now)), office: office.id, kind: kind,
                period: period, base: BulletinContent.document(facts))
            guard try BulletinStore.insert(draft, ordinal: 0, at: context.now, in: &session) else { continue }
            try logDraft(draft, context: &context, in: &session)
            try tell(office, of: draft, context: &context, in: &session)
            if let ladder = facts.ladder { try summon(office, ladder, draft, context: &context, in: &session) }
            count += 1
        }
        return count
    }

    private static func tell(
        _ office: Authority, of draft: Bulletin, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try NoticeOperations.send(
            Notice(
                key: "bulletin/\(draft.id)/drafted", recipient: .authority(office.id), subject: "bulletin:\(draft.id)",
                title: "草稿已成:" + draft.title, text: "系统已按数据写好草稿,请补充建议后送审、印发。",
                address: "/bulletins/\(draft.id)"), context: &context, in: &session)
    }

    /// The third month in a row: a letter of summons to the office or the enterprise concerned (TB-14).
    private static func summon(
        _ office: Authority, _ ladder: Ladder, _ ranking: Bulletin, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let offices = try BulletinOffices.all(in: &session)
        for standing in ladder.standings where standing.step == .interview {
            let summoned = summoned(standing, by: office, among: offices)
            var month = Month(ranking.period.from)
            var months: [String] = []
            for _ in 0..<min(standing.months, 12) {
                months.insert(month.title, at: 0)
                month = month.previous
            }
            var letter = Summons.letter(
                from: office.name, to: summoned.name, months: months,
                basis: office.level == .ministry ? "《信息通报制度》第七条" : "《信息通报制度》第七条、第八条")
            letter.caution = ranking.base.caution
            let draft = Bulletin(
                id: BulletinID(context.ids.next("bl", at: context.now)), office: office.id, kind: .special,
                period: ranking.period, base: letter, addressee: summoned.recipient)
            try add(draft, context: &context, in: &session)
            try tell(office, of: draft, context: &context, in: &session)
        }
    }

    /// Counties and parks rank enterprises; others divisions, for which the office of that level answers, or where
    /// there is none any that covers them. No recipient where nobody is registered: the letter cannot be issued then.
    private static func summoned(
        _ standing: Ladder.Standing, by office: Authority, among offices: [Authority]
    ) -> (recipient: Recipient?, name: String) {
        let (unit, name) = (standing.place.count.unit, standing.place.count.name)
        guard Ladder.unit(for: office.level) != .enterprise else { return (.enterprise(EnterpriseID(unit)), name) }
        let covering = offices.filter { authority in
            authority.coversRegion && authority.id != office.id && authority.region?.hasPrefix(unit) ?? false
        }
        let depth = office.level.depth + (office.level == .ministry ? 2 : 1)
        guard let concerned = covering.first(where: { $0.level.depth == depth }) ?? covering.first else {
            return (nil, name)
        }
        return (.authority(concerned.id), concerned.name)
    }
}
