public import Domain
public import Kernel

/// When subjects were online: half-open spans of whole seconds that never overlap.
public enum PresenceStore {
    /// Online from an instant on; false where it already was. A span never begins before the last one ended.
    @discardableResult
    public static func open(
        _ kind: PresenceKind, _ id: String, of enterprise: EnterpriseID, at instant: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        let last = try session.first(
            """
            SELECT online_until FROM presence_span WHERE subject_kind = \(kind) AND subject_id = \(id)
            ORDER BY online_from DESC LIMIT 1
            """
        ) { row throws(StorageError) in row.next() as Timestamp? }
        if case .some(.none) = last { return false }
        let from = max(OnlineTime.wholeSecond(instant), (last ?? nil) ?? .distantPast)
        return try session.execute(
            """
            INSERT INTO presence_span (subject_kind, subject_id, enterprise_id, online_from, online_until)
            VALUES (\(kind), \(id), \(enterprise), \(from), \(nil as Timestamp?)) ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Offline from an instant on; false where it already was.
    @discardableResult
    public static func close(
        _ kind: PresenceKind, _ id: String, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        let until = OnlineTime.wholeSecond(instant)
        // A span that would be empty was none.
        let emptied = try session.execute(
            """
            DELETE FROM presence_span WHERE subject_kind = \(kind) AND subject_id = \(id) AND online_until IS NULL
                AND online_from >= \(until)
            """)
        let closed = try session.execute(
            """
            UPDATE presence_span SET online_until = \(until)
            WHERE subject_kind = \(kind) AND subject_id = \(id) AND online_until IS NULL
            """)
        return emptied + closed > 0
    }

    public static func isOnline(
        _ kind: PresenceKind, _ id: String, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first(
            """
            SELECT 1 FROM presence_span WHERE subject_kind = \(kind) AND subject_id = \(id) AND online_until IS NULL
            """
        ) { row throws(StorageError) in row.next() as Int64 } != nil
    }

    /// Whether any point of an enterprise is online.
    public static func hasOnlinePoint(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first(
            """
            SELECT 1 FROM presence_span WHERE enterprise_id = \(enterprise) AND subject_kind = 'point'
                AND online_until IS NULL LIMIT 1
            """
        ) { row throws(StorageError) in row.next() as Int64 } != nil
    }

    /// All that are online, for the table in memory to compare itself with at a start.
    public static func online(
        _ kind: PresenceKind, in session: inout Session
    ) throws(StorageError) -> Set<String> {
        Set(
            try session.rows(
                "SELECT subject_id FROM presence_span WHERE subject_kind = \(kind) AND online_until IS NULL"
            ) { row throws(StorageError) in row.next() as String })
    }
}
