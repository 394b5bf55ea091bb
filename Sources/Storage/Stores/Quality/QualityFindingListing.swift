public import Domain
public import Kernel

/// A finding as lists and its page show it.
public struct QualityFindingListing: Hashable, Sendable {
    public var id: QualityFindingID
    public var rule: QualityRule
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var region: String
    public var regulator: AuthorityID
    public var regulatorName: String
    public var hazard: HazardID?
    public var hazardName: String?
    public var equipment: EquipmentID?
    public var equipmentName: String?
    public var point: PointID?
    public var pointName: String?
    public var pointTag: String?
    public var pointKind: String?
    public var gateway: GatewayID?
    public var firstAt: Timestamp
    public var lastAt: Timestamp
    public var count: Int
    public var detail: String
    public var state: QualityFinding.State
    public var severity: QualityRule.Severity
    public var deadline: Timestamp?
    public var overdueAt: Timestamp?
    public var endedAt: Timestamp?
    public var reopenedCount: Int
    public var isSupervised: Bool
    public var problem: ProblemID?
    public var version: Int64
    public var evidence: String?

    public struct Filter: Hashable, Sendable {
        public var id: QualityFindingID?
        public var enterprise: EnterpriseID?
        public var point: PointID?
        public var rules: [QualityRule]?
        public var state: QualityFinding.State?
        public var isOpenOnly = true
        public var isOverdueOnly = false

        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, now: Timestamp, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [QualityFindingListing] {
        try session.rows(
            """
            SELECT f.id, f.rule, e.id, e.name, e.region, e.regulator_id, a.name, h.id, h.name, g.id, g.name, p.id,
                p.name, p.tag, p.kind, f.gateway_id, f.first_at, f.last_at, f.count, f.detail, q.state, q.severity,
                q.deadline_at, q.overdue_at, q.ended_at, q.reopened_count, q.is_supervised, q.problem_id, q.version,
                q.evidence
            \(source) WHERE \(condition(filter, scope, now))
            ORDER BY CASE q.severity WHEN 'serious' THEN 0 ELSE 1 END, q.deadline_at NULLS LAST, f.last_at DESC, f.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            QualityFindingListing(
                id: row.next(), rule: row.next(), enterprise: row.next(), enterpriseName: row.next(),
                region: row.next(), regulator: row.next(), regulatorName: row.next(), hazard: row.next(),
                hazardName: row.next(), equipment: row.next(), equipmentName: row.next(), point: row.next(),
                pointName: row.next(), pointTag: row.next(), pointKind: row.next(), gateway: row.next(),
                firstAt: row.next(), lastAt: row.next(), count: row.next(), detail: row.next(), state: row.next(),
                severity: row.next(), deadline: row.next(), overdueAt: row.next(), endedAt: row.next(),
                reopenedCount: row.next(), isSupervised: row.next(), problem: row.next(), version: row.next(),
                evidence: row.next())
        }
    }

    public static func count(
        _ filter: Filter, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) \(source) WHERE \(condition(filter, scope, now))") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }

    /// Open findings by rule.
    public static func counts(
        enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [QualityRule: Int] {
        var condition: SQL =
            "q.state IN ('found','assigned','rectified') AND \(scope.enterprises(column: "q.enterprise_id"))"
        if let enterprise { condition.append(" AND q.enterprise_id = \(enterprise)") }
        let rows = try session.rows(
            "SELECT q.rule, count(*) FROM quality_finding AS q WHERE \(condition) GROUP BY q.rule"
        ) { row throws(StorageError) in (rule: row.next() as QualityRule, count: row.next() as Int) }
        return Dictionary(rows.map { ($0.rule, $0.count) }, uniquingKeysWith: +)
    }

    public static func steps(
        of id: QualityFindingID, in session: inout Session
    ) throws(StorageError) -> [QualityFindingStore.Step] {
        try session.rows(
            """
            SELECT s.kind, s.at, COALESCE(a.name, s.actor), s.note FROM quality_step AS s
            LEFT JOIN account AS a ON a.id = s.actor WHERE s.finding_id = \(id) ORDER BY s.ordinal
            """
        ) { row throws(StorageError) in
            QualityFindingStore.Step(kind: row.next(), at: row.next(), actor: row.next(), note: row.next())
        }
    }

    private static let source: SQL = """
        FROM finding AS f JOIN quality_finding AS q ON q.finding_id = f.id
        JOIN enterprise AS e ON e.id = f.enterprise_id JOIN authority AS a ON a.id = e.regulator_id
        LEFT JOIN hazard AS h ON h.id = f.hazard_id LEFT JOIN equipment AS g ON g.id = q.equipment_id
        LEFT JOIN point AS p ON p.id = f.point_id
        """

    private static func condition(_ filter: Filter, _ scope: Scope, _ now: Timestamp) -> SQL {
        var parts: [SQL] = [scope.enterprises(column: "f.enterprise_id")]
        if let id = filter.id { parts.append("f.id = \(id)") }
        if let enterprise = filter.enterprise { parts.append("f.enterprise_id = \(enterprise)") }
        if let point = filter.point { parts.append("f.point_id = \(point)") }
        if let rules = filter.rules { parts.append("f.rule IN (\(list: rules))") }
        if let state = filter.state {
            parts.append("q.state = \(state)")
        } else if filter.isOpenOnly, filter.id == nil {
            parts.append("q.state IN ('found','assigned','rectified')")
        }
        if filter.isOverdueOnly { parts.append("q.state = 'assigned' AND q.deadline_at <= \(now)") }
        return parts.joined(separator: " AND ")
    }
}
