import Domain
import Kernel
import Operations
import Storage
import Support

/// The register of the fixture with a clock that the test moves.
struct InspectionWorld {
    let database: Database
    var context: OperationContext

    init(_ engine: Engine, at now: Timestamp = RegistryFixture.start) throws {
        database = try RegistryFixture.database(engine)
        context = RegistryFixture.context()
        context.now = now
    }

    var day: Day { Day(context.now) }

    @discardableResult
    mutating func act<T, Failure: TransactionFailure>(
        as actor: String = "officer",
        _ body: (inout OperationContext, inout Session) throws(Failure) -> T
    ) throws -> T {
        context.actor = actor
        let start = context
        let (value, after) = try database.write { session throws(Failure) in
            var context = start
            let value = try body(&context, &session)
            return (value, context)
        }
        context = after
        return value
    }

    /// Runs the timers of problems and patrols that are due by then, in order.
    mutating func pass(to instant: Timestamp) throws {
        while let next = try database.look({ session throws(StorageError) in
            try session.first("SELECT min(at) FROM due WHERE kind IN ('problem','patrol')") {
                row throws(StorageError) in row.next() as Timestamp?
            } ?? nil
        }), next <= instant {
            context.now = max(context.now, next)
            try act(as: "system") { context, session throws(StorageError) in
                _ = try PatrolOperations.runDue(context: &context, in: &session)
                _ = try ProblemOperations.runDue(context: &context, in: &session)
            }
        }
        context.now = instant
    }

    /// One transaction after a time when nothing ran.
    mutating func wake(at instant: Timestamp) throws {
        context.now = instant
        try act(as: "system") { context, session throws(StorageError) in
            _ = try PatrolOperations.runDue(context: &context, in: &session)
            _ = try ProblemOperations.runDue(context: &context, in: &session)
        }
    }

    mutating func arm() throws {
        try act(as: "system") { context, session throws(StorageError) in
            try PatrolOperations.arm(context: &context, in: &session)
        }
    }

    func listing(_ id: ProblemID, _ scope: Scope = .system) throws -> ProblemListing? {
        try database.look { session throws(StorageError) in
            var filter = ProblemListing.Filter()
            filter.id = id
            return try ProblemListing.all(filter, scope: scope, limit: 1, in: &session).first
        }
    }

    /// Titles of the notices in somebody's inbox, oldest first.
    func inbox(_ kind: String, _ id: String) throws -> [String] {
        try database.look { session throws(StorageError) in
            try session.rows(
                """
                SELECT title FROM outbox WHERE channel = 'portal' AND recipient_kind = \(kind)
                    AND recipient_id = \(id) ORDER BY created_at, key
                """
            ) { row throws(StorageError) in row.next() as String }
        }
    }

    mutating func account(_ id: String, of office: AuthorityID) throws {
        let now = context.now
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, authority_id, created_at)
                VALUES (\(id), \(id), 'x', \(id), 'duty', \(office), \(now))
                """)
        }
    }

    static func sheet(
        _ subject: AuthorityID, kind: PatrolKind = .routine, wrong: [PatrolTopic: ProblemSeverity] = [:],
        followed: ProblemID? = nil, conclusion: RecheckResult? = nil
    ) -> PatrolSheet {
        PatrolSheet(
            kind: kind, subject: subject,
            answers: PatrolTopic.allCases.map { topic in
                PatrolAnswer(
                    item: topic.rawValue, title: topic.label, isNormal: wrong[topic] == nil, severity: wrong[topic],
                    note: wrong[topic] == nil ? "" : "当场看到离线")
            }, inspector: "王敏", followed: followed, conclusion: conclusion, conclusionNote: "现场看过")
    }

    mutating func patrol(_ sheet: PatrolSheet, by office: AuthorityID) throws -> PatrolID {
        try act { context, session throws(ProblemFailure) in
            try PatrolOperations.submit(sheet, by: office, context: &context, in: &session)
        }
    }

    mutating func perform(_ command: ProblemCommand, on id: ProblemID, _ scope: Scope = .system) throws {
        try act { context, session throws(ProblemFailure) in
            _ = try ProblemOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
        }
    }
}
