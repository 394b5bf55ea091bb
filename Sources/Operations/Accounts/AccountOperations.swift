public import Domain
public import Kernel
public import Storage

/// Accounts, kept by administrators. Hashing a password takes a tenth of a second and 64 MiB: the caller does it
/// beforehand, off the event loop (`Password.hash`), and hands in the hash.
public enum AccountOperations {
    /// Whom an account stands for.
    public struct Draft: Hashable, Sendable {
        public var login: String
        public var name: String
        public var role: AccountRole
        public var authority: AuthorityID?
        public var enterprise: EnterpriseID?
        public var person: PersonID?

        public init(
            login: String, name: String, role: AccountRole, authority: AuthorityID? = nil,
            enterprise: EnterpriseID? = nil, person: PersonID? = nil
        ) {
            self.login = login
            self.name = name
            self.role = role
            self.authority = authority
            self.enterprise = enterprise
            self.person = person
        }
    }

    /// - Parameter mustChange: the password was made by somebody else: its owner changes it at the first sign-in.
    @discardableResult
    public static func create(
        _ draft: Draft, passwordHash: String, mustChange: Bool = true, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> AccountID {
        guard editor.mayEditOrganisations else { throw .forbidden("账号由管理员建立") }
        var violations = loginViolations(draft.login)
        if draft.name.trimmedOfSpace.isEmpty { violations.append(Violation(.name, "没有填")) }
        violations += try ownerViolations(draft, editor, in: &session)
        guard !violations.isRefused else { throw .violations(violations) }
        let id = AccountID(context.ids.next("ac", at: context.now))
        let record = AccountRecord(
            id: id, login: draft.login, name: draft.name, role: draft.role, authority: draft.authority,
            enterprise: draft.enterprise, person: draft.person, createdAt: context.now)
        do throws(StorageError) {
            if try AccountStore.isTaken(login: draft.login, in: &session) {
                violations.append(Violation(.login, "“\(draft.login)”已被使用"))
            } else {
                try AccountStore.insert(record, passwordHash: passwordHash, mustChange: mustChange, in: &session)
                try log(
                    id, "created",
                    [
                        "login": .string(draft.login), "role": .string(draft.role.rawValue),
                        "authority": draft.authority.map { .string($0.rawValue) } ?? .null,
                        "enterprise": draft.enterprise.map { .string($0.rawValue) } ?? .null,
                        "person": draft.person.map { .string($0.rawValue) } ?? .null,
                    ], &context, in: &session)
            }
        } catch { throw .storage(error) }
        guard !violations.isRefused else { throw .violations(violations) }
        return id
    }

    public static func setPassword(
        hash: String, of account: AccountID, mustChange: Bool = true, by editor: RegistryEditor,
        context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        // One's own goes by the present password, on one's own page: an open desk is not enough.
        if account.rawValue == context.actor { throw .refused("自己的口令在“我的账号”里换") }
        _ = try find(account, editor, in: &session)
        do throws(StorageError) {
            try AccountStore.setPassword(
                hash, of: account, mustChange: mustChange, at: context.now, in: &session)
            try APITokenStore.revokeAll(of: account, at: context.now, in: &session)
            try log(account, "passwordReset", [:], &context, in: &session)
        } catch { throw .storage(error) }
    }

    /// A disabled account is signed out at once and keeps its name in the log.
    public static func setDisabled(
        _ account: AccountID, isDisabled: Bool, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        let record = try find(account, editor, in: &session)
        if isDisabled, record.id.rawValue == context.actor { throw .refused("不能停用自己的账号") }
        guard (record.disabledAt != nil) != isDisabled else { return }
        do throws(StorageError) {
            try AccountStore.setDisabled(account, at: isDisabled ? context.now : nil, in: &session)
            if isDisabled { try APITokenStore.revokeAll(of: account, at: context.now, in: &session) }
            try log(account, isDisabled ? "disabled" : "enabled", [:], &context, in: &session)
        } catch { throw .storage(error) }
    }

    /// A lost phone: the factor goes, the password stays. Nobody takes their own away here.
    public static func removeFactor(
        of account: AccountID, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        if account.rawValue == context.actor { throw .refused("自己的两步验证在“我的账号”里取消") }
        _ = try find(account, editor, in: &session)
        do throws(StorageError) {
            try AccessOperations.removeFactor(of: account, context: &context, in: &session)
        } catch { throw .storage(error) }
    }

    /// Ends a lock before its time.
    public static func unlock(
        _ account: AccountID, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        if account.rawValue == context.actor { throw .refused("不能解除自己的锁定") }
        let record = try find(account, editor, in: &session)
        guard record.lockedUntil.map({ $0 > context.now }) == true else { return }
        do throws(StorageError) {
            try AccountStore.unlock(account, in: &session)
            try log(account, "unlocked", [:], &context, in: &session)
        } catch { throw .storage(error) }
    }

    /// The accounts that the editor keeps.
    public static func list(
        by editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> [AccountRecord] {
        guard editor.mayEditOrganisations else { throw .forbidden("账号由管理员管理") }
        return try RegistryOperations.query(
            { session throws(StorageError) in
                try AccountStore.list(
                    authorities: try below(editor, in: &session), scope: editor.scope, in: &session)
            }, in: &session)
    }

    private static func find(
        _ id: AccountID, _ editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> AccountRecord {
        guard editor.mayEditOrganisations else { throw .forbidden("账号由管理员管理") }
        let found = try RegistryOperations.query(
            { session throws(StorageError) in
                try AccountStore.find(
                    id, authorities: try below(editor, in: &session), scope: editor.scope, in: &session)
            }, in: &session)
        guard let found else { throw .notFound }
        return found
    }

    /// The editor's own authority and those under it.
    private static func below(
        _ editor: RegistryEditor, in session: inout Session
    ) throws(StorageError) -> [AuthorityID] {
        let all = AuthorityDirectory(try RegistryQueries.authorities(scope: editor.scope, in: &session))
        return all.authorities.keys.filter { RegistryOperations.isBelow($0, editor, all) }.sorted()
    }

    private static func loginViolations(_ login: String) -> [Violation] {
        if login.isEmpty { return [Violation(.login, "没有填")] }
        let isPlain = NameRules.codeViolations(login).isEmpty
        return isPlain && (3...64).contains(login.utf8.count)
            ? [] : [Violation(.login, "“\(login)”应为 3–64 个字母、数字或 - _ .")]
    }

    /// Each role belongs to one kind of owner, and the owner lies in the editor's jurisdiction.
    private static func ownerViolations(
        _ draft: Draft, _ editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        switch draft.role {
        case .duty, .admin:
            guard draft.enterprise == nil, draft.person == nil else {
                return [Violation(.authority, "\(draft.role.label)属于监管单位")]
            }
            guard let authority = draft.authority else {
                let isWhole = draft.role == .admin && editor.scope == .system
                return isWhole ? [] : [Violation(.authority, "没有填")]
            }
            let isBelow = try RegistryOperations.query(
                { session throws(StorageError) in
                    try below(editor, in: &session).contains(authority)
                }, in: &session)
            return isBelow ? [] : [Violation(.authority, "没有登记过“\(authority)”,或不在本单位之下")]
        case .safety:
            guard draft.authority == nil, draft.person == nil, let enterprise = draft.enterprise else {
                return [Violation(.enterprise, "企业安全员要填企业")]
            }
            let found = try RegistryOperations.query(
                { session throws(StorageError) in
                    try RegistryQueries.enterprise(enterprise, scope: editor.scope, in: &session)
                }, in: &session)
            return found == nil ? [Violation(.enterprise, "没有登记过“\(enterprise)”")] : []
        case .responsible:
            guard draft.authority == nil, draft.enterprise == nil, let person = draft.person else {
                return [Violation(.person, "包保责任人要填人员")]
            }
            let found = try RegistryOperations.query(
                { session throws(StorageError) in
                    try RegistryQueries.person(person, scope: editor.scope, in: &session)
                }, in: &session)
            guard let found, case .enterprise = found.employer else { return [Violation(.person, "没有登记过“\(person)”")] }
            return []
        }
    }

    private static func log(
        _ id: AccountID, _ kind: String, _ payload: JSON, _ context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        try context.log(stream: "account", id.rawValue, kind, payload, in: &session)
    }
}

extension AccountRole {
    public var label: String {
        switch self {
        case .duty: "值守员"
        case .safety: "企业安全员"
        case .responsible: "包保责任人"
        case .admin: "管理员"
        }
    }
}
