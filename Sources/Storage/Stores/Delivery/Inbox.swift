public import Domain
public import Kernel

/// The in-app inbox: the outbox's rows of channel `portal`, with the instants at which they came and were read.
public enum Inbox {
    public struct Message: Hashable, Sendable {
        public var key: String
        public var warning: WarningID
        public var kind: String
        public var level: Level
        public var text: String
        public var isLate: Bool
        public var createdAt: Timestamp
        public var deliveredAt: Timestamp?
        public var readAt: Timestamp?
        public var enterpriseName: String
        public var hazardName: String
        /// Of a notice that is not about a warning: empty otherwise.
        public var title: String
        public var address: String
    }

    /// Whose inbox a scope opens; the system has none.
    static func recipient(of scope: Scope) -> (kind: String, id: String)? {
        switch scope {
        case .system: nil
        case .authority(let id): ("authority", id.rawValue)
        case .enterprise(let id): ("enterprise", id.rawValue)
        case .person(let id): ("person", id.rawValue)
        }
    }

    public static func messages(
        scope: Scope, isUnreadOnly: Bool, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [Message] {
        let unread: SQL = isUnreadOnly ? "AND o.read_at IS NULL" : ""
        return try list(unread, scope: scope, limit: limit, offset: offset, in: &session)
    }

    public static func count(scope: Scope, isUnreadOnly: Bool, in session: inout Session) throws(StorageError) -> Int {
        guard !isUnreadOnly else { return try unreadCount(scope: scope, in: &session) }
        guard let owner = recipient(of: scope) else { return 0 }
        return try session.first(
            """
            SELECT count(*) FROM outbox WHERE channel = 'portal' AND recipient_kind = \(owner.kind)
                AND recipient_id = \(owner.id)
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func list(
        _ condition: SQL, scope: Scope, limit: Int, offset: Int, in session: inout Session
    ) throws(StorageError) -> [Message] {
        guard let owner = recipient(of: scope) else { return [] }
        return try session.rows(
            """
            SELECT o.key, o.warning_id, o.kind, o.level, o.message, o.is_late, o.created_at, o.delivered_at, o.read_at,
                COALESCE(e.name, ''), COALESCE(h.name, ''), o.title, o.address
            FROM outbox AS o LEFT JOIN warning AS w ON w.id = o.warning_id
            LEFT JOIN enterprise AS e ON e.id = o.enterprise_id LEFT JOIN hazard AS h ON h.id = w.hazard_id
            WHERE o.channel = 'portal' AND o.recipient_kind = \(owner.kind) AND o.recipient_id = \(owner.id) \(condition)
            ORDER BY o.created_at DESC, o.key LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            Message(
                key: row.next(), warning: row.next(), kind: row.next(), level: row.next(), text: row.next(),
                isLate: row.next(), createdAt: row.next(), deliveredAt: row.next(), readAt: row.next(),
                enterpriseName: row.next(), hazardName: row.next(),
                title: row.next(), address: row.next())
        }
    }

    public static func unreadCount(scope: Scope, in session: inout Session) throws(StorageError) -> Int {
        guard let owner = recipient(of: scope) else { return 0 }
        return try session.first(
            """
            SELECT count(*) FROM outbox WHERE channel = 'portal' AND recipient_kind = \(owner.kind)
                AND recipient_id = \(owner.id) AND read_at IS NULL
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// Whether the scope's owner was told of these warnings (kind `sent`), and whether all of it was read.
    public static func receipts(
        of warnings: [WarningID], for scope: Scope, in session: inout Session
    ) throws(StorageError) -> [WarningID: WarningListing.Receipt] {
        guard let owner = recipient(of: scope), !warnings.isEmpty else { return [:] }
        let found = try session.rows(
            """
            SELECT warning_id, CAST(sum(CASE WHEN read_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) FROM outbox
            WHERE channel = 'portal' AND kind = 'sent' AND recipient_kind = \(owner.kind)
                AND recipient_id = \(owner.id) AND warning_id IN (\(list: warnings))
            GROUP BY warning_id
            """
        ) { row throws(StorageError) in (row.next() as WarningID, row.next() as Int) }
        var receipts: [WarningID: WarningListing.Receipt] = [:]
        for (warning, unread) in found { receipts[warning] = unread > 0 ? .unread : .read }
        return receipts
    }

    /// How many messages about this warning the owner has not read.
    public static func unread(
        _ warning: WarningID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        guard let owner = recipient(of: scope) else { return 0 }
        return try session.first(
            """
            SELECT count(*) FROM outbox WHERE channel = 'portal' AND recipient_kind = \(owner.kind)
                AND recipient_id = \(owner.id) AND warning_id = \(warning) AND read_at IS NULL
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// The owner opened the warning: everything about it that came is read. How many messages that were.
    @discardableResult
    public static func markRead(
        _ warning: WarningID, scope: Scope, by account: AccountID, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        guard let owner = recipient(of: scope) else { return 0 }
        let count = try session.execute(
            """
            UPDATE outbox SET read_at = \(now), read_by = \(account)
            WHERE channel = 'portal' AND recipient_kind = \(owner.kind) AND recipient_id = \(owner.id)
                AND warning_id = \(warning) AND read_at IS NULL
            """)
        if count > 0 {
            try session.append(
                LogEntry(
                    streamKind: "delivery", streamID: warning.rawValue, kind: "read", at: now, recordedAt: now,
                    actor: account.rawValue,
                    payload: ["recipient": .string(owner.id), "count": .integer(Int64(count))]))
        }
        return count
    }

    /// The owner opened the page of a thing: every notice about it is read.
    @discardableResult
    public static func markRead(
        subject: String, scope: Scope, by account: AccountID, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        guard let owner = recipient(of: scope) else { return 0 }
        return try session.execute(
            """
            UPDATE outbox SET read_at = \(now), read_by = \(account)
            WHERE channel = 'portal' AND recipient_kind = \(owner.kind) AND recipient_id = \(owner.id)
                AND subject = \(subject) AND read_at IS NULL
            """)
    }

    /// One message is read, whatever it is about; nil where the owner has none of that key.
    @discardableResult
    public static func markRead(
        key: String, scope: Scope, by account: AccountID, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Message? {
        guard let owner = recipient(of: scope) else { return nil }
        let count = try session.execute(
            """
            UPDATE outbox SET read_at = \(now), read_by = \(account)
            WHERE key = \(key) AND channel = 'portal' AND recipient_kind = \(owner.kind)
                AND recipient_id = \(owner.id) AND read_at IS NULL
            """)
        if count > 0 {
            try session.append(
                LogEntry(
                    streamKind: "delivery", streamID: key, kind: "read", at: now, recordedAt: now,
                    actor: account.rawValue, payload: ["recipient": .string(owner.id), "count": 1]))
        }
        return try find(key: key, scope: scope, in: &session)
    }

    public static func find(
        key: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Message? {
        try list("AND o.key = \(key)", scope: scope, limit: 1, offset: 0, in: &session).first
    }

    /// The owner opened one notice from the inbox; where it leads, nil where it is not theirs.
    public static func open(
        key: String, scope: Scope, by account: AccountID, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> String? {
        guard let owner = recipient(of: scope) else { return nil }
        try markRead(key: key, scope: scope, by: account, now: now, in: &session)
        return try session.first(
            """
            SELECT address FROM outbox WHERE key = \(key) AND channel = 'portal' AND subject <> ''
                AND recipient_kind = \(owner.kind) AND recipient_id = \(owner.id)
            """
        ) { row throws(StorageError) in row.next() as String }
    }
}
