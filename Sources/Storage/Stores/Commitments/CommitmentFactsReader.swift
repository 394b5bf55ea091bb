public import Domain
public import Kernel

/// What the system itself knows about an enterprise on a day: for comparing with its promise.
public enum CommitmentFactsReader {
    public static func facts(
        of enterprise: EnterpriseID, day: Day, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> CommitmentFacts {
        var facts = CommitmentFacts(grades: try grades(of: enterprise, in: &session))
        facts.movements = try movements(of: enterprise, day: day, in: &session)
        facts.assessed = try assessed(enterprise, in: &session)
        facts.maintenanceFilings = try maintenance(of: enterprise, day: day, in: &session)
        facts.startStops = try operations(of: enterprise, kinds: ["startUp", "shutDown"], day: day, in: &session)
        facts.workRecords = try SpecialWorkStore.counts(of: enterprise, day: day, in: &session)
        facts.majorHiddenDangers = try session.rows(
            """
            SELECT content FROM problem WHERE enterprise_id = \(enterprise) AND severity = 'majorHiddenDanger'
                AND closed_at IS NULL AND raised_at <= \(now) ORDER BY raised_at, id LIMIT 20
            """
        ) { row throws(StorageError) in row.next() as String }
        return facts
    }

    /// Sources in use by grade, one to four.
    public static func grades(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [Int] {
        let rows = try session.rows(
            """
            SELECT grade, count(*) FROM hazard WHERE enterprise_id = \(enterprise) AND in_use = 1 GROUP BY grade
            """
        ) { row throws(StorageError) in (grade: row.next() as Int, count: row.next() as Int) }
        return (1...4).map { grade in rows.first { $0.grade == grade }?.count ?? 0 }
    }

    /// Notes how far the process values of production units have gone since the promise, for every enterprise whose
    /// promise of the day says that nothing runs. Only good values that came after the promise.
    public static func noteMovements(_ day: Day, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO commitment_movement (day, point_id, enterprise_id, low, high, since, last_at)
            SELECT c.day, p.id, c.enterprise_id, s.value, s.value, c.received_at, \(now)
            FROM commitment AS c JOIN point AS p ON p.enterprise_id = c.enterprise_id AND p.in_use = 1
                AND p.kind IN ('temperature', 'flow', 'level', 'pressure')
            JOIN hazard AS h ON h.id = p.hazard_id AND h.kind = 'production' AND h.in_use = 1
            JOIN point_state AS s ON s.point_id = p.id AND s.value IS NOT NULL AND s.value_at >= c.received_at
                AND (s.quality IS NULL OR s.quality <> 'BAD')
            WHERE c.day = \(day) AND c.is_current = 1 AND c.units > 0 AND c.running = 0
                AND c.is_starting_or_stopping = 0
            ON CONFLICT (day, point_id) DO UPDATE SET
                low = CASE WHEN excluded.low < commitment_movement.low THEN excluded.low
                    ELSE commitment_movement.low END,
                high = CASE WHEN excluded.high > commitment_movement.high THEN excluded.high
                    ELSE commitment_movement.high END,
                last_at = excluded.last_at
            """)
    }

    private static func movements(
        of enterprise: EnterpriseID, day: Day, in session: inout Session
    ) throws(StorageError) -> [CommitmentContradiction.Movement] {
        try session.rows(
            """
            SELECT m.point_id, COALESCE(p.tag, p.name), p.unit, m.low, m.high, p.range_high - p.range_low
            FROM commitment_movement AS m JOIN point AS p ON p.id = m.point_id
            WHERE m.enterprise_id = \(enterprise) AND m.day = \(day) ORDER BY m.point_id
            """
        ) { row throws(StorageError) in
            CommitmentContradiction.Movement(
                point: row.next(), name: row.next(), unit: row.next(), low: row.next(), high: row.next(),
                range: row.next())
        }
    }

    private static func assessed(
        _ enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Level {
        try session.rows(
            """
            SELECT level FROM warning WHERE enterprise_id = \(enterprise) AND closed_at IS NULL
                AND cleared_at IS NULL
            """
        ) { row throws(StorageError) in row.next() as Level }.max() ?? .blue
    }

    /// Confirmed 检修 filings and 检维修 records that run today.
    private static func maintenance(
        of enterprise: EnterpriseID, day: Day, in session: inout Session
    ) throws(StorageError) -> [String] {
        let filings = try session.rows(
            """
            SELECT reason FROM filing WHERE enterprise_id = \(enterprise) AND kind = 'maintenance'
                AND confirmed_at IS NOT NULL AND effect_from < \(day.next.start) AND effect_until > \(day.start)
            ORDER BY from_at LIMIT 20
            """
        ) { row throws(StorageError) in row.next() as String }
        return filings + (try operations(of: enterprise, kinds: ["maintenance"], day: day, in: &session))
    }

    private static func operations(
        of enterprise: EnterpriseID, kinds: [String], day: Day, in session: inout Session
    ) throws(StorageError) -> [String] {
        try session.rows(
            """
            SELECT device_name FROM operation_record WHERE enterprise_id = \(enterprise)
                AND kind IN (\(list: kinds)) AND start_at < \(day.next.start)
                AND COALESCE(ended_at, expire_at) > \(day.start) ORDER BY start_at, id LIMIT 20
            """
        ) { row throws(StorageError) in row.next() as String }
    }
}
