import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// 报备: what waits, what holds, what is over.
struct FilingListPage: Sendable {
    struct Line: Sendable {
        var id: String
        var address: String
        var kind: String
        var enterprise: String
        var enterpriseAddress: String
        var coverage: String
        var reason: String
        var span: String
        var submitted: String
        var isLate: Bool
        var state: String
        var isWaiting: Bool
        var due: Int64?
        var dueText: String?
        var isOverdue: Bool
    }

    var lines: [Line]
    var total: Int
    var waiting: Int
    var states: [Choice]
    var mayFile: Bool
    var pager: Pager
    var confirmed: String?

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now, query) = (visit.scope, visit.now, visit.query)
        let state = Filing.State(rawValue: query["state"])
        let enterprise = query.value("enterprise").map { EnterpriseID($0) }
        let month = now - .days(30)
        let found = try await visit.read { session throws(StorageError) in
            (
                lines: try FilingListing.all(
                    enterprise: enterprise, state: state, scope: scope, now: now, limit: Pager.size,
                    offset: Pager.offset(query), in: &session),
                total: try FilingListing.count(
                    enterprise: enterprise, state: state, scope: scope, now: now, in: &session),
                waiting: try FilingListing.waiting(scope: scope, in: &session),
                figures: try FilingStore.confirmationFigures(
                    window: month..<now, now: now, scope: scope, in: &session)
            )
        }
        let (inTime, due) = found.figures.reduce((0, 0)) { ($0.0 + $1.inTime, $0.1 + $1.due) }
        let address = Pager.address("/filings", query, keeping: ["state", "enterprise"])
        let page = FilingListPage(
            lines: found.lines.map { Line($0, now: now) }, total: found.total, waiting: found.waiting,
            states: Choice.list(
                [("", "全部")] + Filing.State.allCases.map { ($0.rawValue, $0.label) }, selected: query["state"]),
            mayFile: visit.officer.role == .safety,
            pager: Pager(page: Pager.number(query), total: found.total, address: address),
            confirmed: due > 0 ? "近 30 天按时确认 \(Wording.percent(inTime, of: due))(\(inTime)/\(due))" : nil)
        return visit.page("filings", page, title: "报备", section: .filings)
    }
}

extension FilingListPage.Line {
    init(_ item: FilingListing, now: Timestamp) {
        let filing = item.filing
        id = filing.id.rawValue
        address = "/filings/" + Form.encode(id)
        kind = filing.kind.label
        enterprise = item.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(filing.enterprise.rawValue)
        coverage = Self.coverage(filing.coverage)
        reason = filing.reason
        span = Wording.stamp(filing.from, now: now) + " 至 " + Wording.stamp(filing.end, now: now)
        submitted = "\(item.submittedBy) \(Wording.stamp(filing.submittedAt, now: now))"
        isLate = filing.isLate
        let current = filing.state(at: now)
        isWaiting = current == .waiting || filing.wish != nil
        state = filing.wish == nil ? current.label : current.label + ",延期待确认"
        let due = item.decisionDueAt
        self.due = due?.milliseconds
        dueText = due.map { Wording.remaining($0 - now) }
        isOverdue = due.map { $0 < now } ?? false
    }

    static func coverage(_ coverage: FilingCoverage) -> String {
        if coverage.isWhole { return "整个企业" }
        var parts: [String] = []
        if !coverage.hazards.isEmpty { parts.append("危险源 \(coverage.hazards.count) 处") }
        if !coverage.points.isEmpty { parts.append("点位 \(coverage.points.count) 个") }
        if !coverage.cameras.isEmpty { parts.append("视频 \(coverage.cameras.count) 路") }
        return parts.joined(separator: "、")
    }
}
