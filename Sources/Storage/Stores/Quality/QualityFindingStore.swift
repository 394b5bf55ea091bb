public import Domain
public import Kernel

/// Findings as they are handed down and come back (SJ-27).
public enum QualityFindingStore {
    /// What is found wrong, and with what.
    public struct Subject: Hashable, Sendable {
        public var rule: QualityRule
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var equipment: EquipmentID?
        public var point: PointID?
        public var gateway: GatewayID?

        public init(
            rule: QualityRule, enterprise: EnterpriseID, hazard: HazardID? = nil, equipment: EquipmentID? = nil,
            point: PointID? = nil, gateway: GatewayID? = nil
        ) {
            self.rule = rule
            self.enterprise = enterprise
            self.hazard = hazard
            self.equipment = equipment
            self.point = point
            self.gateway = gateway
        }
    }

    public struct Stored: Hashable, Sendable {
        public var id: QualityFindingID
        public var subject: Subject
        public var finding: QualityFinding
        public var version: Int64
        public var endedAt: Timestamp?
        public var detail: String

        public init(
            id: QualityFindingID, subject: Subject, finding: QualityFinding, version: Int64, endedAt: Timestamp?,
            detail: String
        ) {
            self.id = id
            self.subject = subject
            self.finding = finding
            self.version = version
            self.endedAt = endedAt
            self.detail = detail
        }
    }

    public struct Step: Hashable, Sendable {
        public var kind: String
        public var at: Timestamp
        public var actor: String
        public var note: String

        public init(kind: String, at: Timestamp, actor: String, note: String) {
            self.kind = kind
            self.at = at
            self.actor = actor
            self.note = note
        }
    }

    private static let select: SQL = """
        SELECT f.id, f.rule, f.enterprise_id, f.hazard_id, q.equipment_id, f.point_id, f.gateway_id, q.state,
            q.deadline_at, q.rectified_by, q.reopened_count, q.is_supervised, q.version, q.ended_at, f.detail
        FROM finding AS f JOIN quality_finding AS q ON q.finding_id = f.id
        """

    private static func read(_ row: inout Row) throws(StorageError) -> Stored {
        let id: QualityFindingID = row.next()
        let subject = Subject(
            rule: row.next(), enterprise: row.next(), hazard: row.next(), equipment: row.next(), point: row.next(),
            gateway: row.next())
        var finding = QualityFinding(rule: subject.rule)
        finding.state = row.next()
        finding.deadline = row.next()
        finding.rectifiedBy = row.next()
        finding.reopenedCount = row.next()
        finding.isSupervised = row.next()
        return Stored(
            id: id, subject: subject, finding: finding, version: row.next(), endedAt: row.next(), detail: row.next())
    }

