import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 根因分析单 (enterprise rule 8): opened by the system when the same alarm comes back, closed by an answer alone.
struct RootCausePage: Sendable {
    struct Alarm: Sendable {
        var address: String
        var number: Int
    }

    var heading: String
    var subtitle: String
    var pointAddress: String
    var alarms: [Alarm]
    var due: Int64?
    var dueText: String
    var isLate: Bool
    var cause: String
    var measures: String
    var responsible: String
    var finishBy: String
    var causeError: String?
    var measuresError: String?
    var responsibleError: String?
    var finishByError: String?
    var isOpen: Bool
    var answered: String?
    var finishAction: String?
    var finished: String?
    var action: String
    var errors: [FieldError]
    var hasErrors: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, errors: [], status: .ok)
    }

    static func submit(_ visit: Visit) async throws -> Response {
        let form = visit.form
        let analysis = RootCause.Analysis(
            cause: form["cause"], measures: form["measures"], responsible: form["responsible"],
            finishBy: ChinaTime.parseDate(form["finishBy"]))
        let (id, editor, context) = (visit.parameter("id"), visit.editor, visit.operation())
        return try await act(visit) { session throws(DutyFailure) in
            var context = context
            try DutyOperations.analyse(id, analysis, by: editor, context: &context, in: &session)
        }
    }

    static func finish(_ visit: Visit) async throws -> Response {
        let (id, note, editor) = (visit.parameter("id"), visit.form["note"], visit.editor)
        let context = visit.operation()
        return try await act(visit) { session throws(DutyFailure) in
            var context = context
            try DutyOperations.finish(id, note: note, by: editor, context: &context, in: &session)
        }
    }

    static func work(_ visit: Visit) async throws -> Response {
        guard let enterprise = try await CommitmentPhone.enterprise(of: visit),
            let work = CommitmentCount(rawValue: visit.form["work"])
        else { throw PageRefusal.notFound }
        let (place, permit, editor) = (visit.form["place"], visit.form["permit"], visit.editor)
        let (hazard, context) = (visit.form.value("hazard").map { HazardID($0) }, visit.operation())
        do throws(DutyFailure) {
            try await visit.site.store.write { session throws(DutyFailure) in
                var context = context
                try DutyOperations.recordWork(
                    work, place: place, permit: permit, enterprise: enterprise, hazard: hazard, by: editor,
                    context: &context, in: &session)
            }
        } catch { throw Self.refusal(error) }
        visit.site.events.committed()
        return visit.redirect("/m/duties")
    }

    private static func act(
        _ visit: Visit, _ body: @Sendable (inout Session) throws(DutyFailure) -> Void
    ) async throws -> Response {
        do throws(DutyFailure) {
            try await visit.site.store.write(body)
        } catch .fields(let fields) {
            return try await render(
                visit, errors: fields.map { FieldError(field: $0.name, message: $0.text) },
                status: .unprocessableContent)
        } catch { throw refusal(error) }
        visit.site.events.committed()
        return visit.redirect("/duties/cause/" + Form.encode(visit.parameter("id")))
    }

    static func refusal(_ failure: DutyFailure) -> PageRefusal {
        switch failure {
        case .notFound: .notFound
        case .storage: .busy
        case .forbidden(let text): .forbidden(text)
        case .refused(let text): .refused(text)
        case .fields: .refused(failure.text)
        }
    }

    private static func render(
        _ visit: Visit, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (id, scope) = (visit.parameter("id"), visit.scope)
        let found = try await visit.read { session throws(StorageError) in
            try RootCauseStore.list(id: id, scope: scope, limit: 1, in: &session).first
        }
        guard let form = found else { throw PageRefusal.notFound }
        let isPhone = visit.officer.role == .responsible
        return visit.page(
            isPhone ? "phone-cause" : "cause", RootCausePage(form, errors: errors, visit: visit), title: "根因分析",
            section: isPhone ? .tasks : .duties, frame: isPhone ? .phone : .shell, status: status)
    }

    init(_ form: RootCauseForm, errors: [FieldError], visit: Visit) {
        let (now, sent) = (visit.now, visit.form)
        heading = "\(form.pointName) 根因分析"
        subtitle = [form.enterpriseName, form.hazardName, "7 日内 \(form.alarms.count) 次\(form.side.label)报警"]
            .compactMap(\.self).joined(separator: " · ")
        pointAddress = "/point/" + Form.encode(form.point.rawValue)
        alarms = form.alarms.enumerated().map { item in
            Alarm(address: "/alarm/" + Form.encode(item.element), number: item.offset + 1)
        }
        due = form.submittedAt == nil ? form.dueAt.milliseconds : nil
        dueText = Wording.remaining(form.dueAt - now)
        isLate = form.submittedAt == nil && form.dueAt <= now
        cause = sent.has("cause") ? sent["cause"] : form.cause ?? ""
        measures = sent.has("measures") ? sent["measures"] : form.measures ?? ""
        responsible = sent.has("responsible") ? sent["responsible"] : form.responsible ?? ""
        finishBy = sent.has("finishBy") ? sent["finishBy"] : form.finishBy.map(ChinaTime.date) ?? ""
        func message(_ field: String) -> String? { errors.first { $0.field == field }?.message }
        causeError = message("cause")
        measuresError = message("measures")
        responsibleError = message("responsible")
        finishByError = message("finishBy")
        let isEnterprise = visit.officer.role == .safety || visit.officer.role == .responsible
        isOpen = form.submittedAt == nil && isEnterprise
        answered = form.submittedAt.map { Wording.stamp($0, now: now) + " 提交" }
        let base = "/duties/cause/" + Form.encode(form.id)
        finishAction = form.submittedAt != nil && form.finishedAt == nil && isEnterprise ? base + "/finish" : nil
        finished = form.finishedAt.map { "\(Wording.stamp($0, now: now)) 整改完成：\(form.finishNote ?? "")" }
        action = base
        self.errors = errors
        hasErrors = !errors.isEmpty
        csrf = visit.officer.csrf
    }
}
