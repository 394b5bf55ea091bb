import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 巡查: today's number and how much of it is done, whom to patrol and why, what was handed in.
struct PatrolPage: Sendable {
    struct Line: Sendable {
        var rank: String
        var subject: String
        var kind: String
        var isFollowUp: Bool
        var history: Int
        var risk: Int
        var application: Int
        var waiting: Int
        var total: Int
        var explanation: String
        var isSuggested: Bool
        var done: String?
        var doneAddress: String?
        var form: String?
        var due: Int64?
        var dueText: String?
    }
    struct Record: Sendable {
        var address: String
        var time: String
        var subject: String
        var kind: String
        var inspector: String
        var abnormal: String
        var isAbnormal: Bool
    }
    struct Candidate: Sendable {
        var name: String
        var reasons: String
    }
    struct Own: Sendable {
        var title: String
        var retire: String
    }

    var title: String
    var actingName: String
    var hasTask: Bool
    var divisions: String
    var patrols: String
    var left: Int64
    var leftText: String
    var isDone: Bool
    var special: String?
    var isMayAct: Bool
    var lines: [Line]
    var hasLines: Bool
    var records: [Record]
    var hasRecords: Bool
    var candidates: [Candidate]
    var hasCandidates: Bool
    var items: [Own]
    var csrf: String
    var message: String?
    var isNarrow: Bool

    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil, status: .ok) }

    private static func render(
        _ visit: Visit, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        guard let own = visit.officer.authority else { return visit.redirect("/patrols/overview") }
        let (scope, now, day) = (visit.scope, visit.now, Day(visit.now))
        let found = try await visit.read { session throws(StorageError) in
            let directory = AuthorityDirectory(try RegistryQueries.authorities(scope: .system, in: &session))
            let office = directory.patrolOffice(of: own) ?? own
            // The ministry's officers work on their centre's task: its rows are theirs to see.
            let scope: Scope = office == own ? scope : .authority(office)
            return (
                try PatrolStore.day(day, office: office, scope: scope, in: &session),
                try PatrolStore.tasks(office: office, day: day, scope: scope, in: &session),
                try PatrolListing.all(
                    office: office, from: Day(number: day.number - 6), until: day.next, scope: scope, limit: 60,
                    in: &session),
                try PatrolOperations.bulletinCandidates(of: office, on: day, in: &session),
                directory.authorities.mapValues(\.name), try PatrolItem.all(of: office, in: &session),
                try OfficeStore.actingName(of: office, in: &session)
            )
        }
        let quota = found.0
        let page = PatrolPage(
            title: "\(ChinaTime.date(day)) 巡查", actingName: found.6, hasTask: quota != nil,
            divisions: quota.map { "\(min($0.doneDivisions, $0.neededDivisions))/\($0.neededDivisions)" } ?? "—",
            patrols: quota.map { "\(min($0.donePatrols, $0.neededPatrols))/\($0.neededPatrols)" } ?? "—",
            left: day.next.start.milliseconds, leftText: Wording.remaining(day.next.start - now),
            isDone: quota?.isComplete ?? false,
            special: quota?.specialReason.map { "\($0):特殊时段,工作量 ×\(quota?.factor ?? 1)" },
            isMayAct: visit.officer.role == .duty,
            lines: found.1.map { Line($0, mayAct: visit.officer.role == .duty, now: now) }, hasLines: !found.1.isEmpty,
            records: found.2.map { Record($0, now: now) }, hasRecords: !found.2.isEmpty,
            candidates: found.3.sorted { $0.key < $1.key }.map { region, reasons in
                Candidate(
                    name: found.4[region] ?? region.rawValue,
                    reasons: reasons.map(\.text).joined(separator: "；"))
            },
            hasCandidates: !found.3.isEmpty,
            items: found.5.map { Own(title: $0.title, retire: "/patrols/item/\(Form.encode($0.id))/retire") },
            csrf: visit.officer.csrf, message: message, isNarrow: false)
        return visit.page("patrols", page, title: "巡查", section: .patrols, status: status)
    }

    static func addItem(_ visit: Visit) async throws -> Response {
        let (office, title) = (try visit.office(), visit.form["title"])
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try PatrolOperations.addItem(title, to: office, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.text, status: .unprocessableContent) }
        return visit.redirect("/patrols")
    }

    static func retireItem(_ visit: Visit) async throws -> Response {
        let (office, id) = (try visit.office(), visit.parameter("id"))
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try PatrolOperations.retireItem(id, of: office, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.redirect("/patrols")
    }
}

extension PatrolPage.Line {
    init(_ task: PatrolTask, mayAct: Bool, now: Timestamp) {
        rank = task.kind == .followUp ? "跟踪" : "\(task.rank)"
        subject = task.subjectName
        kind = task.kind.label
        isFollowUp = task.kind == .followUp
        history = task.scores.history
        risk = task.scores.risk
        application = task.scores.application
        waiting = task.scores.waiting
        total = task.scores.total
        explanation = task.explanation
        isSuggested = task.isSuggested
        done = task.patrol == nil ? nil : "已巡"
        doneAddress = task.patrol.map { "/patrol/" + Form.encode($0.rawValue) }
        let followed = task.problem.map { "&problem=" + Form.encode($0.rawValue) } ?? ""
        form =
            task.patrol == nil && mayAct
            ? "/patrols/new?subject=\(Form.encode(task.subject.rawValue))&kind=\(task.kind.rawValue)\(followed)" : nil
        let isTimed = task.kind == .followUp && task.patrol == nil
        due = isTimed ? task.dueAt.milliseconds : nil
        dueText = isTimed ? Wording.remaining(task.dueAt - now) : nil
    }
}

extension PatrolPage.Record {
    init(_ item: PatrolListing, now: Timestamp) {
        address = "/patrol/" + Form.encode(item.id.rawValue)
        time = Wording.stamp(item.submittedAt, now: now)
        subject = item.subjectName
        kind = item.kind.label
        inspector = item.inspector
        isAbnormal = item.abnormalCount > 0
        abnormal = item.abnormalCount == 0 ? "正常" : "问题 \(item.abnormalCount) 项"
    }
}
