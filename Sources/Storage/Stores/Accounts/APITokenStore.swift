public import Domain
public import Kernel

/// A token of the API as its owner sees it; the token itself is nowhere.
public struct APIToken: Hashable, Sendable {
    public var id: String
    public var account: AccountID
    public var name: String
    /// Its last letters.
    public var hint: String
    public var mayWrite: Bool
    public var createdAt: Timestamp
    public var expiresAt: Timestamp
    public var usedAt: Timestamp?
    public var revokedAt: Timestamp?

    public init(
        id: String, account: AccountID, name: String, hint: String, mayWrite: Bool, createdAt: Timestamp,
        expiresAt: Timestamp, usedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.hint = hint
        self.mayWrite = mayWrite
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.revokedAt = revokedAt
    }

    public func holds(at now: Timestamp) -> Bool { revokedAt == nil && expiresAt > now }
}

public enum APITokenStore {
    /// A token that holds, with the account that it speaks for.
    public struct Found: Hashable, Sendable {
        public var id: String
        public var mayWrite: Bool
        public var usedAt: Timestamp?
        public var owner: SignedIn
    }

    public static func insert(
        _ token: APIToken, hash: [UInt8], in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO api_token (id, account_id, name, token_hash, hint, may_write, created_at, expires_at)
            VALUES (\(token.id), \(token.account), \(token.name), \(hash), \(token.hint), \(token.mayWrite),
                \(token.createdAt), \(token.expiresAt))
            """)
    }

    /// nil where there is none of that hash, it is past its end or taken back, or the account is disabled.
    public static func find(
        hash: [UInt8], now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Found? {
        try session.first(
            """
            SELECT t.id, t.may_write, t.used_at, a.id, a.login, a.name, a.role, a.authority_id, o.name, o.level,
                o.region, COALESCE(a.enterprise_id, p.enterprise_id), e.name, a.person_id, t.created_at, t.expires_at
            FROM api_token AS t JOIN account AS a ON a.id = t.account_id
            LEFT JOIN authority AS o ON o.id = a.authority_id
            LEFT JOIN person AS p ON p.id = a.person_id
            LEFT JOIN enterprise AS e ON e.id = COALESCE(a.enterprise_id, p.enterprise_id)
            WHERE t.token_hash = \(hash) AND t.revoked_at IS NULL AND t.expires_at > \(now) AND a.disabled_at IS NULL
            """
        ) { row throws(StorageError) in
            Found(
                id: row.next(), mayWrite: row.next(), usedAt: row.next(),
                owner: SignedIn(
                    account: row.next(), login: row.next(), name: row.next(), role: row.next(),
                    authority: row.next(), authorityName: row.next(), authorityLevel: row.next(),
                    region: row.next(), enterprise: row.next(), enterpriseName: row.next(), person: row.next(),
                    csrf: "", seenAt: row.next(), expiresAt: row.next()))
        }
    }

    public static func touch(_ id: String, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute("UPDATE api_token SET used_at = \(now) WHERE id = \(id)")
    }

    /// A person's own, the newest first.
    public static func list(
        of account: AccountID, in session: inout Session
    ) throws(StorageError) -> [APIToken] {
        try session.rows(
            """
            SELECT id, account_id, name, hint, may_write, created_at, expires_at, used_at, revoked_at FROM api_token
            WHERE account_id = \(account) ORDER BY created_at DESC, id LIMIT 200
            """
        ) { row throws(StorageError) in
            APIToken(
                id: row.next(), account: row.next(), name: row.next(), hint: row.next(), mayWrite: row.next(),
                createdAt: row.next(), expiresAt: row.next(), usedAt: row.next(), revokedAt: row.next())
        }
    }

    /// False where the account has no such token that is still in force.
    public static func revoke(
        _ id: String, of account: AccountID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE api_token SET revoked_at = \(now) WHERE id = \(id) AND account_id = \(account)
                AND revoked_at IS NULL
            """) > 0
    }

    /// All of an account: whoever knew the old password may have made one.
    public static func revokeAll(
        of account: AccountID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE account_id = \(account) AND revoked_at IS NULL")
    }
}
