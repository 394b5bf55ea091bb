public import Domain
public import Kernel

/// To whom a bulletin went, when each opened it and signed for it (TB-17, TB-18, SZ-14).
public struct BulletinReceipts: Hashable, Sendable {
    public var recipient: Recipient
    public var name: String
    public var isCopy: Bool
    public var sentAt: Timestamp
    /// From the inbox.
    public var readAt: Timestamp?
    public var acknowledgedAt: Timestamp?
    public var acknowledgedBy: String?

    public static func send(
        _ id: BulletinID, to recipient: Recipient, isCopy: Bool, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO bulletin_receiver (bulletin_id, recipient_kind, recipient_id, is_copy, sent_at)
            VALUES (\(id), \(recipient.kind), \(recipient.id), \(isCopy), \(now))
            ON CONFLICT (bulletin_id, recipient_kind, recipient_id) DO NOTHING
            """)
    }

    /// How a bulletin stands to one of those it may have gone to; nil where the scope does not see it.
    public static func standing(
        _ id: BulletinID, _ recipient: Recipient, scope: Scope, in session: inout Session
    ) throws(StorageError) -> (phase: Bulletin.Phase, isReceiver: Bool, isAcknowledged: Bool)? {
        try session.first(
            """
            SELECT b.phase, CASE WHEN r.sent_at IS NULL THEN 0 ELSE 1 END,
                CASE WHEN r.acknowledged_at IS NULL THEN 0 ELSE 1 END
            FROM bulletin AS b LEFT JOIN bulletin_receiver AS r ON r.bulletin_id = b.id
                AND r.recipient_kind = \(recipient.kind) AND r.recipient_id = \(recipient.id)
            WHERE b.id = \(id) AND \(BulletinStore.visible(scope))
            """
        ) { row throws(StorageError) in
            (phase: row.next(), isReceiver: row.next(), isAcknowledged: row.next())
        }
    }

    public static func acknowledge(
        _ id: BulletinID, _ recipient: Recipient, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE bulletin_receiver SET acknowledged_at = \(now), acknowledged_by = \(actor)
            WHERE bulletin_id = \(id) AND recipient_kind = \(recipient.kind) AND recipient_id = \(recipient.id)
                AND acknowledged_at IS NULL
            """)
    }

    /// All of one bulletin; those who have not signed first. The caller has checked that the bulletin may be seen.
    public static func all(
        _ id: BulletinID, in session: inout Session
    ) throws(StorageError) -> [BulletinReceipts] {
        let rows = try session.rows(
            """
            SELECT r.recipient_kind, r.recipient_id, COALESCE(a.name, e.name, p.name, r.recipient_id), r.is_copy,
                r.sent_at, (SELECT min(o.read_at) FROM outbox AS o WHERE o.subject = \("bulletin:" + id.rawValue)
                    AND o.channel = 'portal' AND o.recipient_kind = r.recipient_kind
                    AND o.recipient_id = r.recipient_id), r.acknowledged_at, COALESCE(c.name, r.acknowledged_by)
            FROM bulletin_receiver AS r
            LEFT JOIN authority AS a ON r.recipient_kind = 'authority' AND a.id = r.recipient_id
            LEFT JOIN enterprise AS e ON r.recipient_kind = 'enterprise' AND e.id = r.recipient_id
            LEFT JOIN person AS p ON r.recipient_kind = 'person' AND p.id = r.recipient_id
            LEFT JOIN account AS c ON c.id = r.acknowledged_by
            WHERE r.bulletin_id = \(id)
            ORDER BY CASE WHEN r.acknowledged_at IS NULL THEN 0 ELSE 1 END, r.is_copy, r.recipient_kind, r.recipient_id
            """
        ) { row throws(StorageError) in
            (
                kind: row.next() as String, id: row.next() as String, name: row.next() as String,
                isCopy: row.next() as Bool, sent: row.next() as Timestamp, read: row.next() as Timestamp?,
                signed: row.next() as Timestamp?, by: row.next() as String?
            )
        }
        return rows.compactMap { row in
            Recipient(kind: row.kind, id: row.id).map {
                BulletinReceipts(
                    recipient: $0, name: row.name, isCopy: row.isCopy, sentAt: row.sent, readAt: row.read,
                    acknowledgedAt: row.signed, acknowledgedBy: row.by)
            }
        }
    }
}
