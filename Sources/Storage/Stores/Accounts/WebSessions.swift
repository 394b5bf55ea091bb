public import Domain
public import Kernel

/// Who stands behind a session token.
public struct SignedIn: Hashable, Sendable {
    public var account: AccountID
    public var login: String
    public var name: String
    public var role: AccountRole
    public var authority: AuthorityID?
    public var authorityName: String?
    public var authorityLevel: AuthorityLevel?
    public var region: String?
    public var enterprise: EnterpriseID?
    public var enterpriseName: String?
    public var person: PersonID?
    public var csrf: String
    public var seenAt: Timestamp
    public var expiresAt: Timestamp
    /// Anything but `open` owes a step, and may do nothing else.
    public var stage: SignInStage = .open

    /// nil where there is no such session, it is past its end, or the account is disabled. Whether it has idled too
    /// long is for the caller to say.
    public static func find(
        tokenHash: [UInt8], now: Timestamp, in session: inout Session
    ) throws(StorageError) -> SignedIn? {
        try session.first(
            """
            SELECT a.id, a.login, a.name, a.role, a.authority_id, o.name, o.level, o.region,
                COALESCE(a.enterprise_id, p.enterprise_id), e.name, a.person_id, s.csrf, s.seen_at, s.expires_at,
                s.stage
            FROM web_session AS s JOIN account AS a ON a.id = s.account_id
            LEFT JOIN authority AS o ON o.id = a.authority_id
            LEFT JOIN person AS p ON p.id = a.person_id
            LEFT JOIN enterprise AS e ON e.id = COALESCE(a.enterprise_id, p.enterprise_id)
            WHERE s.token_hash = \(tokenHash) AND s.expires_at > \(now) AND a.disabled_at IS NULL
            """
        ) { row throws(StorageError) in
            SignedIn(
                account: row.next(), login: row.next(), name: row.next(), role: row.next(), authority: row.next(),
                authorityName: row.next(), authorityLevel: row.next(), region: row.next(), enterprise: row.next(),
                enterpriseName: row.next(), person: row.next(), csrf: row.next(), seenAt: row.next(),
                expiresAt: row.next(), stage: row.next())
        }
    }
}
