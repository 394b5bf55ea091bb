import Kernel
import Operations
import Rig
import Storage
import Support
import Testing

/// The full simulation: production operations under crashes, lost answers and a jumping clock.
@Suite(.serialized) struct RehearsalTests {
    @Test(arguments: Engine.underTest)
    func `T8 YJ-01 YJ-04 a seeded day with crashes holds every check and is the same on every engine`(
        engine: Engine
    ) throws {
        let plan = Rehearsal.Plan(seed: 7, minutes: 600)
        let open = engine == .sqlite ? Rehearsal.memory() : Rehearsal.reopened(try engine.location())
        let outcome = try Rehearsal.run(plan, open: open)
        #expect(outcome.crashes > 5 && outcome.warnings > 3 && outcome.repeatedUploads > 20)
        #expect(try Rehearsal.run(plan, open: Rehearsal.memory()) == outcome)
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `YJ-12 A8 more seeds, in memory`(seed: UInt64) throws {
        let outcome = try Rehearsal.run(.init(seed: seed, minutes: 900), open: Rehearsal.memory())
        #expect(outcome.uploads > 1_000)
    }
}
