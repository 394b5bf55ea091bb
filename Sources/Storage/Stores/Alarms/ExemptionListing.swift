public import Domain
public import Kernel

/// One request to count a point's alarms no longer: 检修报备, 误报, 点位停用. The enterprise asks, the regulator decides.
public struct ExemptionListing: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var regulator: AuthorityID
    public var point: PointID
    public var pointName: String
    public var pointTag: String?
    public var pointKind: String
    public var hazardName: String?
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

    public enum State: String, CaseIterable, Hashable, Sendable {
        case asked, running, ended, refused
    }

    public static func all(
        id: String? = nil, state: State?, scope: Scope, now: Timestamp, limit: Int, offset: Int = 0,
        in session: inout Session
    ) throws(StorageError) -> [ExemptionListing] {
        try session.rows(
            """
            SELECT x.id, x.kind, e.id, e.name, e.regulator_id, p.id, p.name, p.tag, p.kind, h.name, x.alarm_id,
                x.reason, x.from_at, x.until_at, x.requested_at, COALESCE(a.name, x.requested_by), x.decided_at,
                COALESCE(b.name, x.decided_by), x.approved, x.note
            FROM exemption AS x JOIN enterprise AS e ON e.id = x.enterprise_id JOIN point AS p ON p.id = x.point_id
            LEFT JOIN hazard AS h ON h.id = p.hazard_id LEFT JOIN account AS a ON a.id = x.requested_by
            LEFT JOIN account AS b ON b.id = x.decided_by
            WHERE \(conditions(id: id, state: state, scope: scope, now: now))
            ORDER BY CASE WHEN x.decided_at IS NULL THEN 0 ELSE 1 END, x.requested_at DESC, x.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            ExemptionListing(
                id: row.next(), kind: row.next(), enterprise: row.next(), enterpriseName: row.next(),
                regulator: row.next(), point: row.next(), pointName: row.next(), pointTag: row.next(),
                pointKind: row.next(), hazardName: row.next(), alarm: row.next(), reason: row.next(),
                from: row.next(), until: row.next(), requestedAt: row.next(), requestedBy: row.next(),
                decidedAt: row.next(), decidedBy: row.next(), isApproved: row.next(), note: row.next())
        }
    }

    public static func count(
        state: State?, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM exemption AS x JOIN point AS p ON p.id = x.point_id
            WHERE \(conditions(id: nil, state: state, scope: scope, now: now))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func conditions(id: String?, state: State?, scope: Scope, now: Timestamp) -> SQL {
        var parts: [SQL] =
            if case .person = scope { [scope.hazards(column: "p.hazard_id")] } else {
                [scope.enterprises(column: "x.enterprise_id")]
            }
        if let id { parts.append("x.id = \(id)") }
        if let state { parts.append(condition(state, now: now)) }
        return parts.joined(separator: " AND ")
    }

    /// How many wait for a decision.
    public static func waiting(scope: Scope, in session: inout Session) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM exemption AS x WHERE x.decided_at IS NULL
                AND \(scope.enterprises(column: "x.enterprise_id"))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func condition(_ state: State, now: Timestamp) -> SQL {
        switch state {
        case .asked: "x.decided_at IS NULL"
        case .running: "x.approved = 1 AND (x.until_at IS NULL OR x.until_at > \(now))"
        case .ended: "x.approved = 1 AND x.until_at IS NOT NULL AND x.until_at <= \(now)"
        case .refused: "x.approved = 0"
        }
    }

    /// Approved exemptions that overlap a time. The caller has checked that the point is in the scope.
    public static func approved(
        of point: PointID, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> [(from: Timestamp, until: Timestamp?)] {
        try session.rows(
            """
            SELECT from_at, until_at FROM exemption WHERE point_id = \(point) AND approved = 1
                AND from_at <= \(to) AND (until_at IS NULL OR until_at >= \(from)) ORDER BY from_at LIMIT 100
            """
        ) { row throws(StorageError) in (from: row.next(), until: row.next()) }
    }
}
