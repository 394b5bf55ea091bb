public import Domain
public import Kernel

/// Rotation plans and what their periods came to.
public enum RotationPlanStore {
    public struct Period: Hashable, Sendable {
        public var window: ClosedRange<Day>
        public var members: Int
        public var covered: Int
        public var missing: [EnterpriseID]
    }

    public static func insert(
        _ plan: RotationPlan, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO check_plan (id, authority_id, name, industries, regions, enterprises, period, starts_on,
                ends_on, created_at, created_by)
            VALUES (\(plan.id), \(plan.authority), \(plan.name), \(list(plan.industries)), \(list(plan.regions)),
                \(list(plan.enterprises.map(\.rawValue))), \(plan.period), \(plan.startsOn), \(plan.endsOn), \(now),
                \(actor))
            """)
    }

    public static func end(_ id: RotationPlanID, on day: Day, in session: inout Session) throws(StorageError) {
        try session.execute("UPDATE check_plan SET ends_on = \(day) WHERE id = \(id)")
    }

    public static func inForce(on day: Day, in session: inout Session) throws(StorageError) -> [RotationPlan] {
        try session.rows(
            """
            \(select) WHERE starts_on <= \(day) AND (ends_on IS NULL OR ends_on >= \(day)) ORDER BY authority_id, id
            """, read)
    }

    /// Of the scope's own office and those below it; the running ones first.
    public static func all(
        of office: AuthorityID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [RotationPlan] {
        let own: SQL = office.map { "AND p.authority_id = \($0)" } ?? ""
        return try session.rows(
            """
            \(select) AS p WHERE \(scope.offices(column: "p.authority_id")) \(own)
            ORDER BY CASE WHEN ends_on IS NULL THEN 0 ELSE 1 END, created_at DESC, id LIMIT 500
            """, read)
    }

    public static func find(
        _ id: RotationPlanID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> RotationPlan? {
        try session.first(
            "\(select) AS p WHERE p.id = \(id) AND \(scope.offices(column: "p.authority_id"))", read)
    }

    public static func close(
        _ id: RotationPlanID, _ coverage: RotationCoverage, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            INSERT INTO check_plan_period (plan_id, first_day, last_day, members, covered, missing, closed_at)
            VALUES (\(id), \(coverage.window.lowerBound), \(coverage.window.upperBound), \(coverage.members),
                \(coverage.covered), \(list(coverage.missing.map(\.rawValue))), \(now))
            ON CONFLICT (plan_id, first_day) DO NOTHING
            """) > 0
    }

    public static func periods(
        of id: RotationPlanID, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Period] {
        try session.rows(
            """
            SELECT first_day, last_day, members, covered, missing FROM check_plan_period WHERE plan_id = \(id)
            ORDER BY first_day DESC LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let first: Day = row.next()
            let last: Day = row.next()
            return Period(
                window: first...max(first, last), members: row.next(), covered: row.next(),
                missing: texts(row.next()).map { EnterpriseID($0) })
        }
    }

    private static let select: SQL = """
        SELECT id, authority_id, name, industries, regions, enterprises, period, starts_on, ends_on FROM check_plan
        """

    private static func read(_ row: inout Row) throws(StorageError) -> RotationPlan {
        RotationPlan(
            id: row.next(), authority: row.next(), name: row.next(), industries: texts(row.next()),
            regions: texts(row.next()), enterprises: texts(row.next()).map { EnterpriseID($0) }, period: row.next(),
            startsOn: row.next(), endsOn: row.next())
    }

    static func list(_ texts: [String]) -> String { JSON.array(texts.map { .string($0) }).text }
    static func texts(_ text: String) -> [String] {
        (try? JSON.parse(text))?.array?.compactMap(\.string) ?? []
    }
}
