public import Domain
public import Kernel

/// One line of the list of enterprises.
public struct EnterpriseOverview: Hashable, Sendable {
    public let id: EnterpriseID
    public let name: String
    public let region: String
    public let regulatorName: String
    public let parkName: String?
    public let isInUse: Bool
    public let hazardCount: Int
    public let pointCount: Int
    public let gatewayCount: Int
    public let lastSeenAt: Timestamp?

    /// In the caller's jurisdiction, by code. `search` looks in name and code.
    public static func list(
        search: String? = nil, limit: Int, offset: Int = 0, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [EnterpriseOverview] {
        try session.rows(
            """
            SELECT e.id, e.name, e.region, a.name, p.name, e.in_use,
                (SELECT count(*) FROM hazard h WHERE h.enterprise_id = e.id AND h.in_use = 1),
                (SELECT count(*) FROM point t WHERE t.enterprise_id = e.id AND t.in_use = 1),
                (SELECT count(*) FROM gateway g WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL),
                (SELECT max(g.seen_at) FROM gateway g WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL)
            FROM enterprise e JOIN authority a ON a.id = e.regulator_id LEFT JOIN authority p ON p.id = e.park_id
            WHERE \(scope.enterprises(column: "e.id")) AND \(matches(search))
            ORDER BY e.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            EnterpriseOverview(
                id: row.next(), name: row.next(), region: row.next(), regulatorName: row.next(), parkName: row.next(),
                isInUse: row.next(), hazardCount: row.next(), pointCount: row.next(), gatewayCount: row.next(),
                lastSeenAt: row.next())
        }
    }

    public static func count(
        search: String? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            "SELECT count(*) FROM enterprise e WHERE \(scope.enterprises(column: "e.id")) AND \(matches(search))"
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func matches(_ search: String?) -> SQL {
        guard let search, !search.isEmpty else { return "1 = 1" }
        // The pattern's own signs are taken as letters.
        var pattern = "%"
        for character in search.lowercased() {
            if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
            pattern.append(character)
        }
        pattern.append("%")
        return "(lower(e.name) LIKE \(pattern) ESCAPE '\\' OR lower(e.id) LIKE \(pattern) ESCAPE '\\')"
    }
}
