public import Domain
public import Kernel

/// One row of the outbox that goes out through a channel.
public struct Delivery: Hashable, Sendable {
    /// The same at every attempt: the receiver tells repetitions by it.
    public let key: String
    public let warning: WarningID
    public let enterprise: EnterpriseID
    public let step: String
    public let kind: String
    public let level: Level
    public let recipientKind: String
    public let recipientID: String
    public let channel: String
    public let message: String
    public let target: String?
    public let isLate: Bool
    public let createdAt: Timestamp
    public let attempts: Int
    /// Of a notice that is not about a warning: empty otherwise.
    public let subject: String
    public let title: String
    public let address: String
    /// Of the digest that it goes out with.
    public let parcel: String?

    /// The rows of one cause say the same thing to several recipients.
    public var cause: String {
        warning.rawValue.isEmpty || step == "climb" ? "\(subject)/\(message)" : "\(warning)/\(step)"
    }
    public var isTest: Bool { subject == "channel:" + (target ?? "") }
}

/// What waits in the outbox to be sent.
public enum DeliveryStore {
    public struct Pending: Hashable, Sendable {
        public let channel: String
        public let nextAttemptAt: Timestamp
    }

    /// The channels with something to send, each with the instant of its next attempt.
    public static func pending(in session: inout Session) throws(StorageError) -> [Pending] {
        try session.rows(
            """
            SELECT channel, min(next_attempt_at) FROM outbox WHERE state = 'pending' GROUP BY channel ORDER BY channel
            """
        ) { row throws(StorageError) in Pending(channel: row.next(), nextAttemptAt: row.next()) }
    }

    /// What a channel has to send by now: red first, then the oldest attempt.
    public static func due(
        channel: String, through now: Timestamp, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Delivery] {
        try session.rows(
            """
            SELECT key, warning_id, enterprise_id, step, kind, level, recipient_kind, recipient_id, channel, message,
                target, is_late, created_at, attempts, subject, title, address, parcel
            FROM outbox WHERE state = 'pending' AND channel = \(channel) AND next_attempt_at <= \(now)
            ORDER BY CASE level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END, next_attempt_at,
                created_at, key LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            Delivery(
                key: row.next(), warning: row.next(), enterprise: row.next(), step: row.next(), kind: row.next(),
                level: row.next(), recipientKind: row.next(), recipientID: row.next(), channel: row.next(),
                message: row.next(), target: row.next(), isLate: row.next(), createdAt: row.next(),
                attempts: row.next(), subject: row.next(), title: row.next(), address: row.next(),
                parcel: row.next())
        }
    }

    /// Messages that went out through a channel after an instant, whatever came of them.
    public static func sentCount(
        channel: String, after instant: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM (SELECT DISTINCT parcel, at FROM delivery_attempt
                WHERE channel = \(channel) AND at > \(instant)) AS sent
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// Puts rows into one parcel before it is sent, so that after a failure or a restart the same one is sent again.
    /// False where one of them is no longer waiting.
    public static func bind(
        _ keys: [String], into parcel: String, in session: inout Session
    ) throws(StorageError) -> Bool {
        let count = try session.execute(
            """
            UPDATE outbox SET parcel = \(parcel) WHERE key IN (\(list: keys)) AND state = 'pending' AND parcel IS NULL
            """)
        return count == keys.count
    }

    /// Notes an attempt; false where somebody else noted it, or ended the delivery, meanwhile.
    public static func record(
        _ delivery: Delivery, at now: Timestamp, outcome: String, detail: String, state: String,
        nextAttemptAt: Timestamp?, parcel: String, in session: inout Session
    ) throws(StorageError) -> Bool {
        let isDelivered = state == "delivered"
        let changed = try session.execute(
            """
            UPDATE outbox SET state = \(state), attempts = attempts + 1, next_attempt_at = \(nextAttemptAt),
                delivered_at = \(isDelivered ? now : nil), last_error = \(isDelivered ? nil : detail)
            WHERE key = \(delivery.key) AND state = 'pending' AND attempts = \(delivery.attempts)
            """)
        guard changed == 1 else { return false }
        try session.execute(
            """
            INSERT INTO delivery_attempt (key, attempt, at, outcome, detail, channel, parcel)
            VALUES (\(delivery.key), \(delivery.attempts + 1), \(now), \(outcome), \(detail), \(delivery.channel),
                \(parcel))
            """)
        return true
    }

    /// Sends once more what was given up; false where it was not.
    public static func reopen(key: String, at now: Timestamp, in session: inout Session) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE outbox SET state = 'pending', next_attempt_at = \(now), parcel = NULL
            WHERE key = \(key) AND state = 'failed'
            """)
            == 1
    }
}
