import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 问题: what was found, in whose hands it is, and what is late. An enterprise sees its own.
struct ProblemListPage: Sendable {
    struct Line: Sendable {
        var address: String
        var severity: String
        var isSerious: Bool
        var subject: String
        var text: String
        var source: String
        var stage: String
        var holder: String
        var path: String
        var raised: String
        var left: Int64?
        var leftText: String?
        var late: String?
    }

    var lines: [Line]
    var hasLines: Bool
    var stages: [Choice]
    var severities: [Choice]
    var sources: [Choice]
    var only: [Choice]
    var openCount: Int
    var overdueCount: Int
    var mineCount: Int
    var isOffice: Bool
    var pager: Pager

    static let sources = [("patrol", "巡查"), ("spotCheck", "抽查"), ("quality", "数据质量"), ("siteCheck", "现场核查")]
    static let parts = [("open", "未闭环"), ("overdue", "已超时"), ("mine", "在本单位手里")]

    static func filter(_ query: Form, officer: Officer) -> ProblemListing.Filter {
        var filter = ProblemListing.Filter()
        filter.stages = [Domain.Problem.Stage(rawValue: query["stage"])].compactMap { $0 }
        filter.severities = [ProblemSeverity(rawValue: query["severity"])].compactMap { $0 }
        filter.source = query.value("source")
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        filter.isOverdueOnly = query["only"] == "overdue"
        filter.isOpenOnly = query["only"] == "open"
        if query["only"] == "mine" {
            filter.holder = officer.authority
            filter.isOpenOnly = true
        }
        return filter
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, query, now) = (visit.scope, visit.query, visit.now)
        let (wanted, office) = (filter(query, officer: visit.officer), visit.officer.authority)
        let (limit, offset) = (Pager.size, Pager.offset(query))
        let found = try await visit.read { session throws(StorageError) in
            var open = ProblemListing.Filter()
            open.isOpenOnly = true
            var overdue = open
            overdue.isOverdueOnly = true
            var mine = open
            mine.holder = office
            return (
                try ProblemListing.all(wanted, scope: scope, limit: limit, offset: offset, in: &session),
                try ProblemListing.count(wanted, scope: scope, in: &session),
                try ProblemListing.count(open, scope: scope, in: &session),
                try ProblemListing.count(overdue, scope: scope, in: &session),
                office == nil ? 0 : try ProblemListing.count(mine, scope: scope, in: &session)
            )
        }
        let page = ProblemListPage(
            lines: found.0.map { Line($0, now: now) }, hasLines: !found.0.isEmpty,
            stages: Choice.list(
                [("", "全部")] + Domain.Problem.Stage.allCases.map { ($0.rawValue, $0.label) }, selected: query["stage"]),
            severities: Choice.list(
                [("", "全部")] + ProblemSeverity.allCases.map { ($0.rawValue, $0.label) },
                selected: query["severity"]),
            sources: Choice.list(
                [("", "全部")] + sources, selected: query["source"]),
            only: Choice.list(
                [("", "全部")] + parts.filter { office != nil || $0.0 != "mine" }, selected: query["only"]),
            openCount: found.2, overdueCount: found.3, mineCount: found.4, isOffice: office != nil,
            pager: Pager(
                page: Pager.number(query), total: found.1,
                address: Pager.address(
                    "/problems", query, keeping: ["stage", "severity", "source", "only", "enterprise"])))
        return visit.page("problems", page, title: "问题", section: .problems)
    }
}

extension ProblemListPage.Line {
    init(_ item: ProblemListing, now: Timestamp) {
        address = "/problem/" + Form.encode(item.id.rawValue)
        severity = item.severity.label
        isSerious = item.severity >= .serious
        subject = item.subjectName
        text = item.text
        source = ProblemSource(kind: item.source, id: item.sourceID)?.label ?? item.source
        stage = item.stage.label
        holder = item.holderName
        path = item.finder == item.last ? item.finderName : "\(item.finderName) → \(item.lastName)"
        raised = Wording.stamp(item.raisedAt, now: now)
        let due = ProblemListPage.due(item)
        left = due?.milliseconds
        leftText = due.map { Wording.remaining($0 - now) }
        late = ProblemListPage.late(item)
    }
}

extension ProblemListPage {
    /// What runs now: the first answer, then the rectification.
    static func due(_ item: ProblemListing) -> Timestamp? {
        switch item.stage {
        case .raised: item.respondedAt == nil ? item.feedbackDueAt : nil
        case .ordered: item.deadline
        case .rectified, .rechecked, .closed: nil
        }
    }

    static func late(_ item: ProblemListing) -> String? {
        guard item.stage != .closed else { return item.wasOverdue ? "曾逾期" : nil }
        var words: [String] = []
        if item.isHolderOverdue { words.append("交办超时") }
        if item.isFeedbackOverdue { words.append(item.respondedAt == nil ? "反馈超时" : "反馈晚了") }
        if item.wasOverdue { words.append(item.stage == .ordered ? "逾期未整改" : "曾逾期") }
        return words.isEmpty ? nil : words.joined(separator: "、")
    }
}
