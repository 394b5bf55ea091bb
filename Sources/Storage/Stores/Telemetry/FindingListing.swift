public import Domain
public import Kernel

/// One thing found wrong with data and not yet put right.
public struct FindingListing: Hashable, Sendable {
    public var id: String
    public var rule: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var hazardName: String?
    public var point: PointID?
    public var pointName: String?
    public var firstAt: Timestamp
    public var lastAt: Timestamp
    public var count: Int
    public var detail: String

    public static func open(
        scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [FindingListing] {
        try session.rows(
            """
            SELECT f.id, f.rule, e.id, e.name, h.name, p.id, COALESCE(p.tag, p.name), f.first_at, f.last_at, f.count,
                f.detail
            FROM finding AS f JOIN enterprise AS e ON e.id = f.enterprise_id LEFT JOIN hazard AS h ON h.id = f.hazard_id
            LEFT JOIN point AS p ON p.id = f.point_id
            WHERE f.resolved_at IS NULL AND \(scope.enterprises(column: "f.enterprise_id"))
            ORDER BY f.last_at DESC, f.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            FindingListing(
                id: row.next(), rule: row.next(), enterprise: row.next(), enterpriseName: row.next(),
                hazardName: row.next(), point: row.next(), pointName: row.next(), firstAt: row.next(),
                lastAt: row.next(), count: row.next(), detail: row.next())
        }
    }
}
