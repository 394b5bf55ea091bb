import Domain
import Hummingbird
import Kernel
import Storage

/// 数据质量待办: what was found wrong with data.
struct FindingsPage: Sendable {
    struct Line: Sendable {
        var rule: String
        var enterprise: String
        var address: String
        var point: String?
        var pointAddress: String?
        var detail: String
        var first: String
        var last: String
        var count: Int
    }

    var lines: [Line]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let found = try await visit.read { session throws(StorageError) in
            try FindingListing.open(scope: scope, limit: 200, in: &session)
        }
        let lines = found.map { finding in
            Line(
                rule: finding.rule, enterprise: finding.enterpriseName,
                address: "/enterprise/" + Form.encode(finding.enterprise.rawValue), point: finding.pointName,
                pointAddress: finding.point.map { "/point/" + Form.encode($0.rawValue) }, detail: finding.detail,
                first: Wording.stamp(finding.firstAt, now: now), last: Wording.stamp(finding.lastAt, now: now),
                count: finding.count)
        }
        return visit.page("findings", FindingsPage(lines: lines), title: "数据质量", section: .enterprises)
    }
}
