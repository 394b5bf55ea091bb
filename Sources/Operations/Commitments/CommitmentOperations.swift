import Domain
import Kernel
public import Storage

/// The daily safety commitment. Each function runs inside one transaction of the caller.
public enum CommitmentOperations {
    /// Takes a commitment: whole, consistent, signed by the principal or a delegate; at `context.now`, the server's
    /// receipt. The first version decides whether it was on time, later ones correct it (A22).
    @discardableResult
    public static func submit(
        _ submission: CommitmentSubmission, context: inout OperationContext, in session: inout Session
    ) throws(CommitmentFailure) -> CommitmentReceipt {
        let now = context.now
        let (enterprise, scope) = (submission.enterprise, submission.scope)
        let found = try CommitmentFailure.storing { () throws(StorageError) in
            (
                try RegistryQueries.enterprise(enterprise, scope: scope, in: &session),
                try CommitmentStore.rules(in: &session)
            )
        }
        guard let registered = found.0, registered.isInUse else { throw .notFound }
        let rules = found.1
        let day = submission.day ?? Day(now)
        try check(day, now: now, rules: rules)
        let signature = try signature(of: submission, day: day, in: &session)
        var draft = submission.draft
        draft.signer = signature.name
        if draft.judgements.isEmpty {
            draft.judgements = try CommitmentFailure.storing { () throws(StorageError) in
                try JudgementStore.list(of: enterprise, day: day, scope: scope, in: &session)
            }
        }
        // A day that is made up is judged as of its own end, not by how old its judgements are now.
        let (content, problems) = draft.checked(rules, at: min(now, day.next.start))
        guard let content else { throw .problems(problems) }
        let versions = try CommitmentFailure.storing { () throws(StorageError) in
            try CommitmentStore.versions(of: enterprise, day: day, scope: scope, in: &session)
        }
        if let last = versions.last, last.content == content, last.isSignedByDelegate == signature.isDelegate {
            return CommitmentReceipt(
                id: last.id, day: day, version: last.version, receivedAt: last.receivedAt, standing: last.standing,
                contradictions: [], isRepeated: true)
        }
        return try CommitmentFailure.storing { () throws(StorageError) in
            try store(
                content, of: submission, day: day, signature: signature, after: versions, rules: rules,
                context: &context, in: &session)
        }
    }

    private static func check(_ day: Day, now: Timestamp, rules: CommitmentRules) throws(CommitmentFailure) {
        let today = Day(now)
        guard day <= today else { throw .refused("不能替以后的日子承诺") }
        guard today.number - day.number <= Int32(rules.makeUpDays) else {
            throw .refused("只能补报最近 \(rules.makeUpDays) 天的承诺")
        }
    }

    private static func store(
        _ content: CommitmentContent, of submission: CommitmentSubmission, day: Day, signature: CommitmentSignature,
        after versions: [CommitmentRecord], rules: CommitmentRules, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> CommitmentReceipt {
        let now = context.now
        let signed =
            versions.map { CommitmentStanding.Version(receivedAt: $0.receivedAt, isByDelegate: $0.isSignedByDelegate) }
            + [.init(receivedAt: now, isByDelegate: signature.isDelegate)]
        guard let standing = CommitmentStanding(of: day, versions: signed) else {
            preconditionFailure("there is at least this version")
        }
        let record = CommitmentRecord(
            id: context.ids.next("cm", at: now), enterprise: submission.enterprise, day: day,
            version: versions.count + 1, isCurrent: true, receivedAt: now,
            firstReceivedAt: versions.first?.receivedAt ?? now, standing: standing,
            isSignedByDelegate: signature.isDelegate, signer: signature.name, signerPerson: signature.person,
            delegation: signature.delegation, source: submission.source, actor: context.actor, content: content)
        try CommitmentStore.insert(record, in: &session)
        try CommitmentPreparation.remove(submission.enterprise, day: day, in: &session)
        try context.log(
            stream: "commitment", submission.enterprise.rawValue, versions.isEmpty ? "committed" : "corrected",
            [
                "id": .string(record.id), "day": .string(ChinaTime.date(day)),
                "version": .integer(Int64(record.version)), "state": .string(standing.state.rawValue),
                "signer": .string(signature.name), "delegation": signature.delegation.map { .string($0) } ?? .null,
                "source": .string(submission.source), "content": content.json,
            ], in: &session)
        if day == Day(now) {
            try RiskStore.callForAssessment(of: submission.enterprise, at: now, in: &session)
        }
        if day == Day(now), content.specialWork > 0 {
            try DutyOperations.declareSpecialWork(
                of: submission.enterprise, day: day, context: &context, in: &session)
        }
        let found =
            day == Day(now)
            ? try compare([record], of: day, rules: rules, context: &context, in: &session).flatMap(\.self) : []
        return CommitmentReceipt(
            id: record.id, day: day, version: record.version, receivedAt: now, standing: standing,
            contradictions: found, isRepeated: false)
    }
}

/// Who signs, once it was looked up.
struct CommitmentSignature: Hashable {
    var name: String
    var person: PersonID?
    /// nil: the principal in person.
    var delegation: String?

