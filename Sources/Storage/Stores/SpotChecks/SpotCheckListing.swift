public import Domain
public import Kernel

/// One line of an office's list of a day, with what became of it.
public struct SpotCheckListing: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var name: String
    public var region: String
    public var regionName: String?
    public var level: Level
    public var category: SpotCheckCategory
    public var reasons: [String]
    public var isReserve: Bool
    public var isDeferred: Bool
    public var addedAt: Timestamp
    public var check: SpotCheckID?
    public var submittedAt: Timestamp?
    public var problems: Int

    /// The list in its order: must-checks (red first), then the others as they were chosen.
    public static func all(
        of office: AuthorityID, on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [SpotCheckListing] {
        try session.rows(
            """
            SELECT i.enterprise_id, e.name, e.region, d.name,
                COALESCE((SELECT min(CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2
                    ELSE 3 END) FROM warning AS w WHERE w.enterprise_id = i.enterprise_id AND w.closed_at IS NULL
                    AND w.cleared_at IS NULL), 3),
                i.category, i.reasons, i.is_reserve, i.is_deferred, i.added_at, c.id, c.submitted_at,
                COALESCE(c.problem_count, 0)
            FROM check_item AS i JOIN enterprise AS e ON e.id = i.enterprise_id
            LEFT JOIN authority AS d ON d.id = \(WarningList.countyAuthority)
            LEFT JOIN spot_check AS c ON c.authority_id = i.authority_id AND c.day = i.day
                AND c.enterprise_id = i.enterprise_id
            WHERE i.authority_id = \(office) AND i.day = \(day) AND \(scope.offices(column: "i.authority_id"))
            ORDER BY CASE i.category WHEN 'must' THEN 0 WHEN 'attention' THEN 1 WHEN 'rotation' THEN 2
                WHEN 'random' THEN 3 ELSE 4 END, i.position, i.added_at, i.enterprise_id
            """
        ) { row throws(StorageError) in
            SpotCheckListing(
                enterprise: row.next(), name: row.next(), region: row.next(), regionName: row.next(),
                level: Level(rawValue: 3 - (row.next() as Int)) ?? .blue, category: row.next(),
                reasons: RotationPlanStore.texts(row.next()), isReserve: row.next(), isDeferred: row.next(),
                addedAt: row.next(), check: row.next(), submittedAt: row.next(), problems: row.next())
        }
    }

    /// How each office under a scope stands on a day: the board of the nation and of every level (XC-03).
    public struct OfficeDay: Hashable, Sendable {
        public var office: AuthorityID
        public var name: String
        public var level: AuthorityLevel
        public var parent: AuthorityID?
        public var row: SpotCheckStore.DayRow
        public var completion: SpotCheckCompletion
    }

    public static func offices(
        on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [OfficeDay] {
        try session.rows(
            """
            SELECT a.id, a.name, a.level, a.parent_id, d.quota, d.factor, d.factor_reason, d.enterprises,
                d.generated_at, d.closed_at, COALESCE(i.must, 0), COALESCE(i.done, 0), COALESCE(c.checked, 0)
            FROM check_day AS d JOIN authority AS a ON a.id = d.authority_id
            LEFT JOIN (SELECT x.authority_id AS office, count(*) AS must,
                    sum(CASE WHEN y.submitted_at IS NOT NULL THEN 1 ELSE 0 END) AS done
                FROM check_item AS x LEFT JOIN spot_check AS y ON y.authority_id = x.authority_id AND y.day = x.day
                    AND y.enterprise_id = x.enterprise_id
                WHERE x.day = \(day) AND x.category = 'must' AND x.is_deferred = 0 GROUP BY x.authority_id) AS i
                ON i.office = d.authority_id
            LEFT JOIN (SELECT authority_id AS office, count(*) AS checked FROM spot_check
                WHERE day = \(day) AND submitted_at IS NOT NULL GROUP BY authority_id) AS c ON c.office = d.authority_id
            WHERE d.day = \(day) AND \(scope.offices(column: "d.authority_id")) ORDER BY a.id
            """
        ) { row throws(StorageError) in
            let office: AuthorityID = row.next()
            let name: String = row.next()
            let level: AuthorityLevel = row.next()
            let parent: AuthorityID? = row.next()
            let own = SpotCheckStore.DayRow(
                authority: office, day: day, quota: row.next(), factor: row.next(), factorReason: row.next(),
                enterprises: row.next(), generatedAt: row.next(), closedAt: row.next())
            return OfficeDay(
                office: office, name: name, level: level, parent: parent, row: own,
                completion: SpotCheckCompletion(
                    minimum: own.quota, must: row.next(), mustChecked: row.next(), checked: row.next()))
        }
    }
}
