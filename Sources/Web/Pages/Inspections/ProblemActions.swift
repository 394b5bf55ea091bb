import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What offices and enterprises do with a problem. A refusal shows the page again, with what was written.
enum ProblemActions {
    static func handDown(_ visit: Visit) async throws -> Response {
        let office = try visit.office()
        let (next, note) = (AuthorityID(visit.form["next"]), visit.form["note"])
        return try await perform(.handDown(to: next, note: note, by: office), visit)
    }

    static func order(_ visit: Visit) async throws -> Response {
        let office = try visit.office()
        guard let order = readOrder(visit.form) else {
            return try await again(visit, ProblemRefusal.deadlineMissing.reason)
        }
        return try await perform(.order(order, by: office), visit)
    }

    /// 立即, or 限期 with the deadline read; nil where that is no time.
    private static func readOrder(_ form: Form) -> Rectification? {
        guard form["mode"] == "limited" else { return .atOnce }
        guard let deadline = Visit.instant(form["deadline"]) else { return nil }
        return .limited(measures: form["measures"], deadline: deadline)
    }

    static func feedBack(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        let id = ProblemID(visit.parameter("id"))
        var sent = Form()
        for name in ["measures", "proof", "finishedAt"] { sent[name] = parts.text(name) }
        let isFinished = parts.text("finished") == "yes"
        let finishedAt = isFinished ? Visit.instant(sent["finishedAt"]) : nil
        if isFinished, finishedAt == nil { return try await again(visit, "完成时刻写成 2026-11-23 09:00", sent: sent) }
        let party: ProblemParty
        if let enterprise = visit.officer.enterprise, visit.officer.role == .safety {
            party = .enterprise(enterprise)
        } else {
            party = .authority(try visit.office())
        }
        let (scope, files) = (visit.scope, InspectionFilePage.incoming(parts))
        let (measures, proof) = (sent["measures"], sent["proof"])
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try feedBack(
                    id, files: files, measures: measures, proof: proof, finishedAt: finishedAt, by: party,
                    scope: scope, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await again(visit, error.text, sent: sent)
        }
        return visit.redirect("/problem/" + Form.encode(id.rawValue))
    }

    /// An answer with its files, in the transaction of the caller.
    static func feedBack(
        _ id: ProblemID, files: [InspectionFiles.Incoming], measures: String, proof: String, finishedAt: Timestamp?,
        by party: ProblemParty, scope: Scope, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        let isSeen: Bool
        do throws(StorageError) { isSeen = try ProblemStore.exists(id, scope: scope, in: &session) } catch {
            throw .storage(error)
        }
        guard isSeen else { throw .notFound }
        let kept = try InspectionFiles.keep(files, of: .problem, id.rawValue, context: &context, in: &session)
        try ProblemOperations.perform(
            .feedBack(.init(measures: measures, proof: proof, attachments: kept, finishedAt: finishedAt), by: party),
            on: id, scope: scope, context: &context, in: &session)
    }

    static func recheck(_ visit: Visit) async throws -> Response {
        let office = try visit.office()
        guard let result = RecheckResult(rawValue: visit.form["result"]) else {
            return try await again(visit, "请选复查结论")
        }
        guard let next = readOrder(visit.form) else {
            return try await again(visit, ProblemRefusal.deadlineMissing.reason)
        }
        return try await perform(
            .recheck(result, note: visit.form["note"], next: result == .rectified ? nil : next, by: office), visit)
    }

    static func close(_ visit: Visit) async throws -> Response {
        try await perform(.close(note: visit.form["note"], by: try visit.office()), visit)
    }

    static func judgeMajor(_ visit: Visit) async throws -> Response {
        let (office, id, scope) = (try visit.office(), ProblemID(visit.parameter("id")), visit.scope)
        let requirement = visit.form["requirement"]
        return try await perform(visit) { context, session throws(ProblemFailure) in
            _ = try ProblemOperations.judgeMajor(
                id, requirement: requirement, by: office, scope: scope, context: &context, in: &session)
        }
    }

    static func lift(_ visit: Visit) async throws -> Response {
        try await perform(.liftSupervision(note: visit.form["note"], by: try visit.office()), visit)
    }

    static func penalise(_ visit: Visit) async throws -> Response {
        let office = try visit.office()
        guard let amount = Int64(visit.form["amount"]) else { return try await again(visit, "金额写成整数,单位元") }
        return try await perform(
            .penalise(number: visit.form["number"], cause: visit.form["cause"], amountYuan: amount, by: office), visit)
    }

    static func urge(_ visit: Visit) async throws -> Response {
        try await perform(.urge(note: visit.form["note"], by: try visit.office()), visit)
    }

    private static func perform(_ command: ProblemCommand, _ visit: Visit) async throws -> Response {
        let (id, scope) = (ProblemID(visit.parameter("id")), visit.scope)
        return try await perform(visit) { context, session throws(ProblemFailure) in
            _ = try ProblemOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
        }
    }

    private static func perform(
        _ visit: Visit,
        _ body: @Sendable (inout OperationContext, inout Session) throws(ProblemFailure) -> Void
    ) async throws -> Response {
        do throws(ProblemFailure) {
            try await visit.inspect(body)
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await again(visit, error.text, sent: visit.form)
        }
        return visit.redirect("/problem/" + Form.encode(visit.parameter("id")))
    }

    private static func again(_ visit: Visit, _ message: String, sent: Form = Form()) async throws -> Response {
        try await ProblemPage.render(visit, message: message, status: .unprocessableContent, sent: sent)
    }
}
