public import Domain
public import Kernel

/// Alarms as rows. The unique index on open alarms holds one a point.
public enum AlarmStore {
    public static func insert(_ alarm: Alarm, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, chain_id, occurrences, opened_at,
                start_state, start_value, worst_state, worst_value, current_state, current_since, side_since,
                last_value, threshold, exempted_at)
            VALUES (\(alarm.id), \(alarm.point), \(alarm.hazard), \(alarm.enterprise), \(alarm.quantity),
                \(alarm.chain), \(alarm.occurrence), \(alarm.openedAt), \(alarm.startState), \(alarm.startValue),
                \(alarm.worstState), \(alarm.worstValue), \(alarm.currentState), \(alarm.currentSince),
                \(alarm.sideSince), \(alarm.lastValue), \(alarm.threshold), \(alarm.exemptedAt))
            """)
    }

    /// Everything of an alarm that changes; acknowledgement apart.
    public static func update(_ alarm: Alarm, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            UPDATE alarm SET worst_state = \(alarm.worstState), worst_value = \(alarm.worstValue),
                current_state = \(alarm.currentState), current_since = \(alarm.currentSince),
                side_since = \(alarm.sideSince), last_value = \(alarm.lastValue), threshold = \(alarm.threshold),
                cleared_at = \(alarm.clearedAt), dispel_type = \(alarm.dispelType), cleared_by = \(alarm.clearedBy),
                exempted_at = \(alarm.exemptedAt)
            WHERE id = \(alarm.id)
            """)
    }

    public static func open(of point: PointID, in session: inout Session) throws(StorageError) -> Alarm? {
        try session.first("\(select) WHERE a.point_id = \(point) AND a.cleared_at IS NULL", read)
    }

    public static func find(
        _ id: AlarmID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Alarm? {
        try session.first(
            "\(select) WHERE a.id = \(id) AND \(scope.enterprises(column: "a.enterprise_id"))", read)
    }

    /// The alarm of the point that cleared last.
    public static func lastCleared(of point: PointID, in session: inout Session) throws(StorageError) -> Alarm? {
        try session.first(
            """
            \(select) WHERE a.point_id = \(point) AND a.cleared_at IS NOT NULL
            ORDER BY a.opened_at DESC, a.cleared_at DESC LIMIT 1
            """, read)
    }

    /// Open alarms that an exemption keeps out of the model.
    public static func openExempt(in session: inout Session) throws(StorageError) -> [Alarm] {
        try session.rows("\(select) WHERE a.cleared_at IS NULL AND a.exempted_at IS NOT NULL ORDER BY a.id", read)
    }

    /// Whether the point had an alarm at an instant.
    public static func hadAlarm(
        _ point: PointID, at instant: Timestamp, tolerance: Interval, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first(
            """
            SELECT 1 FROM alarm WHERE point_id = \(point) AND opened_at <= \(instant + tolerance)
                AND (cleared_at IS NULL OR cleared_at >= \(instant - tolerance)) LIMIT 1
            """
        ) { row throws(StorageError) in row.next() as Int64 } != nil
    }

    public static func acknowledge(
        _ id: AlarmID, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE alarm SET acknowledged_at = \(now), acknowledged_by = \(actor)
            WHERE id = \(id) AND acknowledged_at IS NULL
            """) == 1
    }

    /// What the model counts for a source: alarms that stand, and those that opened or cleared after an instant.
    public static func inputs(
        of hazard: HazardID, since: Timestamp, in session: inout Session
    ) throws(StorageError) -> [RiskInputs.AlarmInput] {
        try session.rows(
            """
            SELECT a.point_id, p.name, a.kind, a.current_state, a.opened_at, a.current_since, a.side_since, a.cleared_at
            FROM alarm a JOIN point p ON p.id = a.point_id
            WHERE a.hazard_id = \(hazard) AND a.exempted_at IS NULL
                AND (a.cleared_at IS NULL OR a.cleared_at > \(since)) ORDER BY a.opened_at, a.id
            """
        ) { row throws(StorageError) in
            RiskInputs.AlarmInput(
                point: row.next(), name: row.next(), quantity: row.next(), state: row.next(), openedAt: row.next(),
                currentSince: row.next(), sideSince: row.next(), clearedAt: row.next())
        }
    }

    private static let select: SQL = """
        SELECT a.id, a.point_id, a.hazard_id, a.enterprise_id, a.kind, a.chain_id, a.occurrences, a.opened_at,
            a.start_state, a.start_value, a.worst_state, a.worst_value, a.current_state, a.current_since, a.side_since,
            a.last_value, a.threshold, a.cleared_at, a.dispel_type, a.cleared_by, a.exempted_at
        FROM alarm a
        """

    private static func read(_ row: inout Row) throws(StorageError) -> Alarm {
        Alarm(
            id: row.next(), point: row.next(), hazard: row.next(), enterprise: row.next(), quantity: row.next(),
            chain: row.next(), occurrence: row.next(), openedAt: row.next(), startState: row.next(),
            startValue: row.next(), worstState: row.next(), worstValue: row.next(), currentState: row.next(),
            currentSince: row.next(), sideSince: row.next(), lastValue: row.next(), threshold: row.next(),
            clearedAt: row.next(), dispelType: row.next(), clearedBy: row.next(), exemptedAt: row.next())
    }
}
