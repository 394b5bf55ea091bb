import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 质量问题: what was found wrong with data, and what becomes of it (SJ-27).
struct FindingsPage: Sendable {
    struct Line: Sendable {
        var rule: String
        var dimension: String
        var severity: String
        var isSerious: Bool
        var address: String
        var enterprise: String
        var enterpriseAddress: String
        var place: String
        var detail: String
        var count: Int
        var last: String
        var state: String
        var deadline: String?
        var isOverdue: Bool
        var isSupervised: Bool
    }

    var lines: [Line]
    var total: Int
    var states: [Choice]
    var dimensions: [Choice]
    var rules: [Choice]
    var pinned: [QualityPage.Pinned]
    var pinnedTitle: String?
    var isOverdueOnly: Bool
    var pager: Pager

    static func filter(_ query: Form) -> QualityFindingListing.Filter {
        let pinned = QualityRule.Pinned(rawValue: query["pinned"])
        let dimension = QualityDimension(rawValue: query["dimension"])
        var filter = QualityFindingListing.Filter()
        filter.state = QualityFinding.State(rawValue: query["state"])
        filter.isOpenOnly = query["state"] != "all"
        filter.isOverdueOnly = query["overdue"] == "1"
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        filter.point = query.value("point").map { PointID($0) }
        if let rule = QualityRule(rawValue: query["rule"]) {
            filter.rules = [rule]
        } else if pinned != nil || dimension != nil {
            filter.rules = QualityRule.allCases.filter { rule in
                (pinned == nil || rule.pinned == pinned) && (dimension == nil || rule.dimension == dimension)
            }
        }
        return filter
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (query, scope, now) = (visit.query, visit.scope, visit.now)
        let pinned = QualityRule.Pinned(rawValue: query["pinned"])
        let (rule, wanted) = (QualityRule(rawValue: query["rule"]), filter(query))
        let found = try await visit.read { session throws(StorageError) in
            (
                try QualityFindingListing.all(
                    wanted, scope: scope, now: now, limit: Pager.size, offset: Pager.offset(query), in: &session),
                try QualityFindingListing.count(wanted, scope: scope, now: now, in: &session),
                try QualityFindingListing.counts(scope: scope, in: &session)
            )
        }
        let address = Pager.address(
            "/findings", query,
            keeping: ["state", "dimension", "rule", "pinned", "overdue", "enterprise", "point"])
        let page = FindingsPage(
            lines: found.0.map { Line($0, now: now) }, total: found.1,
            states: Choice.list(
                [("", "未闭环")] + QualityFinding.State.allCases.map { ($0.rawValue, $0.label) } + [("all", "全部")],
                selected: query["state"]),
            dimensions: Choice.list(
                [("", "全部")] + QualityDimension.allCases.map { ($0.rawValue, $0.label) },
                selected: query["dimension"]),
            rules: Choice.list(
                [("", "全部")]
                    + QualityRule.allCases.filter { found.2[$0] != nil || $0 == rule }
                    .map { ($0.rawValue, "\($0.label) \(found.2[$0] ?? 0)") }, selected: query["rule"]),
            pinned: QualityRule.Pinned.allCases.map { QualityPage.Pinned($0, counts: found.2) },
            pinnedTitle: pinned?.label, isOverdueOnly: wanted.isOverdueOnly,
            pager: Pager(page: Pager.number(query), total: found.1, address: address))
        return visit.page("findings", page, title: "质量问题", section: .findings)
    }
}

extension FindingsPage.Line {
    init(_ item: QualityFindingListing, now: Timestamp) {
        rule = item.rule.label
        dimension = item.rule.dimension.label
        severity = item.severity.label
        isSerious = item.severity == .serious
        address = "/findings/" + Form.encode(item.id.rawValue)
        enterprise = item.enterpriseName
        enterpriseAddress = "/quality/enterprise/" + Form.encode(item.enterprise.rawValue)
        let point = item.pointName.map { name in
            Points.title(kind: item.pointKind ?? "", name: name, tag: item.pointTag)
        }
        place = [item.hazardName, item.equipmentName, point, item.gateway.map { "网关 \($0)" }].compactMap(\.self)
            .joined(separator: " · ")
        detail = item.detail
        count = item.count
        last = Wording.stamp(item.lastAt, now: now)
        state = item.state.label
        deadline =
            item.state == .assigned
            ? item.deadline.map { $0 > now ? Wording.length($0 - now) + "后到期" : "已超 " + Wording.length(now - $0) } : nil
        isOverdue = item.state == .assigned && item.deadline.map { $0 <= now } ?? false
        isSupervised = item.isSupervised
    }
}
