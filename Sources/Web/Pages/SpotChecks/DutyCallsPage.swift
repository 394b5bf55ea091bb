import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 查岗: whom this office called and how it went; for those who are called, what waits for an answer.
struct DutyCallsPage: Sendable {
    struct Line: Sendable {
        var address: String
        var target: String
        var caller: String
        var called: String
        var minutes: Int
        var question: String
        var state: String
        var isOpen: Bool
        var isBad: Bool
        var due: Int64?
        var dueText: String?
        var answer: String?
        var isForMe: Bool
    }
    struct Count: Sendable {
        var title: String
        var value: Int
        var address: String
    }

    var lines: [Line]
    var counts: [Count]
    var targets: [Choice]
    var text: String
    var minutes: Int
    var mayCall: Bool
    var errors: [FieldError]
    var hasErrors: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, errors: [], status: .ok)
    }

    static func create(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority else { throw PageRefusal.notFound }
        let form = visit.form
        guard let target = target(form["target"]) else {
            return try await render(
                visit, errors: [.init(field: "target", message: "选一家企业或一个下级单位")], status: .unprocessableContent)
        }
        let (minutes, question, context) = (Int(form["minutes"]) ?? 0, form["question"], visit.operation())
        do {
            let id = try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                return try DutyCallOperations.call(
                    target, minutes: minutes, question: question, office: office, context: &context, in: &session)
            }
            visit.site.events.committed()
            return visit.redirect("/calls/" + Form.encode(id.rawValue))
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(
                visit, errors: [.init(field: "minutes", message: error.text)], status: .unprocessableContent)
        }
    }

    static func target(_ text: String) -> DutyCall.Target? {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "enterprise": return .enterprise(EnterpriseID(parts[1]))
        case "authority": return .authority(AuthorityID(parts[1]))
        default: return nil
        }
    }

    private static func render(
        _ visit: Visit, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let office = visit.officer.role == .duty ? visit.officer.authority : nil
        let (text, state) = (visit.query.value("text"), DutyCall.State(rawValue: visit.query["state"]))
        let found = try await visit.read { session throws(StorageError) in
            (
                try DutyCallStore.all(state: state, scope: scope, limit: 200, in: &session),
                try DutyCallStore.counts(since: Day(now).start, scope: scope, in: &session),
                try office.map { office throws(StorageError) in
                    try DutyCallTargets.all(of: office, text: text, limit: 300, in: &session)
                } ?? []
            )
        }
        let wanted = visit.form.value("target") ?? visit.query["target"]
        let page = DutyCallsPage(
            lines: found.0.map { Line($0, officer: visit.officer, now: now) },
            counts: DutyCall.State.allCases.map {
                Count(title: $0.title, value: found.1[$0] ?? 0, address: "/calls?state=" + $0.rawValue)
            },
            targets: Choice.list(
                found.2.map { ("\($0.target.kind):\($0.target.id)", $0.name) }, selected: wanted),
            text: text ?? "", minutes: DutyCall.minutesUsual, mayCall: office != nil, errors: errors,
            hasErrors: !errors.isEmpty, csrf: visit.officer.csrf)
        let isPhone = visit.officer.role == .responsible
        return visit.page(
            isPhone ? "phone-calls" : "calls", page, title: "查岗", section: isPhone ? .card : .calls,
            frame: isPhone ? .phone : .shell, status: status)
    }
}

extension DutyCallsPage.Line {
    init(_ item: DutyCallStore.Listing, officer: Officer, now: Timestamp) {
        let call = item.call
        address = "/calls/" + Form.encode(call.id.rawValue)
        target = item.targetName
        caller = item.callerName
        called = Wording.stamp(call.calledAt, now: now)
        minutes = call.minutes
        question = call.question
        state = call.state.title
        isOpen = call.state == .waiting
        isBad = call.state == .missed || call.state == .late
        due = isOpen ? call.dueAt.milliseconds : nil
        dueText = isOpen ? Wording.remaining(call.dueAt - now) : nil
        answer = call.answeredAt.map { instant in
            "\(call.answeredBy ?? "") \(Wording.stamp(instant, now: now))"
                + ((call.answer ?? "").isEmpty ? "" : " “\(call.answer ?? "")”")
        }
        isForMe = call.answeredAt == nil && DutyCallPage.isFor(call, officer)
    }
}
