public import Domain
public import Kernel
public import Storage

/// What an authorisation says (A24).
public struct DelegationRequest: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var principal: PersonID
    /// A responsible person of the enterprise, or another of its accounts.
    public var delegatePerson: PersonID?
    public var delegateAccount: AccountID?
    public var from: Day
    /// Included.
    public var through: Day
    public var document: String

    public init(
        enterprise: EnterpriseID, principal: PersonID, delegatePerson: PersonID?, delegateAccount: AccountID?,
        from: Day, through: Day, document: String
    ) {
        self.enterprise = enterprise
        self.principal = principal
        self.delegatePerson = delegatePerson
        self.delegateAccount = delegateAccount
        self.from = from
        self.through = through
        self.document = document
    }
}

extension CommitmentOperations {
    /// 本项目约定: an authorisation runs 31 days at most.
    public static let delegationDaysMax = 31

    /// Registers a written authorisation. The principal gives it on their own account (`person`), or the safety officer
    /// registers the paper; the record says which.
    @discardableResult
    public static func delegate(
        _ request: DelegationRequest, person: PersonID?, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(CommitmentFailure) -> String {
        try checkOwn(request.enterprise, editor, in: &session)
        let today = Day(context.now)
        guard request.document.trimmedOfSpace.count >= 2 else { throw .refused("请填授权书的名称或编号") }
        guard request.from >= today else { throw .refused("授权不能从过去的日子起") }
        guard request.through >= request.from else { throw .refused("授权的止日早于起日") }
        guard request.through.number - request.from.number < Int32(delegationDaysMax) else {
            throw .refused("一次授权最长 \(delegationDaysMax) 天")
        }
        let principals = try CommitmentFailure.storing { () throws(StorageError) in
            try DelegationStore.principals(of: request.enterprise, in: &session)
        }
        guard let principal = principals.first(where: { $0.id == request.principal }) else {
            throw .refused("授权人不是本企业在任的主要负责人")
        }
        let isByPrincipal = person == principal.id
        guard isByPrincipal || editor.role == .safety else { throw .forbidden("授权由主要负责人本人作出,或由安全员登记书面授权") }
        let name = try delegateName(request, in: &session)
        guard name != principal.name || request.delegatePerson != principal.id else { throw .refused("不用授权给自己") }
        let item = Delegation(
            id: context.ids.next("dg", at: context.now), enterprise: request.enterprise, principal: principal.id,
            principalName: principal.name, delegateName: name, delegatePerson: request.delegatePerson,
            delegateAccount: request.delegateAccount, from: request.from, through: request.through,
            document: request.document.trimmedOfSpace, isByPrincipal: isByPrincipal, registeredAt: context.now,
            registeredBy: context.actor)
        try CommitmentFailure.storing { () throws(StorageError) in
            try DelegationStore.insert(item, in: &session)
            try context.log(
                stream: "commitment", request.enterprise.rawValue, "delegated",
                [
                    "id": .string(item.id), "principal": .string(principal.id.rawValue), "delegate": .string(name),
                    "from": .string(ChinaTime.date(item.from)), "through": .string(ChinaTime.date(item.through)),
                    "document": .string(item.document), "isByPrincipal": .bool(isByPrincipal),
                ], in: &session)
            if !isByPrincipal {
                try NoticeOperations.send(
                    Notice(
                        key: "delegation/\(item.id)", recipient: .person(principal.id),
                        subject: "commitment:\(request.enterprise)", title: "登记了代签授权",
                        text: "\(name) 可代您签承诺,\(ChinaTime.date(item.from)) 至 \(ChinaTime.date(item.through)),"
                            + "凭据:\(item.document)。不是您的意思请撤销。",
                        address: "/m/commitment", enterprise: request.enterprise), context: &context, in: &session)
            }
        }
        return item.id
    }

    private static func delegateName(
        _ request: DelegationRequest, in session: inout Session
    ) throws(CommitmentFailure) -> String {
        let name = try CommitmentFailure.storing { () throws(StorageError) -> String? in
            if let person = request.delegatePerson {
                let scope = Scope.enterprise(request.enterprise)
                return try RegistryQueries.person(person, scope: scope, in: &session).flatMap {
                    $0.leftAt == nil ? $0.name : nil
                }
            }
            guard let account = request.delegateAccount else { return nil }
            return try session.first(
                """
                SELECT name FROM account WHERE id = \(account) AND enterprise_id = \(request.enterprise)
                    AND disabled_at IS NULL
                """
            ) { row throws(StorageError) in row.next() as String }
        }
        guard let name else { throw .refused("被授权人不是本企业的在职人员") }
        return name
    }

    public static func revoke(
        _ id: String, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .safety || editor.role == .responsible else { throw .forbidden("授权由企业撤销") }
        let isDone = try CommitmentFailure.storing { () throws(StorageError) in
            let isDone = try DelegationStore.revoke(
                id, by: context.actor, at: context.now, scope: editor.scope, in: &session)
            if isDone { try context.log(stream: "commitment", id, "delegationRevoked", [:], in: &session) }
            return isDone
        }
        guard isDone else { throw .notFound }
    }
}
