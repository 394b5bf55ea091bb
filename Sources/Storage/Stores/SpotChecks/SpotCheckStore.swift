public import Domain
public import Kernel

/// An office's lists: the day with its quota and its lot, and who is on it.
public enum SpotCheckStore {
    public struct DayRow: Hashable, Sendable {
        public var authority: AuthorityID
        public var day: Day
        /// The number of the law times the factor, or all.
        public var quota: Int
        public var factor: Int
        public var factorReason: String?
        public var enterprises: Int
        public var generatedAt: Timestamp
        public var closedAt: Timestamp?

        public init(
            authority: AuthorityID, day: Day, quota: Int, factor: Int, factorReason: String?, enterprises: Int,
            generatedAt: Timestamp, closedAt: Timestamp? = nil
        ) {
            self.authority = authority
            self.day = day
            self.quota = quota
            self.factor = factor
            self.factorReason = factorReason
            self.enterprises = enterprises
            self.generatedAt = generatedAt
            self.closedAt = closedAt
        }
    }

    /// False where the day was there already.
    public static func insert(
        _ row: DayRow, draw: SpotCheckDraw, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            INSERT INTO check_day (authority_id, day, quota, factor, factor_reason, enterprises, draw, generated_at)
            VALUES (\(row.authority), \(row.day), \(row.quota), \(row.factor), \(row.factorReason),
                \(row.enterprises), \(draw.json), \(row.generatedAt))
            ON CONFLICT (authority_id, day) DO NOTHING
            """) > 0
    }

    public static func day(
        _ day: Day, of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> DayRow? {
        try session.first("\(daySelect) WHERE authority_id = \(office) AND day = \(day)", readDay)
    }

    /// The days' lists that are still open, before a day.
    public static func open(before day: Day, in session: inout Session) throws(StorageError) -> [DayRow] {
        try session.rows(
            "\(daySelect) WHERE closed_at IS NULL AND day < \(day) ORDER BY day, authority_id", readDay)
    }

    public static func all(on day: Day, in session: inout Session) throws(StorageError) -> [DayRow] {
        try session.rows("\(daySelect) WHERE day = \(day) ORDER BY authority_id", readDay)
    }

    public static func lastDay(in session: inout Session) throws(StorageError) -> Day? {
        try session.first("SELECT max(day) FROM check_seed") { row throws(StorageError) in row.next() as Day? } ?? nil
    }

    public static func draw(
        _ day: Day, of office: AuthorityID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> SpotCheckDraw? {
        try session.first(
            """
            SELECT draw FROM check_day WHERE authority_id = \(office) AND day = \(day)
                AND \(scope.offices(column: "authority_id"))
            """
        ) { row throws(StorageError) in SpotCheckDraw(json: try row.read(JSON.self)) } ?? nil
    }

    public static func close(
        _ day: Day, of office: AuthorityID, _ completion: SpotCheckCompletion, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE check_day SET closed_at = \(now), must = \(completion.must),
                must_checked = \(completion.mustChecked), checked = \(completion.checked)
            WHERE authority_id = \(office) AND day = \(day) AND closed_at IS NULL
            """)
    }

    /// Puts an enterprise on the list. One that is there already moves up where the new category is more urgent (a
    /// must-check is never anything else again); true where something changed.
    @discardableResult
    public static func put(
        _ item: SpotCheckSelection.Item, office: AuthorityID, day: Day, position: Int, isDeferred: Bool = false,
        at now: Timestamp, by actor: String, in session: inout Session
    ) throws(StorageError) -> Bool {
        let reasons = JSON.array(item.reasons.map { .string($0) })
        return try session.execute(
            """
            INSERT INTO check_item (authority_id, day, enterprise_id, category, reasons, position, is_reserve,
                is_deferred, added_at, added_by)
            VALUES (\(office), \(day), \(item.enterprise), \(item.category), \(reasons), \(position),
                \(item.isReserve), \(isDeferred), \(now), \(actor))
            ON CONFLICT (authority_id, day, enterprise_id) DO UPDATE SET category = excluded.category,
                reasons = excluded.reasons, is_reserve = excluded.is_reserve, is_deferred = excluded.is_deferred
            WHERE (excluded.category = 'must' AND (check_item.category <> 'must'
                    OR check_item.reasons <> excluded.reasons OR check_item.is_deferred <> excluded.is_deferred))
                OR (excluded.category = 'attention' AND check_item.category NOT IN ('must','attention'))
                OR (excluded.category = 'manual' AND check_item.is_reserve = 1)
            """) > 0
    }

    /// How an office stands: who was to be checked, and who was. Deferred must-checks (A20) count tomorrow.
    public static func completion(
        of row: DayRow, in session: inout Session
    ) throws(StorageError) -> SpotCheckCompletion {
        let counts = try session.first(
            """
            SELECT
                (SELECT count(*) FROM check_item AS i WHERE i.authority_id = \(row.authority) AND i.day = \(row.day)
                    AND i.category = 'must' AND i.is_deferred = 0),
                (SELECT count(*) FROM check_item AS i JOIN spot_check AS c ON c.authority_id = i.authority_id
                    AND c.day = i.day AND c.enterprise_id = i.enterprise_id AND c.submitted_at IS NOT NULL
                    WHERE i.authority_id = \(row.authority) AND i.day = \(row.day) AND i.category = 'must'
                    AND i.is_deferred = 0),
                (SELECT count(*) FROM spot_check AS c WHERE c.authority_id = \(row.authority) AND c.day = \(row.day)
                    AND c.submitted_at IS NOT NULL)
            """
        ) { row throws(StorageError) in (row.next() as Int, row.next() as Int, row.next() as Int) }
        let (must, mustChecked, checked) = counts ?? (0, 0, 0)
        return SpotCheckCompletion(minimum: row.quota, must: must, mustChecked: mustChecked, checked: checked)
    }

    /// Deferred must-checks of a day that were not checked that day after all.
    public static func deferred(
        on day: Day, of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID] {
        try session.rows(
            """
            SELECT i.enterprise_id FROM check_item AS i WHERE i.authority_id = \(office) AND i.day = \(day)
                AND i.is_deferred = 1 AND NOT EXISTS (SELECT 1 FROM spot_check AS c
                WHERE c.authority_id = i.authority_id AND c.day = i.day AND c.enterprise_id = i.enterprise_id
                AND c.submitted_at IS NOT NULL)
            ORDER BY i.enterprise_id
            """
        ) { row throws(StorageError) in row.next() }
    }

    private static let daySelect: SQL = """
        SELECT authority_id, day, quota, factor, factor_reason, enterprises, generated_at, closed_at FROM check_day
        """

    private static func readDay(_ row: inout Row) throws(StorageError) -> DayRow {
        DayRow(
            authority: row.next(), day: row.next(), quota: row.next(), factor: row.next(), factorReason: row.next(),
            enterprises: row.next(), generatedAt: row.next(), closedAt: row.next())
    }
}
