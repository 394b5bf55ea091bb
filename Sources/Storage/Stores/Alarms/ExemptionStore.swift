public import Domain
public import Kernel

/// An enterprise's request to take a point out of the model for a time, waiting for the regulator or decided.
public struct ExemptionRecord: Hashable, Sendable {
    public var id: String
    public var kind: Exemption.Kind
    public var enterprise: EnterpriseID
    public var point: PointID
    public var alarm: AlarmID?
    public var reason: String
    public var from: Timestamp
    public var until: Timestamp?
    public var requestedAt: Timestamp
    public var requestedBy: String
    public var decidedAt: Timestamp?
    public var decidedBy: String?
    public var isApproved: Bool?
    public var note: String?

    public init(
        id: String, kind: Exemption.Kind, enterprise: EnterpriseID, point: PointID, alarm: AlarmID?, reason: String,
        from: Timestamp, until: Timestamp?, requestedAt: Timestamp, requestedBy: String
    ) {
        self.id = id
        self.kind = kind
        self.enterprise = enterprise
        self.point = point
        self.alarm = alarm
        self.reason = reason
        self.from = from
        self.until = until
        self.requestedAt = requestedAt
        self.requestedBy = requestedBy
    }
}

public enum ExemptionStore {
    public static func insert(_ record: ExemptionRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO exemption (id, kind, enterprise_id, point_id, alarm_id, reason, from_at, until_at,
                requested_at, requested_by)
            VALUES (\(record.id), \(record.kind), \(record.enterprise), \(record.point), \(record.alarm),
                \(record.reason), \(record.from), \(record.until), \(record.requestedAt), \(record.requestedBy))
            """)
    }

    /// From `from`, which moves to the decision where it lies before it: nothing is exempt in retrospect.
    public static func decide(
        _ id: String, isApproved: Bool, from: Timestamp, note: String?, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE exemption SET decided_at = \(now), decided_by = \(actor), approved = \(isApproved), note = \(note),
                from_at = \(from) WHERE id = \(id) AND decided_at IS NULL
            """)
    }

    /// Ends an approved exemption early, or sets the end of one that had none.
    public static func end(_ id: String, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute(
            "UPDATE exemption SET until_at = \(now) WHERE id = \(id) AND (until_at IS NULL OR until_at > \(now))")
    }

    /// Approved ones that hold now or will.
    public static func standing(
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [ExemptionRecord] {
        try session.rows(
            "\(select) WHERE x.approved = 1 AND (x.until_at IS NULL OR x.until_at > \(now)) ORDER BY x.id", read)
    }

    public static func isWaiting(for point: PointID, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM exemption WHERE point_id = \(point) AND decided_at IS NULL") {
            row throws(StorageError) in row.next() as Int64
        } != nil
    }

    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> ExemptionRecord? {
        try session.first(
            "\(select) WHERE x.id = \(id) AND \(scope.enterprises(column: "x.enterprise_id"))", read)
    }

    /// Waiting ones first, then the last decided.
    public static func list(
        of point: PointID? = nil, limit: Int, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [ExemptionRecord] {
        try session.rows(
            """
            \(select) WHERE \(scope.enterprises(column: "x.enterprise_id"))
                AND (\(point) IS NULL OR x.point_id = \(point))
            ORDER BY CASE WHEN x.decided_at IS NULL THEN 0 ELSE 1 END, x.requested_at DESC, x.id LIMIT \(limit)
            """, read)
    }

    private static let select: SQL = """
        SELECT x.id, x.kind, x.enterprise_id, x.point_id, x.alarm_id, x.reason, x.from_at, x.until_at,
            x.requested_at, x.requested_by, x.decided_at, x.decided_by, x.approved, x.note FROM exemption x
        """

    private static func read(_ row: inout Row) throws(StorageError) -> ExemptionRecord {
        var record = ExemptionRecord(
            id: row.next(), kind: row.next(), enterprise: row.next(), point: row.next(), alarm: row.next(),
            reason: row.next(), from: row.next(), until: row.next(), requestedAt: row.next(), requestedBy: row.next())
        record.decidedAt = row.next()
        record.decidedBy = row.next()
        record.isApproved = row.next()
        record.note = row.next()
        return record
    }
}
