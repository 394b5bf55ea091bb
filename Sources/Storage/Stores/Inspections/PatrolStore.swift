public import Domain
public import Kernel

/// What an office had to patrol on a day, and what it did.
public struct PatrolDay: Hashable, Sendable {
    public var office: AuthorityID
    public var officeName: String
    public var level: AuthorityLevel
    public var day: Day
    public var available: Int
    public var neededDivisions: Int
    public var neededPatrols: Int
    public var factor: Int
    public var specialReason: String?
    public var isMadeUp: Bool
    public var doneDivisions: Int
    public var donePatrols: Int
    public var completedAt: Timestamp?
    public var closedAt: Timestamp?

    public var quota: PatrolQuota { PatrolQuota(level: level, available: available, factor: factor) }
    public var progress: PatrolProgress { PatrolProgress(divisions: doneDivisions, patrols: donePatrols) }
    public var isComplete: Bool { progress.isComplete(quota) }
}

/// One patrol that is suggested, or that must follow up a problem.
public struct PatrolTask: Hashable, Sendable {
    public var id: String
    public var office: AuthorityID
    public var day: Day
    public var subject: AuthorityID
    public var subjectName: String
    public var kind: PatrolKind
    public var rank: Int
    public var isSuggested: Bool
    public var scores: PatrolScores
    public var explanation: String
    public var problem: ProblemID?
    public var dueAt: Timestamp
    public var patrol: PatrolID?
}

