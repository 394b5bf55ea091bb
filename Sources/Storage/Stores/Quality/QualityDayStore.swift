public import Domain
public import Kernel

/// What the days of points left behind, by which later days are judged.
public enum QualityDayStore {
    public static func store(
        _ day: PointDay, point: PointID, enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO quality_day (point_id, day, enterprise_id, figures, traces)
            VALUES (\(point), \(day.day), \(enterprise), \(day.figures), \(day.traces))
            ON CONFLICT (point_id, day) DO UPDATE SET figures = excluded.figures, traces = excluded.traces
            """)
    }

    /// Days of a point before the given one, the latest first. Rows that do not read are left out.
    public static func history(
        of point: PointID, before day: Day, days: Int, in session: inout Session
    ) throws(StorageError) -> [PointDay] {
        let first = Day(number: day.number - Int32(days))
        return try session.rows(
            """
            SELECT day, figures, traces FROM quality_day
            WHERE point_id = \(point) AND day < \(day) AND day >= \(first) ORDER BY day DESC
            """
        ) { row throws(StorageError) in
            let number: Int = row.next()
            return PointDay(day: Day(number: Int32(number)), figures: row.next(), traces: row.next())
        }.compactMap(\.self)
    }

    /// Traces are kept for a week, figures for a month (30 days without a change have to be seen).
    public static func prune(before day: Day, in session: inout Session) throws(StorageError) {
        try session.execute(
            "UPDATE quality_day SET traces = NULL WHERE day < \(Day(number: day.number - 7)) AND traces IS NOT NULL")
        try session.execute("DELETE FROM quality_day WHERE day < \(Day(number: day.number - 31))")
    }
}

/// Which days of which enterprises are still to be read.
public enum QualityScanStore {
    public struct Scan: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var day: Day

        public init(enterprise: EnterpriseID, day: Day) {
            self.enterprise = enterprise
            self.day = day
        }
    }

    /// Asks for a day of every enterprise in use that was registered by then; those asked for before stay as they are.
    public static func ask(day: Day, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO quality_scan (enterprise_id, day, asked_at)
            SELECT id, \(day), \(now) FROM enterprise WHERE in_use = 1 AND created_at < \(day.next.start)
            ON CONFLICT (enterprise_id, day) DO NOTHING
            """)
    }

    public static func next(in session: inout Session) throws(StorageError) -> Scan? {
        try waiting(limit: 1, in: &session).first
    }

    /// Those that wait, the oldest day first, so that each day is judged by those before it.
    public static func waiting(limit: Int, in session: inout Session) throws(StorageError) -> [Scan] {
        try session.rows(
            """
            SELECT enterprise_id, day FROM quality_scan WHERE done_at IS NULL ORDER BY day, enterprise_id
            LIMIT \(limit)
            """
        ) { row throws(StorageError) in Scan(enterprise: row.next(), day: Day(number: Int32(row.next() as Int))) }
    }

    public static func done(
        _ scan: Scan, readings: Int, found: Int, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE quality_scan SET done_at = \(now), readings = \(readings), found = \(found)
            WHERE enterprise_id = \(scan.enterprise) AND day = \(scan.day)
            """)
    }

    public static func waiting(in session: inout Session) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM quality_scan WHERE done_at IS NULL") { row throws(StorageError) in
            row.next() as Int
        } ?? 0
    }

    public static func lastAsked(in session: inout Session) throws(StorageError) -> Day? {
        try session.first("SELECT day FROM quality_scan ORDER BY day DESC LIMIT 1") { row throws(StorageError) in
            Day(number: Int32(row.next() as Int))
        }
    }
}

/// The enterprise's own count of its gas detectors (SJ-05).
public enum GasLedgerStore {
    public static func set(
        _ detectors: Int, of enterprise: EnterpriseID, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO gas_ledger (enterprise_id, detectors, told_at, told_by)
            VALUES (\(enterprise), \(detectors), \(now), \(actor))
            ON CONFLICT (enterprise_id) DO UPDATE SET detectors = excluded.detectors, told_at = excluded.told_at,
                told_by = excluded.told_by
            """)
    }

    public static func detectors(of enterprise: EnterpriseID, in session: inout Session) throws(StorageError) -> Int? {
        try session.first("SELECT detectors FROM gas_ledger WHERE enterprise_id = \(enterprise)") {
            row throws(StorageError) in row.next() as Int
        }
    }
}
