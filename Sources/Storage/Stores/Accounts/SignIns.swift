public import Domain
public import Kernel

/// Accounts as signing in needs them. No scope: before it there is nobody whose scope it could be.
public enum SignIns {
    public struct Account: Hashable, Sendable {
        public var id: AccountID
        public var passwordHash: String
        public var failedCount: Int
        public var lockedUntil: Timestamp?
        public var isDisabled: Bool
    }

    public static func account(login: String, in session: inout Session) throws(StorageError) -> Account? {
        try session.first(
            """
            SELECT id, password_hash, failed_count, locked_until, CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END
            FROM account WHERE login = \(login)
            """
        ) { row throws(StorageError) in
            Account(
                id: row.next(), passwordHash: row.next(), failedCount: row.next(), lockedUntil: row.next(),
                isDisabled: row.next())
        }
    }

    /// Counts a failure; at the last one allowed the account is locked and the count begins anew.
    public static func recordFailure(
        _ account: AccountID, now: Timestamp, failuresMax: Int, lockedFor: Interval, in session: inout Session
    ) throws(StorageError) {
        let count =
            try session.first(
                "UPDATE account SET failed_count = failed_count + 1 WHERE id = \(account) RETURNING failed_count"
            ) { row throws(StorageError) in row.next() as Int } ?? 0
        let isLocked = count >= failuresMax
        if isLocked {
            let until = now + lockedFor
            try session.execute("UPDATE account SET failed_count = 0, locked_until = \(until) WHERE id = \(account)")
            // Sign-ins that owe something begin anew; whoever is at work goes on.
            try session.execute("DELETE FROM web_session WHERE account_id = \(account) AND stage <> 'open'")
        }
        try session.append(entry(account, kind: isLocked ? "locked" : "signInFailed", now: now))
    }

    /// Opens a session of which only the token's hash is kept. One that owes a step is nobody at work yet, and counts
    /// no failure away: else the right password would buy any number of codes.
    public static func open(
        _ account: AccountID, tokenHash: [UInt8], csrf: String, stage: SignInStage, now: Timestamp,
        expiresAt: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM web_session WHERE expires_at < \(now)")
        try session.execute(
            """
            INSERT INTO web_session (token_hash, account_id, csrf, stage, created_at, seen_at, expires_at)
            VALUES (\(tokenHash), \(account), \(csrf), \(stage), \(now), \(now), \(expiresAt))
            """)
        guard stage == .open else {
            try session.append(entry(account, kind: "passwordAccepted", now: now))
            return
        }
        try session.execute("UPDATE account SET failed_count = 0, locked_until = NULL WHERE id = \(account)")
        try AttendanceStore.mark(account, at: now, in: &session)
        try session.append(entry(account, kind: "signedIn", now: now))
    }

    /// A session that another takes the place of.
    public static func drop(tokenHash: [UInt8], in session: inout Session) throws(StorageError) {
        try session.execute("DELETE FROM web_session WHERE token_hash = \(tokenHash)")
    }

    public static func close(
        tokenHash: [UInt8], account: AccountID, now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM web_session WHERE token_hash = \(tokenHash)")
        try session.append(entry(account, kind: "signedOut", now: now))
    }

    /// Answers whether the session still exists.
    @discardableResult
    public static func touch(
        tokenHash: [UInt8], now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute("UPDATE web_session SET seen_at = \(now) WHERE token_hash = \(tokenHash)") > 0
    }

    private static func entry(_ account: AccountID, kind: String, now: Timestamp) -> LogEntry {
        LogEntry(
            streamKind: "account", streamID: account.rawValue, kind: kind, at: now, recordedAt: now,
            actor: account.rawValue, payload: [:])
    }
}
