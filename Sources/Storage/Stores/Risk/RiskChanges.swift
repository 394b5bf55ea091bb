public import Domain
public import Kernel

/// How a hazard source's level went over time.
public struct RiskChanges: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
        public var at: Timestamp
        public var from: Level
        public var to: Level
        public var score: Double
    }

    /// The rises within a time, oldest first. The caller has checked that the source is in the scope.
    public static func rises(
        of hazard: HazardID, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Change] {
        try all(of: hazard, from: from, to: to, in: &session).filter { $0.to > $0.from }
    }

    public static func all(
        of hazard: HazardID, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Change] {
        try session.rows(
            """
            SELECT at, from_level, to_level, score FROM risk_change
            WHERE hazard_id = \(hazard) AND at >= \(from) AND at <= \(to) ORDER BY at LIMIT 500
            """
        ) { row throws(StorageError) in
            Change(at: row.next(), from: row.next(), to: row.next(), score: row.next())
        }
    }

    /// The worst level of each day for an enterprise's sources, of days that had a warning.
    public static func worstByDay(
        of enterprise: EnterpriseID, from: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Day: Level] {
        let rows = try session.rows(
            """
            SELECT w.peak_level, w.raised_at, w.cleared_at FROM warning AS w
            WHERE w.enterprise_id = \(enterprise) AND \(scope.hazards(column: "w.hazard_id"))
                AND (w.cleared_at IS NULL OR w.cleared_at >= \(from.start))
            """
        ) { row throws(StorageError) in
            (level: row.next() as Level, from: row.next() as Timestamp, until: row.next() as Timestamp?)
        }
        var worst: [Day: Level] = [:]
        for row in rows {
            var day = max(Day(row.from), from)
            let last = row.until.map { Day($0) } ?? Day(number: from.number + 6)
            while day <= last, day.number < from.number + 60 {
                worst[day] = max(worst[day] ?? row.level, row.level)
                day = day.next
            }
        }
        return worst
    }
}
