public import Domain
public import Kernel

/// What each enterprise gives to look at (SZ-05…07, JC-14), from the tables of the parts that know.
public enum AttentionQuery {
    public static func facts(
        on day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: AttentionFacts] {
        var facts: [EnterpriseID: AttentionFacts] = [:]
        let until = min(now, day.next.start)
        let since = until - .days(AttentionRules.windowDays)
        let alarms = try session.rows(
            """
            SELECT enterprise_id, count(*), sum(CASE WHEN cleared_at IS NOT NULL THEN 1 ELSE 0 END),
                CAST(sum(CASE WHEN cleared_at IS NOT NULL THEN cleared_at - opened_at ELSE 0 END) AS DOUBLE PRECISION)
            FROM alarm WHERE opened_at >= \(since) AND opened_at < \(until) AND exempted_at IS NULL
            GROUP BY enterprise_id
            """
        ) { row throws(StorageError) in
            (row.next() as EnterpriseID, row.next() as Int, row.next() as Int, row.next() as Double)
        }
        for (id, count, cleared, milliseconds) in alarms {
            var own = facts[id] ?? AttentionFacts(id)
            own.alarms = count
            own.cleared = cleared
            own.clearingMinutes = cleared > 0 ? Int(milliseconds / 60_000) : 0
            facts[id] = own
        }
        let violations = try session.rows(
            """
            SELECT enterprise_id, max(day) FROM spot_check
            WHERE has_camera_violation = 1 AND submitted_at IS NOT NULL AND day < \(day)
                AND day >= \(Day(number: day.number - Int32(AttentionRules.windowDays))) GROUP BY enterprise_id
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, row.next() as Day) }
        for (id, seen) in violations { facts[id, default: AttentionFacts(id)].cameraViolation = seen }
        // What was filed and confirmed is no offence (JC-14, A32).
        let filed = Set(
            try FilingStore.running(at: until, scope: .system, in: &session).filter(\.coverage.isWhole)
                .map(\.enterprise))
        for (id, offline) in try offline(in: &session) where !filed.contains(id) {
            facts[id, default: AttentionFacts(id)].offlineHours = max(0, Int((until - offline).minutes / 60))
        }
        for (id, commitment) in try commitments(on: day, at: until, in: &session) {
            facts[id, default: AttentionFacts(id)].commitment = commitment
        }
        return facts
    }

    /// Since when not one point of the enterprise has been online; none where one is, or where nothing is known.
    private static func offline(in session: inout Session) throws(StorageError) -> [(EnterpriseID, Timestamp)] {
        try session.rows(
            """
            SELECT p.enterprise_id, max(s.offline_since) FROM point AS p JOIN point_state AS s ON s.point_id = p.id
            WHERE p.in_use = 1 GROUP BY p.enterprise_id
            HAVING sum(CASE WHEN s.offline_since IS NULL THEN 1 ELSE 0 END) = 0
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, row.next() as Timestamp) }
    }

    /// The last commitment of yesterday or today.
    private static func commitments(
        on day: Day, at until: Timestamp, in session: inout Session
    ) throws(StorageError) -> [(EnterpriseID, AttentionFacts.Commitment)] {
        let rows = try session.rows(
            """
            SELECT enterprise_id, day, risk_level FROM commitment WHERE is_current = 1 AND day <= \(day)
                AND day >= \(Day(number: day.number - 1)) AND first_received_at < \(until) ORDER BY day
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, row.next() as Day, row.next() as Level) }
        let rules = try CommitmentStore.rules(in: &session)
        return rows.map { id, promised, level in
            (id, .init(day: promised, level: word(level), isHigh: level >= rules.highRiskFrom))
        }
    }

    private static func word(_ level: Level) -> String {
        switch level {
        case .red: "重大"
        case .orange: "较大"
        case .yellow: "一般"
        case .blue: "低"
        }
    }
}
