public import Domain
public import Kernel

/// Where the setting stands.
extension AccessSettings {
    public static let key = "access"
}

/// Ages of passwords and second factors. No scope: an account's own, or what a sign-in asks before there is one.
public enum AccessStore {
    public struct Standing: Hashable, Sendable {
        public var login: String
        public var role: AccountRole
        public var passwordHash: String
        public var passwordChangedAt: Timestamp
        public var mustChange: Bool
        public var hasFactor: Bool
        public var lockedUntil: Timestamp?
    }

    public static func standing(
        of account: AccountID, in session: inout Session
    ) throws(StorageError) -> Standing? {
        try session.first(
            """
            SELECT a.login, a.role, a.password_hash,
                COALESCE(a.password_changed_at, a.created_at), a.must_change,
                CASE WHEN f.confirmed_at IS NULL THEN 0 ELSE 1 END, a.locked_until
            FROM account AS a LEFT JOIN second_factor AS f ON f.account_id = a.id
            WHERE a.id = \(account) AND a.disabled_at IS NULL
            """
        ) { row throws(StorageError) in
            Standing(
                login: row.next(), role: row.next(), passwordHash: row.next(), passwordChangedAt: row.next(),
                mustChange: row.next(), hasFactor: row.next(), lockedUntil: row.next())
        }
    }

    // MARK: Passwords

    /// The last hashes, the latest first, without the present one.
    public static func earlierHashes(
        of account: AccountID, limit: Int, in session: inout Session
    ) throws(StorageError) -> [String] {
        try session.rows(
            "SELECT hash FROM password_history WHERE account_id = \(account) ORDER BY at DESC, hash LIMIT \(limit)"
        ) { row throws(StorageError) in row.next() as String }
    }

    // MARK: Second factors

    public struct Factor: Hashable, Sendable {
        public var secret: [UInt8]
        public var confirmedAt: Timestamp?
        public var lastStep: Int64
    }

    public static func factor(
        of account: AccountID, in session: inout Session
    ) throws(StorageError) -> Factor? {
        try session.first(
            "SELECT secret, confirmed_at, last_step FROM second_factor WHERE account_id = \(account)"
        ) { row throws(StorageError) in
            Factor(secret: row.next(), confirmedAt: row.next(), lastStep: row.next())
        }
    }

    /// A key that waits for its first code. One that is in use stays.
    public static func propose(
        _ secret: [UInt8], for account: AccountID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM second_factor WHERE account_id = \(account) AND confirmed_at IS NULL")
        try session.execute(
            """
            INSERT INTO second_factor (account_id, secret, created_at) VALUES (\(account), \(secret), \(now))
            ON CONFLICT (account_id) DO NOTHING
            """)
    }

    /// Takes a code's step; false where it, or one after it, was taken before: two at once cannot both win.
    public static func take(
        _ step: Int64, of account: AccountID, confirmedAt: Timestamp? = nil, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE second_factor SET last_step = \(step), confirmed_at = COALESCE(confirmed_at, \(confirmedAt))
            WHERE account_id = \(account) AND last_step < \(step)
            """) > 0
    }

    public static func setRecoveryCodes(
        _ hashes: [[UInt8]], of account: AccountID, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM recovery_code WHERE account_id = \(account)")
        for hash in hashes {
            try session.execute(
                "INSERT INTO recovery_code (account_id, code_hash) VALUES (\(account), \(hash))")
        }
    }

    public static func takeRecoveryCode(
        hash: [UInt8], of account: AccountID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE recovery_code SET used_at = \(now)
            WHERE account_id = \(account) AND code_hash = \(hash) AND used_at IS NULL
            """) > 0
    }

    public static func recoveryCodesLeft(
        of account: AccountID, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            "SELECT count(*) FROM recovery_code WHERE account_id = \(account) AND used_at IS NULL"
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// False where there was none.
    public static func removeFactor(
        of account: AccountID, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute("DELETE FROM recovery_code WHERE account_id = \(account)")
        return try session.execute("DELETE FROM second_factor WHERE account_id = \(account)") > 0
    }
}
