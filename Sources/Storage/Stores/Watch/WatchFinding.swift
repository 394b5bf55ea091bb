public import Domain
public import Kernel

/// Something that the platform's own watch found wrong with the platform.
public struct WatchFinding: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// An open warning for which nothing is planned any more.
        case stepless
        /// A warning in the log that the tables do not have.
        case lostWarning
        case lateDeadline
        case stuckDelivery
        case failingChannel
        /// The machine's clock jumped, drifts, or is behind what is on record.
        case clock
        /// The disk of the data fills up.
        case disk

        public var label: String {
            switch self {
            case .stepless: "预警没有后续步骤"
            case .lostWarning: "预警在日志中有、表中没有"
            case .lateDeadline: "时限没有按时执行"
            case .stuckDelivery: "消息积压"
            case .failingChannel: "推送通道不通"
            case .clock: "系统时钟不对"
            case .disk: "数据盘空间不足"
            }
        }
    }

    public var kind: Kind
    /// What it is about: with the kind, the same as long as it lasts.
    public var subject: String
    public var detail: String
    public var enterprise: EnterpriseID?
    public var authority: AuthorityID?
    public var firstAt: Timestamp

    public init(
        kind: Kind, subject: String, detail: String, enterprise: EnterpriseID? = nil, authority: AuthorityID? = nil,
        firstAt: Timestamp
    ) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.enterprise = enterprise
        self.authority = authority
        self.firstAt = firstAt
    }
}

public enum WatchFindingStore {
    /// What is wrong now. An office sees what concerns its enterprises and itself, and what concerns everybody.
    public static func open(
        scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [WatchFinding] {
        let visible: SQL =
            switch scope {
            case .system: "1 = 1"
            case .authority(let id):
                """
                (authority_id = \(id) OR \(scope.enterprises(column: "enterprise_id"))
                    OR (authority_id IS NULL AND enterprise_id IS NULL))
                """
            case .enterprise, .person: "1 = 0"
            }
        return try session.rows(
            """
            SELECT kind, subject, detail, enterprise_id, authority_id, first_at FROM watch_finding
            WHERE closed_at IS NULL AND \(visible) ORDER BY first_at, kind, subject LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            WatchFinding(
                kind: row.next(), subject: row.next(), detail: row.next(), enterprise: row.next(),
                authority: row.next(), firstAt: row.next())
        }
    }

    /// What a look changed.
    public struct Change: Hashable, Sendable {
        public var opened: [WatchFinding] = []
        public var closed: [WatchFinding] = []
        public var reworded: [WatchFinding] = []
        public var isEmpty: Bool { opened.isEmpty && closed.isEmpty && reworded.isEmpty }
    }

    /// What differs between what stands as open and what a look found.
    public static func change(
        to found: [WatchFinding], in session: inout Session
    ) throws(StorageError) -> Change {
        struct Place: Hashable {
            let kind: WatchFinding.Kind
            let subject: String
        }
        let standing = try open(scope: .system, limit: 100_000, in: &session)
        let known = Dictionary(standing.map { (Place(kind: $0.kind, subject: $0.subject), $0) }) { first, _ in first }
        let seen = Set(found.map { Place(kind: $0.kind, subject: $0.subject) })
        var change = Change()
        for finding in found {
            guard let old = known[Place(kind: finding.kind, subject: finding.subject)] else {
                change.opened.append(finding)
                continue
            }
            if old.detail != finding.detail { change.reworded.append(finding) }
        }
        change.closed = standing.filter { !seen.contains(Place(kind: $0.kind, subject: $0.subject)) }
        return change
    }

    /// Opens, rewords and closes, each opening and closing with its log event.
    public static func apply(
        _ change: Change, newID: () -> String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        for finding in change.opened {
            let id = newID()
            try session.execute(
                """
                INSERT INTO watch_finding (id, kind, subject, detail, enterprise_id, authority_id, first_at, last_at)
                VALUES (\(id), \(finding.kind.rawValue), \(finding.subject), \(finding.detail), \(finding.enterprise),
                    \(finding.authority), \(now), \(now))
                """)
            try log("opened", finding, at: now, in: &session)
        }
        for finding in change.reworded {
            try session.execute(
                """
                UPDATE watch_finding SET detail = \(finding.detail), last_at = \(now)
                WHERE kind = \(finding.kind.rawValue) AND subject = \(finding.subject) AND closed_at IS NULL
                """)
        }
        for finding in change.closed {
            try session.execute(
                """
                UPDATE watch_finding SET closed_at = \(now)
                WHERE kind = \(finding.kind.rawValue) AND subject = \(finding.subject) AND closed_at IS NULL
                """)
            try log("closed", finding, at: now, in: &session)
        }
    }

    private static func log(
        _ event: String, _ finding: WatchFinding, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.append(
            LogEntry(
                streamKind: "watch", streamID: "\(finding.kind.rawValue)/\(finding.subject)", kind: event, at: now,
                recordedAt: now, actor: "auditor", payload: ["detail": .string(finding.detail)]))
    }
}
