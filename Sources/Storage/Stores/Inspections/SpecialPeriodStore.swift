public import Domain
public import Kernel

/// A time of somebody's list, as registered.
public struct SpecialPeriodRecord: Hashable, Sendable {
    public var id: String
    /// nil: for everybody; else for the office and those below it.
    public var authority: AuthorityID?
    public var authorityName: String?
    public var period: SpecialPeriods.Period
    public var createdAt: Timestamp
    public var createdBy: String
    public var endedAt: Timestamp?

    public init(
        id: String, authority: AuthorityID?, authorityName: String?, period: SpecialPeriods.Period,
        createdAt: Timestamp, createdBy: String, endedAt: Timestamp?
    ) {
        self.id = id
        self.authority = authority
        self.authorityName = authorityName
        self.period = period
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.endedAt = endedAt
    }
}

/// All special days, from which those of one office are taken.
public struct SpecialCalendar: Sendable {
    public var holidays: [Day: String]
    public var own: [(authority: AuthorityID?, period: SpecialPeriods.Period)]
    public var holidayFactor: Int

    /// - Parameter lineage: the office and those above it; empty gives what holds for everybody.
    public func periods(for lineage: [AuthorityID]) -> SpecialPeriods {
        SpecialPeriods(
            holidays: holidays,
            periods: own.filter { entry in entry.authority.map { lineage.contains($0) } ?? true }.map(\.period),
            holidayFactor: holidayFactor)
    }
}

public enum SpecialPeriodStore {
    /// The special days of one office: the holidays, and the periods of itself and of those above it.
    public static func periods(
        for office: AuthorityID?, in session: inout Session
    ) throws(StorageError) -> SpecialPeriods {
        let lineage = try office.map { office throws(StorageError) in
            try ProblemStore.lineage(of: office, in: &session).map(\.id)
        }
        return try calendar(in: &session).periods(for: lineage ?? [])
    }

    public static func calendar(in session: inout Session) throws(StorageError) -> SpecialCalendar {
        let days = try session.rows("SELECT day, name FROM holiday") { row throws(StorageError) in
            (Day(number: Int32(row.next() as Int)), row.next() as String)
        }
        let own = try session.rows(
            """
            SELECT authority_id, name, from_day, until_day, factor FROM special_period WHERE ended_at IS NULL
            ORDER BY from_day, id
            """
        ) { row throws(StorageError) in (authority: row.next() as AuthorityID?, period: try period(&row)) }
        return SpecialCalendar(
            holidays: Dictionary(days, uniquingKeysWith: { _, last in last }), own: own,
            holidayFactor: try InspectionSettingsStore.load(in: &session).holidayFactor)
    }

    /// Puts the calendar that set-up fetched in the place of the one before.
    public static func setHolidays(
        _ holidays: [Day: String], at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM holiday")
        for (day, name) in holidays.sorted(by: { $0.key < $1.key }) {
            try session.execute("INSERT INTO holiday (day, name, loaded_at) VALUES (\(day), \(name), \(now))")
        }
    }

    public static func holidays(in session: inout Session) throws(StorageError) -> [Day: String] {
        try calendar(in: &session).holidays
    }

    public static func insert(_ record: SpecialPeriodRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO special_period (id, authority_id, name, from_day, until_day, factor, created_at, created_by)
            VALUES (\(record.id), \(record.authority), \(record.period.name), \(record.period.from),
                \(record.period.until), \(record.period.factor), \(record.createdAt), \(record.createdBy))
            """)
    }

    /// How many were ended: 0 or 1.
    public static func end(
        _ id: String, scope: Scope, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            UPDATE special_period SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL
                AND \(scope.offices(column: "COALESCE(authority_id, '')"))
            """)
    }

    /// What holds in the scope: periods for everybody, and those of offices above, of one's own and below.
    public static func list(
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [SpecialPeriodRecord] {
        var condition: SQL = "1 = 1"
        if case .authority(let id) = scope {
            let lineage = try ProblemStore.lineage(of: id, in: &session).map(\.id)
            condition = """
                (s.authority_id IS NULL OR s.authority_id IN (\(list: lineage))
                    OR \(scope.offices(column: "s.authority_id")))
                """
        }
        return try session.rows(
            """
            SELECT s.id, s.authority_id, a.name, s.name, s.from_day, s.until_day, s.factor, s.created_at,
                COALESCE(c.name, s.created_by), s.ended_at
            FROM special_period AS s LEFT JOIN authority AS a ON a.id = s.authority_id
            LEFT JOIN account AS c ON c.id = s.created_by
            WHERE \(condition) ORDER BY s.from_day DESC, s.id LIMIT 500
            """
        ) { row throws(StorageError) in
            SpecialPeriodRecord(
                id: row.next(), authority: row.next(), authorityName: row.next(), period: try period(&row),
                createdAt: row.next(), createdBy: row.next(), endedAt: row.next())
        }
    }

    private static func period(_ row: inout Row) throws(StorageError) -> SpecialPeriods.Period {
        SpecialPeriods.Period(
            name: row.next(), from: Day(number: Int32(row.next() as Int)),
            until: Day(number: Int32(row.next() as Int)), factor: row.next())
    }
}
