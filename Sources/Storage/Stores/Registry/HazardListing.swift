public import Domain
public import Kernel

/// One major hazard source in a list: its grade, where it stands now, how many points are seen.
public struct HazardListing: Hashable, Sendable {
    public var id: HazardID
    public var name: String
    public var kind: String
    public var grade: Int
    public var rValue: Double?
    public var location: String?
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var region: String
    public var regulatorName: String
    public var level: Level
    public var score: Double?
    public var points: Int
    public var pointsOnline: Int
    public var openAlarms: Int
    /// 操作负责人
    public var operations: String?
    public var responsibles: Int

    public struct Filter: Hashable, Sendable {
        public var id: HazardID?
        public var enterprise: EnterpriseID?
        public init() {}
    }

    public struct Name: Hashable, Sendable {
        public var hazard: String
        public var enterprise: String
    }

    public static func names(
        of hazards: [HazardID], scope: Scope, in session: inout Session
    ) throws(StorageError) -> [HazardID: Name] {
        guard !hazards.isEmpty else { return [:] }
        let rows = try session.rows(
            """
            SELECT h.id, h.name, e.name FROM hazard AS h JOIN enterprise AS e ON e.id = h.enterprise_id
            WHERE \(scope.hazards(column: "h.id")) AND h.id IN (\(list: hazards))
            """
        ) { row throws(StorageError) in
            (id: row.next() as HazardID, name: Name(hazard: row.next(), enterprise: row.next()))
        }
        return Dictionary(rows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [HazardListing] {
        var parts: [SQL] = [scope.hazards(column: "h.id")]
        if let id = filter.id { parts.append("h.id = \(id)") } else { parts.append("h.in_use = 1") }
        if let enterprise = filter.enterprise { parts.append("h.enterprise_id = \(enterprise)") }
        return try session.rows(
            """
            SELECT h.id, h.name, h.kind, h.grade, h.r_value, h.location, e.id, e.name, e.region, o.name,
                COALESCE(r.level, 'blue'), r.score,
                (SELECT count(*) FROM point AS p WHERE p.hazard_id = h.id AND p.in_use = 1),
                (SELECT count(*) FROM point AS p JOIN point_state AS s ON s.point_id = p.id
                    WHERE p.hazard_id = h.id AND p.in_use = 1 AND s.value_at IS NOT NULL AND s.offline_since IS NULL),
                (SELECT count(*) FROM alarm AS a WHERE a.hazard_id = h.id AND a.cleared_at IS NULL),
                (SELECT n.name FROM responsibility AS b JOIN person AS n ON n.id = b.person_id
                    WHERE b.hazard_id = h.id AND b.role = 'operations' AND b.until_at IS NULL),
                (SELECT count(*) FROM responsibility AS b WHERE b.hazard_id = h.id AND b.until_at IS NULL)
            FROM hazard AS h JOIN enterprise AS e ON e.id = h.enterprise_id JOIN authority AS o ON o.id = e.regulator_id
            LEFT JOIN risk AS r ON r.hazard_id = h.id
            WHERE \(parts.joined(separator: " AND "))
            ORDER BY
                CASE COALESCE(r.level, 'blue') WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END,
                h.grade, e.name, h.name, h.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            HazardListing(
                id: row.next(), name: row.next(), kind: row.next(), grade: row.next(), rValue: row.next(),
                location: row.next(), enterprise: row.next(), enterpriseName: row.next(), region: row.next(),
                regulatorName: row.next(), level: row.next(), score: row.next(), points: row.next(),
                pointsOnline: row.next(), openAlarms: row.next(), operations: row.next(),
                responsibles: row.next())
        }
    }
}
