public import Domain
public import Kernel

/// One enterprise in a list.
public struct EnterpriseListing: Hashable, Sendable {
    public var id: EnterpriseID
    public var name: String
    public var region: String
    public var regionName: String?
    public var regulatorName: String
    public var parkName: String?
    public var industry: String?
    public var address: String?
    public var phone: String?
    public var creditCode: String?
    public var hazards: Int
    public var worstGrade: Int?
    public var openWarnings: Int
    public var worst: Level?
    public var gatewaySeenAt: Timestamp?
    public var openFindings: Int

    public struct Filter: Hashable, Sendable {
        public var id: EnterpriseID?
        public var region: String?
        public var text: String?
        /// No gateway was heard since then.
        public var silentSince: Timestamp?
        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [EnterpriseListing] {
        let rows = try session.rows(
            """
            SELECT e.id, e.name, e.region, d.name, o.name, k.name, e.industry, e.address, e.phone, e.credit_code,
                (SELECT count(*) FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1),
                (SELECT min(h.grade) FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1),
                (SELECT count(*) FROM warning AS w WHERE w.enterprise_id = e.id AND w.closed_at IS NULL),
                (SELECT min(CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END)
                    FROM warning AS w WHERE w.enterprise_id = e.id AND w.closed_at IS NULL AND w.cleared_at IS NULL),
                (SELECT max(g.seen_at) FROM gateway AS g WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL),
                (SELECT count(*) FROM finding AS f WHERE f.enterprise_id = e.id AND f.resolved_at IS NULL)
            FROM enterprise AS e JOIN authority AS o ON o.id = e.regulator_id
            LEFT JOIN authority AS k ON k.id = e.park_id
            LEFT JOIN authority AS d ON d.id = \(WarningList.countyAuthority)
            WHERE \(condition(filter, scope)) ORDER BY e.name, e.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            EnterpriseListing(
                id: row.next(), name: row.next(), region: row.next(), regionName: row.next(),
                regulatorName: row.next(), parkName: row.next(), industry: row.next(), address: row.next(),
                phone: row.next(), creditCode: row.next(), hazards: row.next(), worstGrade: row.next(),
                openWarnings: row.next(), worst: (row.next() as Int?).flatMap { Level(rawValue: 3 - $0) },
                gatewaySeenAt: row.next(), openFindings: row.next())
        }
        return rows
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM enterprise AS e WHERE \(condition(filter, scope))") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }

    private static func condition(_ filter: Filter, _ scope: Scope) -> SQL {
        var parts: [SQL] = [scope.enterprises(column: "e.id")]
        if let id = filter.id { parts.append("e.id = \(id)") } else { parts.append("e.in_use = 1") }
        if let region = filter.region { parts.append("substr(e.region, 1, \(region.count)) = \(region)") }
        if let text = filter.text {
            parts.append("e.name LIKE \("%" + text.filter { $0 != "%" && $0 != "_" } + "%")")
        }
        if let since = filter.silentSince {
            parts.append(
                """
                NOT EXISTS (SELECT 1 FROM gateway AS g WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL
                    AND g.seen_at >= \(since))
                """)
        }
        return parts.joined(separator: " AND ")
    }
}
