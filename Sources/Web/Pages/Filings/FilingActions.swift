import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// What is done to a filing: by the regulator, and by the enterprise.
enum FilingActions {
    static func decide(_ visit: Visit) async throws -> Response {
        let (id, editor) = (FilingID(visit.parameter("id")), visit.editor)
        let (isConfirmed, note) = (visit.form["decision"] == "confirm", visit.form.value("note"))
        return try await act(visit) { table, context, session throws(FilingFailure) in
            try FilingOperations.decide(
                id, isConfirmed: isConfirmed, note: note, by: editor, table: &table, context: &context, in: &session)
        }
    }

    static func decideExtension(_ visit: Visit) async throws -> Response {
        let (id, editor) = (FilingID(visit.parameter("id")), visit.editor)
        let (isConfirmed, note) = (visit.form["decision"] == "confirm", visit.form.value("note"))
        return try await act(visit) { table, context, session throws(FilingFailure) in
            try FilingOperations.decideExtension(
                id, isConfirmed: isConfirmed, note: note, by: editor, table: &table, context: &context, in: &session)
        }
    }

    static func end(_ visit: Visit) async throws -> Response {
        let (id, editor) = (FilingID(visit.parameter("id")), visit.editor)
        return try await act(visit) { table, context, session throws(FilingFailure) in
            try FilingOperations.end(id, by: editor, table: &table, context: &context, in: &session)
        }
    }

    static func withdraw(_ visit: Visit) async throws -> Response {
        let (id, editor) = (FilingID(visit.parameter("id")), visit.editor)
        return try await act(visit) { _, context, session throws(FilingFailure) in
            try FilingOperations.withdraw(id, by: editor, context: &context, in: &session)
        }
    }

    static func ask(_ visit: Visit) async throws -> Response {
        let (id, editor) = (FilingID(visit.parameter("id")), visit.editor)
        guard let until = LocalTime.instant(visit.form["until"]) else {
            return try await FilingPage.render(
                visit, message: "结束时间写成 2026-11-23 18:00", status: .unprocessableContent)
        }
        let reason = visit.form["reason"]
        return try await act(visit) { _, context, session throws(FilingFailure) in
            try FilingOperations.ask(
                id, until: until, reason: reason, by: editor, context: &context, in: &session)
        }
    }

    private static func act(
        _ visit: Visit,
        _ body: @Sendable (inout PointTable, inout OperationContext, inout Session) throws(FilingFailure) -> Void
    ) async throws -> Response {
        guard let intake = visit.site.intake else { throw PageRefusal.busy }
        do throws(FilingFailure) {
            try await intake.transaction(actor: visit.officer.actor, body)
        } catch {
            if case .notFound = error { throw PageRefusal.notFound }
            return try await FilingPage.render(visit, message: error.text, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/filings/" + Form.encode(visit.parameter("id")))
    }
}
