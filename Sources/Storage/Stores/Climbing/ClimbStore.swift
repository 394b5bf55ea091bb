public import Domain
public import Kernel

/// Where the climb of each warning stands, and what was climbed.
public enum ClimbStore {
    public static let rulesKey = "climb.rules"

    public static func rules(in session: inout Session) throws(StorageError) -> ClimbRules {
        try SettingStore.load(rulesKey, in: &session)
    }

    public static func climb(of warning: WarningID, in session: inout Session) throws(StorageError) -> Climb? {
        try session.first(
            "SELECT level, within_ms, since_at, last_step, ended FROM climb WHERE warning_id = \(warning)"
        ) { row throws(StorageError) in
            let (level, within, since): (Level, Int64, Timestamp) = (row.next(), row.next(), row.next())
            let (step, end): (String?, String?) = (row.next(), row.next())
            return Climb(
                level: level, within: .milliseconds(within), since: since,
                lastStep: step.flatMap(Climb.Step.init(name:)),
                end: end.flatMap(Climb.End.init(rawValue:)))
        }
    }

    /// Writes the row, and the climb's deadline.
    public static func save(
        _ climb: Climb, of warning: Warning, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO climb (warning_id, hazard_id, enterprise_id, level, within_ms, since_at, last_step, ended,
                next_at)
            VALUES (\(warning.id), \(warning.hazard), \(warning.enterprise), \(climb.level),
                \(climb.within.milliseconds), \(climb.since), \(climb.lastStep?.name), \(climb.end?.rawValue),
                \(climb.nextDeadline))
            ON CONFLICT (warning_id) DO UPDATE SET level = excluded.level, within_ms = excluded.within_ms,
                since_at = excluded.since_at, last_step = excluded.last_step, ended = excluded.ended,
                next_at = excluded.next_at
            """)
        try DueStore.set(.climb, id: warning.id.rawValue, at: climb.nextDeadline, in: &session)
    }

    public static func noteStep(
        _ step: Climb.Step, of warning: Warning, version: Int64, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO climb_step (warning_id, version, step, level, enterprise_id, at)
            VALUES (\(warning.id), \(version), \(step.name), \(warning.level), \(warning.enterprise), \(now))
            ON CONFLICT (warning_id, version) DO NOTHING
            """)
    }

    /// Open, unacknowledged warnings that nobody climbs for: those from before climbing was known.
    public static func unfollowed(in session: inout Session) throws(StorageError) -> [WarningID] {
        try session.rows(
            """
            SELECT w.id FROM warning AS w WHERE w.closed_at IS NULL AND w.level <> 'blue' AND w.acknowledged_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM climb AS c WHERE c.warning_id = w.id AND c.ended IS NULL)
            ORDER BY w.id
            """
        ) { row throws(StorageError) in row.next() }
    }
}

/// A warning that climbed all the way to the desks of the county tier and that still nobody has acknowledged.
public struct UrgentWarning: Hashable, Sendable {
    public var id: WarningID
    public var level: Level
    public var enterprise: String
    public var hazard: String
    /// The enterprise's duty phone.
    public var phone: String?
    public var raisedAt: Timestamp

    public static func list(
        scope: Scope, limit: Int = 20, in session: inout Session
    ) throws(StorageError) -> [UrgentWarning] {
        try session.rows(
            """
            SELECT w.id, w.level, e.name, h.name, e.phone, w.raised_at
            FROM climb AS c JOIN warning AS w ON w.id = c.warning_id JOIN hazard AS h ON h.id = w.hazard_id
            JOIN enterprise AS e ON e.id = w.enterprise_id
            WHERE c.ended IS NULL AND c.last_step = 'desk' AND w.closed_at IS NULL
                AND \(scope.hazards(column: "w.hazard_id"))
            ORDER BY CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 ELSE 2 END, w.raised_at, w.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            UrgentWarning(
                id: row.next(), level: row.next(), enterprise: row.next(), hazard: row.next(), phone: row.next(),
                raisedAt: row.next())
        }
    }
}

/// How often warnings climbed: a day, an office (the daily regulator) and a step.
public struct ClimbCount: Hashable, Sendable {
    public var day: Day
    public var office: String
    /// By step, in order.
    public var steps: [Climb.Step: Int]
    public var warnings: Int

    public static func list(
        from: Timestamp, until: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [ClimbCount] {
        let rows = try session.rows(
            """
            SELECT s.at, s.step, s.warning_id, a.name FROM climb_step AS s
            JOIN warning AS w ON w.id = s.warning_id JOIN enterprise AS e ON e.id = s.enterprise_id
            JOIN authority AS a ON a.id = e.regulator_id
            WHERE s.at >= \(from) AND s.at < \(until) AND \(scope.hazards(column: "w.hazard_id"))
            ORDER BY s.at DESC, a.name
            """
        ) { row throws(StorageError) in
            (
                at: row.next() as Timestamp, step: row.next() as String, warning: row.next() as String,
                office: row.next() as String
            )
        }
        struct Place: Hashable {
            let day: Day
            let office: String
        }
        var order: [Place] = []
        var counts: [Place: ClimbCount] = [:]
        var warnings: [Place: Set<String>] = [:]
        for row in rows {
            let place = Place(day: Day(row.at), office: row.office)
            if counts[place] == nil {
                order.append(place)
                counts[place] = ClimbCount(day: place.day, office: place.office, steps: [:], warnings: 0)
            }
            guard let step = Climb.Step(name: row.step) else { continue }
            counts[place]?.steps[step, default: 0] += 1
            warnings[place, default: []].insert(row.warning)
        }
        return order.compactMap { place in
            var count = counts[place]
            count?.warnings = warnings[place]?.count ?? 0
            return count
        }
    }
}
