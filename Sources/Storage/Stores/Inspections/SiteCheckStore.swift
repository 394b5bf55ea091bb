public import Domain
public import Kernel

/// One site check: ordered by an office above, or by the one that makes it.
public struct SiteCheckRecord: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var hazard: HazardID?
    public var warning: WarningID?
    public var problem: ProblemID?
    public var orderedBy: AuthorityID?
    public var ordererName: String?
    public var executor: AuthorityID
    public var executorName: String
    public var reason: String
    public var orderedAt: Timestamp
    public var dueAt: Timestamp
    public var blocks: [SiteCheckBlock: String]
    public var conclusion: String?
    public var checkers: String?
    public var checkedAt: Timestamp?
    public var submittedAt: Timestamp?
    public var submittedBy: String?
    public var isLate: Bool
    public var isOverdue: Bool
}

public enum SiteCheckStore {
    public struct Order: Hashable, Sendable {
        public var id: String
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var warning: WarningID?
        public var problem: ProblemID?
        public var orderedBy: AuthorityID?
        public var executor: AuthorityID
        public var reason: String
        public var orderedAt: Timestamp
        public var dueAt: Timestamp

        public init(
            id: String, enterprise: EnterpriseID, hazard: HazardID?, warning: WarningID?, problem: ProblemID?,
            orderedBy: AuthorityID?, executor: AuthorityID, reason: String, orderedAt: Timestamp, dueAt: Timestamp
        ) {
            self.id = id
            self.enterprise = enterprise
            self.hazard = hazard
            self.warning = warning
            self.problem = problem
            self.orderedBy = orderedBy
            self.executor = executor
            self.reason = reason
            self.orderedAt = orderedAt
            self.dueAt = dueAt
        }
    }

    public static func insert(_ order: Order, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO site_check (id, enterprise_id, hazard_id, warning_id, problem_id, ordered_by, executor_id,
                reason, ordered_at, due_at)
            VALUES (\(order.id), \(order.enterprise), \(order.hazard), \(order.warning), \(order.problem),
                \(order.orderedBy), \(order.executor), \(order.reason), \(order.orderedAt), \(order.dueAt))
            """)
    }

    public static func submit(
        _ id: String, _ form: SiteCheckForm, by actor: String, at now: Timestamp, isLate: Bool,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE site_check SET application = \(form.blocks[.application]),
                risk_control = \(form.blocks[.riskControl]), process = \(form.blocks[.process]),
                management = \(form.blocks[.management]), conclusion = \(form.conclusion),
                checkers = \(form.checkers), checked_at = \(form.checkedAt), submitted_at = \(now),
                submitted_by = \(actor), is_late = \(isLate)
            WHERE id = \(id) AND submitted_at IS NULL
            """)
    }

    public static func markOverdue(_ id: String, in session: inout Session) throws(StorageError) {
        try session.execute("UPDATE site_check SET is_overdue = 1 WHERE id = \(id)")
    }

    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> SiteCheckRecord? {
        try list(where: "c.id = \(id)", scope: scope, limit: 1, in: &session).first
    }

    /// The latest first; those that still wait before all others.
    public static func all(
        isWaitingOnly: Bool = false, warning: WarningID? = nil, scope: Scope, limit: Int, offset: Int = 0,
        in session: inout Session
    ) throws(StorageError) -> [SiteCheckRecord] {
        var condition: SQL = isWaitingOnly ? "c.submitted_at IS NULL" : "1 = 1"
        if let warning { condition = condition + " AND c.warning_id = \(warning)" }
        return try list(where: condition, scope: scope, limit: limit, offset: offset, in: &session)
    }

    public static func count(
        isWaitingOnly: Bool, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        let condition: SQL = isWaitingOnly ? "c.submitted_at IS NULL" : "1 = 1"
        return try session.first(
            """
            SELECT count(*) FROM site_check AS c
            WHERE \(condition) AND \(scope.enterprises(column: "c.enterprise_id"))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func list(
        where condition: SQL, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [SiteCheckRecord] {
        try session.rows(
            """
            SELECT c.id, c.enterprise_id, e.name, c.hazard_id, c.warning_id, c.problem_id, c.ordered_by, o.name,
                c.executor_id, x.name, c.reason, c.ordered_at, c.due_at, c.application, c.risk_control, c.process,
                c.management, c.conclusion, c.checkers, c.checked_at, c.submitted_at,
                COALESCE(a.name, c.submitted_by), c.is_late, c.is_overdue
            FROM site_check AS c JOIN enterprise AS e ON e.id = c.enterprise_id
            JOIN authority AS x ON x.id = c.executor_id LEFT JOIN authority AS o ON o.id = c.ordered_by
            LEFT JOIN account AS a ON a.id = c.submitted_by
            WHERE \(condition) AND \(scope.enterprises(column: "c.enterprise_id"))
            ORDER BY CASE WHEN c.submitted_at IS NULL THEN 0 ELSE 1 END, c.ordered_at DESC, c.id
            LIMIT \(limit) OFFSET \(offset)
            """, read)
    }

    private static func read(_ row: inout Row) throws(StorageError) -> SiteCheckRecord {
        var record = SiteCheckRecord(
            id: row.next(), enterprise: row.next(), enterpriseName: row.next(), hazard: row.next(),
            warning: row.next(), problem: row.next(), orderedBy: row.next(), ordererName: row.next(),
            executor: row.next(), executorName: row.next(), reason: row.next(), orderedAt: row.next(),
            dueAt: row.next(), blocks: [:], conclusion: nil, checkers: nil, checkedAt: nil, submittedAt: nil,
            submittedBy: nil, isLate: false, isOverdue: false)
        for block in SiteCheckBlock.allCases { record.blocks[block] = row.next() as String? }
        record.conclusion = row.next()
        record.checkers = row.next()
        record.checkedAt = row.next()
        record.submittedAt = row.next()
        record.submittedBy = row.next()
        record.isLate = row.next()
        record.isOverdue = row.next()
        return record
    }
}
