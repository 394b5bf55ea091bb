public import Domain
public import Kernel

/// A patrol as it was handed in.
public struct PatrolListing: Hashable, Sendable {
    public var id: PatrolID
    public var office: AuthorityID
    public var officeName: String
    public var day: Day
    public var subject: AuthorityID
    public var subjectName: String
    public var kind: PatrolKind
    public var problem: ProblemID?
    public var conclusion: RecheckResult?
    public var answers: [PatrolAnswer]
    public var inspector: String
    public var contact: String?
    public var abnormalCount: Int
    public var submittedAt: Timestamp
    public var submittedBy: String

    public static func find(
        _ id: PatrolID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> PatrolListing? {
        try list(where: "p.id = \(id)", scope: scope, limit: 1, in: &session).first
    }

    /// Patrols of an office, or with the office nil of all in the scope, the latest first.
    public static func all(
        office: AuthorityID?, from: Day, until: Day, scope: Scope, limit: Int, offset: Int = 0,
        in session: inout Session
    ) throws(StorageError) -> [PatrolListing] {
        try list(
            where: condition(office: office, from: from, until: until), scope: scope, limit: limit, offset: offset,
            in: &session)
    }

    public static func count(
        office: AuthorityID?, from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM patrol AS p
            WHERE \(condition(office: office, from: from, until: until)) AND \(visible(scope))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func condition(office: AuthorityID?, from: Day, until: Day) -> SQL {
        let own: SQL = office.map { "AND p.office_id = \($0)" } ?? ""
        return "p.day >= \(from) AND p.day < \(until) \(own)"
    }

    private static func visible(_ scope: Scope) -> SQL {
        "(\(scope.offices(column: "p.office_id")) OR \(scope.offices(column: "p.subject_id")))"
    }

    /// Patrols that looked at an office, the latest first.
    public static func of(
        subject: AuthorityID, scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [PatrolListing] {
        try list(where: "p.subject_id = \(subject)", scope: scope, limit: limit, in: &session)
    }

    private static func list(
        where condition: SQL, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [PatrolListing] {
        try session.rows(
            """
            SELECT p.id, p.office_id, o.name, p.day, p.subject_id, s.name, p.kind, p.problem_id, p.conclusion,
                p.answers, p.inspector, p.contact, p.abnormal_count, p.submitted_at, COALESCE(a.name, p.submitted_by)
            FROM patrol AS p JOIN authority AS o ON o.id = p.office_id JOIN authority AS s ON s.id = p.subject_id
            LEFT JOIN account AS a ON a.id = p.submitted_by
            WHERE \(condition) AND \(visible(scope))
            ORDER BY p.submitted_at DESC, p.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            PatrolListing(
                id: row.next(), office: row.next(), officeName: row.next(),
                day: Day(number: Int32(row.next() as Int)), subject: row.next(), subjectName: row.next(),
                kind: row.next(), problem: row.next(), conclusion: row.next(),
                answers: ((try? JSON.parse(row.next() as String))?.array ?? []).compactMap(PatrolAnswer.init(json:)),
                inspector: row.next(), contact: row.next(), abnormalCount: row.next(), submittedAt: row.next(),
                submittedBy: row.next())
        }
    }
}

/// An office's own item on top of the four.
public struct PatrolItem: Hashable, Sendable {
    public var id: String
    public var title: String

    public static func all(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [PatrolItem] {
        try session.rows(
            """
            SELECT id, title FROM patrol_item WHERE authority_id = \(office) AND retired_at IS NULL
            ORDER BY created_at, id
            """
        ) { row throws(StorageError) in PatrolItem(id: row.next(), title: row.next()) }
    }

    public static func insert(
        id: String, office: AuthorityID, title: String, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO patrol_item (id, authority_id, title, created_at, created_by)
            VALUES (\(id), \(office), \(title), \(now), \(actor))
            """)
    }

    public static func retire(
        _ id: String, office: AuthorityID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            UPDATE patrol_item SET retired_at = \(now) WHERE id = \(id) AND authority_id = \(office)
                AND retired_at IS NULL
            """)
    }
}
