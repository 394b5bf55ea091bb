import Domain
import Kernel
import Simulation
import Testing

/// A modest number of seeds; `make sim` runs thousands in release.
@Suite struct SweepTests {
    @Test(arguments: 1...24)
    func `A6 A16 T8 YJ-01 YJ-12 every check of the sweep holds for the seed, and a second run is the same`(
        seed: Int
    ) throws {
        let outcome = try WarningSweep.run(seed: UInt64(seed), size: .init(sources: 3, steps: 150))
        #expect(try WarningSweep.run(seed: UInt64(seed), size: .init(sources: 3, steps: 150)) == outcome)
        #expect(outcome.events > 50)
    }

    @Test func `different seeds give different worlds`() throws {
        let digests = try (1...12).map { try WarningSweep.run(seed: $0, size: .init(sources: 2, steps: 60)).digest }
        #expect(Set(digests).count == 12)
    }
}
