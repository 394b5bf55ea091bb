public import Domain
public import Kernel

/// The figures of a duty desk: how many of each level, who is late, is the system itself seeing.
public struct DeskFigures: Hashable, Sendable {
    /// Of warnings not yet lifted, by level.
    public struct LevelCount: Hashable, Sendable {
        public var open = 0
        public var unacknowledged = 0
        /// A caution notice has gone out.
        public var late = 0
        public init() {}
    }

    public var levels: [Level: LevelCount] = [:]
    /// Hazard sources at blue that have an open alarm.
    public var blueWithAlarms = 0
    public var awaitingReport = 0
    public var reportDueNext: Timestamp?
    public var awaitingApproval = 0
    public var openSupervisions = 0
    public var enterprises = 0
    public var enterprisesOnline = 0
    public var points = 0
    public var pointsOnline = 0
    public var exemptionsRunning = 0
    public var exemptionsAsked = 0
    public var findings = 0
    public var closedToday = 0
    public var openAlarms = 0
    public var latestReading: Timestamp?

    /// A gateway that was silent for longer counts as offline (本项目约定).
    public static let gatewaySilence = Interval.minutes(5)

    public static func read(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> DeskFigures {
        var figures = DeskFigures()
        try figures.readWarnings(scope: scope, now: now, in: &session)
        try figures.readAlarms(scope: scope, now: now, in: &session)
        try figures.readOnline(scope: scope, now: now, in: &session)
        return figures
    }

    private mutating func readWarnings(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let groups = try session.rows(
            """
            SELECT w.level, w.phase, count(*), CAST(sum(CASE WHEN w.caution_count > 0 THEN 1 ELSE 0 END) AS BIGINT),
                min(w.report_due_at), CAST(sum(w.open_supervisions) AS BIGINT)
            FROM warning AS w WHERE w.closed_at IS NULL AND \(scope.hazards(column: "w.hazard_id"))
            GROUP BY w.level, w.phase
            """
        ) { row throws(StorageError) in
            (
                level: row.next() as Level, phase: row.next() as Warning.Phase, count: row.next() as Int,
                late: row.next() as Int, due: row.next() as Timestamp?, supervisions: row.next() as Int
            )
        }
        for group in groups {
            openSupervisions += group.supervisions
            switch group.phase {
            case .unacknowledged, .acknowledged, .handling, .allClear:
                levels[group.level, default: LevelCount()].open += group.count
                levels[group.level, default: LevelCount()].late += group.late
                if group.phase == .unacknowledged {
                    levels[group.level, default: LevelCount()].unacknowledged += group.count
                }
            case .cleared, .awaitingReport:
                awaitingReport += group.count
                if let due = group.due { reportDueNext = reportDueNext.map { min($0, due) } ?? due }
            case .awaitingApproval: awaitingApproval += group.count
            case .awaitingFeedback, .closed: break
            }
        }
        closedToday = try count(
            """
            SELECT count(*) FROM warning AS w
            WHERE w.closed_at >= \(Day(now).start) AND \(scope.hazards(column: "w.hazard_id"))
            """, in: &session)
    }

    private mutating func readAlarms(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        blueWithAlarms = try count(
            """
            SELECT count(DISTINCT a.hazard_id) FROM alarm AS a LEFT JOIN risk AS r ON r.hazard_id = a.hazard_id
            WHERE a.cleared_at IS NULL AND a.hazard_id IS NOT NULL AND COALESCE(r.level, 'blue') = 'blue'
                AND \(scope.hazards(column: "a.hazard_id"))
            """, in: &session)
        openAlarms = try count(
            """
            SELECT count(*) FROM alarm AS a WHERE a.cleared_at IS NULL
                AND \(scope.enterprises(column: "a.enterprise_id"))
            """, in: &session)
        exemptionsRunning = try count(
            """
            SELECT count(*) FROM exemption AS x WHERE x.approved = 1 AND (x.until_at IS NULL OR x.until_at > \(now))
                AND \(scope.enterprises(column: "x.enterprise_id"))
            """, in: &session)
        exemptionsAsked = try count(
            """
            SELECT count(*) FROM exemption AS x WHERE x.decided_at IS NULL
                AND \(scope.enterprises(column: "x.enterprise_id"))
            """, in: &session)
        findings = try count(
            """
            SELECT count(*) FROM finding AS f WHERE f.resolved_at IS NULL
                AND \(scope.enterprises(column: "f.enterprise_id"))
            """, in: &session)
    }

    private mutating func readOnline(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let online = try session.first(
            """
            SELECT count(*), CAST(COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM gateway AS g
                WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL AND g.seen_at >= \(now - Self.gatewaySilence))
                THEN 1 ELSE 0 END), 0) AS BIGINT)
            FROM enterprise AS e WHERE e.in_use = 1 AND \(scope.enterprises(column: "e.id"))
            """
        ) { row throws(StorageError) in (row.next() as Int, row.next() as Int) }
        (enterprises, enterprisesOnline) = online ?? (0, 0)
        let seen = try session.first(
            """
            SELECT count(*), CAST(COALESCE(sum(CASE WHEN s.value_at IS NOT NULL AND s.offline_since IS NULL
                THEN 1 ELSE 0 END), 0) AS BIGINT), max(s.received_at)
            FROM point AS p LEFT JOIN point_state AS s ON s.point_id = p.id
            WHERE p.in_use = 1 AND \(scope.enterprises(column: "p.enterprise_id"))
            """
        ) { row throws(StorageError) in (row.next() as Int, row.next() as Int, row.next() as Timestamp?) }
        if let seen { (points, pointsOnline, latestReading) = seen }
    }

    private func count(_ sql: SQL, in session: inout Session) throws(StorageError) -> Int {
        try session.first(sql) { row throws(StorageError) in row.next() as Int } ?? 0
    }
}
