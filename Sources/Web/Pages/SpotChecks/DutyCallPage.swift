import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// One duty call: the question, the time that is left, the answer. On the desk and on the phone.
struct DutyCallPage: Sendable {
    var call: DutyCallsPage.Line
    var calledBy: String
    var action: String
    var name: String
    var text: String
    var errors: [FieldError]
    var hasErrors: Bool
    var nameError: String?
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.markRead("call:" + visit.parameter("id"))
        return try await render(visit, errors: [], status: .ok)
    }

    static func answer(_ visit: Visit) async throws -> Response {
        let (id, scope, context) = (DutyCallID(visit.parameter("id")), visit.scope, visit.operation())
        let (name, text) = (visit.form["name"], visit.form["text"])
        do {
            try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                try DutyCallOperations.answer(
                    id, name: name, text: text, scope: scope, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(
                visit, errors: [.init(field: "name", message: error.text)], status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/calls/" + Form.encode(id.rawValue))
    }

    /// Whether this account answers for the one that is called.
    static func isFor(_ call: DutyCall, _ officer: Officer) -> Bool {
        switch (officer.role, call.target) {
        case (.duty, .authority(let id)): officer.authority == id
        case (.safety, .enterprise(let id)), (.responsible, .enterprise(let id)): officer.enterprise == id
        case (.duty, .enterprise), (.safety, .authority), (.responsible, .authority), (.admin, _): false
        }
    }

    private static func render(
        _ visit: Visit, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, scope) = (DutyCallID(visit.parameter("id")), visit.scope)
        let found = try await visit.read { session throws(StorageError) in
            try DutyCallStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw PageRefusal.notFound }
        let page = DutyCallPage(
            call: DutyCallsPage.Line(found, officer: visit.officer, now: visit.now), calledBy: found.calledBy,
            action: "/calls/" + Form.encode(id.rawValue) + "/answer",
            name: visit.form.value("name") ?? visit.officer.name, text: visit.form["text"], errors: errors,
            hasErrors: !errors.isEmpty, nameError: errors.first { $0.field == "name" }?.message,
            csrf: visit.officer.csrf)
        let isPhone = visit.officer.role == .responsible
        return visit.page(
            isPhone ? "phone-call" : "call", page, title: "查岗", section: isPhone ? .card : .calls,
            frame: isPhone ? .phone : .shell, status: status)
    }
}
