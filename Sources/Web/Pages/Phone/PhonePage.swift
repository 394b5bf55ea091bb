import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// A responsible person's phone: one card for each open warning of their sources. Plain HTML, small, works without any
/// script.
struct PhonePage: Sendable {
    struct Card: Sendable {
        struct Reading: Sendable {
            var title: String
            var text: String
            var trouble: String?
        }
        struct Step: Sendable {
            var text: String
            var textClass: String
        }

        var id: String
        var address: String
        var level: LevelMark
        var title: String
        var headline: String
        var readings: [Reading]
        var since: Int64?
        var lasted: String
        var clock: DueClock?
        var state: String
        var acknowledgeLate: String?
        var acknowledged: String?
        var why: String
        var told: String
        var dial: String?
        var pointAddress: String?
        var forms: WarningForms
        var steps: [Step]
        var soundClass: String?
    }

    var cards: [Card]
    var others: String
    var unread: Int?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, warning: nil, state: FormState(), status: .ok)
    }

    /// Showing a card is reading it.
    static func render(
        _ visit: Visit, warning: WarningID?, state: FormState, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now, account) = (visit.scope, visit.now, visit.officer.account)
        var filter = WarningFilter()
        filter.isOpenOnly = true
        let open = filter
        let rows = try await visit.read { session throws(StorageError) in
            try WarningList.rows(open, scope: scope, limit: 30, in: &session)
        }
        let unread = rows.filter { $0.receipt == .unread }.map(\.id)
        if !unread.isEmpty {
            try await visit.site.store.write { session throws(StorageError) in
                for id in unread { try Inbox.markRead(id, scope: scope, by: account, now: now, in: &session) }
            }
            visit.site.events.committed()
        }
        let found = try await visit.read { session throws(StorageError) in
            var dossiers: [WarningDossier] = []
            for row in rows {
                guard let dossier = try WarningDossier.read(row.id, scope: scope, in: &session) else { continue }
                dossiers.append(dossier)
            }
            return (dossiers, try HazardListing.all(.init(), scope: scope, limit: 200, in: &session).count)
        }
        var (dossiers, sources) = found
        for index in dossiers.indices { visit.site.freshen(&dossiers[index]) }
        let cards = dossiers.map { dossier in
            Card(dossier, officer: visit.officer, state: dossier.listing.id == warning ? state : FormState(), now: now)
        }
        let touched = Set(dossiers.map(\.listing.hazard)).count
        let page = PhonePage(
            cards: cards,
            others: sources == 0
                ? "目前没有由你包保的危险源。"
                : touched == 0
                    ? "你负责的 \(sources) 个危险源：没有预警。"
                    : sources > touched ? "你负责的其他 \(sources - touched) 个危险源：没有预警。" : "")
        return visit.page("phone", page, title: "预警", section: .card, frame: .phone, status: status)
    }
}

extension PhonePage.Card {
    init(_ dossier: WarningDossier, officer: Officer, state formState: FormState, now: Timestamp) {
        let (listing, warning) = (dossier.listing, dossier.warning)
        let row = WarningRow(listing, officer: officer, selected: nil, now: now)
        let story = WarningStory(dossier, now: now)
        id = listing.id.rawValue
        address = row.address
        level = row.level
        title = listing.hazardName
        headline = listing.alarm.map(WarningPage.headline) ?? "\(row.level.word)色预警"
        readings = dossier.alarms.filter { $0.alarm.clearedAt == nil }.prefix(4).map { item in
            let reading = ReadingText(item.alarm, now: now)
            return Reading(
                title: Points.title(kind: item.alarm.pointKind, name: item.alarm.pointName, tag: item.alarm.pointTag),
                text: reading.text, trouble: reading.trouble)
        }
        since = row.since
        lasted = row.lasted
        clock = row.clock
        state = row.state
        let due = story.acknowledgeDue
        if listing.acknowledgedAt == nil, listing.clearedAt == nil {
            let limit = WarningStory.acknowledgeWithin(listing.level).minutes
            acknowledgeLate =
                due < now
                ? "确认时限 \(limit) 分，\(Wording.remaining(due - now))"
                : "请在 \(Wording.stamp(due, now: now)) 前确认"
        }
        acknowledged = listing.acknowledgedAt.map { instant in
            let who = warning.acknowledgedBy == officer.person ? "你" : listing.acknowledgedBy ?? ""
            return "\(Wording.stamp(instant, now: now)) \(who)已知悉。县、市等收到预警的单位都看得到。"
        }
        why = story.why
        told = Receipts(dossier, now: now).lines.map { line in
            line.recipient + " " + (line.read.map { "\($0) 已读" } ?? "未读")
        }.joined(separator: " · ")
        let callers = Caller.all(dossier, now: now)
        dial = dossier.enterprisePhone.map(Wording.dial) ?? callers.compactMap(\.dial).first
        pointAddress = row.pointAddress
        forms = WarningForms(dossier, officer: officer, state: formState, back: "/m", now: now)
        steps = Self.steps(listing, warning: warning, now: now)
        soundClass = listing.phase == .unacknowledged ? "sound-\(listing.level.name)" : nil
    }

    private static func steps(_ listing: WarningListing, warning: Warning, now: Timestamp) -> [Step] {
        func step(_ number: Int, _ text: String, _ at: Timestamp?, isCurrent: Bool) -> Step {
            let words = "\(number) \(text)" + (at.map { " " + Wording.stamp($0, now: now) } ?? "")
            return Step(
                text: words + (isCurrent ? " ← 现在" : ""), textClass: at != nil || isCurrent ? "st" : "m")
        }
        let reported = warning.report?.reportedAt
        let first = warning.acknowledgedAt == nil && warning.clearedAt == nil
        let third = !first && warning.progressedAt != nil && warning.allClearAt == nil
        return [
            step(1, "已知悉", warning.acknowledgedAt, isCurrent: first),
            step(
                2, "现场与措施", warning.progressedAt,
                isCurrent: !first && warning.progressedAt == nil && warning.allClearAt == nil),
            step(3, "消警 系统自动判断", warning.allClearAt, isCurrent: third),
            step(4, "一小时内上报：结果、原因、措施", reported, isCurrent: warning.allClearAt != nil && reported == nil),
            step(5, "主责单位审核，闭环", warning.approvedAt, isCurrent: reported != nil && warning.approvedAt == nil),
        ]
    }
}
