public import Domain
public import Kernel

/// What the choice of the day's patrols and the first lines of a sheet are made from: live data of the system.
public enum PatrolFactsReader {
    /// The facts of all offices at once: the daily generation reads each table a single time.
    public static func all(
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: PatrolFacts] {
        var facts: [AuthorityID: PatrolFacts] = [:]
        let since = now - .days(90)
        try addProblems(since: since, to: &facts, in: &session)
        for (office, red, orange) in try session.rows(
            """
            SELECT v.authority_id, CAST(sum(CASE WHEN w.peak_level = 'red' THEN 1 ELSE 0 END) AS BIGINT),
                CAST(sum(CASE WHEN w.peak_level = 'orange' THEN 1 ELSE 0 END) AS BIGINT)
            FROM warning AS w JOIN visibility AS v ON v.enterprise_id = w.enterprise_id
            WHERE w.raised_at >= \(since) AND w.raised_at < \(now) GROUP BY v.authority_id
            """, { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int, row.next() as Int) })
        {
            facts[office, default: .init()].redWarnings = red
            facts[office, default: .init()].orangeWarnings = orange
        }
        for (office, red, orange, yellow) in try session.rows(
            """
            SELECT v.authority_id, CAST(sum(CASE WHEN r.worst = 3 THEN 1 ELSE 0 END) AS BIGINT),
                CAST(sum(CASE WHEN r.worst = 2 THEN 1 ELSE 0 END) AS BIGINT),
                CAST(sum(CASE WHEN r.worst = 1 THEN 1 ELSE 0 END) AS BIGINT)
            FROM (SELECT enterprise_id, max(CASE level WHEN 'red' THEN 3 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 1
                ELSE 0 END) AS worst FROM risk GROUP BY enterprise_id) AS r
            JOIN visibility AS v ON v.enterprise_id = r.enterprise_id
            WHERE r.worst > 0 GROUP BY v.authority_id
            """,
            { row throws(StorageError) in
                (row.next() as AuthorityID, row.next() as Int, row.next() as Int, row.next() as Int)
            })
        {
            facts[office, default: .init()].redEnterprises = red
            facts[office, default: .init()].orangeEnterprises = orange
            facts[office, default: .init()].yellowEnterprises = yellow
        }
        try addApplication(at: now, to: &facts, in: &session)
        for (office, day) in try session.rows(
            "SELECT subject_id, max(day) FROM patrol GROUP BY subject_id",
            { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int) })
        {
            facts[office, default: .init()].lastPatrolledOn = Day(number: Int32(day))
        }
        return facts
    }

    private static func addProblems(
        since: Timestamp, to facts: inout [AuthorityID: PatrolFacts], in session: inout Session
    ) throws(StorageError) {
        for (office, serious, overdue) in try session.rows(
            """
            SELECT o.authority_id,
                CAST(sum(CASE WHEN p.severity <> 'general' AND p.raised_at >= \(since) THEN 1 ELSE 0 END) AS BIGINT),
                CAST(sum(CASE WHEN p.stage = 'ordered' AND p.was_overdue = 1 THEN 1 ELSE 0 END) AS BIGINT)
            FROM problem AS p JOIN problem_office AS o ON o.problem_id = p.id
            WHERE o.position > 0 AND (p.raised_at >= \(since) OR p.closed_at IS NULL) GROUP BY o.authority_id
            """, { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int, row.next() as Int) })
        {
            facts[office, default: .init()].seriousProblems = serious
            facts[office, default: .init()].overdueProblems = overdue
        }
    }

    /// Commitments on time and warnings acknowledged, of the seven days before.
    private static func addApplication(
        at now: Timestamp, to facts: inout [AuthorityID: PatrolFacts], in session: inout Session
    ) throws(StorageError) {
        let today = Day(now)
        let first = Day(number: today.number - 7)
        for (office, done, wanted) in try session.rows(
            """
            SELECT v.authority_id, CAST(sum(CASE WHEN c.state = 'onTime' THEN 1 ELSE 0 END) AS BIGINT), count(*)
            FROM commitment_day AS d JOIN visibility AS v ON v.enterprise_id = d.enterprise_id
            LEFT JOIN commitment AS c ON c.day = d.day AND c.enterprise_id = d.enterprise_id AND c.is_current = 1
            WHERE d.day >= \(first) AND d.day < \(today) GROUP BY v.authority_id
            """, { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int64, row.next() as Int64) })
        {
            facts[office, default: .init()].applicationDone += done
            facts[office, default: .init()].applicationWanted += wanted
        }
        for (office, done, wanted) in try session.rows(
            """
            SELECT v.authority_id, CAST(sum(CASE WHEN w.acknowledged_at IS NULL THEN 0 ELSE 1 END) AS BIGINT), count(*)
            FROM warning AS w JOIN visibility AS v ON v.enterprise_id = w.enterprise_id
            WHERE w.raised_at >= \(first.start) AND w.raised_at < \(today.start) GROUP BY v.authority_id
            """, { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int64, row.next() as Int64) })
        {
            facts[office, default: .init()].applicationDone += done
            facts[office, default: .init()].applicationWanted += wanted
        }
    }

    /// One line a topic of what the system reads now about a subject; `isSuspicious` only hints, the inspector judges.
    public struct Prefill: Hashable, Sendable {
        public var topic: PatrolTopic
        public var text: String
        public var isSuspicious: Bool
    }

    public static func prefill(
        subject: AuthorityID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Prefill] {
        let seen = Scope.authority(subject)
        return [
            try systemOnline(seen, in: &session), try videoOnline(seen, in: &session),
            try commitment(seen, on: Day(now), at: now, in: &session), try warnings(seen, at: now, in: &session),
        ]
    }

    private static func systemOnline(_ seen: Scope, in session: inout Session) throws(StorageError) -> Prefill {
        let lines = try session.rows(
            """
            SELECT e.name, CASE WHEN s.subject_id IS NULL THEN 0 ELSE 1 END FROM enterprise AS e
            LEFT JOIN presence_span AS s ON s.subject_kind = 'enterprise' AND s.subject_id = e.id
                AND s.online_until IS NULL
            WHERE e.in_use = 1 AND \(seen.enterprises(column: "e.id")) ORDER BY e.name
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as Bool) }
        let offline = lines.filter { !$0.1 }.map(\.0)
        return Prefill(
            topic: .systemOnline,
            text: "企业在线 \(lines.count - offline.count)/\(lines.count)" + names(offline, "离线"),
            isSuspicious: !offline.isEmpty)
    }

    private static func videoOnline(_ seen: Scope, in session: inout Session) throws(StorageError) -> Prefill {
        let lines = try session.rows(
            """
            SELECT e.name, count(*), CAST(sum(CASE WHEN s.is_online = 1 THEN 1 ELSE 0 END) AS BIGINT)
            FROM camera AS c JOIN enterprise AS e ON e.id = c.enterprise_id
            LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE c.in_use = 1 AND e.in_use = 1 AND \(seen.enterprises(column: "e.id"))
            GROUP BY e.id, e.name ORDER BY e.name
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as Int, row.next() as Int) }
        let (all, online) = (lines.reduce(0) { $0 + $1.1 }, lines.reduce(0) { $0 + $1.2 })
        let lacking = lines.filter { $0.2 < $0.1 }.map { "\($0.0) \($0.2)/\($0.1)" }
        return Prefill(
            topic: .videoOnline,
            text: all == 0 ? "没有登记摄像机" : "摄像机在线 \(online)/\(all)" + names(lacking, "不全"),
            isSuspicious: all == 0 || online < all)
    }

    private static func commitment(
        _ seen: Scope, on day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Prefill {
        let lines = try session.rows(
            """
            SELECT e.name, c.state FROM commitment_day AS d JOIN enterprise AS e ON e.id = d.enterprise_id
            LEFT JOIN commitment AS c ON c.day = d.day AND c.enterprise_id = d.enterprise_id AND c.is_current = 1
            WHERE d.day = \(day) AND \(seen.enterprises(column: "e.id")) ORDER BY e.name
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as String?) }
        let onTime = lines.count { $0.1 == "onTime" }
        let missing = lines.filter { $0.1 == nil }.map(\.0)
        let late = lines.count - onTime - missing.count
        let isDue = now >= CommitmentRules.deadline(of: day)
        return Prefill(
            topic: .commitment,
            text: "按时承诺 \(onTime)/\(lines.count)" + (late > 0 ? "，逾期 \(late)" : "") + names(missing, "未承诺"),
            isSuspicious: isDue && onTime < lines.count)
    }

    private static func warnings(
        _ seen: Scope, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Prefill {
        let found: (open: Int, silent: Int, supervised: Int, late: Int) =
            try session.first(
                """
                SELECT count(*),
                    COALESCE(CAST(sum(CASE WHEN w.acknowledged_at IS NULL THEN 1 ELSE 0 END) AS BIGINT), 0),
                    COALESCE(CAST(sum(CASE WHEN w.open_supervisions > 0 THEN 1 ELSE 0 END) AS BIGINT), 0),
                    COALESCE(CAST(sum(CASE WHEN w.report_due_at < \(now) AND w.reported_at IS NULL THEN 1 ELSE 0 END)
                        AS BIGINT), 0)
                FROM warning AS w WHERE w.closed_at IS NULL AND \(seen.enterprises(column: "w.enterprise_id"))
                """
            ) { row throws(StorageError) in
                (
                    open: row.next() as Int, silent: row.next() as Int, supervised: row.next() as Int,
                    late: row.next() as Int
                )
            } ?? (open: 0, silent: 0, supervised: 0, late: 0)
        return Prefill(
            topic: .warningMechanism,
            text: "未闭环预警 \(found.open)，企业未确认 \(found.silent)，督办未反馈 \(found.supervised)，上报逾期 \(found.late)",
            isSuspicious: found.silent + found.supervised + found.late > 0)
    }

    private static func names(_ names: [String], _ word: String) -> String {
        guard !names.isEmpty else { return "" }
        let shown = names.prefix(5).joined(separator: "、")
        return "；\(word):\(shown)" + (names.count > 5 ? " 等 \(names.count) 家" : "")
    }
}
