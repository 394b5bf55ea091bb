import Domain

/// Lists of warnings, cut to the scope.
public enum WarningList {
    /// In the order of the duty desk: unacknowledged first, then level, deadline nearest, newest (pages rule 4).
    public static func rows(
        _ filter: WarningFilter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [WarningListing] {
        var rows = try session.rows(
            """
            SELECT w.id, w.level, w.peak_level, w.phase, w.ordinal, w.raised_at, w.changed_at, w.acknowledged_at,
                COALESCE(p.name, w.acknowledged_by), w.cleared_at, w.all_clear_at, w.report_due_at, w.reported_at,
                w.approved_at, w.closed_at, w.next_due_at, w.next_step, w.caution_count, w.open_supervisions,
                w.enterprise_id, e.name, e.region, d.name, e.regulator_id, r.name, w.hazard_id, h.name, h.grade
            FROM warning AS w JOIN enterprise AS e ON e.id = w.enterprise_id JOIN hazard AS h ON h.id = w.hazard_id
            JOIN authority AS r ON r.id = e.regulator_id
            LEFT JOIN authority AS d ON d.id = \(countyAuthority)
            LEFT JOIN person AS p ON p.id = w.acknowledged_by
            WHERE \(scope.hazards(column: "w.hazard_id")) AND \(filter.condition)
            ORDER BY \(deskOrder) LIMIT \(limit) OFFSET \(offset)
            """, Self.read)
        let alarms = try LeadingAlarms.of(rows.map(\.id), in: &session)
        let receipts = try Inbox.receipts(of: rows.map(\.id), for: scope, in: &session)
        for index in rows.indices {
            rows[index].alarm = alarms[rows[index].id]
            rows[index].receipt = receipts[rows[index].id] ?? .notRecipient
        }
        return rows
    }

    public static func count(
        _ filter: WarningFilter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM warning AS w JOIN enterprise AS e ON e.id = w.enterprise_id
            JOIN hazard AS h ON h.id = w.hazard_id
            WHERE \(scope.hazards(column: "w.hazard_id")) AND \(filter.condition)
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// The county's authority of a division: its name is what the lists call the county.
    static let countyAuthority: SQL = """
        (SELECT c.id FROM authority AS c WHERE c.level = 'county' AND c.region = e.region 
            ORDER BY CASE WHEN c.name LIKE '%应急%' THEN 0 ELSE 1 END, c.id LIMIT 1)
        """

    private static let deskOrder: SQL = """
        CASE WHEN w.closed_at IS NULL THEN 0 ELSE 1 END,
        CASE w.phase WHEN 'unacknowledged' THEN 0 ELSE 1 END,
        CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END,
        COALESCE(w.next_due_at, 9000000000000000), w.raised_at DESC, w.id
        """

    private static func read(_ row: inout Row) throws(StorageError) -> WarningListing {
        WarningListing(
            id: row.next(), level: row.next(), peakLevel: row.next(), phase: row.next(), ordinal: row.next(),
            raisedAt: row.next(), changedAt: row.next(), acknowledgedAt: row.next(), acknowledgedBy: row.next(),
            clearedAt: row.next(),
            allClearAt: row.next(), reportDueAt: row.next(), reportedAt: row.next(), approvedAt: row.next(),
            closedAt: row.next(), nextDueAt: row.next(), nextStep: row.next(), cautionCount: row.next(),
            openSupervisions: row.next(), enterprise: row.next(), enterpriseName: row.next(), region: row.next(),
            regionName: row.next(), regulator: row.next(), regulatorName: row.next(), hazard: row.next(),
            hazardName: row.next(), hazardGrade: row.next(), alarm: nil, receipt: .notRecipient)
    }
}
