public import Domain
public import Kernel

/// One line of a list of alarms: a point beyond its limit, from crossing to clearing.
public struct AlarmListing: Hashable, Sendable {
    public var id: AlarmID
    public var point: PointID
    public var pointName: String
    public var pointTag: String?
    public var pointKind: String
    public var unit: String
    public var equipmentName: String?
    public var hazard: HazardID?
    public var hazardName: String?
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var region: String
    public var openedAt: Timestamp
    public var startState: String
    public var worstState: String
    public var currentState: String
    public var startValue: Double?
    public var worstValue: Double?
    public var lastValue: Double?
    public var threshold: Double?
    public var occurrences: Int
    public var acknowledgedAt: Timestamp?
    public var clearedAt: Timestamp?
    public var dispelType: String?
    public var exemptedAt: Timestamp?
    public var offlineSince: Timestamp?

    public struct Filter: Hashable, Sendable {
        public var id: AlarmID?
        public var point: PointID?
        public var hazard: HazardID?
        public var enterprise: EnterpriseID?
        public var isOpenOnly = false
        public var isClearedOnly = false
        public var openedFrom: Timestamp?
        /// Of hazard sources that stand at this level.
        public var level: Level?
        public init() {}
    }

    /// Open ones first, the newest on top.
    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [AlarmListing] {
        try session.rows(
            """
            SELECT a.id, p.id, p.name, p.tag, p.kind, p.unit, q.name, h.id, h.name, e.id, e.name, e.region, a.opened_at,
                a.start_state, a.worst_state, a.current_state, a.start_value, a.worst_value,
                CASE WHEN a.cleared_at IS NULL THEN COALESCE(s.value, a.last_value) ELSE a.last_value END, a.threshold,
                a.occurrences, a.acknowledged_at, a.cleared_at, a.dispel_type, a.exempted_at, s.offline_since
            \(source) WHERE \(condition(filter, scope))
            ORDER BY CASE WHEN a.cleared_at IS NULL THEN 0 ELSE 1 END, a.opened_at DESC, a.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            AlarmListing(
                id: row.next(), point: row.next(), pointName: row.next(), pointTag: row.next(),
                pointKind: row.next(), unit: row.next(), equipmentName: row.next(), hazard: row.next(),
                hazardName: row.next(), enterprise: row.next(), enterpriseName: row.next(), region: row.next(),
                openedAt: row.next(), startState: row.next(), worstState: row.next(), currentState: row.next(),
                startValue: row.next(), worstValue: row.next(), lastValue: row.next(), threshold: row.next(),
                occurrences: row.next(), acknowledgedAt: row.next(), clearedAt: row.next(),
                dispelType: row.next(), exemptedAt: row.next(), offlineSince: row.next())
        }
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) \(source) WHERE \(condition(filter, scope))") { row throws(StorageError) in
            row.next() as Int
        } ?? 0
    }

    private static let source: SQL = """
        FROM alarm AS a JOIN point AS p ON p.id = a.point_id JOIN enterprise AS e ON e.id = a.enterprise_id
        LEFT JOIN hazard AS h ON h.id = a.hazard_id LEFT JOIN equipment AS q ON q.id = p.equipment_id
        LEFT JOIN point_state AS s ON s.point_id = p.id LEFT JOIN risk AS r ON r.hazard_id = a.hazard_id
        """

    private static func condition(_ filter: Filter, _ scope: Scope) -> SQL {
        var parts: [SQL] =
            if case .person = scope { [scope.hazards(column: "a.hazard_id")] } else {
                [scope.enterprises(column: "a.enterprise_id")]
            }
        if let id = filter.id { parts.append("a.id = \(id)") }
        if let point = filter.point { parts.append("a.point_id = \(point)") }
        if let hazard = filter.hazard { parts.append("a.hazard_id = \(hazard)") }
        if let enterprise = filter.enterprise { parts.append("a.enterprise_id = \(enterprise)") }
        if filter.isOpenOnly { parts.append("a.cleared_at IS NULL") }
        if filter.isClearedOnly { parts.append("a.cleared_at IS NOT NULL") }
        if let from = filter.openedFrom { parts.append("a.opened_at >= \(from)") }
        if let level = filter.level { parts.append("COALESCE(r.level, 'blue') = \(level)") }
        return parts.joined(separator: " AND ")
    }
}
