import Domain
import Kernel

extension ListGatherer {
    private var window: FigureWindow { book.periodWindow }
    private var lastDay: Day { FigureStore.lastDay(book.periodWindow) }

    func installations(in session: inout Session) throws(StorageError) -> [BulletinLists.Installations] {
        let rules = try CommitmentStore.rules(in: &session)
        return try session.rows(
            """
            SELECT c.enterprise_id, c.units, c.running, c.stopped, c.overhaul, c.is_starting_or_stopping, c.risk_level,
                c.content
            FROM commitment AS c
            WHERE c.day = \(lastDay) AND c.is_current = 1 AND c.received_at <= \(book.now)
                AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.enterprise_id
            """
        ) { row throws(StorageError) in
            let enterprise: EnterpriseID = row.next()
            let counts = [row.next() as Int, row.next() as Int, row.next() as Int, row.next() as Int]
            let isMoving: Bool = row.next()
            let level: Level = row.next()
            let content = CommitmentContent(json: try row.read(JSON.self))
            return BulletinLists.Installations(
                enterprise: enterprise, total: counts[0], running: counts[1], stopped: counts[2],
                underRepair: counts[3], isStartingOrStopping: isMoving, isOnTrial: content?[.trialProduction] ?? false,
                topFires: content.map { fires($0, 0) } ?? 0, firstFires: content.map { fires($0, 1) } ?? 0,
                confinedSpaces: content?[.confinedSpace] ?? 0, isHighRisk: level >= rules.highRiskFrom)
        }
    }

    /// 特级, 一级, 二级.
    private func fires(_ content: CommitmentContent, _ place: Int) -> Int {
        let kinds = CommitmentCount.hotWork
        return place < kinds.count ? content[kinds[place]] : 0
    }

    func operations(in session: inout Session) throws(StorageError) -> [BulletinLists.Operation] {
        try session.rows(
            """
            SELECT o.enterprise_id, o.kind, o.device_name, o.start_at, COALESCE(o.ended_at, o.expire_at)
            FROM operation_record AS o
            WHERE o.start_at < \(window.end) AND COALESCE(o.ended_at, o.expire_at) > \(window.from)
                AND \(scope.enterprises(column: "o.enterprise_id")) ORDER BY o.start_at, o.id
            """
        ) { row throws(StorageError) in
            let enterprise: EnterpriseID = row.next()
            let kind: String = row.next()
            let word = kind == "startUp" ? "开车" : kind == "shutDown" ? "停车" : "检维修"
            return BulletinLists.Operation(
                enterprise: enterprise, kind: word, device: row.next(), from: row.next(), until: row.next())
        }
    }

