public import Domain
public import Kernel

/// When sources stood at orange or red (较大以上, A34). Written with the warning's change itself, so that no must-check
/// can be missed; made again with the other projections.
public enum LevelSpans {
    /// A warning's level has become another.
    public static func record(
        _ warning: Warning, from before: Level, version: Int64, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let after = warning.level
        guard after != before, HighLevelSpan.isHigh(after) || HighLevelSpan.isHigh(before) else { return }
        try session.execute(
            "UPDATE level_span SET until_at = \(now) WHERE warning_id = \(warning.id) AND until_at IS NULL")
        guard HighLevelSpan.isHigh(after) else { return }
        try session.execute(
            """
            INSERT INTO level_span (warning_id, version, hazard_id, enterprise_id, level, from_at, until_at)
            VALUES (\(warning.id), \(version), \(warning.hazard), \(warning.enterprise), \(after), \(now),
                \(nil as Timestamp?))
            """)
    }

    /// Those that touch the time `[from, until)`, as known now.
    public static func all(
        from: Timestamp, until: Timestamp, enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [HighLevelSpan] {
        var parts: [SQL] = [
            "s.from_at < \(until)", "(s.from_at >= \(from) OR s.until_at IS NULL OR s.until_at > \(from))",
            scope.enterprises(column: "s.enterprise_id"),
        ]
        if let enterprise { parts.append("s.enterprise_id = \(enterprise)") }
        return try session.rows(
            """
            SELECT s.enterprise_id, s.level, s.from_at, s.until_at FROM level_span AS s
            WHERE \(parts.joined(separator: " AND ")) ORDER BY s.from_at, s.warning_id, s.version
            """
        ) { row throws(StorageError) in
            HighLevelSpan(enterprise: row.next(), level: row.next(), from: row.next(), until: row.next())
        }
    }

    public static func all(
        on day: Day, enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [HighLevelSpan] {
        try all(from: day.start, until: day.next.start, enterprise: enterprise, scope: scope, in: &session)
    }
}
