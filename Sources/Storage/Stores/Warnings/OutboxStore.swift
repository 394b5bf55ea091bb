public import Domain
public import Kernel

/// The transactional outbox: one row a (warning, step, recipient, channel), whose key makes each sending happen once.
public enum OutboxStore {
    /// One notice to one recipient, for all of the recipient's channels.
    public struct Row: Hashable, Sendable {
        public var warning: WarningID
        public var enterprise: EnterpriseID
        public var step: String
        public var kind: String
        public var level: Level
        public var recipient: Recipient
        public var message: String
        public var isLate: Bool
        public var createdAt: Timestamp
        public var reach = Reach.first
        /// For a notice that is not a step of a warning itself.
        var about: About?

        public init(
            warning: WarningID, enterprise: EnterpriseID, step: String, kind: String, level: Level,
            recipient: Recipient, message: String, isLate: Bool, createdAt: Timestamp
        ) {
            self.warning = warning
            self.enterprise = enterprise
            self.step = step
            self.kind = kind
            self.level = level
            self.recipient = recipient
            self.message = message
            self.isLate = isLate
            self.createdAt = createdAt
        }

        init(_ notice: Notice, at now: Timestamp) {
            self.init(
                warning: "", enterprise: notice.enterprise ?? "", step: "notice", kind: "notice", level: .blue,
                recipient: notice.recipient, message: notice.text, isLate: false, createdAt: now)
            about = About(key: notice.key, subject: notice.subject, title: notice.title, address: notice.address)
        }

        /// A notice about a warning that has not been acknowledged in time.
        public init(
            climbing notice: Notice, warning: WarningID, level: Level, reach: Reach, isLate: Bool, at now: Timestamp
        ) {
            self.init(notice, at: now)
            self.warning = warning
            self.level = level
            self.reach = reach
            self.isLate = isLate
            step = "climb"
        }
    }

    /// Which of the recipient's channels a notice takes.
    public enum Reach: Hashable, Sendable {
        /// Those that are used at once.
        case first
        /// Those that wait until nobody has acknowledged.
        case next
        case all
    }

    struct About: Hashable, Sendable {
        var key: String
        var subject: String
        var title: String
        var address: String
    }

    /// Posts to the in-app inbox, where it is delivered by the commit itself, and to the recipient's channels and
    /// webhooks, where the dispatcher delivers it.
    public static func post(_ row: Row, in session: inout Session) throws(StorageError) {
        try insert(row, channel: "portal", target: nil, in: &session)
        let isNotice = row.about != nil && row.level == .blue
        let channels = try ChannelChoice.addresses(
            for: .init(recipient: row.recipient, level: row.level, isNotice: isNotice, reach: row.reach), in: &session)
        for channel in channels {
            try insert(row, channel: channel, target: String(channel.drop { $0 != ":" }.dropFirst()), in: &session)
        }
        let owner: SQL
        switch row.recipient {
        case .person: return
        case .authority(let id): owner = "authority_id = \(id)"
        case .enterprise(let id): owner = "enterprise_id = \(id)"
        }
        let webhooks = try session.rows("SELECT id FROM webhook WHERE is_enabled = 1 AND \(owner) ORDER BY id") {
            row throws(StorageError) in row.next() as String
        }
        for webhook in webhooks { try insert(row, channel: "webhook:\(webhook)", target: webhook, in: &session) }
    }

    /// A test of one channel: goes nowhere else.
    public static func postTest(
        of channel: ChannelRecord, id: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let recipient: Recipient =
            switch channel.owner {
            case .platform: .authority("")
            case .authority(let id): .authority(id)
            case .enterprise(let id): .enterprise(id)
            }
        let notice = Notice(
            key: "test/\(id)", recipient: recipient, subject: ChannelRecord.subject(channel.id), title: "测试",
            text: "这是一条测试消息，收到即表示通道“\(channel.name)”已接通，不需要处置。", address: "/inbox")
        try insert(Row(notice, at: now), channel: channel.address, target: channel.id, in: &session)
    }

    private static func insert(
        _ row: Row, channel: String, target: String?, in session: inout Session
    ) throws(StorageError) {
        let cause = row.about.map { "notice/\($0.key)" } ?? "\(row.warning)/\(row.step)"
        let key = "\(cause)/\(row.recipient.kind):\(row.recipient.id)/\(channel)"
        let isPortal = target == nil
        try session.execute(
            """
            INSERT INTO outbox (key, warning_id, enterprise_id, step, kind, level, recipient_kind, recipient_id,
                channel, message, target, is_late, created_at, state, attempts, next_attempt_at, delivered_at, subject,
                title, address)
            VALUES (\(key), \(row.warning), \(row.enterprise), \(row.step), \(row.kind), \(row.level),
                \(row.recipient.kind), \(row.recipient.id), \(channel), \(row.message), \(target), \(row.isLate),
                \(row.createdAt), \(isPortal ? "delivered" : "pending"), 0,
                \(isPortal ? nil : row.createdAt), \(isPortal ? row.createdAt : nil),
                \(row.about?.subject ?? ""), \(row.about?.title ?? ""), \(row.about?.address ?? ""))
            ON CONFLICT (key) DO NOTHING
            """)
    }
}
