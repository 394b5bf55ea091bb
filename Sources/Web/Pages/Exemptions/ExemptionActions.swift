import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// The regulator's decision, and the end of what runs.
enum ExemptionActions {
    static func decide(_ visit: Visit) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        let isApproved = visit.form["decision"] == "approve"
        let note = visit.form.value("note")
        return try await act(visit, id) { table, context, session throws(AlarmFailure) in
            try ExemptionOperations.decide(
                id, isApproved: isApproved, note: note, by: editor, table: &table, context: &context, in: &session)
        }
    }

    static func end(_ visit: Visit) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        return try await act(visit, id) { table, context, session throws(AlarmFailure) in
            try ExemptionOperations.end(id, by: editor, table: &table, context: &context, in: &session)
        }
    }

    private static func act(
        _ visit: Visit, _ id: String,
        _ body: @Sendable (inout PointTable, inout OperationContext, inout Session) throws(AlarmFailure) -> Void
    ) async throws -> Response {
        guard let intake = visit.site.intake else { throw PageRefusal.busy }
        do {
            try await intake.transaction(actor: visit.officer.actor, body)
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await ExemptionListPage.render(
                visit, message: error.text, failed: id, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/exemptions")
    }
}

extension Visit {
    /// Who writes into the register, and how far.
    var editor: RegistryEditor { RegistryEditor(scope: scope, role: officer.role) }
}
