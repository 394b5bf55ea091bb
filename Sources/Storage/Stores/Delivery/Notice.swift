public import Domain
public import Kernel

/// Something that an office, an enterprise or a person is told, besides the warnings' own notices.
public struct Notice: Hashable, Sendable {
    /// Makes it happen once: the same key to the same recipient is sent a single time.
    public var key: String
    public var recipient: Recipient
    /// What it is about, as `kind:id`; reading the page of that thing marks it read.
    public var subject: String
    public var title: String
    public var text: String
    /// The page that it leads to, within our own pages.
    public var address: String
    public var enterprise: EnterpriseID?

    public init(
        key: String, recipient: Recipient, subject: String, title: String, text: String, address: String,
        enterprise: EnterpriseID? = nil
    ) {
        precondition(address.hasPrefix("/") && !address.hasPrefix("//"), "a notice leads to a page of ours")
        precondition(!key.isEmpty && !subject.isEmpty, "a notice says what it is about")
        self.key = key
        self.recipient = recipient
        self.subject = subject
        self.title = title
        self.text = text
        self.address = address
        self.enterprise = enterprise
    }
}

/// What became of a notice at one recipient.
public struct NoticeReceipt: Hashable, Sendable {
    public var recipient: Recipient
    public var deliveredAt: Timestamp?
    public var readAt: Timestamp?
    public var readBy: String?
}

public enum NoticeStore {
    /// Posts to the recipient's inbox and webhooks; nothing where this was sent before.
    public static func post(_ notice: Notice, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try OutboxStore.post(OutboxStore.Row(notice, at: now), in: &session)
    }

    /// Who was told of a subject, when it came and when it was read: by inbox, in order of sending.
    public static func receipts(
        subject: String, in session: inout Session
    ) throws(StorageError) -> [NoticeReceipt] {
        let rows = try session.rows(
            """
            SELECT recipient_kind, recipient_id, delivered_at, read_at, read_by FROM outbox
            WHERE subject = \(subject) AND channel = 'portal' ORDER BY created_at, key
            """
        ) { row throws(StorageError) in
            (
                kind: row.next() as String, id: row.next() as String, delivered: row.next() as Timestamp?,
                read: row.next() as Timestamp?, by: row.next() as String?
            )
        }
        return rows.compactMap { row in
            Recipient(kind: row.kind, id: row.id).map {
                NoticeReceipt(recipient: $0, deliveredAt: row.delivered, readAt: row.read, readBy: row.by)
            }
        }
    }
}
