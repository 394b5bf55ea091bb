import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What the enterprise does with its commitment: save, send for signing, sign with an authorisation, judge, explain.
enum CommitmentActions {
    static func submit(_ visit: Visit) async throws -> Response {
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        let (scope, now, editor) = (visit.scope, visit.now, visit.editor)
        let (last, rules) = try await visit.read { session throws(StorageError) in
            (
                try CommitmentStore.latest(of: enterprise, before: Day(now), scope: scope, in: &session),
                try CommitmentStore.rules(in: &session)
            )
        }
        var (draft, confirmed) = read(visit.form)
        let act = visit.form["act"]
        if act == "save" {
            let (context, kept, ticked) = (visit.operation(), draft, confirmed)
            try await perform(visit) { session throws(CommitmentFailure) in
                var context = context
                try CommitmentOperations.prepare(
                    kept, confirmed: ticked, isSent: false, enterprise: enterprise, by: editor, context: &context,
                    in: &session)
            }
            return visit.redirect("/commitment?saved=1")
        }
        var problems = unconfirmed(draft, confirmed: confirmed, yesterday: last?.content)
        // What a refused form shows again is what was written, never a sentence made from figures that still change.
        let written = draft
        if (draft.texts[.notice] ?? "").isEmpty {
            draft.texts[.notice] = CommitmentContent.announcement({ draft.counts[$0] }, { draft.flags[$0] })
        }
        let (context, whole, ticked) = (visit.operation(), draft, confirmed)
        let account = visit.officer.account
        do throws(CommitmentFailure) {
            let waiting = problems
            try await visit.site.store.write { session throws(CommitmentFailure) in
                var context = context
                guard waiting.isEmpty else {
                    var checked = whole
                    checked.signer = checked.signer ?? "—"
                    do throws(StorageError) {
                        checked.judgements = try JudgementStore.list(
                            of: enterprise, day: Day(now), scope: scope, in: &session)
                    } catch { throw .storage(error) }
                    throw .problems(checked.problems(rules, at: now) + waiting)
                }
                if act == "sign" {
                    try CommitmentOperations.submit(
                        CommitmentSubmission(
                            enterprise: enterprise, draft: whole, signer: .account(account), source: "page",
                            scope: scope), context: &context, in: &session)
                } else {
                    try CommitmentOperations.prepare(
                        whole, confirmed: ticked, isSent: true, enterprise: enterprise, by: editor,
                        context: &context, in: &session)
                }
            }
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .storage: throw PageRefusal.busy
            case .forbidden(let text), .refused(let text):
                return try await CommitmentForm.render(
                    visit,
                    state: .init(
                        draft: written, raw: visit.form, confirmed: confirmed,
                        errors: [FieldError(field: "chain", message: text)]), message: nil,
                    status: .unprocessableContent)
            case .problems(let found):
                problems = found
                return try await CommitmentForm.render(
                    visit,
                    state: .init(
                        draft: written, raw: visit.form, confirmed: confirmed,
                        errors: problems.map { FieldError(field: $0.field.name, message: $0.text) }), message: nil,
                    status: .unprocessableContent)
            }
        }
        visit.site.events.committed()
        return visit.redirect("/commitment?done=commitment")
    }

    /// The fields of the form; a field that is blank is absent.
    static func read(_ form: Form) -> (draft: CommitmentDraft, confirmed: Set<String>) {
        var members: [JSON.Member] = []
        for field in CommitmentField.all {
            if let value = form.value(field.name) { members.append(.init(field.name, .string(value))) }
        }
        var draft = CommitmentDraft(json: .object(members))
        draft.signer = nil
        let confirmed = CommitmentCount.allCases.map(\.rawValue).filter { form.has("ok-" + $0) }
        return (draft, Set(confirmed))
    }

    /// What stands as it stood yesterday and was not ticked.
    static func unconfirmed(
        _ draft: CommitmentDraft, confirmed: Set<String>, yesterday: CommitmentContent?
    ) -> [CommitmentProblem] {
        guard let yesterday else { return [] }
        return CommitmentCount.allCases.compactMap { count in
            guard draft.counts[count] == yesterday[count], !confirmed.contains(count.rawValue) else { return nil }
            return .unconfirmed(.count(count))
        }
    }

    static func judge(_ visit: Visit) async throws -> Response {
        guard let enterprise = visit.officer.enterprise, let tier = Judgement.Tier(rawValue: visit.form["tier"]) else {
            throw PageRefusal.notFound
        }
        let (unit, name, editor, context) = (visit.form["unit"], visit.form["name"], visit.editor, visit.operation())
        let claimed = visit.form.value("time").flatMap { clock($0, on: Day(visit.now)) }
        if visit.form.value("time") != nil, claimed == nil { throw PageRefusal.refused("研判时间写成 08:05") }
        try await perform(visit) { session throws(CommitmentFailure) in
            var context = context
            try CommitmentOperations.judge(
                tier, unit: unit, name: name, at: claimed, enterprise: enterprise, by: editor, context: &context,
                in: &session)
        }
        return visit.redirect("/commitment#chain")
    }

    static func clock(_ text: String, on day: Day) -> Timestamp? {
        ChinaTime.parseDateTime(ChinaTime.date(day) + " " + (text.count == 5 ? text + ":00" : text))
    }

    static func explain(_ visit: Visit) async throws -> Response {
        let (id, text, editor) = (visit.parameter("id"), visit.form["text"], visit.editor)
        let context = visit.operation()
        try await perform(visit) { session throws(CommitmentFailure) in
            var context = context
            try CommitmentOperations.explain(id, text: text, by: editor, context: &context, in: &session)
        }
        return visit.redirect(visit.back ?? "/commitment#contradictions")
    }

    /// An authorisation: by the principal on the phone, or the paper registered by the safety officer.
    static func delegate(_ visit: Visit) async throws -> Response {
        let person = visit.officer.person
        guard let enterprise = try await CommitmentPhone.enterprise(of: visit) else { throw PageRefusal.notFound }
        guard let from = ChinaTime.parseDate(visit.form["from"]),
            let through = ChinaTime.parseDate(visit.form["through"])
        else { throw PageRefusal.refused("起止日期写成 2026-11-23") }
        let principals = try await visit.read { session throws(StorageError) in
            try DelegationStore.principals(of: enterprise, in: &session)
        }
        guard let principal = principals.first(where: { $0.id == person }) ?? principals.first else {
            throw PageRefusal.refused("本企业没有在任的主要负责人")
        }
        let to = visit.form["to"]
        let isAccount = to.hasPrefix("account:")
        let id = String(to.drop { $0 != ":" }.dropFirst())
        let request = DelegationRequest(
            enterprise: enterprise, principal: principal.id, delegatePerson: isAccount ? nil : PersonID(id),
            delegateAccount: isAccount ? AccountID(id) : nil, from: from, through: through,
            document: visit.form["document"])
        let (editor, context) = (visit.editor, visit.operation())
        try await perform(visit) { session throws(CommitmentFailure) in
            var context = context
            try CommitmentOperations.delegate(request, person: person, by: editor, context: &context, in: &session)
        }
        return visit.redirect(visit.officer.role == .responsible ? "/m/commitment" : "/commitment#delegations")
    }

    static func revoke(_ visit: Visit) async throws -> Response {
        let (id, editor, context) = (visit.parameter("id"), visit.editor, visit.operation())
        try await perform(visit) { session throws(CommitmentFailure) in
            var context = context
            try CommitmentOperations.revoke(id, by: editor, context: &context, in: &session)
        }
        return visit.redirect(visit.officer.role == .responsible ? "/m/commitment" : "/commitment#delegations")
    }

    static func urge(_ visit: Visit) async throws -> Response {
        let (id, editor, office) = (EnterpriseID(visit.parameter("id")), visit.editor, visit.officer.organization)
        let context = visit.operation()
        try await perform(visit) { session throws(CommitmentFailure) in
            var context = context
            try CommitmentOperations.urge(id, by: editor, from: office, context: &context, in: &session)
        }
        return visit.redirect("/commitments?urged=" + Form.encode(id.rawValue) + "#e-" + Form.encode(id.rawValue))
    }

    /// One transaction; what refuses becomes a page.
    static func perform(
        _ visit: Visit, _ body: @Sendable (inout Session) throws(CommitmentFailure) -> Void
    ) async throws {
        do throws(CommitmentFailure) {
            try await visit.site.store.write(body)
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .storage: throw PageRefusal.busy
            case .forbidden(let text): throw PageRefusal.forbidden(text)
            case .refused(let text): throw PageRefusal.refused(text)
            case .problems: throw PageRefusal.refused(error.text)
            }
        }
        visit.site.events.committed()
    }
}
