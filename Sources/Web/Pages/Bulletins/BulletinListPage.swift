import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 通报: what this office writes and has issued, and what came to it.
struct BulletinListPage: Sendable {
    struct Line: Sendable {
        var address: String
        var title: String
        var kind: String
        var office: String
        var publicity: String
        var phase: String
        var isOpen: Bool
        var number: String
        var time: String
        var receipts: String
        var share: String
    }

    var lines: [Line]
    var kinds: [Choice]
    var phases: [Choice]
    var sides: [Choice]
    var isOfficer: Bool
    var maySpecial: Bool
    var isReceived: Bool
    var csrf: String
    var code: String
    var printer: String
    var copies: String
    var section: String
    var hasLongPeriods: Bool
    var isCounty: Bool
    var nextDraft: String

    static func filter(_ query: Form, officer: Officer) -> BulletinListing.Filter {
        var filter = BulletinListing.Filter()
        filter.kind = BulletinKind(rawValue: query["kind"])
        filter.phase = Bulletin.Phase(rawValue: query["phase"])
        filter.office = officer.authority
        filter.isReceived = officer.authority != nil && query["side"] == "received"
        return filter
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, officer) = (visit.scope, visit.officer)
        let wanted = filter(visit.query, officer: officer)
        let found = try await visit.read { session throws(StorageError) in
            let list = try BulletinListing.all(wanted, scope: scope, limit: 200, in: &session)
            var settings: BulletinSettings?
            if let id = officer.authority, let office = try BulletinOffices.find(id, in: &session) {
                settings = try BulletinOffices.settings(of: office, in: &session)
            }
            return (list, settings)
        }
        let settings = found.1
        let level = officer.authorityLevel
        let page = BulletinListPage(
            lines: found.0.map { Line($0, now: visit.now) },
            kinds: Choice.list(
                [("", "全部")] + BulletinKind.allCases.map { ($0.rawValue, $0.label) }, selected: visit.query["kind"]),
            phases: Choice.list(
                [("", "全部")] + Bulletin.Phase.allCases.map { ($0.rawValue, $0.label) },
                selected: visit.query["phase"]),
            sides: Choice.list([("", "本级编发"), ("received", "收到和下级的")], selected: visit.query["side"]),
            isOfficer: officer.authority != nil,
            maySpecial: officer.role == .duty
                && (level.map { BulletinCalendar.issues(.special, level: $0, hasLongPeriods: false) } ?? false),
            isReceived: wanted.isReceived, csrf: officer.csrf, code: settings?.code ?? "",
            printer: settings?.printer ?? "", copies: settings?.copies.joined(separator: "，") ?? "",
            section: settings?.section ?? "", hasLongPeriods: settings?.hasLongPeriods ?? false,
            isCounty: level == .county || level == .park,
            nextDraft: Wording.stamp(BulletinCalendar.next(after: visit.now), now: visit.now))
        return visit.page("bulletins", page, title: "通报", section: .bulletins)
    }
}

extension BulletinListPage.Line {
    init(_ item: BulletinListing, now: Timestamp) {
        address = "/bulletins/" + Form.encode(item.id.rawValue)
        title = item.title
        kind = item.kind.label
        office = item.officeName
        publicity = item.publicity.label
        phase = item.phase.label
        isOpen = item.issuedAt == nil && item.phase != .withdrawn
        number = item.number ?? ""
        time =
            item.issuedAt.map { Wording.stamp($0, now: now) + " 印发" }
            ?? Wording.stamp(item.draftedAt, now: now) + " 成稿"
        receipts = item.issuedAt == nil ? "" : "签收 \(item.acknowledged)/\(item.receivers)"
        share = Wording.percent(item.automaticCount, of: item.itemCount)
    }
}
