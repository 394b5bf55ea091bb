public import Domain
public import Kernel

/// A request to change how a point is watched, waiting for the regulator or decided (SJ-21, SJ-22).
public struct LimitChange: Hashable, Sendable {
    public var id: String
    public var point: PointID
    public var enterprise: EnterpriseID
    /// The point as it would be.
    public var proposed: MonitoringPoint
    public var reason: String
    public var requestedAt: Timestamp
    public var requestedBy: String
    public var decidedAt: Timestamp?
    public var decidedBy: String?
    public var isApproved: Bool?
    public var note: String?

    public init(
        id: String, point: PointID, enterprise: EnterpriseID, proposed: MonitoringPoint, reason: String,
        requestedAt: Timestamp, requestedBy: String
    ) {
        self.id = id
        self.point = point
        self.enterprise = enterprise
        self.proposed = proposed
        self.reason = reason
        self.requestedAt = requestedAt
        self.requestedBy = requestedBy
    }
}

public enum LimitChangeStore {
    public static func insert(_ change: LimitChange, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO limit_change (id, point_id, enterprise_id, proposed, reason, requested_at, requested_by)
            VALUES (\(change.id), \(change.point), \(change.enterprise), \(change.proposed.json), \(change.reason),
                \(change.requestedAt), \(change.requestedBy))
            """)
    }

    public static func decide(
        _ id: String, isApproved: Bool, note: String?, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE limit_change SET decided_at = \(now), decided_by = \(actor), approved = \(isApproved),
                note = \(note) WHERE id = \(id) AND decided_at IS NULL
            """)
    }

    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> LimitChange? {
        try read("c.id = \(id) AND \(scope.enterprises(column: "c.enterprise_id"))", in: &session).first
    }

    /// Waiting ones first, then the last decided.
    public static func list(
        of point: PointID? = nil, limit: Int, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [LimitChange] {
        try read(
            """
            \(scope.enterprises(column: "c.enterprise_id")) AND (\(point) IS NULL OR c.point_id = \(point))
            """, limit: limit, in: &session)
    }

    public static func waiting(
        for point: PointID, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM limit_change WHERE point_id = \(point) AND decided_at IS NULL") {
            row throws(StorageError) in row.next() as Int64
        } != nil
    }

    private static func read(
        _ condition: SQL, limit: Int = 1, in session: inout Session
    ) throws(StorageError) -> [LimitChange] {
        try session.rows(
            """
            SELECT c.id, c.point_id, c.enterprise_id, c.proposed, c.reason, c.requested_at, c.requested_by,
                c.decided_at, c.decided_by, c.approved, c.note
            FROM limit_change c WHERE \(condition)
            ORDER BY CASE WHEN c.decided_at IS NULL THEN 0 ELSE 1 END, c.requested_at DESC, c.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let id: String = row.next()
            let point: PointID = row.next()
            let enterprise: EnterpriseID = row.next()
            let json: JSON = try row.read()
            guard let proposed = MonitoringPoint(json: json) else {
                throw .other(.init(message: "limit change \(id) cannot be read", statement: "limit_change"))
            }
            var change = LimitChange(
                id: id, point: point, enterprise: enterprise, proposed: proposed, reason: row.next(),
                requestedAt: row.next(), requestedBy: row.next())
            change.decidedAt = row.next()
            change.decidedBy = row.next()
            change.isApproved = row.next()
            change.note = row.next()
            return change
        }
    }
}
