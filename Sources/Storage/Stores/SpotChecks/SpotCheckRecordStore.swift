public import Domain
public import Kernel

/// The electronic records: begun, filled in, submitted.
public enum SpotCheckRecordStore {
    public struct Stored: Hashable, Sendable {
        public var id: SpotCheckID
        public var authority: AuthorityID
        public var day: Day
        public var enterprise: EnterpriseID
        public var openedAt: Timestamp
        public var record: SpotCheckRecord
        public var submittedAt: Timestamp?
        public var submittedBy: String?
        public var problems: Int
        public var version: Int
    }

    public static func insert(
        _ id: SpotCheckID, office: AuthorityID, day: Day, enterprise: EnterpriseID, record: SpotCheckRecord,
        by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO spot_check (id, authority_id, day, enterprise_id, opened_at, opened_by, record, version)
            VALUES (\(id), \(office), \(day), \(enterprise), \(now), \(actor), \(record.json), 1)
            """)
    }

    /// False where somebody else wrote it meanwhile, or it is submitted.
    public static func update(
        _ id: SpotCheckID, _ record: SpotCheckRecord, version: Int, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE spot_check SET record = \(record.json), version = version + 1
            WHERE id = \(id) AND version = \(version) AND submitted_at IS NULL
            """) > 0
    }

    public static func submit(
        _ id: SpotCheckID, _ record: SpotCheckRecord, problems: Int, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE spot_check SET record = \(record.json), submitted_at = \(now), submitted_by = \(actor),
                has_camera_violation = \(record.hasCameraViolation), problem_count = \(problems), version = version + 1
            WHERE id = \(id) AND submitted_at IS NULL
            """) > 0
    }

    /// Of one's own office and those below it; an enterprise sees the submitted ones about itself.
    public static func find(
        _ id: SpotCheckID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Stored? {
        try session.first("\(select) WHERE c.id = \(id) AND \(condition(scope))", read)
    }

    public static func find(
        office: AuthorityID, day: Day, enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Stored? {
        try session.first(
            "\(select) WHERE c.authority_id = \(office) AND c.day = \(day) AND c.enterprise_id = \(enterprise)", read)
    }

    /// The submitted ones of an office's day, in the order in which they were submitted: the appendix's table.
    public static func submitted(
        by office: AuthorityID, on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Stored] {
        try session.rows(
            """
            \(select) WHERE c.authority_id = \(office) AND c.day = \(day) AND c.submitted_at IS NOT NULL
                AND \(condition(scope)) ORDER BY c.submitted_at, c.id
            """, read)
    }

    /// Of one enterprise, the newest first.
    public static func history(
        of enterprise: EnterpriseID, limit: Int, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Stored] {
        try session.rows(
            """
            \(select) WHERE c.enterprise_id = \(enterprise) AND c.submitted_at IS NOT NULL AND \(condition(scope))
            ORDER BY c.day DESC, c.submitted_at DESC LIMIT \(limit)
            """, read)
    }

    public struct FoundProblem: Hashable, Sendable {
        public var id: ProblemID
        public var text: String
        public var stage: Problem.Stage
    }

    /// The problems that a record led to. The caller has checked that the record is in the scope.
    public static func problems(of id: SpotCheckID, in session: inout Session) throws(StorageError) -> [FoundProblem] {
        try session.rows(
            """
            SELECT id, content, stage FROM problem WHERE source_kind = 'spotCheck' AND source_id = \(id.rawValue)
            ORDER BY raised_at, id
            """
        ) { row throws(StorageError) in FoundProblem(id: row.next(), text: row.next(), stage: row.next()) }
    }

    private static func condition(_ scope: Scope) -> SQL {
        switch scope {
        case .system, .authority: scope.offices(column: "c.authority_id")
        case .enterprise, .person: "c.submitted_at IS NOT NULL AND \(scope.enterprises(column: "c.enterprise_id"))"
        }
    }

    private static let select: SQL = """
        SELECT c.id, c.authority_id, c.day, c.enterprise_id, c.opened_at, c.record, c.submitted_at, c.submitted_by,
            c.problem_count, c.version FROM spot_check AS c
        """

    private static func read(_ row: inout Row) throws(StorageError) -> Stored {
        let id: SpotCheckID = row.next()
        let authority: AuthorityID = row.next()
        let day: Day = row.next()
        let enterprise: EnterpriseID = row.next()
        let opened: Timestamp = row.next()
        guard let record = SpotCheckRecord(json: try row.read(JSON.self)) else {
            throw .other(.init(message: "the record of spot check \(id) cannot be read", statement: "spot_check"))
        }
        return Stored(
            id: id, authority: authority, day: day, enterprise: enterprise, openedAt: opened, record: record,
            submittedAt: row.next(), submittedBy: row.next(), problems: row.next(), version: row.next())
    }
}
