import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The sheet of one patrol: the four items of the law with what the system reads now, and the office's own.
struct PatrolForm: Sendable {
    struct Item: Sendable {
        var id: String
        var title: String
        var isLegal: Bool
        var prefilled: String
        var isSuspicious: Bool
        var isNormal: Bool
        var isAbnormal: Bool
        var isSerious: Bool
        var note: String
    }

    var subject: String
    var subjectName: String
    var kind: String
    var kindLabel: String
    var problem: String
    var problemText: String?
    var problemAddress: String?
    var conclusions: [Choice]
    var conclusionNote: String
    var items: [Item]
    var actingName: String
    var inspector: String
    var contact: String
    var readAt: String
    var message: String?
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, values: visit.query, message: nil, status: .ok)
    }

    static func submit(_ visit: Visit) async throws -> Response {
        let (office, form) = (try visit.office(), visit.form)
        guard let kind = PatrolKind(rawValue: form["kind"]) else { throw PageRefusal.notFound }
        let answers = form.all("item").map { item in
            PatrolAnswer(
                item: item, title: form["title-\(item)"],
                isNormal: form["state-\(item)"].isEmpty ? nil : form["state-\(item)"] == "normal",
                severity: severity(form["state-\(item)"]), note: form["note-\(item)"],
                prefilled: form["read-\(item)"])
        }
        let sheet = PatrolSheet(
            kind: kind, subject: AuthorityID(form["subject"]), answers: answers, inspector: form["inspector"],
            contact: form["contact"], followed: form.value("problem").map { ProblemID($0) },
            conclusion: RecheckResult(rawValue: form["conclusion"]), conclusionNote: form["conclusionNote"])
        let id: PatrolID
        do throws(ProblemFailure) {
            id = try await visit.inspect { context, session throws(ProblemFailure) in
                try PatrolOperations.submit(sheet, by: office, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(visit, values: form, message: error.text, status: .unprocessableContent)
        }
        return visit.redirect("/patrol/" + Form.encode(id.rawValue))
    }

    private static func severity(_ state: String) -> ProblemSeverity? {
        switch state {
        case "general": .general
        case "serious": .serious
        default: nil
        }
    }

    private static func render(
        _ visit: Visit, values: Form, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (own, now) = (try visit.office(), visit.now)
        let subject = AuthorityID(values["subject"])
        let followed = values.value("problem").map { ProblemID($0) }
        let found = try await visit.read { session throws(StorageError) in
            try read(own, subject: subject, followed: followed, at: now, in: &session)
        }
        guard let found else { throw PageRefusal.refused(PatrolRefusal.notDirect.reason) }
        let kind = PatrolKind(rawValue: values["kind"]) ?? .routine
        let page = PatrolForm(
            subject: subject.rawValue, subjectName: found.object.name, kind: kind.rawValue, kindLabel: kind.label,
            problem: followed?.rawValue ?? "", problemText: found.problem?.text,
            problemAddress: found.problem.map { "/problem/" + Form.encode($0.id.rawValue) },
            conclusions: Choice.list(
                [("", "请选")] + RecheckResult.allCases.map { ($0.rawValue, $0.label) },
                selected: values["conclusion"]),
            conclusionNote: values["conclusionNote"], items: items(found, values: values),
            actingName: found.actingName, inspector: values.value("inspector") ?? visit.officer.name,
            contact: values["contact"], readAt: ChinaTime.clock(now), message: message, csrf: visit.officer.csrf)
        return visit.page(
            "patrol-form", page, title: "巡查 \(found.object.name)", section: .patrols, status: status)
    }

    /// What the sheet about a subject shows.
    struct Read: Sendable {
        var object: PatrolObject
        var problem: ProblemListing?
        var prefill: [PatrolFactsReader.Prefill]
        var own: [PatrolItem]
        var actingName: String
    }

    /// nil where the office may not patrol the subject.
    static func read(
        _ own: AuthorityID, subject: AuthorityID, followed: ProblemID?, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Read? {
        let directory = AuthorityDirectory(try RegistryQueries.authorities(scope: .system, in: &session))
        guard let office = directory.patrolOffice(of: own),
            let object = directory.patrolObjects(of: office).first(where: { $0.id == subject })
        else { return nil }
        var problem: ProblemListing?
        if let followed {
            var filter = ProblemListing.Filter()
            filter.id = followed
            problem = try ProblemListing.all(filter, scope: .authority(office), limit: 1, in: &session).first
        }
        return Read(
            object: object, problem: problem,
            prefill: try PatrolFactsReader.prefill(subject: subject, at: now, in: &session),
            own: try PatrolItem.all(of: office, in: &session),
            actingName: try OfficeStore.actingName(of: office, in: &session))
    }

    private static func items(_ found: Read, values: Form) -> [Item] {
        func item(_ id: String, _ title: String, _ prefill: PatrolFactsReader.Prefill?) -> Item {
            let state = values["state-\(id)"]
            return Item(
                id: id, title: title, isLegal: prefill != nil, prefilled: prefill?.text ?? "",
                isSuspicious: prefill?.isSuspicious ?? false, isNormal: state == "normal",
                isAbnormal: state == "general", isSerious: state == "serious", note: values["note-\(id)"])
        }
        return found.prefill.map { item($0.topic.rawValue, $0.topic.label, $0) }
            + found.own.map { item($0.id, $0.title, nil) }
    }
}
