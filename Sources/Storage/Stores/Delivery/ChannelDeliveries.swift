public import Kernel

/// What went out through one channel, and what waits: for the channel's page. Whoever calls has checked that the
/// channel is theirs.
public enum ChannelDeliveries {
    public struct Line: Hashable, Sendable {
        public var key: String
        public var recipient: String
        public var level: String
        public var title: String
        public var message: String
        public var state: String
        public var attempts: Int
        public var createdAt: Timestamp
        public var nextAttemptAt: Timestamp?
        public var deliveredAt: Timestamp?
        public var lastError: String?
        public var isMerged: Bool
    }

    /// Newest first.
    public static func list(
        channel: String, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Line] {
        try session.rows(
            """
            SELECT o.key, COALESCE(p.name, u.name, e.name, ''), o.level, o.title, o.message, o.state, o.attempts,
                o.created_at, o.next_attempt_at, o.delivered_at, o.last_error,
                CASE WHEN o.parcel IS NULL THEN 0 ELSE 1 END
            FROM outbox AS o
            LEFT JOIN person AS p ON o.recipient_kind = 'person' AND p.id = o.recipient_id
            LEFT JOIN authority AS u ON o.recipient_kind = 'authority' AND u.id = o.recipient_id
            LEFT JOIN enterprise AS e ON o.recipient_kind = 'enterprise' AND e.id = o.recipient_id
            WHERE o.channel = \(channel) AND o.channel <> 'portal' ORDER BY o.created_at DESC, o.key LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            Line(
                key: row.next(), recipient: row.next(), level: row.next(), title: row.next(), message: row.next(),
                state: row.next(), attempts: row.next(), createdAt: row.next(), nextAttemptAt: row.next(),
                deliveredAt: row.next(), lastError: row.next(), isMerged: row.next())
        }
    }

    public struct Count: Hashable, Sendable {
        public var waiting = 0
        public var failed = 0
        public var delivered = 0
        public var lastDeliveredAt: Timestamp?

        public init() {}
    }

    /// By channel, as rows name it.
    /// - Parameter channel: nil for all.
    public static func counts(
        channel: String? = nil, in session: inout Session
    ) throws(StorageError) -> [String: Count] {
        let one: SQL = channel.map { "AND channel = \($0)" } ?? ""
        let rows = try session.rows(
            """
            SELECT channel, state, count(*), max(delivered_at) FROM outbox WHERE channel <> 'portal' \(one)
            GROUP BY channel, state
            """
        ) { row throws(StorageError) in
            (row.next() as String, row.next() as String, row.next() as Int, row.next() as Timestamp?)
        }
        return rows.reduce(into: [:]) { counts, row in
            switch row.1 {
            case "pending": counts[row.0, default: Count()].waiting = row.2
            case "failed": counts[row.0, default: Count()].failed = row.2
            default:
                counts[row.0, default: Count()].delivered = row.2
                counts[row.0, default: Count()].lastDeliveredAt = row.3
            }
        }
    }

    public static func holds(_ key: String, channel: String, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM outbox WHERE key = \(key) AND channel = \(channel)") {
            row throws(StorageError) in row.next() as Int
        } != nil
    }
}
