public import Domain
public import Kernel

/// An account as administration sees it.
public struct AccountRecord: Hashable, Sendable {
    public var id: AccountID
    public var login: String
    public var name: String
    public var role: AccountRole
    public var authority: AuthorityID?
    public var enterprise: EnterpriseID?
    public var person: PersonID?
    /// 晋城市应急管理局, or the enterprise.
    public var organization: String?
    public var lockedUntil: Timestamp?
    public var disabledAt: Timestamp?
    public var createdAt: Timestamp
    /// A second factor is in use.
    public var hasFactor = false

    public init(
        id: AccountID, login: String, name: String, role: AccountRole, authority: AuthorityID? = nil,
        enterprise: EnterpriseID? = nil, person: PersonID? = nil, organization: String? = nil,
        lockedUntil: Timestamp? = nil, disabledAt: Timestamp? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.login = login
        self.name = name
        self.role = role
        self.authority = authority
        self.enterprise = enterprise
        self.person = person
        self.organization = organization
        self.lockedUntil = lockedUntil
        self.disabledAt = disabledAt
        self.createdAt = createdAt
    }
}

public enum AccountStore {
    /// - Parameter authorities: those whose accounts an authority's administrator keeps: its own and those under it.
    public static func list(
        authorities: [AuthorityID], scope: Scope, in session: inout Session
    ) throws(StorageError) -> [AccountRecord] {
        try session.rows("\(select) WHERE \(within(scope, authorities)) ORDER BY a.login", read)
    }

    public static func find(
        _ id: AccountID, authorities: [AuthorityID], scope: Scope, in session: inout Session
    ) throws(StorageError) -> AccountRecord? {
        try session.first("\(select) WHERE a.id = \(id) AND \(within(scope, authorities))", read)
    }

    public static func isTaken(login: String, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM account WHERE lower(login) = lower(\(login))") {
            row throws(StorageError) in row.next() as Int64
        } != nil
    }

    public static func insert(
        _ account: AccountRecord, passwordHash: String, mustChange: Bool, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO account (id, login, password_hash, name, role, authority_id, enterprise_id, person_id,
                created_at, must_change)
            VALUES (\(account.id), \(account.login), \(passwordHash), \(account.name), \(account.role),
                \(account.authority), \(account.enterprise), \(account.person), \(account.createdAt),
                \(mustChange))
            """)
    }

    /// Ends every session of the account, since whoever knew the old password must not go on; the old hash goes into
    /// the history.
    /// - Parameter mustChange: somebody else made it.
    public static func setPassword(
        _ hash: String, of account: AccountID, mustChange: Bool, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO password_history (account_id, at, hash)
            SELECT id, \(now), password_hash FROM account WHERE id = \(account)
            """)
        try session.execute(
            """
            UPDATE account SET password_hash = \(hash), failed_count = 0, locked_until = NULL,
                password_changed_at = \(now), must_change = \(mustChange) WHERE id = \(account)
            """)
        try session.execute("DELETE FROM web_session WHERE account_id = \(account)")
    }

    public static func unlock(_ account: AccountID, in session: inout Session) throws(StorageError) {
        try session.execute("UPDATE account SET failed_count = 0, locked_until = NULL WHERE id = \(account)")
    }

    public static func setDisabled(
        _ account: AccountID, at instant: Timestamp?, in session: inout Session
    ) throws(StorageError) {
        try session.execute("UPDATE account SET disabled_at = \(instant) WHERE id = \(account)")
        if instant != nil { try session.execute("DELETE FROM web_session WHERE account_id = \(account)") }
    }

    private static let select: SQL = """
        SELECT a.id, a.login, a.name, a.role, a.authority_id, COALESCE(a.enterprise_id, p.enterprise_id), a.person_id,
            COALESCE(o.name, e.name), a.locked_until, a.disabled_at, a.created_at,
            CASE WHEN f.confirmed_at IS NULL THEN 0 ELSE 1 END
        FROM account a LEFT JOIN second_factor f ON f.account_id = a.id LEFT JOIN authority o ON o.id = a.authority_id LEFT JOIN person p ON p.id = a.person_id
        LEFT JOIN enterprise e ON e.id = COALESCE(a.enterprise_id, p.enterprise_id)
        """

    private static func within(_ scope: Scope, _ authorities: [AuthorityID]) -> SQL {
        switch scope {
        case .system: "1 = 1"
        case .authority:
            """
            (a.authority_id IN (\(list: authorities))
                OR \(scope.enterprises(column: "COALESCE(a.enterprise_id, p.enterprise_id)")))
            """
        case .enterprise, .person: scope.enterprises(column: "COALESCE(a.enterprise_id, p.enterprise_id)")
        }
    }

    private static func read(_ row: inout Row) throws(StorageError) -> AccountRecord {
        var record = AccountRecord(
            id: row.next(), login: row.next(), name: row.next(), role: row.next(), authority: row.next(),
            enterprise: row.next(), person: row.next(), organization: row.next(), lockedUntil: row.next(),
            disabledAt: row.next(), createdAt: row.next())
        record.hasFactor = row.next()
        return record
    }
}
