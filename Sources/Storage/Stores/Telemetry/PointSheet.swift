public import Domain
public import Kernel

/// One monitoring point with its limits, its state and where it stands.
public struct PointSheet: Hashable, Sendable {
    public var id: PointID
    public var name: String
    public var tag: String?
    public var kind: String
    public var unit: String
    public var location: String?
    public var rangeLow: Double?
    public var rangeHigh: Double?
    public var lowLow: Double?
    public var low: Double?
    public var high: Double?
    public var highHigh: Double?
    public var edgeLowLow: Double?
    public var edgeLow: Double?
    public var edgeHigh: Double?
    public var edgeHighHigh: Double?
    public var isKey: Bool
    public var isInUse: Bool
    public var equipmentName: String?
    public var hazard: HazardID?
    public var hazardName: String?
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var region: String
    public var value: Double?
    public var valueAt: Timestamp?
    public var quality: String?
    public var state: String?
    public var stateSince: Timestamp?
    public var offlineSince: Timestamp?

    /// Which points a list shows.
    public struct Filter: Hashable, Sendable {
        public var id: PointID?
        public var enterprise: EnterpriseID?
        public var hazard: HazardID?
        public var isOfflineOnly = false
        public var isAlarmingOnly = false
        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [PointSheet] {
        try session.rows(
            """
            SELECT p.id, p.name, p.tag, p.kind, p.unit, p.location, p.range_low, p.range_high, p.low_low, p.low, p.high,
                p.high_high, p.edge_low_low, p.edge_low, p.edge_high, p.edge_high_high, p.is_key, p.in_use, q.name,
                h.id, h.name, e.id, e.name, e.region, s.value, s.value_at, s.quality, s.state, s.state_since,
                s.offline_since
            \(source) WHERE \(condition(filter, scope))
            ORDER BY e.name, h.name NULLS LAST, q.name NULLS LAST, p.name, p.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            PointSheet(
                id: row.next(), name: row.next(), tag: row.next(), kind: row.next(), unit: row.next(),
                location: row.next(), rangeLow: row.next(), rangeHigh: row.next(), lowLow: row.next(),
                low: row.next(), high: row.next(), highHigh: row.next(), edgeLowLow: row.next(),
                edgeLow: row.next(), edgeHigh: row.next(), edgeHighHigh: row.next(), isKey: row.next(),
                isInUse: row.next(), equipmentName: row.next(), hazard: row.next(), hazardName: row.next(),
                enterprise: row.next(), enterpriseName: row.next(), region: row.next(), value: row.next(),
                valueAt: row.next(), quality: row.next(), state: row.next(), stateSince: row.next(),
                offlineSince: row.next())
        }
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) \(source) WHERE \(condition(filter, scope))") { row throws(StorageError) in
            row.next() as Int
        } ?? 0
    }

    public static func find(
        _ id: PointID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> PointSheet? {
        var filter = Filter()
        filter.id = id
        return try all(filter, scope: scope, limit: 1, in: &session).first
    }

    private static let source: SQL = """
        FROM point AS p JOIN enterprise AS e ON e.id = p.enterprise_id LEFT JOIN hazard AS h ON h.id = p.hazard_id
        LEFT JOIN equipment AS q ON q.id = p.equipment_id LEFT JOIN point_state AS s ON s.point_id = p.id
        """

    private static func condition(_ filter: Filter, _ scope: Scope) -> SQL {
        // A responsible person sees the points of their own hazard sources, nothing else of the enterprise.
        var parts: [SQL] =
            if case .person = scope { [scope.hazards(column: "p.hazard_id")] } else {
                [scope.enterprises(column: "p.enterprise_id")]
            }
        if let id = filter.id { parts.append("p.id = \(id)") } else { parts.append("p.in_use = 1") }
        if let enterprise = filter.enterprise { parts.append("p.enterprise_id = \(enterprise)") }
        if let hazard = filter.hazard { parts.append("p.hazard_id = \(hazard)") }
        if filter.isOfflineOnly { parts.append("(s.value_at IS NULL OR s.offline_since IS NOT NULL)") }
        if filter.isAlarmingOnly { parts.append("s.state <> 'normal'") }
        return parts.joined(separator: " AND ")
    }
}