    func alarms(in session: inout Session) throws(StorageError) -> [BulletinLists.Alarms] {
        let facts = try FigureSources.alarms(window: window, scope: scope, in: &session)
        let oldest = try session.rows(
            """
            SELECT a.enterprise_id, min(a.opened_at) FROM alarm AS a
            WHERE a.opened_at < \(window.end) AND (a.cleared_at IS NULL OR a.cleared_at >= \(window.end))
                AND a.exempted_at IS NULL AND \(scope.enterprises(column: "a.enterprise_id"))
            GROUP BY a.enterprise_id
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, row.next() as Timestamp) }
        let open = Dictionary(oldest, uniquingKeysWith: { first, _ in first })
        let groups = Dictionary(grouping: facts) { $0.enterprise }
        return Set(groups.keys).union(open.keys).map { enterprise in
            let own = groups[enterprise] ?? []
            let sum = FigureRow.sum(FigureRules.clearedRows(own, window: window))
            return BulletinLists.Alarms(
                enterprise: enterprise, opened: Int(sum.denominator), cleared: Int(sum.numerator),
                clearTime: FigureRules.clearTime(own, window: window), oldestOpen: open[enterprise])
        }.sorted { left, right in
            left.opened != right.opened ? left.opened > right.opened : left.enterprise < right.enterprise
        }
    }

    /// Points with three alarms and more in the seven days up to the period's end (QY-10).
    func repeated(in session: inout Session) throws(StorageError) -> [BulletinLists.Repeated] {
        let from = window.end - .days(7)
        return try session.rows(
            """
            SELECT a.enterprise_id, a.point_id, p.name, p.tag, count(*)
            FROM alarm AS a JOIN point AS p ON p.id = a.point_id
            WHERE a.opened_at >= \(from) AND a.opened_at < \(window.end) AND a.exempted_at IS NULL
                AND \(scope.enterprises(column: "a.enterprise_id"))
            GROUP BY a.enterprise_id, a.point_id, p.name, p.tag HAVING count(*) >= 3
            ORDER BY count(*) DESC, a.point_id
            """
        ) { row throws(StorageError) in
            let enterprise: EnterpriseID = row.next()
            let point: PointID = row.next()
            let name: String = row.next()
            let tag: String? = row.next()
            let count: Int = row.next()
            return BulletinLists.Repeated(
                enterprise: enterprise, point: point, pointName: tag.map { $0 == name ? $0 : "\(name)（\($0)）" } ?? name,
                count: count)
        }
    }

    /// Raised within thirty days up to the period's end or within the period, and what is overdue.
    func problems(in session: inout Session) throws(StorageError) -> [BulletinLists.Problem] {
        let from = min(window.from, window.end - .days(30))
        let end = window.end
        return try session.rows(
            """
            SELECT p.id, p.source_kind, p.enterprise_id, p.authority_id, COALESCE(e.name, u.name, p.authority_id),
                p.severity, p.topic, p.content, p.raised_at, COALESCE(p.deadline, p.feedback_due_at), p.closed_at,
                p.rectified_at
            FROM problem AS p LEFT JOIN enterprise AS e ON e.id = p.enterprise_id
            LEFT JOIN authority AS u ON u.id = p.authority_id
            WHERE p.raised_at < \(end) AND (p.raised_at >= \(from)
                    OR (p.closed_at IS NULL AND p.rectified_at IS NULL
                        AND COALESCE(p.deadline, p.feedback_due_at) < \(end)))
                AND \(scope.problems(alias: "p"))
            ORDER BY CASE p.severity WHEN 'majorHiddenDanger' THEN 0 WHEN 'serious' THEN 1 ELSE 2 END, p.raised_at, p.id
            """
        ) { row throws(StorageError) in
            let id: String = row.next()
            let origin: BulletinLists.Problem.Origin = row.next()
            let enterprise: EnterpriseID? = row.next()
            let authority: AuthorityID? = row.next()
            let subject: String? = row.next()
            let severity: String = row.next()
            let (topic, content) = (row.next() as String, row.next() as String)
            let raisedAt: Timestamp = row.next()
            let deadline: Timestamp? = row.next()
            let closedAt: Timestamp? = row.next()
            let rectifiedAt: Timestamp? = row.next()
            func isAfter(_ instant: Timestamp?) -> Bool { instant.map { $0 >= end } ?? true }
            return BulletinLists.Problem(
                id: id, origin: origin, enterprise: enterprise, authority: authority, subject: subject ?? "",
                isSerious: severity == "serious", isMajorHiddenDanger: severity == "majorHiddenDanger", topic: topic,
                content: content, raisedAt: raisedAt, deadline: deadline,
                closedAt: closedAt.flatMap { $0 < end ? $0 : nil },
                isOverdue: isAfter(closedAt) && isAfter(rectifiedAt) && deadline.map { $0 < end } ?? false,
                isNew: raisedAt >= window.from)
        }
    }

    /// Records of checks of the period with something abnormal.
    func checks(in session: inout Session) throws(StorageError) -> [BulletinLists.Check] {
        guard book.kind == .daily || book.kind == .special else { return [] }
        let rows = try session.rows(
            """
            SELECT s.enterprise_id, s.record FROM spot_check AS s
            WHERE s.day >= \(Day(window.from)) AND s.day <= \(lastDay) AND s.submitted_at IS NOT NULL
                AND s.submitted_at <= \(book.now) AND s.problem_count > 0
                AND \(scope.enterprises(column: "s.enterprise_id"))
            ORDER BY s.submitted_at, s.id LIMIT 2000
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, try row.read(JSON.self)) }
        return rows.compactMap { enterprise, json in
            guard let record = SpotCheckRecord(json: json) else { return nil }
            return BulletinLists.Check(enterprise: enterprise, cells: Array(record.cells(number: 0).dropFirst()))
        }
    }

    /// Enterprises in whose video a submitted check of the last days saw a violation, with the last such day (SZ-07).
    func violations(in session: inout Session) throws(StorageError) -> [BulletinLists.Violation] {
        let last = lastDay
        let first = min(Day(window.from), Day(number: last.number - Int32(AttentionRules.windowDays) + 1))
        return try session.rows(
            """
            SELECT s.enterprise_id, max(s.day) FROM spot_check AS s
            WHERE s.has_camera_violation = 1 AND s.submitted_at IS NOT NULL AND s.submitted_at <= \(book.now)
                AND s.day >= \(first) AND s.day <= \(last) AND \(scope.enterprises(column: "s.enterprise_id"))
            GROUP BY s.enterprise_id ORDER BY s.enterprise_id
            """
        ) { row throws(StorageError) in BulletinLists.Violation(enterprise: row.next(), day: row.next()) }
    }
}
