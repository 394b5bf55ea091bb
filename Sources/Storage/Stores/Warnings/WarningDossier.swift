public import Domain
public import Kernel

/// Everything about one warning: the case itself replayed from its stream, and what stands around it.
public struct WarningDossier: Sendable {
    public struct Alarm: Hashable, Sendable {
        public var alarm: LeadingAlarm
        public var isExempted: Bool
    }

    /// One row of the outbox: who was told, by which channel, when it came and when it was read.
    public struct Receipt: Hashable, Sendable {
        public var kind: String
        public var level: Level
        public var recipientKind: String
        public var recipientID: String
        public var recipientName: String?
        public var channel: String
        public var createdAt: Timestamp
        public var state: String
        public var deliveredAt: Timestamp?
        public var readAt: Timestamp?
        public var readBy: String?
        public var isLate: Bool
        public var lastError: String?
    }

    public struct Responsible: Hashable, Sendable {
        public var role: ResponsibleRole
        public var person: PersonID
        public var name: String
        public var phone: String?
    }

    public struct Risk: Hashable, Sendable {
        public var level: Level
        public var score: Double
        public var floorLevel: String?
        public var terms: JSON
        public var modelVersion: Int64
        public var assessedAt: Timestamp
        public var nextChangeAt: Timestamp?
        public var isFrozen: Bool
        public var isOutright: Bool
    }

    public var listing: WarningListing
    public var warning: Warning
    public var entries: [StoredEntry]
    /// What climbed while nobody acknowledged, and where that stands.
    public var climbed: [StoredEntry]
    public var climb: Climb?
    public var alarms: [Alarm]
    public var receipts: [Receipt]
    public var responsible: [Responsible]
    public var risk: Risk?
    public var enterprisePhone: String?
    public var routing: Routing
    /// Names of accounts, persons, authorities and enterprises by id.
    public var names: [String: String]

