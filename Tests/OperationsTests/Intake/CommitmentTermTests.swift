import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Term C of the model, from the commitments' own tables.
@Suite struct CommitmentTermTests {
    private struct Seen: Equatable {
        var score: Double
        var nextAt: Timestamp?
    }

    private func assess(_ world: inout IntakeWorld, at now: Timestamp) throws -> Seen? {
        world.context.now = now
        var (table, context) = (world.table, world.context)
        let seen = try world.database.write { session throws(StorageError) in
            try RiskOperations.reassess("h1", table: &table, context: &context, in: &session)
            return try session.first("SELECT score, next_change_at FROM risk WHERE hazard_id = 'h1'") {
                row throws(StorageError) in Seen(score: row.next(), nextAt: row.next())
            }
        }
        (world.table, world.context) = (table, context)
        return seen
    }

    @Test(arguments: Engine.underTest)
    func `A missing commitment counts from ten sharp until midnight, and not where nobody need commit`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let day = Day(IntakeWorld.start)
        let ten = day.start + .hours(10)
        let before = try assess(&world, at: ten - .milliseconds(1))
        #expect(before?.score == 24)
        try world.database.write { session throws(StorageError) in try CommitmentStore.begin(day, in: &session) }
        #expect(try assess(&world, at: ten - .milliseconds(1)) == Seen(score: 24, nextAt: ten))
        #expect(try assess(&world, at: ten) == Seen(score: 32, nextAt: day.next.start))
        let after = try assess(&world, at: day.next.start)
        #expect(after?.score == 24)
    }

    /// The whole evening and morning as the server runs them, the model before the commitments.
    private func pass(_ world: inout IntakeWorld, _ instant: Timestamp) throws -> Double? {
        try world.elapse(to: (instant - IntakeWorld.start).seconds)
        try world.transaction { _, context, session throws(StorageError) in
            _ = try CommitmentOperations.runDue(context: &context, in: &session)
        }
        try world.elapse(to: (instant - IntakeWorld.start).seconds)
        return try world.database.read { session throws(StorageError) in
            try session.first("SELECT score FROM risk WHERE hazard_id = 'h1'") { row throws(StorageError) in
                row.next() as Double
            }
        }
    }

    @Test(arguments: Engine.underTest)
    func `The second day in a row that is missed counts from ten too, though the model looked before it was begun`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let day = Day(IntakeWorld.start)
        try world.transaction { _, context, session throws(StorageError) in
            try CommitmentOperations.arm(context: &context, in: &session)
        }
        #expect(try pass(&world, IntakeWorld.start) == 32)
        for later in [day.next, day.next.next] {
            #expect(try pass(&world, later.start) == 24)
            #expect(try pass(&world, later.start + .hours(10) - .milliseconds(1_000)) == 24)
            #expect(try pass(&world, later.start + .hours(10)) == 32)
        }
    }
}
