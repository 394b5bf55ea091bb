public import Domain
public import Kernel

/// One analysis that the system asks for because the same alarm came back (QY-10).
public struct RootCauseForm: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var hazard: HazardID?
    public var hazardName: String?
    public var point: PointID
    public var pointName: String
    public var side: RootCause.Side
    public var alarms: [String]
    public var firstAt: Timestamp
    public var lastAt: Timestamp
    public var openedAt: Timestamp
    public var dueAt: Timestamp
    public var submittedAt: Timestamp?
    public var cause: String?
    public var measures: String?
    public var responsible: String?
    public var finishBy: Day?
    public var finishedAt: Timestamp?
    public var finishNote: String?
}

public enum RootCauseStore {
    /// Points on which alarms of one side came together within the window, none of them analysed before and no form
    /// open: each with its alarms, oldest first.
    public static func candidates(
        _ rules: DutyRules, openedSince: Timestamp, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Candidate] {
        let rows = try session.rows(
            """
            SELECT a.enterprise_id, a.hazard_id, a.point_id,
                CASE WHEN a.start_state IN ('high', 'highHigh') THEN 'high' ELSE 'low' END, a.id, a.opened_at
            FROM alarm AS a
            WHERE a.opened_at > \(now - rules.rootCauseWindow - rules.rootCauseWindow) AND a.exempted_at IS NULL
                AND a.point_id IN (SELECT n.point_id FROM alarm AS n WHERE n.opened_at > \(openedSince))
                AND NOT EXISTS (SELECT 1 FROM root_cause AS c WHERE c.point_id = a.point_id
                    AND c.side = CASE WHEN a.start_state IN ('high', 'highHigh') THEN 'high' ELSE 'low' END
                    AND (c.submitted_at IS NULL OR c.last_at >= a.opened_at))
            ORDER BY a.point_id, 4, a.opened_at, a.id
            """
        ) { row throws(StorageError) in
            Candidate(
                enterprise: row.next(), hazard: row.next(), point: row.next(), side: row.next(),
                alarms: [(row.next(), row.next())])
        }
        var found: [Candidate] = []
        for row in rows {
            if let last = found.last, last.point == row.point, last.side == row.side {
                found[found.count - 1].alarms += row.alarms
            } else {
                found.append(row)
            }
        }
        return found.compactMap { candidate in
            let together = Set(RootCause.cluster(openedAt: candidate.alarms.map(\.at), rules: rules))
            guard !together.isEmpty else { return nil }
            var candidate = candidate
            candidate.alarms = candidate.alarms.filter { together.contains($0.at) }
            return candidate
        }
    }

    public struct Candidate: Sendable {
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var point: PointID
        public var side: RootCause.Side
        public var alarms: [(id: String, at: Timestamp)]
    }

    public static func insert(
        _ candidate: Candidate, id: String, dueAt: Timestamp, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        guard let first = candidate.alarms.first, let last = candidate.alarms.last else { return }
        let alarms = JSON.array(candidate.alarms.map { .string($0.id) })
        try session.execute(
            """
            INSERT INTO root_cause (id, enterprise_id, hazard_id, point_id, side, alarms, alarm_count, first_at,
                last_at, opened_at, due_at)
            VALUES (\(id), \(candidate.enterprise), \(candidate.hazard), \(candidate.point), \(candidate.side),
                \(alarms), \(candidate.alarms.count), \(first.at), \(last.at), \(now), \(dueAt))
            """)
    }

    public static func submit(
        _ id: String, _ analysis: RootCause.Analysis, by actor: String, at now: Timestamp, scope: Scope,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE root_cause SET submitted_at = \(now), submitted_by = \(actor), cause = \(analysis.cause),
                measures = \(analysis.measures), responsible = \(analysis.responsible),
                finish_by = \(analysis.finishBy), last_at = \(now)
            WHERE id = \(id) AND submitted_at IS NULL AND \(scope.enterprises(column: "enterprise_id"))
            """) > 0
    }

    public static func finish(
        _ id: String, note: String, by actor: String, at now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE root_cause SET finished_at = \(now), finished_by = \(actor), finish_note = \(note)
            WHERE id = \(id) AND submitted_at IS NOT NULL AND finished_at IS NULL
                AND \(scope.enterprises(column: "enterprise_id"))
            """) > 0
    }

    /// Not yet submitted although due: each is told once.
    public static func overdue(
        now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [RootCauseForm] {
        try rows("c.submitted_at IS NULL AND c.overdue_at IS NULL AND c.due_at <= \(now)", limit: 1_000, in: &session)
    }

    public static func markOverdue(_ id: String, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute("UPDATE root_cause SET overdue_at = \(now) WHERE id = \(id)")
    }

    /// Open ones first.
    public static func list(
        id: String? = nil, isOpenOnly: Bool = false, scope: Scope, limit: Int = 100, in session: inout Session
    ) throws(StorageError) -> [RootCauseForm] {
        let parts: SQL =
            if case .person = scope { scope.hazards(column: "c.hazard_id") } else {
                scope.enterprises(column: "c.enterprise_id")
            }
        let open: SQL = isOpenOnly ? "AND c.finished_at IS NULL" : ""
        return try rows("\(parts) AND (\(id) IS NULL OR c.id = \(id)) \(open)", limit: limit, in: &session)
    }

    private static func rows(
        _ condition: SQL, limit: Int, in session: inout Session
    ) throws(StorageError) -> [RootCauseForm] {
        try session.rows(
            """
            SELECT c.id, c.enterprise_id, e.name, c.hazard_id, h.name, c.point_id, COALESCE(p.tag, p.name), c.side,
                c.alarms, c.first_at, c.last_at, c.opened_at, c.due_at, c.submitted_at, c.cause, c.measures,
                c.responsible, c.finish_by, c.finished_at, c.finish_note
            FROM root_cause AS c JOIN enterprise AS e ON e.id = c.enterprise_id JOIN point AS p ON p.id = c.point_id
            LEFT JOIN hazard AS h ON h.id = c.hazard_id WHERE \(condition)
            ORDER BY CASE WHEN c.submitted_at IS NULL THEN 0 WHEN c.finished_at IS NULL THEN 1 ELSE 2 END,
                c.due_at, c.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            RootCauseForm(
                id: row.next(), enterprise: row.next(), enterpriseName: row.next(), hazard: row.next(),
                hazardName: row.next(), point: row.next(), pointName: row.next(), side: row.next(),
                alarms: ((row.next() as JSON).array ?? []).compactMap(\.string), firstAt: row.next(),
                lastAt: row.next(), openedAt: row.next(), dueAt: row.next(), submittedAt: row.next(),
                cause: row.next(), measures: row.next(), responsible: row.next(), finishBy: row.next(),
                finishedAt: row.next(), finishNote: row.next())
        }
    }
}
