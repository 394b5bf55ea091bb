import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 考勤: who was named for today and has come, and what was not done on the days before (SZ-01, JC-11).
struct AttendancePage: Sendable {
    struct Line: Sendable {
        var office: String
        var name: String
        var came: String
        var isAbsent: Bool
    }
    struct Finding: Sendable {
        var day: String
        var office: String
        var kind: String
        var detail: String
    }

    var today: String
    var lines: [Line]
    var hasLines: Bool
    var findings: [Finding]
    var hasFindings: Bool
    var mayName: Bool

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now, day) = (visit.scope, visit.now, Day(visit.now))
        let found = try await visit.read { session throws(StorageError) in
            (
                try AttendanceStore.inspectors(on: day, scope: scope, in: &session),
                try AttendanceStore.presence(on: day, scope: scope, in: &session),
                try AttendanceStore.findings(
                    from: Day(number: day.number - 30), until: day.next, scope: scope, limit: 300, in: &session)
            )
        }
        if let office = visit.officer.authority { try await visit.markRead("attendance:\(office)") }
        let page = AttendancePage(
            today: ChinaTime.date(day),
            lines: found.0.map { inspector in
                let came = found.1[inspector.account]
                return Line(
                    office: inspector.authorityName, name: inspector.name,
                    came: came.map {
                        "\(Wording.stamp($0.first, now: now)) 登录，最近 \(Wording.stamp($0.last, now: now))"
                    } ?? "今天还没有登录", isAbsent: came == nil)
            },
            hasLines: !found.0.isEmpty,
            findings: found.2.map {
                Finding(day: ChinaTime.date($0.day), office: $0.authorityName, kind: $0.kind.label, detail: $0.detail)
            },
            hasFindings: !found.2.isEmpty, mayName: true)
        return visit.page("attendance", page, title: "考勤", section: .patrols)
    }
}
