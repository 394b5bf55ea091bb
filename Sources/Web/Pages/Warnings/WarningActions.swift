import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What officers and enterprises do with a warning, each one transaction: POST, then the page anew.
enum WarningActions {
    /// 签收: the duty desk has seen it; with a note it stands on the timeline.
    static func sign(_ visit: Visit) async throws -> Response {
        let note = visit.form["note"]
        let (scope, account) = (visit.scope, visit.officer.account)
        let id = WarningID(visit.parameter("id"))
        let context = visit.operation()
        do {
            try await visit.site.store.write { session throws(WarningFailure) in
                var context = context
                try sign(id, note: note, account: account, scope: scope, context: &context, in: &session)
            }
        } catch {
            throw refusal(error)
        }
        visit.site.events.committed()
        return visit.redirect(visit.back ?? "/?selected=" + Form.encode(id.rawValue))
    }

    static func sign(
        _ id: WarningID, note: String, account: AccountID, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(WarningFailure) {
        let isKnown: Bool
        do throws(StorageError) {
            isKnown = try WarningStore.reference(id, scope: scope, in: &session) != nil
            if isKnown { try Inbox.markRead(id, scope: scope, by: account, now: context.now, in: &session) }
        } catch { throw .storage(error) }
        guard isKnown else { throw .notFound }
        guard !note.isEmpty else { return }
        try WarningOperations.perform(
            .progress(by: account.rawValue, text: note), on: id, scope: scope, context: &context, in: &session)
    }

    /// 确认, by a responsible person of the source (YJ-08).
    static func acknowledge(_ visit: Visit) async throws -> Response {
        guard let person = visit.officer.person else {
            throw PageRefusal.forbidden("要三级包保责任人之一确认（《处置》第八条）。")
        }
        return try await perform(.acknowledge(by: person, note: visit.form["note"]), "acknowledge", visit)
    }

    static func progress(_ visit: Visit) async throws -> Response {
        var text = visit.form["text"]
        let place = visit.form["place"]
        if !place.isEmpty { text = text.isEmpty ? place : place + "；" + text }
        if text.isEmpty { return try await again(visit, "progress", [.init(field: "text", message: "写一句正在做什么")]) }
        return try await perform(.progress(by: visit.officer.actor, text: text), "progress", visit)
    }

    /// The three parts of Art. 9.
    static func report(_ visit: Visit) async throws -> Response {
        let (result, cause, measures) = (visit.form["result"], visit.form["cause"], visit.form["measures"])
        var errors: [FieldError] = []
        if result.isEmpty { errors.append(.init(field: "result", message: "处置结果没有填：做了什么，现在多少")) }
        if cause.isEmpty { errors.append(.init(field: "cause", message: "原因分析没有填：为什么会报警")) }
        if measures.isEmpty { errors.append(.init(field: "measures", message: "整改措施没有填：怎样不再发生")) }
        guard errors.isEmpty else { return try await again(visit, "report", errors) }
        return try await perform(
            .report(by: visit.officer.actor, result: result, cause: cause, measures: measures), "report", visit)
    }

    static func approve(_ visit: Visit) async throws -> Response {
        try await decide(.approveReport(by: visit.officer.actor), "approve", visit)
    }

    static func returnReport(_ visit: Visit) async throws -> Response {
        let note = visit.form["note"]
        guard !note.isEmpty else {
            return try await again(visit, "return", [.init(field: "note", message: "写明退回的理由")])
        }
        return try await decide(.returnReport(by: visit.officer.actor, note: note), "return", visit)
    }

    static func feedback(_ visit: Visit) async throws -> Response {
        guard let authority = visit.officer.authority else { throw PageRefusal.notFound }
        let text = visit.form["text"]
        guard !text.isEmpty else {
            return try await again(visit, "feedback", [.init(field: "text", message: "写明现场核查的情况")])
        }
        return try await perform(.feedBack(by: authority, text: text), "feedback", visit)
    }

    /// 指导全国预警处置: the centre's remark (YJ-23).
    static func annotate(_ visit: Visit) async throws -> Response {
        guard mayAnnotate(visit.officer) else {
            throw PageRefusal.forbidden("批注由安科院预警中心和部级作出。")
        }
        let text = visit.form["text"]
        guard !text.isEmpty else {
            return try await again(visit, "annotate", [.init(field: "text", message: "写明批注内容")])
        }
        return try await perform(.annotate(by: visit.officer.actor, text: text), "annotate", visit)
    }

    static func mayAnnotate(_ officer: Officer) -> Bool {
        officer.authorityLevel == .center || officer.authorityLevel == .ministry
    }

    private static func decide(_ command: WarningCommand, _ action: String, _ visit: Visit) async throws -> Response {
        try await checkRegulator(WarningID(visit.parameter("id")), visit)
        return try await perform(command, action, visit)
    }

    /// Only the enterprise's regulator decides on a report (主责单位审核).
    static func checkRegulator(_ id: WarningID, _ visit: Visit) async throws {
        let scope = visit.scope
        let regulator = try await visit.read { session throws(StorageError) in
            try WarningList.rows(WarningFilter(ids: [id]), scope: scope, limit: 1, in: &session).first?.regulator
        }
        guard let regulator else { throw PageRefusal.notFound }
        guard regulator == visit.officer.authority else {
            throw PageRefusal.forbidden("上报由日常监管单位审核。")
        }
    }

    private static func perform(
        _ command: WarningCommand, _ action: String, _ visit: Visit
    ) async throws -> Response {
        let (id, scope, context) = (WarningID(visit.parameter("id")), visit.scope, visit.operation())
        do {
            try await visit.site.store.write { session throws(WarningFailure) in
                var context = context
                try WarningOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
            }
        } catch .refused(let refusal) {
            return try await again(visit, action, [.init(field: firstField(action), message: refusal.text)])
        } catch {
            throw refusal(error)
        }
        visit.site.events.committed()
        let back = visit.back ?? "/warning/" + Form.encode(id.rawValue)
        return visit.redirect("\(back)\(back.contains("?") ? "&" : "?")done=\(Form.encode(id.rawValue))")
    }

    private static func firstField(_ action: String) -> String {
        switch action {
        case "report": "result"
        case "acknowledge", "return": "note"
        default: "text"
        }
    }

    /// The page again with what was written and what is wrong.
    private static func again(_ visit: Visit, _ action: String, _ errors: [FieldError]) async throws -> Response {
        var state = FormState(action: action, errors: errors)
        for field in ["note", "text", "result", "cause", "measures", "place"] {
            state.values[field] = visit.form[field]
        }
        if visit.form.value("back") == "/m" {
            return try await PhonePage.render(
                visit, warning: WarningID(visit.parameter("id")), state: state, status: .unprocessableContent)
        }
        return try await WarningPage.render(visit, state: state, status: .unprocessableContent)
    }

    private static func refusal(_ failure: WarningFailure) -> PageRefusal {
        switch failure {
        case .notFound: .notFound
        case .refused(let refusal): .refused(refusal.text)
        case .storage(let error): error.isConflict ? .refused("别人刚刚处理了这条预警，请刷新后再看。") : .busy
        }
    }
}

extension Visit {
    /// Where the form wants to go after; only an address of our own.
    var back: String? {
        form.value("back").flatMap { Form.isOurs($0) ? $0 : nil }
    }

    /// A context for an operation of this officer, at the visit's instant.
    func operation() -> OperationContext {
        var generator = SystemRandomNumberGenerator()
        return OperationContext(now: now, actor: officer.actor, ids: IdentifierSource(seed: generator.next()))
    }
}