public enum PatrolStore {
    /// How many rows came: 0 where the day was generated before.
    public static func insertDay(
        _ day: Day, office: AuthorityID, quota: PatrolQuota, reason: String?, isMadeUp: Bool, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            INSERT INTO patrol_day (office_id, day, available, needed_divisions, needed_patrols, factor, special_reason,
                is_made_up, generated_at)
            VALUES (\(office), \(day), \(quota.available), \(quota.divisions), \(quota.patrols), \(quota.factor),
                \(reason), \(isMadeUp), \(now)) ON CONFLICT (office_id, day) DO NOTHING
            """)
    }

    public static func insertTask(
        id: String, office: AuthorityID, day: Day, kind: PatrolKind, rank: Int, isSuggested: Bool,
        candidate: PatrolCandidate, in session: inout Session
    ) throws(StorageError) {
        let scores = candidate.scores
        try session.execute(
            """
            INSERT INTO patrol_task (id, office_id, day, subject_id, kind, rank, is_suggested, history_score,
                risk_score, application_score, waiting_score, explanation, due_at)
            VALUES (\(id), \(office), \(day), \(candidate.object.id), \(kind), \(rank), \(isSuggested),
                \(scores.history), \(scores.risk), \(scores.application), \(scores.waiting),
                \(candidate.explanation), \(day.next.start))
            """)
    }

    /// A follow-up once a problem and deadline; whether it is new.
    public static func insertFollowUp(
        id: String, office: AuthorityID, day: Day, subject: AuthorityID, problem: ProblemID, explanation: String,
        dueAt: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            INSERT INTO patrol_task (id, office_id, day, subject_id, kind, rank, is_suggested, history_score,
                risk_score, application_score, waiting_score, explanation, problem_id, due_at)
            VALUES (\(id), \(office), \(day), \(subject), 'followUp', 0, \(true), 0, 0, 0, 0, \(explanation),
                \(problem), \(dueAt)) ON CONFLICT DO NOTHING
            """) > 0
    }

    /// The latest day that was generated; nil before the first.
    public static func lastDay(in session: inout Session) throws(StorageError) -> Day? {
        try session.first("SELECT max(day) FROM patrol_day") { row throws(StorageError) in row.next() as Int? }?
            .map { Day(number: Int32($0)) }
    }

    public static func insert(
        _ sheet: PatrolSheet, id: PatrolID, office: AuthorityID, acting: AuthorityID, day: Day, object: PatrolObject,
        by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO patrol (id, office_id, acting_id, day, subject_id, division, is_counted, kind, problem_id,
                conclusion, answers, inspector, contact, abnormal_count, submitted_at, submitted_by)
            VALUES (\(id), \(office), \(acting), \(day), \(sheet.subject), \(object.division), \(object.isCounted),
                \(sheet.kind), \(sheet.followed), \(sheet.conclusion),
                \(JSON.array(sheet.answers.map(\.json))), \(sheet.inspector), \(sheet.contact),
                \(sheet.abnormal.count), \(now), \(actor))
            """)
        // The first open task that it serves: the follow-up of its problem, else the day's of that subject.
        let served: SQL = sheet.followed.map { "problem_id = \($0)" } ?? "problem_id IS NULL AND day = \(day)"
        try session.execute(
            """
            UPDATE patrol_task SET patrol_id = \(id) WHERE id = (SELECT t.id FROM patrol_task AS t
                WHERE t.office_id = \(office) AND t.subject_id = \(sheet.subject) AND t.patrol_id IS NULL
                AND \(served) ORDER BY t.is_suggested DESC, t.rank, t.id LIMIT 1)
            """)
    }

    /// Counts the day's patrols anew and notes the instant at which the number was reached.
    public static func recount(
        office: AuthorityID, day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> PatrolDay? {
        let divisions = try session.rows(
            "SELECT division FROM patrol WHERE office_id = \(office) AND day = \(day) AND is_counted = 1"
        ) { row throws(StorageError) in row.next() as String }
        let progress = PatrolProgress(counted: divisions)
        try session.execute(
            """
            UPDATE patrol_day SET done_divisions = \(progress.divisions), done_patrols = \(progress.patrols)
            WHERE office_id = \(office) AND day = \(day)
            """)
        guard let found = try Self.day(day, office: office, scope: .system, in: &session) else { return nil }
        if found.isComplete, found.completedAt == nil {
            try session.execute(
                """
                UPDATE patrol_day SET completed_at = \(now) WHERE office_id = \(office) AND day = \(day)
                    AND completed_at IS NULL
                """)
        }
        return found
    }

    public static func close(
        office: AuthorityID, day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE patrol_day SET closed_at = \(now) WHERE office_id = \(office) AND day = \(day) AND closed_at IS NULL
            """)
    }

    public static func day(
        _ day: Day, office: AuthorityID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> PatrolDay? {
        try days(where: "d.day = \(day) AND d.office_id = \(office)", scope: scope, in: &session).first
    }

    /// What the offices of a scope had to do on a day, the highest first (XC-03).
    public static func days(
        _ day: Day, isOpenOnly: Bool = false, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [PatrolDay] {
        let open: SQL = isOpenOnly ? "AND d.closed_at IS NULL" : ""
        return try days(where: "d.day = \(day) \(open)", scope: scope, in: &session)
    }

    /// Days before this one that nobody has closed.
    public static func unclosed(before day: Day, in session: inout Session) throws(StorageError) -> [PatrolDay] {
        try days(where: "d.day < \(day) AND d.closed_at IS NULL", scope: .system, in: &session)
    }

    /// An office's days in a window, the latest first.
    public static func history(
        office: AuthorityID, from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [PatrolDay] {
        try days(
            where: "d.office_id = \(office) AND d.day >= \(from) AND d.day < \(until)", scope: scope, in: &session
        ).sorted { $0.day > $1.day }
    }

    private static func days(
        where condition: SQL, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [PatrolDay] {
        try session.rows(
            """
            SELECT d.office_id, a.name, a.level, d.day, d.available, d.needed_divisions, d.needed_patrols, d.factor,
                d.special_reason, d.is_made_up, d.done_divisions, d.done_patrols, d.completed_at, d.closed_at
            FROM patrol_day AS d JOIN authority AS a ON a.id = d.office_id
            WHERE \(condition) AND \(scope.offices(column: "d.office_id"))
            ORDER BY CASE a.level WHEN 'ministry' THEN 0 WHEN 'center' THEN 0 WHEN 'province' THEN 1
                WHEN 'city' THEN 2 ELSE 3 END, d.office_id, d.day
            """
        ) { row throws(StorageError) in
            PatrolDay(
                office: row.next(), officeName: row.next(), level: row.next(),
                day: Day(number: Int32(row.next() as Int)), available: row.next(), neededDivisions: row.next(),
                neededPatrols: row.next(), factor: row.next(), specialReason: row.next(), isMadeUp: row.next(),
                doneDivisions: row.next(), donePatrols: row.next(), completedAt: row.next(), closedAt: row.next())
        }
    }

    /// The tasks of a day in their order, and every follow-up that still waits.
    public static func tasks(
        office: AuthorityID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [PatrolTask] {
        try session.rows(
            """
            SELECT t.id, t.office_id, t.day, t.subject_id, a.name, t.kind, t.rank, t.is_suggested, t.history_score,
                t.risk_score, t.application_score, t.waiting_score, t.explanation, t.problem_id, t.due_at, t.patrol_id
            FROM patrol_task AS t JOIN authority AS a ON a.id = t.subject_id
            WHERE t.office_id = \(office) AND \(scope.offices(column: "t.office_id")) AND ((t.problem_id IS NULL
                AND t.day = \(day)) OR (t.problem_id IS NOT NULL AND (t.patrol_id IS NULL OR t.day = \(day))))
            ORDER BY CASE WHEN t.problem_id IS NULL THEN 1 ELSE 0 END, t.is_suggested DESC, t.rank, t.due_at, t.id
            """
        ) { row throws(StorageError) in
            PatrolTask(
                id: row.next(), office: row.next(), day: Day(number: Int32(row.next() as Int)), subject: row.next(),
                subjectName: row.next(), kind: row.next(), rank: row.next(), isSuggested: row.next(),
                scores: PatrolScores(
                    history: row.next(), risk: row.next(), application: row.next(), waiting: row.next()),
                explanation: row.next(), problem: row.next(), dueAt: row.next(), patrol: row.next())
        }
    }
}
