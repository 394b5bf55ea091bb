public import Domain
public import Kernel

/// The daily scores of data quality, and the things that they are made of (SJ-02).
public enum QualityStore {
    /// One thing's share in the score of a day.
    public struct Item: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            case point, equipment, hazard
        }

        public var kind: Kind
        public var id: String
        public var name: String
        public var hazard: HazardID?
        public var tally: QualityTally

        public init(kind: Kind, id: String, name: String, hazard: HazardID?, tally: QualityTally) {
            self.kind = kind
            self.id = id
            self.name = name
            self.hazard = hazard
            self.tally = tally
        }
    }

    /// An enterprise with its parts of a day's score.
    public struct Score: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var name: String
        public var region: String
        /// The county's authority; nil where none is registered.
        public var regionName: String?
        public var tally: QualityTally
    }

    /// Replaces an enterprise's day: the things and their sum, which is the score.
    public static func store(
        _ items: [Item], of enterprise: EnterpriseID, day: Day, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM quality_item WHERE day = \(day) AND enterprise_id = \(enterprise)")
        try session.execute("DELETE FROM quality_score WHERE day = \(day) AND enterprise_id = \(enterprise)")
        for item in items {
            try session.execute(
                """
                INSERT INTO quality_item (day, enterprise_id, subject_kind, subject_id, name, hazard_id, \(columns))
                VALUES (\(day), \(enterprise), \(item.kind), \(item.id), \(item.name), \(item.hazard),
                    \(values(item.tally)))
                """)
        }
        let whole = items.reduce(QualityTally()) { $0 + $1.tally }
        try session.execute(
            """
            INSERT INTO quality_score (day, enterprise_id, \(columns))
            VALUES (\(day), \(enterprise), \(values(whole)))
            """)
    }

    /// The scores of a day, an enterprise a row; a region's score is their sum.
    public static func scores(day: Day, scope: Scope, in session: inout Session) throws(StorageError) -> [Score] {
        try session.rows(
            """
            SELECT e.id, e.name, e.region, d.name, \(prefixed("s")) FROM quality_score AS s
            JOIN enterprise AS e ON e.id = s.enterprise_id
            LEFT JOIN authority AS d ON d.id = \(WarningList.countyAuthority)
            WHERE s.day = \(day) AND \(scope.enterprises(column: "s.enterprise_id")) ORDER BY e.region, e.name
            """
        ) { row throws(StorageError) in
            Score(
                enterprise: row.next(), name: row.next(), region: row.next(), regionName: row.next(),
                tally: tally(&row))
        }
    }

    /// The days of a period added up, an enterprise a row.
    public static func sums(
        from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [(enterprise: EnterpriseID, tally: QualityTally)] {
        try session.rows(
            """
            SELECT s.enterprise_id, \(sums) FROM quality_score AS s
            WHERE s.day >= \(from) AND s.day < \(until) AND \(scope.enterprises(column: "s.enterprise_id"))
            GROUP BY s.enterprise_id ORDER BY s.enterprise_id
            """
        ) { row throws(StorageError) in (enterprise: row.next(), tally: tally(&row)) }
    }

    /// Day by day, the sum over the scope, or over one of its enterprises.
    public static func trend(
        from: Day, through: Day, enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [(day: Day, tally: QualityTally)] {
        var condition: SQL =
            "s.day >= \(from) AND s.day <= \(through) AND \(scope.enterprises(column: "s.enterprise_id"))"
        if let enterprise { condition.append(" AND s.enterprise_id = \(enterprise)") }
        return try session.rows(
            "SELECT s.day, \(sums) FROM quality_score AS s WHERE \(condition) GROUP BY s.day ORDER BY s.day"
        ) { row throws(StorageError) in
            (day: Day(number: Int32(row.next() as Int)), tally: tally(&row))
        }
    }

    /// What stands behind an enterprise's score: those that lack most first.
    public static func items(
        of enterprise: EnterpriseID, day: Day, dimension: QualityDimension? = nil, scope: Scope, limit: Int,
        in session: inout Session
    ) throws(StorageError) -> [Item] {
        var condition: SQL =
            "i.day = \(day) AND i.enterprise_id = \(enterprise) AND \(scope.enterprises(column: "i.enterprise_id"))"
        var order: SQL = "i.subject_kind, i.name, i.subject_id"
        if let dimension {
            let name = dimension.rawValue
            condition.append(SQL(raw: " AND i.\(name)_whole > 0"))
            order = SQL(
                raw: """
                    CAST(i.\(name)_part AS DOUBLE PRECISION) / i.\(name)_whole, i.subject_kind, i.name, i.subject_id
                    """)
        }
        return try session.rows(
            """
            SELECT i.subject_kind, i.subject_id, i.name, i.hazard_id, \(prefixed("i")) FROM quality_item AS i
            WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            Item(kind: row.next(), id: row.next(), name: row.next(), hazard: row.next(), tally: tally(&row))
        }
    }

    /// The latest day that has scores.
    public static func latestDay(scope: Scope, in session: inout Session) throws(StorageError) -> Day? {
        try session.first(
            """
            SELECT s.day FROM quality_score AS s WHERE \(scope.enterprises(column: "s.enterprise_id"))
            ORDER BY s.day DESC LIMIT 1
            """
        ) { row throws(StorageError) in Day(number: Int32(row.next() as Int)) }
    }

    /// The things behind a score are kept for five weeks, the scores for good.
    public static func prune(before day: Day, in session: inout Session) throws(StorageError) {
        try session.execute("DELETE FROM quality_item WHERE day < \(Day(number: day.number - 35))")
    }

    private static let columns = SQL(
        raw: QualityDimension.allCases.map { "\($0.rawValue)_part, \($0.rawValue)_whole" }.joined(separator: ", "))

    private static let sums = SQL(
        raw: QualityDimension.allCases.map { dimension in
            let name = dimension.rawValue
            return "CAST(sum(s.\(name)_part) AS BIGINT), CAST(sum(s.\(name)_whole) AS BIGINT)"
        }.joined(separator: ", "))

    private static func prefixed(_ table: String) -> SQL {
        SQL(
            raw: QualityDimension.allCases.map { "\(table).\($0.rawValue)_part, \(table).\($0.rawValue)_whole" }
                .joined(separator: ", "))
    }

    private static func values(_ tally: QualityTally) -> SQL {
        QualityDimension.allCases.map { dimension -> SQL in
            "\(tally[dimension].numerator), \(tally[dimension].denominator)"
        }.joined(separator: ", ")
    }

    private static func tally(_ row: inout Row) -> QualityTally {
        var tally = QualityTally()
        for dimension in QualityDimension.allCases {
            let part: Int = row.next()
            tally.add(part, of: row.next(), to: dimension)
        }
        return tally
    }
}
