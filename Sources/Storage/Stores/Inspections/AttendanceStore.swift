public import Domain
public import Kernel

/// 专人: who must act for an office every day (SZ-01).
public struct Inspector: Hashable, Sendable {
    public var id: String
    public var authority: AuthorityID
    public var authorityName: String
    public var account: AccountID
    public var name: String
    public var from: Day
    public var until: Day?
}

/// Something that an office should have done on a day and did not.
public struct AttendanceFinding: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Nobody was named.
        case noInspector
        case noSignIn
        case patrolShort
        case followUpLate
        /// Warnings sent to the office that it did not open in time (JC-11).
        case warningsUnread
        /// Filings that it did not decide in time (JC-11).
        case filingsUndecided

        public var label: String {
            switch self {
            case .noInspector: "没有指定专人"
            case .noSignIn: "专人当日没有登录"
            case .patrolShort: "巡查没有完成"
            case .followUpLate: "跟踪巡查逾期"
            case .warningsUnread: "预警没有及时查看"
            case .filingsUndecided: "报备没有按时确认"
            }
        }
    }

    public var authority: AuthorityID
    public var authorityName: String
    public var day: Day
    public var kind: Kind
    public var count: Int
    public var detail: String

    public init(
        authority: AuthorityID, authorityName: String, day: Day, kind: Kind, count: Int, detail: String
    ) {
        self.authority = authority
        self.authorityName = authorityName
        self.day = day
        self.kind = kind
        self.count = count
        self.detail = detail
    }
}

public enum AttendanceStore {
    /// An officer was at work: signs in, or does something by hand.
    public static func mark(
        _ account: AccountID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO attendance (account_id, day, authority_id, first_at, last_at)
            SELECT id, \(Day(now)), authority_id, \(now), \(now) FROM account
            WHERE id = \(account) AND role = 'duty' AND authority_id IS NOT NULL
            ON CONFLICT (account_id, day) DO UPDATE SET last_at = excluded.last_at
            """)
    }

    public static func insert(
        id: String, account: AccountID, authority: AuthorityID, from: Day, until: Day?, by actor: String,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO inspector (id, authority_id, account_id, from_day, until_day, created_at, created_by)
            VALUES (\(id), \(authority), \(account), \(from), \(until), \(now), \(actor))
            """)
    }

    /// The last day of somebody's naming; how many changed.
    public static func end(
        _ id: String, scope: Scope, on day: Day, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            UPDATE inspector SET until_day = \(day) WHERE id = \(id) AND (until_day IS NULL OR until_day > \(day))
                AND \(scope.offices(column: "authority_id"))
            """)
    }

    /// Who is named on a day.
    public static func inspectors(
        on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Inspector] {
        try session.rows(
            """
            SELECT i.id, i.authority_id, o.name, i.account_id, a.name, i.from_day, i.until_day FROM inspector AS i
            JOIN authority AS o ON o.id = i.authority_id JOIN account AS a ON a.id = i.account_id
            WHERE i.from_day <= \(day) AND (i.until_day IS NULL OR i.until_day >= \(day))
                AND \(scope.offices(column: "i.authority_id")) ORDER BY i.authority_id, i.id
            """
        ) { row throws(StorageError) in
            Inspector(
                id: row.next(), authority: row.next(), authorityName: row.next(), account: row.next(),
                name: row.next(), from: Day(number: Int32(row.next() as Int)),
                until: (row.next() as Int?).map { Day(number: Int32($0)) })
        }
    }

    /// When each account of the scope was first and last at work on a day.
    public static func presence(
        on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [AccountID: (first: Timestamp, last: Timestamp)] {
        let rows = try session.rows(
            """
            SELECT account_id, first_at, last_at FROM attendance WHERE day = \(day)
                AND \(scope.offices(column: "authority_id"))
            """
        ) { row throws(StorageError) in
            (row.next() as AccountID, (first: row.next() as Timestamp, last: row.next() as Timestamp))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    public static func record(
        _ finding: AttendanceFinding, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO attendance_finding (authority_id, day, kind, count, detail, found_at)
            VALUES (\(finding.authority), \(finding.day), \(finding.kind), \(finding.count), \(finding.detail), \(now))
            ON CONFLICT (authority_id, day, kind) DO NOTHING
            """)
    }

    public static func findings(
        from: Day, until: Day, scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [AttendanceFinding] {
        try session.rows(
            """
            SELECT f.authority_id, a.name, f.day, f.kind, f.count, f.detail FROM attendance_finding AS f
            JOIN authority AS a ON a.id = f.authority_id
            WHERE f.day >= \(from) AND f.day < \(until) AND \(scope.offices(column: "f.authority_id"))
            ORDER BY f.day DESC, f.authority_id, f.kind LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            AttendanceFinding(
                authority: row.next(), authorityName: row.next(), day: Day(number: Int32(row.next() as Int)),
                kind: row.next(), count: row.next(), detail: row.next())
        }
    }

    /// Offices with enterprises, that is with work every day.
    public static func working(in session: inout Session) throws(StorageError) -> [AuthorityID: String] {
        let rows = try session.rows(
            """
            SELECT a.id, a.name FROM authority AS a
            WHERE EXISTS (SELECT 1 FROM visibility AS v WHERE v.authority_id = a.id) ORDER BY a.id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as String) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// Warnings of a day that came to an office and were not opened within the level's minutes: red 5, orange 10,
    /// yellow 15 (domain §10.9).
    public static func unreadWarnings(
        on day: Day, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: Int] {
        let rows = try session.rows(
            """
            SELECT recipient_id, count(*) FROM outbox WHERE channel = 'portal' AND kind = 'sent'
                AND recipient_kind = 'authority' AND warning_id <> ''
                AND created_at >= \(day.start) AND created_at < \(day.next.start)
                AND (read_at IS NULL OR read_at - created_at > CASE level WHEN 'red' THEN 300000
                    WHEN 'orange' THEN 600000 ELSE 900000 END)
            GROUP BY recipient_id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// Filings whose limit fell on a day and that were not decided by then.
    public static func undecidedFilings(
        on day: Day, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: Int] {
        let rows = try session.rows(
            """
            SELECT regulator_id, count(*) FROM filing_decision
            WHERE due_at >= \(day.start) AND due_at < \(day.next.start)
                AND (decided_at IS NULL OR decided_at > due_at)
            GROUP BY regulator_id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// Follow-up patrols whose limit fell on a day and that were not made.
    public static func lateFollowUps(
        on day: Day, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: Int] {
        let rows = try session.rows(
            """
            SELECT t.office_id, count(*) FROM patrol_task AS t LEFT JOIN patrol AS p ON p.id = t.patrol_id
            WHERE t.problem_id IS NOT NULL AND t.due_at > \(day.start) AND t.due_at <= \(day.next.start)
                AND (p.id IS NULL OR p.submitted_at > t.due_at)
            GROUP BY t.office_id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
