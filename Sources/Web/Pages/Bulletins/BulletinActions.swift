import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What is done with a bulletin, one form each.
enum BulletinActions {
    typealias Body =
        @Sendable (inout OperationContext, inout Session) throws(BulletinFailure) -> BulletinID?

    static func edit(_ visit: Visit) async throws -> Response {
        let edits = visit.form.all("key").enumerated().map { index, key in
            DocumentEdit(key: key, text: visit.form["text-\(index)"])
        }
        return try await act(visit, .edit(edits, by: visit.officer.actor))
    }

    static func submit(_ visit: Visit) async throws -> Response {
        try await act(visit, .submit(by: visit.officer.actor))
    }

    static func approve(_ visit: Visit) async throws -> Response {
        try await act(visit, .approve(by: visit.officer.actor))
    }

    static func sendBack(_ visit: Visit) async throws -> Response {
        try await act(visit, .sendBack(note: visit.form["note"], by: visit.officer.actor))
    }

    static func withdraw(_ visit: Visit) async throws -> Response {
        try await act(visit, .withdraw(reason: visit.form["reason"], by: visit.officer.actor))
    }

    static func publish(_ visit: Visit) async throws -> Response {
        guard let kind = PublicChannel.Kind(rawValue: visit.form["channel"]) else { throw PageRefusal.notFound }
        return try await act(
            visit, .publish(PublicChannel(kind: kind, place: visit.form["place"]), by: visit.officer.actor))
    }

    /// The PDF is printed in the background meanwhile.
    static func issue(_ visit: Visit) async throws -> Response {
        let (id, office) = (BulletinID(visit.parameter("id")), visit.officer.authority)
        let answer = try await run(visit) { context, session throws(BulletinFailure) in
            try BulletinOperations.issue(id, office: office, context: &context, in: &session)
            return nil
        }
        let scope = visit.scope
        let document = try await visit.read { session throws(StorageError) in
            try BulletinStore.final(id, scope: scope, in: &session)
        }
        if let document { print(document, visit.site) }
        return answer
    }

    /// In the background, so that it is there when somebody asks for it.
    static func print(_ document: Document, _ site: Site) {
        let (html, printer) = (HTMLDocument.file(document), site.printer)
        Task { _ = try? await printer.pdf(html) }
    }

    static func correct(_ visit: Visit) async throws -> Response {
        let (id, office) = (BulletinID(visit.parameter("id")), visit.officer.authority)
        return try await run(visit) { context, session throws(BulletinFailure) in
            try BulletinOperations.correct(id, office: office, context: &context, in: &session)
        }
    }

    static func special(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority, let level = visit.officer.authorityLevel,
            BulletinCalendar.issues(.special, level: level, hasLongPeriods: false)
        else { throw PageRefusal.forbidden("专题通报由部、省、市级编发。") }
        let days = max(1, min(92, Int(visit.form["days"]) ?? 7))
        return try await run(visit) { context, session throws(BulletinFailure) in
            try BulletinOperations.special(office, days: days, context: &context, in: &session)
        }
    }

    static func settings(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority, let code = visit.form.value("code") else {
            throw PageRefusal.refused("机关代字不能空白。")
        }
        let form = visit.form
        let copies = form["copies"].split { "，,、\n".contains($0) }.map { part in
            String(part.drop(while: \.isWhitespace))
        }
        let settings = BulletinSettings(
            code: code, printer: form["printer"], copies: copies.filter { !$0.isEmpty }, section: form["section"],
            hasLongPeriods: form["long"] == "1")
        let operation = visit.operation()
        try await visit.site.store.write { session throws(BulletinFailure) in
            var context = operation
            try BulletinOperations.save(settings, of: office, context: &context, in: &session)
        }
        visit.site.events.committed()
        return visit.redirect("/bulletins")
    }

    static func acknowledge(_ visit: Visit) async throws -> Response {
        let (id, scope) = (BulletinID(visit.parameter("id")), visit.scope)
        guard let recipient = BulletinPage.recipient(of: visit.officer) else { throw PageRefusal.notFound }
        return try await run(visit) { context, session throws(BulletinFailure) in
            try BulletinOperations.acknowledge(id, as: recipient, scope: scope, context: &context, in: &session)
            return nil
        }
    }

    private static func act(_ visit: Visit, _ command: BulletinCommand) async throws -> Response {
        let (id, office) = (BulletinID(visit.parameter("id")), visit.officer.authority)
        return try await run(visit) { context, session throws(BulletinFailure) in
            try BulletinOperations.act(id, office: office, command, context: &context, in: &session)
            return nil
        }
    }

    /// Leads to the bulletin that came of it, or back to the one acted upon.
    private static func run(_ visit: Visit, _ body: @escaping Body) async throws -> Response {
        let operation = visit.operation()
        let new: BulletinID?
        do {
            new = try await visit.site.store.write { session throws(BulletinFailure) in
                var context = operation
                return try body(&context, &session)
            }
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .forbidden(let words): throw PageRefusal.forbidden(words)
            case .refused(let refusal): throw PageRefusal.refused(refusal.reason)
            case .storage: throw PageRefusal.busy
            }
        }
        visit.site.events.committed()
        return visit.redirect("/bulletins/" + Form.encode(new?.rawValue ?? visit.parameter("id")))
    }
}
