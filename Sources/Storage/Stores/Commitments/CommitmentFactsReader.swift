public import Domain
public import Kernel

/// What the system itself knows about an enterprise on a day: for comparing with its promise.
public enum CommitmentFactsReader {
    /// So many of a kind are told by name.
    private static let listedMax = 20

    public static func facts(
        of enterprise: EnterpriseID, day: Day, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> CommitmentFacts {
        try facts(of: [enterprise], day: day, now: now, in: &session)[enterprise] ?? CommitmentFacts(grades: [])
    }

    /// Of several enterprises in one reading each; every one of them has an entry.
    public static func facts(
        of enterprises: [EnterpriseID], day: Day, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: CommitmentFacts] {
        let grades = try grades(of: enterprises, in: &session)
        let movements = try movements(of: enterprises, day: day, in: &session)
        let levels = try levels(of: enterprises, in: &session)
        let filings = try maintenance(of: enterprises, day: day, in: &session)
        let overhauls = try operations(of: enterprises, kinds: ["maintenance"], day: day, in: &session)
        let startStops = try operations(of: enterprises, kinds: ["startUp", "shutDown"], day: day, in: &session)
        let works = try SpecialWorkStore.counts(of: enterprises, day: day, in: &session)
        let dangers = try majorHiddenDangers(of: enterprises, now: now, in: &session)
        var found: [EnterpriseID: CommitmentFacts] = [:]
        for enterprise in enterprises {
            let counts = grades[enterprise] ?? [:]
            var facts = CommitmentFacts(grades: (1...4).map { counts[$0] ?? 0 })
            facts.movements = movements[enterprise] ?? []
            facts.assessed = levels[enterprise]?.max() ?? .blue
            func listed(_ found: [EnterpriseID: [String]]) -> [String] {
                Array((found[enterprise] ?? []).prefix(listedMax))
            }
            facts.maintenanceFilings = listed(filings) + listed(overhauls)
            facts.startStops = listed(startStops)
            facts.workRecords = works[enterprise] ?? [:]
            facts.majorHiddenDangers = listed(dangers)
            found[enterprise] = facts
        }
        return found
    }

    /// Rows that begin with the enterprise, put with it.
    private static func grouped<T>(
        _ statement: SQL, in session: inout Session, _ read: (inout Row) throws(StorageError) -> T
    ) throws(StorageError) -> [EnterpriseID: [T]] {
        var found: [EnterpriseID: [T]] = [:]
        for (enterprise, item) in try session.rows(
            statement,
            { row throws(StorageError) in
                let enterprise: EnterpriseID = row.next()
                return (enterprise, try read(&row))
            })
        {
            found[enterprise, default: []].append(item)
        }
        return found
    }

    private static func majorHiddenDangers(
        of enterprises: [EnterpriseID], now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [String]] {
        try grouped(
            """
            SELECT enterprise_id, content FROM problem WHERE enterprise_id IN (\(list: enterprises))
                AND severity = 'majorHiddenDanger' AND closed_at IS NULL AND raised_at <= \(now)
            ORDER BY raised_at, id
            """, in: &session
        ) { row throws(StorageError) in row.next() as String }
    }

    /// Sources in use by enterprise and grade, one to four.
    private static func grades(
        of enterprises: [EnterpriseID], in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [Int: Int]] {
        try grouped(
            """
            SELECT enterprise_id, grade, count(*) FROM hazard
            WHERE enterprise_id IN (\(list: enterprises)) AND in_use = 1 GROUP BY enterprise_id, grade
            """, in: &session
        ) { row throws(StorageError) in (row.next() as Int, row.next() as Int) }
        .mapValues { Dictionary($0, uniquingKeysWith: +) }
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
        of enterprises: [EnterpriseID], day: Day, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [CommitmentContradiction.Movement]] {
        try grouped(
            """
            SELECT m.enterprise_id, m.point_id, COALESCE(p.tag, p.name), p.unit, m.low, m.high,
                p.range_high - p.range_low
            FROM commitment_movement AS m JOIN point AS p ON p.id = m.point_id
            WHERE m.enterprise_id IN (\(list: enterprises)) AND m.day = \(day) ORDER BY m.point_id
            """, in: &session
        ) { row throws(StorageError) in
            CommitmentContradiction.Movement(
                point: row.next(), name: row.next(), unit: row.next(), low: row.next(), high: row.next(),
                range: row.next())
        }
    }

    private static func levels(
        of enterprises: [EnterpriseID], in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [Level]] {
        try grouped(
            """
            SELECT enterprise_id, level FROM warning WHERE enterprise_id IN (\(list: enterprises))
                AND closed_at IS NULL AND cleared_at IS NULL
            """, in: &session
        ) { row throws(StorageError) in row.next() as Level }
    }

    /// Confirmed 检修 filings that run today.
    private static func maintenance(
        of enterprises: [EnterpriseID], day: Day, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [String]] {
        try grouped(
            """
            SELECT enterprise_id, reason FROM filing WHERE enterprise_id IN (\(list: enterprises))
                AND kind = 'maintenance' AND confirmed_at IS NOT NULL AND effect_from < \(day.next.start)
                AND effect_until > \(day.start)
            ORDER BY from_at
            """, in: &session
        ) { row throws(StorageError) in row.next() as String }
    }

    /// Records of start-up, shutdown or 检维修 that run today.
    private static func operations(
        of enterprises: [EnterpriseID], kinds: [String], day: Day, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [String]] {
        try grouped(
            """
            SELECT enterprise_id, device_name FROM operation_record WHERE enterprise_id IN (\(list: enterprises))
                AND kind IN (\(list: kinds)) AND start_at < \(day.next.start)
                AND COALESCE(ended_at, expire_at) > \(day.start) ORDER BY start_at, id
            """, in: &session
        ) { row throws(StorageError) in row.next() as String }
    }
}