    var isDelegate: Bool { delegation != nil }
}

extension CommitmentOperations {
    /// The principal in office, or the holder of an authorisation for that day; nobody else signs (SJ-17, A24).
    static func signature(
        of submission: CommitmentSubmission, day: Day, in session: inout Session
    ) throws(CommitmentFailure) -> CommitmentSignature {
        let enterprise = submission.enterprise
        let found = try CommitmentFailure.storing { () throws(StorageError) in
            (
                try DelegationStore.principals(of: enterprise, in: &session),
                try DelegationStore.list(
                    of: enterprise, endingFrom: day, scope: .enterprise(enterprise), in: &session
                ).filter { $0.holds(on: day) }
            )
        }
        let (principals, delegations) = found
        switch submission.signer {
        case .person(let id):
            if let person = principals.first(where: { $0.id == id }) {
                return CommitmentSignature(name: person.name, person: id)
            }
            if let delegation = delegations.first(where: { $0.delegatePerson == id }) {
                return CommitmentSignature(name: delegation.delegateName, person: id, delegation: delegation.id)
            }
        case .account(let id):
            if let delegation = delegations.first(where: { $0.delegateAccount == id }) {
                return CommitmentSignature(name: delegation.delegateName, delegation: delegation.id)
            }
        case .named(let text):
            let name = text.trimmedOfSpace
            guard !name.isEmpty else { throw .problems([.missing(.signer)]) }
            if let person = principals.first(where: { $0.name.trimmedOfSpace == name }) {
                return CommitmentSignature(name: person.name, person: person.id)
            }
            if let delegation = delegations.first(where: { $0.delegateName.trimmedOfSpace == name }) {
                return CommitmentSignature(
                    name: delegation.delegateName, person: delegation.delegatePerson, delegation: delegation.id)
            }
        }
        throw .forbidden(
            principals.isEmpty ? "本企业没有登记在任的主要负责人,不能承诺" : "承诺由主要负责人签;他人代签要有书面授权记录")
    }

    /// Compares promises of one day with what the system knows; tells both sides of what is new (SJ-18).
    /// - Returns: what was found, promise by promise.
    @discardableResult
    static func compare(
        _ records: [CommitmentRecord], of day: Day, rules: CommitmentRules, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> [[CommitmentContradiction]] {
        let enterprises = records.map(\.enterprise)
        let facts = try CommitmentFactsReader.facts(of: enterprises, day: day, now: context.now, in: &session)
        let noted = try ContradictionStore.noted(of: enterprises, day: day, in: &session)
        var found: [[CommitmentContradiction]] = []
        for record in records {
            guard let facts = facts[record.enterprise] else { continue }
            found.append(
                try compare(
                    record, with: facts, known: noted[record.enterprise] ?? [:], rules: rules, context: &context,
                    in: &session))
        }
        return found
    }

    private static func compare(
        _ record: CommitmentRecord, with facts: CommitmentFacts, known: [String: Bool], rules: CommitmentRules,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> [CommitmentContradiction] {
        let now = context.now
        let found = record.content.contradictions(with: facts, rules: rules)
        var ids = context.ids
        let fresh = try ContradictionStore.reconcile(
            found, known: known, enterprise: record.enterprise, day: record.day, at: now,
            newID: { ids.next("cx", at: now) }, in: &session)
        context.ids = ids
        guard !fresh.isEmpty else { return found }
        let place = try session.first("SELECT name, regulator_id FROM enterprise WHERE id = \(record.enterprise)") {
            row throws(StorageError) in (name: row.next() as String, regulator: row.next() as AuthorityID)
        }
        for item in fresh {
            try context.log(
                stream: "commitment", record.enterprise.rawValue, "contradicted",
                ["id": .string(item.id), "commitment": .string(record.id), "text": .string(item.contradiction.text)],
                in: &session)
            let title = "承诺与数据矛盾:\(item.contradiction.kind.label)"
            try NoticeOperations.send(
                Notice(
                    key: "contradiction/\(item.id)", recipient: .enterprise(record.enterprise),
                    subject: "commitment:\(record.enterprise)", title: title,
                    text: "\(item.contradiction.text)。请更正承诺或写明原因。", address: "/commitment#contradictions",
                    enterprise: record.enterprise), context: &context, in: &session)
            if let place {
                try NoticeOperations.send(
                    Notice(
                        key: "contradiction/\(item.id)", recipient: .authority(place.regulator),
                        subject: "commitment:\(record.enterprise)", title: title,
                        text: "\(place.name):\(item.contradiction.text)",
                        address: "/commitments/enterprise/\(record.enterprise)", enterprise: record.enterprise),
                    context: &context, in: &session)
            }
        }
        return found
    }
}
