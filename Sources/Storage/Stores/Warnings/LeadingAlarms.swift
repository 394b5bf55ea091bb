import Domain

enum LeadingAlarms {
    /// For warnings that were already cut to a scope.
    static func of(
        _ warnings: [WarningID], in session: inout Session
    ) throws(StorageError) -> [WarningID: LeadingAlarm] {
        guard !warnings.isEmpty else { return [:] }
        let found = try session.rows(
            """
            SELECT warning_id, id, point_id, name, tag, kind, unit, equipment, opened_at, current_state, worst_state,
                last_value, worst_value, threshold, cleared_at, offline_since
            FROM (
                SELECT l.warning_id, a.id, a.point_id, p.name, p.tag, p.kind, p.unit, q.name AS equipment, a.opened_at,
                    a.current_state, a.worst_state, COALESCE(s.value, a.last_value) AS last_value, a.worst_value,
                    a.threshold, a.cleared_at, s.offline_since,
                    row_number() OVER (PARTITION BY l.warning_id ORDER BY
                        CASE WHEN a.cleared_at IS NULL THEN 0 ELSE 1 END,
                        CASE WHEN a.worst_state IN ('highHigh', 'lowLow') THEN 0 ELSE 1 END,
                        a.opened_at DESC, a.id) AS place
                FROM warning_alarm AS l JOIN alarm AS a ON a.id = l.alarm_id JOIN point AS p ON p.id = a.point_id
                LEFT JOIN equipment AS q ON q.id = p.equipment_id LEFT JOIN point_state AS s ON s.point_id = p.id
                WHERE l.warning_id IN (\(list: warnings))) AS ranked
            WHERE place = 1
            """
        ) { row throws(StorageError) in
            (
                row.next() as WarningID,
                LeadingAlarm(
                    id: row.next(), point: row.next(), pointName: row.next(), pointTag: row.next(),
                    pointKind: row.next(), unit: row.next(), equipmentName: row.next(), openedAt: row.next(),
                    currentState: row.next(), worstState: row.next(), lastValue: row.next(), worstValue: row.next(),
                    threshold: row.next(), clearedAt: row.next(), offlineSince: row.next())
            )
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
}
