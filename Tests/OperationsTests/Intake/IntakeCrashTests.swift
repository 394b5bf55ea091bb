import Domain
import Kernel
import Operations
import Storage
import Support
import Testing
import Wire

@Suite(.timeLimit(.minutes(20))) struct IntakeCrashTests {
    typealias Value = IntakeWorld.Value

    /// What a restart must find: state, latches, timers, quality, silence.
    static func states(_ table: PointTable) -> [PointSnapshot] {
        (0..<table.count).map { place in
            var snapshot = table.tracker(at: place).snapshot
            snapshot.receivedAt = nil
            return snapshot
        }
    }

    @Test(arguments: Engine.underTest) func `a transaction that fails leaves the table as the database`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 9.5, 0), Value("L1", 5, 0), at: 0)
        let before = Self.states(world.table)
        let alarms = try world.alarms()
        let submission = try world.submission(
            IntakeWorld.body([Value("T1", 5, 10), Value("L1", 11, 10), Value("G1", 11, 10)], seq: 99), at: 10)
        #expect(throws: StorageError.self) {
            try world.transaction { table, context, session throws(StorageError) in
                context.now = IntakeWorld.at(10)
                _ = try IntakeOperations.accept([submission], table: &table, context: &context, in: &session)
                throw .unavailable(.init(message: "the disk is gone", statement: ""))
            }
        }
        #expect(try world.alarms() == alarms)
        // The next transaction settles it, and the upload can come again.
        try world.elapse(to: 10)
        #expect(Self.states(world.table) == before)
        let outcome = try world.accept([submission], at: 11)
        #expect(outcome == [.accepted(count: 3, rejected: [], isDuplicate: false)])
        #expect(try world.alarms().count == 2)
        try world.elapse(to: 20)
        #expect(try world.alarms().count == 3)
    }

    @Test(arguments: Engine.underTest) func `killed between any two transactions, it goes on as if nothing had been`(
        engine: Engine
    ) throws {
        var generator = SeededGenerator(seed: 11)
        var steady = try IntakeWorld(engine)
        var broken = try IntakeWorld(engine)
        var second: Int64 = 0
        for number in 0..<60 {
            second += Int64(generator.integer(1...90))
            let values = (0..<generator.integer(1...4)).map { _ in
                Value(
                    generator.pick(["L1", "T1", "G1", "G2", "F1"]), generator.unit() * 12,
                    second - Int64(generator.integer(0...20)),
                    .init(
                        "quality",
                        .string(generator.pick([.good, .good, .good, .bad, .uncertain] as [Quality]).rawValue)))
            }
            let body = IntakeWorld.body(values, seq: Int64(number))
            let first = try steady.accept([steady.submission(body, at: second)], at: second)
            let other = try broken.accept([broken.submission(body, at: second)], at: second)
            #expect(first == other)
            if generator.chance(0.5) { try broken.restart(at: second) }
            if generator.chance(0.5) {
                second += Int64(generator.integer(1...30))
                try steady.elapse(to: second)
                try broken.elapse(to: second)
            }
            #expect(try steady.alarms() == broken.alarms(), "after \(number)")
            #expect(try steady.level() == broken.level())
        }
        #expect(try steady.alarms().count > 10)
        #expect(Self.states(steady.table).map(\.state) == Self.states(broken.table).map(\.state))
        #expect(Self.states(steady.table).map(\.value) == Self.states(broken.table).map(\.value))
    }

    @Test(arguments: Engine.underTest) func `a checkpoint shortens the replay and changes nothing`(engine: Engine)
        throws
    {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 5, 0), Value("L1", 5.5, 0), at: 0)
        try world.transaction { table, context, session throws(StorageError) in
            let last = try UploadStore.lastSequence(in: &session)
            try IntakeOperations.checkpoint(
                0..<table.count, receivedSince: .distantPast, table: &table, in: &session)
            try PointStateStore.setCheckpoint(last, at: context.now, in: &session)
        }
        try world.upload(Value("T1", 6, 10), at: 10)
        let expected = Self.states(world.table).map(\.value)
        try world.restart(at: 20)
        #expect(Self.states(world.table).map(\.value) == expected)
    }

    @Test func `a second writer is noticed instead of overwritten`() throws {
        var world = try IntakeWorld(.sqlite)
        try world.upload(Value("T1", 5, 0), at: 0)
        try world.database.write { session throws(StorageError) in
            try PointStateStore.setGeneration(77, in: &session)
        }
        #expect(throws: StorageError.self) { try world.upload(Value("T1", 6, 1), at: 1) }
    }
}
