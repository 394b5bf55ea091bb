import Domain
public import Kernel
public import Storage

/// The daily lists: made at 00:00 for every office, kept up through the day, closed at 24:00 (patrol measures Art. 10,
/// 11). Each function runs inside one transaction of the caller.
public enum SpotCheckOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .spotCheck }

    /// When, after the commitments' hour, lists are looked over again.
    static let refreshAfter = Interval.minutes(10 * 60 + 10)
    /// When an office that is short is told, before it is too late (本项目约定).
    static let reminders: [(id: String, after: Interval)] = [
        ("remind16", .hours(16)), ("remind21", .hours(21)),
    ]

    /// At start: the first list of all, and whatever was missed.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        guard try !DueStore.isSet(.spotCheck, id: "day", in: &session) else { return }
        try DueStore.set(.spotCheck, id: "day", at: Day(context.now).start, in: &session)
    }

    /// Acts on one deadline.
    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let today = Day(context.now)
        if id == "day" {
            try makeUp(to: today, context: &context, in: &session)
            try DueStore.set(.spotCheck, id: "day", at: today.next.start, in: &session)
            for (id, after) in [("refresh", refreshAfter)] + reminders {
                let at = today.start + after
                try DueStore.set(.spotCheck, id: id, at: at > context.now ? at : today.next.start + after, in: &session)
            }
        } else if id == "refresh" {
            try refresh(today, context: &context, in: &session)
            try DueStore.set(.spotCheck, id: id, at: today.next.start + refreshAfter, in: &session)
        } else if let (_, after) = reminders.first(where: { $0.id == id }) {
            try remind(today, key: id, context: &context, in: &session)
            try DueStore.set(.spotCheck, id: id, at: today.next.start + after, in: &session)
        } else {
            try DutyCallOperations.elapse(DutyCallID(id), context: &context, in: &session)
        }
    }

    /// Every day up to today: the lists of each, and the end of the one before. After an outage the days that nobody
    /// could work off are there as well, and say so.
    private static func makeUp(
        to today: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        var day = try SpotCheckStore.lastDay(in: &session).map { min($0.next, today) } ?? today
        while day <= today {
            try close(before: day, context: &context, in: &session)
            try generate(day, context: &context, in: &session)
            day = day.next
        }
    }

    /// The lists of one day, for each office that has none yet.
    public static func generate(
        _ day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let isNew = try DrawSeedStore.find(day, in: &session) == nil
        let seed = try DrawSeedStore.publish(day, at: context.now, in: &session)
        if isNew {
            try context.log(
                stream: "check", "seed-" + ChinaTime.date(day), "published",
                ["sequence": .integer(seed.sequence), "hash": .string(seed.hash)], in: &session)
        }
        let inputs = try SpotCheckInputs.load(day, at: context.now, in: &session)
        let special = try SpecialPeriodQuery.factor(on: day, offices: inputs.offices, in: &session)
        let grace = try SpotCheckSettings.grace(in: &session)
        try closePeriods(before: day, inputs, context: &context, in: &session)
        for office in inputs.offices {
            let candidates = inputs.candidates(of: office.id)
            guard !candidates.isEmpty,
                try SpotCheckStore.day(day, of: office.id, in: &session) == nil
            else { continue }
            let factor = special[office.id] ?? .init(times: 1, reason: nil)
            let carried = try carried(to: day, office.id, grace, in: &session)
            let must = MustCheck.list(of: inputs.spans(of: office.id), on: day, grace: grace, carried: carried)
            let selection = SpotCheckSelection(
                quota: SpotCheckQuota(level: office.level, enterprises: candidates.count, factor: factor.times),
                office: office.id, officeName: office.name, seed: seed, must: must.today,
                plans: inputs.plans[office.id] ?? [], candidates: candidates)
            try store(selection, office, day, factor, deferred: must.deferred, context: &context, in: &session)
        }
    }

    private static func store(
        _ selection: SpotCheckSelection, _ office: CheckOffice, _ day: Day, _ factor: SpecialPeriodQuery.Factor,
        deferred: [MustCheck], context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let row = SpotCheckStore.DayRow(
            authority: office.id, day: day, quota: selection.quota.minimum, factor: factor.times,
            factorReason: factor.reason, enterprises: selection.quota.enterprises, generatedAt: context.now)
        guard try SpotCheckStore.insert(row, draw: selection.draw, in: &session) else { return }
        for (position, item) in selection.items.enumerated() {
            try SpotCheckStore.put(
                item, office: office.id, day: day, position: position, at: context.now, by: "system", in: &session)
        }
        for check in deferred { try put(check, office: office.id, day, isDeferred: true, &context, in: &session) }
        func count(_ category: SpotCheckCategory) -> JSON {
            .integer(Int64(selection.items.count { $0.category == category && !$0.isReserve }))
        }
        try context.log(
            stream: "check", "\(ChinaTime.date(day))/\(office.id)", "listed",
            [
                "quota": .integer(Int64(row.quota)), "factor": .integer(Int64(row.factor)), "must": count(.must),
                "attention": count(.attention), "rotation": count(.rotation), "random": count(.random),
                "candidates": .integer(Int64(selection.draw.candidates.count)),
                "drawn": .array(selection.draw.drawn.map { .string($0.rawValue) }),
            ], in: &session)
    }

    /// A20: those of the day before that were put off and not checked.
    private static func carried(
        to day: Day, _ office: AuthorityID, _ grace: LateGrace, in session: inout Session
    ) throws(StorageError) -> [MustCheck] {
        let before = Day(number: day.number - 1)
        let open = Set(try SpotCheckStore.deferred(on: before, of: office, in: &session))
        guard !open.isEmpty else { return [] }
        let spans = try LevelSpans.all(on: before, scope: .authority(office), in: &session)
        return MustCheck.list(of: spans, on: before, grace: .on).deferred.filter { open.contains($0.enterprise) }
            .map { check in
                var check = check
                check.carriedFrom = before
                return check
            }
    }

    /// A source has just turned orange or red: every office that sees it gets its enterprise as a must-check, in the
    /// same transaction (XC-20).
    static func levelChanged(
        _ warning: Warning, from before: Level, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard warning.level > before, HighLevelSpan.isHigh(warning.level) else { return }
        let day = Day(context.now)
        let spans = try LevelSpans.all(on: day, enterprise: warning.enterprise, scope: .system, in: &session)
        let grace = try SpotCheckSettings.grace(in: &session)
        let found = MustCheck.list(of: spans, on: day, grace: grace)
        for office in try CheckOffice.seeing(warning.enterprise, in: &session) {
            let isListed = try SpotCheckStore.day(day, of: office.id, in: &session) != nil
            for check in found.today + found.deferred {
                let isNew = try put(
                    check, office: office.id, day, isDeferred: found.deferred.contains(check), &context, in: &session)
                // Before the day's list is made, the list itself says it.
                if isNew, isListed { try tell(check, office.id, day, context: &context, in: &session) }
            }
        }
    }

    @discardableResult
    private static func put(
        _ check: MustCheck, office: AuthorityID, _ day: Day, isDeferred: Bool, _ context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        let item = SpotCheckSelection.Item(
            enterprise: check.enterprise, category: .must, reasons: [check.reason(on: day)])
        return try SpotCheckStore.put(
            item, office: office, day: day, position: check.level == .red ? -2 : -1, isDeferred: isDeferred,
            at: context.now, by: "system", in: &session)
    }

    private static func tell(
        _ check: MustCheck, _ office: AuthorityID, _ day: Day, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let name = try EnterpriseName.find(check.enterprise, in: &session)
        try context.log(
            stream: "check", "\(ChinaTime.date(day))/\(office)", "mustAdded",
            ["enterprise": .string(check.enterprise.rawValue), "level": .string(check.level.name)], in: &session)
        try NoticeOperations.send(
            Notice(
                key: "check-must:\(ChinaTime.date(day)):\(check.enterprise):\(check.level.name)",
                recipient: .authority(office), subject: "checks:\(ChinaTime.date(day))", title: "必抽新增:\(name)",
                text: "\(name) \(check.reason(on: day)),当日 24:00 前必须抽查(《巡查》第十条)。", address: "/checks",
                enterprise: check.enterprise), context: &context, in: &session)
    }
}
