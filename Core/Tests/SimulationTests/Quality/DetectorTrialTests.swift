import Domain
import Kernel
import Simulation
import Testing

/// The detectors against honest and forged plants. The figures of many seeds are in docs/data-quality.md; here two
/// small plants are held to bounds, read every 30 to 60 seconds so that the test stays short.
@Suite struct DetectorTrialTests {
    private static let trial: DetectorTrial = {
        var size = DetectorTrial.Size()
        size.samplingFactor = 6
        size.forgedPoints = 4
        size.hours = 10...14
        var whole = DetectorTrial()
        for seed in [UInt64(3), 8] {
            whole.add(DetectorTrial.run(seed: seed, site: smallest[Int(seed) % smallest.count], size: size))
        }
        return whole
    }()

    /// The plants with the fewest points.
    private static let smallest: [Int] = {
        let sites = DemonstrationCity.make(seed: 1).sites
        return Array(sites.indices.sorted { sites[$0].points.count < sites[$1].points.count }.prefix(4))
    }()

    @Test func `SJ-23 honest plants are left alone`() {
        let trial = Self.trial
        #expect(trial.pointDays >= 20)
        // A finding accuses somebody: fewer than one in a hundred days of a point. [本项目约定]
        #expect(trial.suspectedDays * 100 <= trial.pointDays, "\(trial.falseAlarms) \(trial.examples)")
    }

    @Test func `SJ-23 forgeries are found, more of them than by a variance threshold or a correlation of hours`() throws
    {
        let trial = Self.trial
        var found = 0
        var tried = 0
        var simple = 0
        for (_, tally) in trial.forgeries {
            found += tally.found
            tried += tally.tried
            simple += max(tally.foundByVariance, tally.foundByCorrelation)
        }
        #expect(tried >= 80)
        #expect(found * 10 >= tried * 7, "\(found) of \(tried)")
        #expect(found > simple)
        for kind in [Forgery.Kind.freeze, .replayExact, .replayOffset, .smooth, .raisedEdgeLimit, .clockShift] {
            let tally = try #require(trial.forgeries[kind])
            #expect(tally.found * 4 >= tally.tried * 3, "\(kind): \(tally)")
        }
    }

    @Test func `the same seed forges the same`() {
        var size = DetectorTrial.Size()
        size.samplingFactor = 24
        size.forgedPoints = 2
        size.historyDays = 1
        let site = Self.smallest[0]
        let first = DetectorTrial.run(seed: 4, site: site, size: size)
        let second = DetectorTrial.run(seed: 4, site: site, size: size)
        #expect(first.forgeries == second.forgeries && first.falseAlarms == second.falseAlarms)
    }
}
