import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 报备与豁免: what was asked for, what runs, what was refused. The regulator decides here.
struct ExemptionListPage: Sendable {
    struct Line: Sendable {
        var id: String
        var kind: String
        var enterprise: String
        var enterpriseAddress: String
        var point: String
        var pointAddress: String
        var hazard: String?
        var reason: String
        var span: String
        var left: Int64?
        var leftText: String?
        var asked: String
        var state: String
        var isWaiting: Bool
        var decided: String?
        var decision: Decision?
        var end: String?
    }
    struct Decision: Sendable {
        var action: String
        var noteError: String?
    }

    var lines: [Line]
    var states: [Choice]
    var csrf: String
    var mayAsk: Bool
    var waiting: Int
    var message: String?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, message: nil, failed: nil, status: .ok)
    }

    static func render(
        _ visit: Visit, message: String?, failed: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let state = ExemptionListing.State(rawValue: visit.query["state"])
        let found = try await visit.read { session throws(StorageError) in
            try ExemptionListing.all(state: state, scope: scope, now: now, limit: 200, in: &session)
        }
        let page = ExemptionListPage(
            lines: found.map { Line($0, officer: visit.officer, message: $0.id == failed ? message : nil, now: now) },
            states: Choice.list(
                [("", "全部"), ("asked", "待批准"), ("running", "执行中"), ("ended", "已结束"), ("refused", "已退回")],
                selected: visit.query["state"]),
            csrf: visit.officer.csrf, mayAsk: visit.officer.role == .safety,
            waiting: found.count { $0.decidedAt == nil }, message: failed == nil ? message : nil)
        return visit.page("exemptions", page, title: "报备与豁免", section: .exemptions, status: status)
    }

    static func kind(_ kind: String) -> String {
        switch Exemption.Kind(rawValue: kind) {
        case .filing: "检修报备"
        case .falseAlarm: "误报"
        case .outOfUse: "点位停用"
        case nil: kind
        }
    }
}

extension ExemptionListPage.Line {
    init(_ item: ExemptionListing, officer: Officer, message: String?, now: Timestamp) {
        id = item.id
        kind = ExemptionListPage.kind(item.kind)
        enterprise = item.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(item.enterprise.rawValue)
        point = Points.title(kind: item.pointKind, name: item.pointName, tag: item.pointTag)
        pointAddress = "/point/" + Form.encode(item.point.rawValue)
        hazard = item.hazardName
        reason = item.reason
        let until = item.until.map { Wording.stamp($0, now: now) } ?? "长期"
        span = Wording.stamp(item.from, now: now) + " 至 " + until
        asked = "\(item.requestedBy) \(Wording.stamp(item.requestedAt, now: now))"
        isWaiting = item.decidedAt == nil
        let isRunning = item.isApproved == true && (item.until.map { $0 > now } ?? true)
        state = isWaiting ? "待批准" : item.isApproved == false ? "已退回" : isRunning ? "执行中" : "已结束"
        left = isRunning ? item.until?.milliseconds : nil
        leftText = isRunning ? item.until.map { Wording.remaining($0 - now) } : nil
        decided = item.decidedAt.map { instant in
            "\(item.decidedBy ?? "") \(Wording.stamp(instant, now: now))" + (item.note.map { "“\($0)”" } ?? "")
        }
        let address = "/exemptions/" + Form.encode(item.id)
        decision =
            isWaiting && officer.role == .duty
            ? ExemptionListPage.Decision(action: address + "/decide", noteError: message) : nil
        end = isRunning && officer.role != .responsible ? address + "/end" : nil
    }
}
