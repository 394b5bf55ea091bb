import Domain
import Kernel

/// The figures of duties, patrols, spot checks and problems.
enum WorkFigures {
    /// 履职落实率: tasks whose end lies in the window, (from, until]; those within a confirmed stop are left out, and
    /// tasks of a part of a period.
    static func duties(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let figures = try DutyStore.fulfilment(
            window: window.from..<window.until, now: window.now, scope: scope, in: &session)
        let tasks = figures.fulfilled.map { ($0, true) } + figures.failed.map { ($0, false) }
        return tasks.sorted { ($0.0.until, $0.0.id) < ($1.0.until, $1.0.id) }.map { task, isDone in
            FigureRow(
                enterprise: task.enterprise, subject: .duty(task.id), at: task.until - .milliseconds(1),
                ratio: Ratio(isDone))
        }
    }

    /// 抽查整改反馈率: problems whose feedback fell due in the window; fed back by then.
    static func problems(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        try session.rows(
            """
            SELECT p.enterprise_id, p.id, COALESCE(p.deadline, p.feedback_due_at), p.rectified_at, p.responded_at,
                p.holder_id
            FROM problem AS p
            WHERE p.source_kind = 'spotCheck' AND p.enterprise_id IS NOT NULL
                AND COALESCE(p.deadline, p.feedback_due_at) >= \(window.from)
                AND COALESCE(p.deadline, p.feedback_due_at) < \(window.until)
                AND COALESCE(p.deadline, p.feedback_due_at) <= \(window.now)
                AND \(scope.enterprises(column: "p.enterprise_id"))
            ORDER BY 3, p.id
            """
        ) { row throws(StorageError) in
            let enterprise: EnterpriseID = row.next()
            let id: String = row.next()
            let due: Timestamp = row.next()
            let rectified: Timestamp? = row.next()
            let responded: Timestamp? = row.next()
            let done = [rectified, responded].compactMap { $0 }.min()
            return FigureRow(
                enterprise: enterprise, subject: .problem(id), at: due,
                ratio: Ratio(done.map { $0 <= due } ?? false), authority: row.next())
        }
    }

    /// 巡查完成率: divisions patrolled of those to be patrolled, an office and day a row; more do not count.
    static func patrols(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        try session.rows(
            """
            SELECT p.office_id, p.day, p.done_divisions, p.needed_divisions FROM patrol_day AS p
            WHERE p.day >= \(Day(window.from)) AND p.day <= \(FigureStore.lastDay(window))
                AND \(scope.offices(column: "p.office_id")) ORDER BY p.day, p.office_id
            """
        ) { row throws(StorageError) in
            let office: AuthorityID = row.next()
            let day: Day = row.next()
            let done: Int64 = row.next()
            let needed: Int64 = row.next()
            return FigureRow(
                enterprise: "", subject: .authority(office), at: day.start, ratio: Ratio(min(done, needed), needed),
                authority: office)
        }
    }

    /// 抽查完成率 and 必抽完成率, an office and day a row: min(checked, required) of max(quota, must), and must-checks
    /// done of must-checks (XC-20, XC-27). A day that is closed keeps its numbers.
    static func checks(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> (all: [FigureRow], must: [FigureRow]) {
        let days = try session.rows(
            """
            SELECT c.authority_id, c.day, c.quota,
                COALESCE(c.must, (SELECT count(*) FROM check_item AS i WHERE i.authority_id = c.authority_id
                    AND i.day = c.day AND i.category = 'must' AND i.is_deferred = 0)),
                COALESCE(c.must_checked, (SELECT count(*) FROM check_item AS i JOIN spot_check AS s
                    ON s.authority_id = i.authority_id AND s.day = i.day AND s.enterprise_id = i.enterprise_id
                    WHERE i.authority_id = c.authority_id AND i.day = c.day AND i.category = 'must'
                        AND i.is_deferred = 0
                        AND s.submitted_at IS NOT NULL)),
                COALESCE(c.checked, (SELECT count(*) FROM spot_check AS s WHERE s.authority_id = c.authority_id
                    AND s.day = c.day AND s.submitted_at IS NOT NULL))
            FROM check_day AS c
            WHERE c.day >= \(Day(window.from)) AND c.day <= \(FigureStore.lastDay(window))
                AND \(scope.offices(column: "c.authority_id")) ORDER BY c.day, c.authority_id
            """
        ) { row throws(StorageError) in
            let office: AuthorityID = row.next()
            let day: Day = row.next()
            let minimum: Int64 = row.next()
            let must: Int64 = row.next()
            let mustChecked: Int64 = row.next()
            let checked: Int64 = row.next()
            let required = max(minimum, must)
            return (
                office: office, day: day, all: Ratio(min(checked, required), required), must: Ratio(mustChecked, must)
            )
        }
        func row(_ office: AuthorityID, _ day: Day, _ ratio: Ratio) -> FigureRow {
            FigureRow(
                enterprise: "", subject: .authority(office), at: day.start, ratio: ratio, authority: office)
        }
        return (days.map { row($0.office, $0.day, $0.all) }, days.map { row($0.office, $0.day, $0.must) })
    }
}
