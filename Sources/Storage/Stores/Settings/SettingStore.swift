public import Kernel

/// What an administrator set, or the system remembers of itself, under a key each.
public enum SettingStore {
    public static func text(_ key: String, in session: inout Session) throws(StorageError) -> String? {
        try session.first("SELECT value FROM setting WHERE key = \(key)") { row throws(StorageError) in row.next() }
    }

    /// nil also where it is not JSON.
    public static func json(_ key: String, in session: inout Session) throws(StorageError) -> JSON? {
        try text(key, in: &session).flatMap { try? JSON.parse($0) }
    }

    public static func set(
        _ key: String, _ value: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO setting (key, value, changed_at) VALUES (\(key), \(value), \(now))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
            """)
    }

    public static func set(
        _ key: String, _ value: JSON, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try set(key, value.text, at: now, in: &session)
    }
}
