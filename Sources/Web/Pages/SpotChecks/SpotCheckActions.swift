import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What an inspector does with a record.
enum SpotCheckActions {
    static func open(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority else { throw PageRefusal.notFound }
        let enterprise = EnterpriseID(visit.form["enterprise"])
        let (context, inspector) = (visit.operation(), visit.officer.name)
        do {
            let id = try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                return try open(enterprise, office: office, inspector: inspector, context: &context, in: &session)
            }
            visit.site.events.committed()
            return visit.redirect("/checks/record/" + Form.encode(id.rawValue))
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await SpotChecksPage.render(visit, message: error.text, status: .unprocessableContent)
        }
    }

    /// Today's record of an enterprise, with the office's phone as its contact.
    static func open(
        _ enterprise: EnterpriseID, office: AuthorityID, inspector: String, context: inout OperationContext,
        in session: inout Session
    ) throws(SpotCheckFailure) -> SpotCheckID {
        let phone: String?
        do throws(StorageError) {
            phone =
                try session.first("SELECT phone FROM authority WHERE id = \(office)") {
                    row throws(StorageError) in row.next() as String?
                } ?? nil
        } catch { throw .storage(error) }
        return try SpotCheckRecordOperations.open(
            enterprise, office: office, inspectors: inspector, contact: phone ?? "", context: &context, in: &session)
    }

    /// 提交并交办, 只存记录 or 重取: one form.
    static func write(_ visit: Visit) async throws -> Response {
        let (id, scope, context, form) = (
            SpotCheckID(visit.parameter("id")), visit.scope, visit.operation(), visit.form
        )
        let edit = edit(form)
        let finding = SpotCheckRecordOperations.Finding(rawValue: form["finding"]) ?? .none
        let act = form["act"]
        do {
            try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                if act != "submit" {
                    try SpotCheckRecordOperations.save(id, edit, scope: scope, context: &context, in: &session)
                }
                if act == "refresh" {
                    try SpotCheckRecordOperations.refresh(id, scope: scope, context: &context, in: &session)
                }
                if act == "submit" {
                    try SpotCheckRecordOperations.submit(
                        id, edit, finding: finding, scope: scope, context: &context, in: &session)
                }
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            var errors = [FieldError(field: "finding", message: error.text)]
            if case .gaps(let gaps) = error {
                errors = gaps.map { FieldError(field: $0.field, message: $0.text) }
            }
            return try await SpotCheckRecordPage.render(
                visit, errors: errors, edit: edit, finding: finding, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/checks/record/" + Form.encode(id.rawValue))
    }

    private static func edit(_ form: Form) -> @Sendable (inout SpotCheckRecord) -> Void {
        { record in
            record.videoNote = form["video"]
            record.hasCameraViolation = form.has("cameraViolation")
            record.watch = form["watch"]
            record.other = form["other"]
            record.inspectors = form["inspectors"]
            record.contact = form["contact"]
            for item in SpotCheckContent.allCases {
                record.verdicts[item] = SpotCheckContent.Verdict(rawValue: form["v-" + item.rawValue])
                record.notes[item] = form.value("n-" + item.rawValue)
            }
        }
    }
}
