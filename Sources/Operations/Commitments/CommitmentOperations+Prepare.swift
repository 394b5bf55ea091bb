public import Domain
public import Kernel
public import Storage

extension CommitmentOperations {
    /// Records one judgement of the chain, with the server's time beside the time that is claimed (QY-06).
    public static func judge(
        _ tier: Judgement.Tier, unit: String, name: String, at claimed: Timestamp?, enterprise: EnterpriseID,
        by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .safety || editor.role == .responsible else { throw .forbidden("研判由企业记录") }
        let judgement = Judgement(
            tier: tier, unit: unit.trimmedOfSpace, name: name.trimmedOfSpace, at: claimed ?? context.now)
        guard !judgement.name.isEmpty else { throw .problems([.judgementUnnamed(tier)]) }
        guard tier == .enterprise || !judgement.unit.isEmpty else { throw .refused("请写班组或车间的名称") }
        guard judgement.at <= context.now else { throw .problems([.judgementAhead(tier, judgement.at)]) }
        guard judgement.at >= context.now - Judgement.ageMax else {
            throw .problems([.judgementOld(tier, judgement.at)])
        }
        try checkOwn(enterprise, editor, in: &session)
        let day = Day(context.now)
        try CommitmentFailure.storing { () throws(StorageError) in
            let id = context.ids.next("ju", at: context.now)
            try JudgementStore.insert(
                judgement, id: id, enterprise: enterprise, day: day, by: context.actor, at: context.now, in: &session)
            try context.log(stream: "commitment", enterprise.rawValue, "judged", judgement.json, in: &session)
        }
    }

    /// Keeps what was filled in so far. With `isSent` it waits for the principal's signature, who is told.
    public static func prepare(
        _ draft: CommitmentDraft, confirmed: Set<String>, isSent: Bool, enterprise: EnterpriseID,
        by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .safety || editor.role == .responsible else { throw .forbidden("承诺由企业填报") }
        try checkOwn(enterprise, editor, in: &session)
        let (now, day) = (context.now, Day(context.now))
        let principals = try CommitmentFailure.storing { () throws(StorageError) in
            try DelegationStore.principals(of: enterprise, in: &session)
        }
        if isSent {
            var whole = draft
            whole.signer = whole.signer ?? principals.first?.name
            let rules = try CommitmentFailure.storing { () throws(StorageError) in
                whole.judgements = try JudgementStore.list(
                    of: enterprise, day: day, scope: .enterprise(enterprise), in: &session)
                return try CommitmentStore.rules(in: &session)
            }
            let problems = whole.problems(rules, at: now)
            guard problems.isEmpty else { throw .problems(problems) }
        }
        try CommitmentFailure.storing { () throws(StorageError) in
            try CommitmentPreparation.save(
                CommitmentPreparation(
                    enterprise: enterprise, day: day, draft: draft, confirmed: confirmed, savedAt: now,
                    savedBy: context.actor, sentAt: isSent ? now : nil), in: &session)
            guard isSent else { return }
            try context.log(
                stream: "commitment", enterprise.rawValue, "sentForSignature", draft.json, in: &session)
            for person in principals {
                try NoticeOperations.send(
                    Notice(
                        key: "sign/\(enterprise)/\(ChinaTime.date(day))/\(now.milliseconds)",
                        recipient: .person(person.id), subject: "commitment:\(enterprise)", title: "请签今日承诺",
                        text: "\(ChinaTime.date(day)) 安全承诺已填好,10:00:00 前签名才算按时。", address: "/m/commitment",
                        enterprise: enterprise), context: &context, in: &session)
            }
        }
    }

    /// Signs what was prepared: the principal, or the holder of an authorisation.
    @discardableResult
    public static func sign(
        _ enterprise: EnterpriseID, as signer: CommitmentSigner, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(CommitmentFailure) -> CommitmentReceipt {
        let day = Day(context.now)
        let found = try CommitmentFailure.storing { () throws(StorageError) in
            try CommitmentPreparation.find(enterprise, day: day, scope: scope, in: &session)
        }
        guard let prepared = found, prepared.sentAt != nil else { throw .refused("今天的承诺还没有送来签名") }
        return try submit(
            CommitmentSubmission(
                enterprise: enterprise, day: day, draft: prepared.draft, signer: signer, source: "page",
                scope: scope), context: &context, in: &session)
    }

    /// The enterprise says why a promise and the data differ.
    public static func explain(
        _ id: String, text: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .safety || editor.role == .responsible else { throw .forbidden("原因由企业填写") }
        guard !text.trimmedOfSpace.isEmpty, text.count <= 2_000 else { throw .refused("请写明原因,2000 字以内") }
        let isThere = try CommitmentFailure.storing { () throws(StorageError) in
            let isThere = try ContradictionStore.explain(
                id, text, by: context.actor, at: context.now, scope: editor.scope, in: &session)
            if isThere {
                try context.log(stream: "commitment", id, "explained", ["text": .string(text)], in: &session)
            }
            return isThere
        }
        guard isThere else { throw .notFound }
    }

    static func checkOwn(
        _ enterprise: EnterpriseID, _ editor: RegistryEditor, in session: inout Session
    ) throws(CommitmentFailure) {
        let found = try CommitmentFailure.storing { () throws(StorageError) in
            try RegistryQueries.enterprise(enterprise, scope: editor.scope, in: &session)
        }
        guard found != nil else { throw .notFound }
    }
}
