import Domain
import Hummingbird
import Kernel
import Storage

/// All warnings of all states, filters in the address.
struct WarningListPage: Sendable {
    var rows: [WarningRow]
    var total: Int
    var levels: [Choice]
    var phases: [Choice]
    var text: String
    var isOpenOnly: Bool
    var pager: Pager
    var isFiltered: Bool
    var note: String?

    private static let filters = ["level", "phase", "open", "region", "enterprise", "q", "day", "supervision"]

    static func show(_ visit: Visit) async throws -> Response {
        let (query, scope, now) = (visit.query, visit.scope, visit.now)
        let filter = filter(query, now: now)
        var found = try await visit.read { session throws(StorageError) in
            (
                try WarningList.rows(
                    filter, scope: scope, limit: Pager.size, offset: Pager.offset(query), in: &session),
                try WarningList.count(filter, scope: scope, in: &session)
            )
        }
        visit.site.freshen(&found.0)
        let address = Pager.address("/warnings", query, keeping: filters)
        let page = WarningListPage(
            rows: found.0.map { listing in
                var row = WarningRow(listing, officer: visit.officer, selected: nil, now: now)
                row.href = row.address
                return row
            },
            total: found.1,
            levels: Choice.list(
                [("", "全部级别"), ("red", "红"), ("orange", "橙"), ("yellow", "黄")], selected: query["level"]),
            phases: Choice.list(
                [("", "全部状态")] + Warning.Phase.allCases.map { ($0.rawValue, WarningRow.word($0)) },
                selected: query["phase"]),
            text: query["q"], isOpenOnly: query.has("open"),
            pager: Pager(page: Pager.number(query), total: found.1, address: address),
            isFiltered: address != "/warnings",
            note: query.has("supervision") ? "有督办待反馈" : query["day"] == "today" ? "今日办结" : nil)
        return visit.page("warnings", page, title: "预警", section: .warnings)
    }

    static func filter(_ query: Form, now: Timestamp) -> WarningFilter {
        var filter = WarningFilter()
        if let level = Level(name: query["level"]) {
            filter.levels = [level]
            if query.has("open") { filter.isRaisedOnly = true }
        }
        switch Warning.Phase(rawValue: query["phase"]) {
        case .awaitingReport: filter.phases = [.cleared, .awaitingReport]
        case let phase?: filter.phases = [phase]
        case nil: break
        }
        filter.isOpenOnly = query.has("open")
        filter.hasOpenSupervision = query.has("supervision")
        filter.region = query.value("region")
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        filter.text = query.value("q")
        if query["day"] == "today" { filter.closedFrom = Day(now).start }
        return filter
    }
}