    /// nil where there is none of that id in the scope.
    public static func read(
        _ id: WarningID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> WarningDossier? {
        guard
            let listing = try WarningList.rows(WarningFilter(ids: [id]), scope: scope, limit: 1, in: &session).first
        else { return nil }
        let contact = try ContactStore.contact(of: listing.hazard, in: &session)
        let phone = try session.first("SELECT phone FROM enterprise WHERE id = \(listing.enterprise)") {
            row throws(StorageError) in row.next() as String?
        }
        return WarningDossier(
            listing: listing, warning: try WarningStore.load(id, in: &session),
            entries: try session.stream(kind: "warning", id: id.rawValue),
            climbed: try session.stream(kind: "climb", id: id.rawValue),
            climb: try ClimbStore.climb(of: id, in: &session),
            alarms: try alarms(of: id, in: &session), receipts: try receipts(of: id, in: &session),
            responsible: try responsible(for: listing.hazard, in: &session),
            risk: try risk(of: listing.hazard, in: &session), enterprisePhone: phone ?? nil, routing: contact.routing,
            names: try names(around: listing, in: &session))
    }

    private static func alarms(
        of id: WarningID, in session: inout Session
    ) throws(StorageError) -> [Alarm] {
        try session.rows(
            """
            SELECT a.id, a.point_id, p.name, p.tag, p.kind, p.unit, q.name, a.opened_at, a.current_state,
                a.worst_state, COALESCE(s.value, a.last_value), a.worst_value, a.threshold, a.cleared_at,
                s.offline_since, a.exempted_at
            FROM warning_alarm AS l JOIN alarm AS a ON a.id = l.alarm_id JOIN point AS p ON p.id = a.point_id
            LEFT JOIN equipment AS q ON q.id = p.equipment_id LEFT JOIN point_state AS s ON s.point_id = p.id
            WHERE l.warning_id = \(id)
            ORDER BY CASE WHEN a.cleared_at IS NULL THEN 0 ELSE 1 END, a.opened_at, a.id LIMIT 100
            """
        ) { row throws(StorageError) in
            Alarm(
                alarm: LeadingAlarm(
                    id: row.next(), point: row.next(), pointName: row.next(), pointTag: row.next(),
                    pointKind: row.next(), unit: row.next(), equipmentName: row.next(), openedAt: row.next(),
                    currentState: row.next(), worstState: row.next(), lastValue: row.next(), worstValue: row.next(),
                    threshold: row.next(), clearedAt: row.next(), offlineSince: row.next()),
                isExempted: (row.next() as Timestamp?) != nil)
        }
    }

    private static func receipts(
        of id: WarningID, in session: inout Session
    ) throws(StorageError) -> [Receipt] {
        try session.rows(
            """
            SELECT o.kind, o.level, o.recipient_kind, o.recipient_id, COALESCE(p.name, u.name, e.name), o.channel,
                o.created_at, o.state, o.delivered_at, o.read_at, c.name, o.is_late, o.last_error
            FROM outbox AS o
            LEFT JOIN person AS p ON o.recipient_kind = 'person' AND p.id = o.recipient_id
            LEFT JOIN authority AS u ON o.recipient_kind = 'authority' AND u.id = o.recipient_id
            LEFT JOIN enterprise AS e ON o.recipient_kind = 'enterprise' AND e.id = o.recipient_id
            LEFT JOIN account AS c ON c.id = o.read_by
            WHERE o.warning_id = \(id) ORDER BY o.created_at, o.recipient_kind DESC, o.recipient_id, o.channel
            """
        ) { row throws(StorageError) in
            Receipt(
                kind: row.next(), level: row.next(), recipientKind: row.next(), recipientID: row.next(),
                recipientName: row.next(), channel: row.next(), createdAt: row.next(), state: row.next(),
                deliveredAt: row.next(), readAt: row.next(), readBy: row.next(), isLate: row.next(),
                lastError: row.next())
        }
    }

    /// In the order in which one calls: operations, technical, principal.
    public static func responsible(
        for hazard: HazardID, in session: inout Session
    ) throws(StorageError) -> [Responsible] {
        try session.rows(
            """
            SELECT b.role, p.id, p.name, p.phone FROM responsibility AS b JOIN person AS p ON p.id = b.person_id
            WHERE b.hazard_id = \(hazard) AND b.until_at IS NULL
            ORDER BY CASE b.role WHEN 'operations' THEN 0 WHEN 'technical' THEN 1 ELSE 2 END
            """
        ) { row throws(StorageError) in
            Responsible(role: row.next(), person: row.next(), name: row.next(), phone: row.next())
        }
    }

    public static func risk(of hazard: HazardID, in session: inout Session) throws(StorageError) -> Risk? {
        try session.first(
            """
            SELECT level, score, floor_level, terms, model_version, assessed_at, next_change_at, frozen, is_outright
            FROM risk WHERE hazard_id = \(hazard)
            """
        ) { row throws(StorageError) in
            Risk(
                level: row.next(), score: row.next(), floorLevel: row.next(), terms: row.next(),
                modelVersion: row.next(), assessedAt: row.next(), nextChangeAt: row.next(), isFrozen: row.next(),
                isOutright: row.next())
        }
    }

    private static func names(
        around listing: WarningListing, in session: inout Session
    ) throws(StorageError) -> [String: String] {
        let rows = try session.rows(
            """
            SELECT id, name FROM person WHERE enterprise_id = \(listing.enterprise)
            UNION ALL SELECT id, name FROM authority
            UNION ALL SELECT id, name FROM enterprise WHERE id = \(listing.enterprise)
            UNION ALL SELECT a.id, COALESCE(o.name || ' ', '') || a.name FROM account AS a
                LEFT JOIN authority AS o ON o.id = a.authority_id
                WHERE a.id IN (SELECT actor FROM log WHERE stream_kind = 'warning' AND stream_id = \(listing.id))
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