    public static func find(
        _ id: QualityFindingID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Stored? {
        try session.first(
            "\(select) WHERE f.id = \(id) AND \(scope.enterprises(column: "f.enterprise_id"))", read)
    }

    /// The latest of the same subject that was not judged a mistake: open, or ended.
    public static func latest(of subject: Subject, in session: inout Session) throws(StorageError) -> Stored? {
        try session.first(
            """
            \(select) WHERE f.rule = \(subject.rule) AND f.enterprise_id = \(subject.enterprise)
                AND f.hazard_id IS NOT DISTINCT FROM \(subject.hazard)
                AND q.equipment_id IS NOT DISTINCT FROM \(subject.equipment)
                AND f.point_id IS NOT DISTINCT FROM \(subject.point)
                AND f.gateway_id IS NOT DISTINCT FROM \(subject.gateway)
            ORDER BY f.first_at DESC, f.id DESC LIMIT 1
            """, read)
    }

    public static func open(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [Stored] {
        try session.rows(
            """
            \(select) WHERE f.enterprise_id = \(enterprise) AND q.state IN ('found','assigned','rectified')
            ORDER BY f.id
            """, read)
    }

    public static func insert(
        _ id: QualityFindingID, _ subject: Subject, detail: String, count: Int, evidence: JSON?, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO finding (id, rule, enterprise_id, hazard_id, point_id, gateway_id, first_at, last_at, count,
                detail)
            VALUES (\(id), \(subject.rule), \(subject.enterprise), \(subject.hazard), \(subject.point),
                \(subject.gateway), \(now), \(now), \(count), \(detail))
            """)
        try session.execute(
            """
            INSERT INTO quality_finding (finding_id, enterprise_id, rule, equipment_id, state, severity, found_at,
                reopened_count, is_supervised, version, evidence)
            VALUES (\(id), \(subject.enterprise), \(subject.rule), \(subject.equipment), 'found',
                \(subject.rule.severity), \(now), 0, 0, 0, \(evidence?.text))
            """)
    }

    public static func seenAgain(
        _ id: QualityFindingID, detail: String, count: Int, evidence: JSON?, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE finding SET count = count + \(count), last_at = \(now), detail = \(detail), resolved_at = NULL
            WHERE id = \(id)
            """)
        guard let evidence else { return }
        try session.execute("UPDATE quality_finding SET evidence = \(evidence.text) WHERE finding_id = \(id)")
    }

    /// Writes what a step made of it. The version guards against two acting at once: false where another was first.
    public static func update(
        _ stored: Stored, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        let finding = stored.finding
        let ended: Timestamp? = finding.state.isOpen ? nil : now
        let rectified: Timestamp? = finding.state == .rectified ? now : nil
        let changed = try session.execute(
            """
            UPDATE quality_finding SET state = \(finding.state), deadline_at = \(finding.deadline),
                rectified_at = COALESCE(\(rectified), rectified_at), rectified_by = \(finding.rectifiedBy),
                reopened_count = \(finding.reopenedCount), is_supervised = \(finding.isSupervised),
                ended_at = \(ended),
                overdue_at = CASE WHEN deadline_at IS NOT DISTINCT FROM \(finding.deadline) THEN overdue_at END,
                version = version + 1
            WHERE finding_id = \(stored.id) AND version = \(stored.version)
            """)
        try session.execute("UPDATE finding SET resolved_at = \(ended) WHERE id = \(stored.id)")
        return changed == 1
    }

    /// False where it was marked before: once a deadline.
    public static func markOverdue(
        _ id: QualityFindingID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            "UPDATE quality_finding SET overdue_at = \(now) WHERE finding_id = \(id) AND overdue_at IS NULL") == 1
    }

    public static func setProblem(
        _ problem: ProblemID, of id: QualityFindingID, in session: inout Session
    ) throws(StorageError) {
        try session.execute("UPDATE quality_finding SET problem_id = \(problem) WHERE finding_id = \(id)")
    }

    public static func addStep(
        _ id: QualityFindingID, _ step: Step, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO quality_step (finding_id, ordinal, kind, at, actor, note)
            SELECT \(id), COALESCE(max(ordinal), 0) + 1, \(step.kind), \(step.at), \(step.actor), \(step.note)
            FROM quality_step WHERE finding_id = \(id)
            """)
    }

    /// What the intake noted is taken into the workflow; how many.
    @discardableResult
    public static func adopt(of enterprise: EnterpriseID, in session: inout Session) throws(StorageError) -> Int {
        let rows = try session.rows(
            """
            SELECT f.id, f.rule, f.first_at FROM finding AS f WHERE f.enterprise_id = \(enterprise)
                AND f.resolved_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM quality_finding AS q WHERE q.finding_id = f.id) ORDER BY f.id
            """
        ) { row throws(StorageError) in (id: row.next() as String, rule: row.next() as String, at: row.next() as Int64)
        }
        var count = 0
        for row in rows {
            guard let rule = QualityRule(rawValue: row.rule) else { continue }
            count += try session.execute(
                """
                INSERT INTO quality_finding (finding_id, enterprise_id, rule, state, severity, found_at,
                    reopened_count, is_supervised, version)
                VALUES (\(row.id), \(enterprise), \(rule), 'found', \(rule.severity), \(row.at), 0, 0, 0)
                """)
        }
        return count
    }
}
