import Kernel
import Simulation

/// `sweep [--from 1] [--to 2000] [--sources 3] [--steps 400]`: seeds through the simulation with all its checks, each
/// twice; then the rules alone, measured. Exit status 1 and the seed where a check fails.
///
/// `sweep quality [--to 12] [--stretch 1]`: the detectors of forged data on plants of the demonstration city, a plant a
/// seed: false alarms and hits, beside two simple checks. `--stretch` reads every point so much more seldom.
@main enum Main {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        func number(_ name: String, _ fallback: Int) -> Int {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.endIndex else { return fallback }
            return Int(arguments[place + 1]) ?? fallback
        }
        if arguments.first == "quality" {
            judgeDetectors(1...UInt64(number("--to", 12)), stretch: Int64(number("--stretch", 1)))
            return
        }
        let seeds = UInt64(number("--from", 1))...UInt64(number("--to", 2_000))
        let size = WarningSweep.Size(sources: number("--sources", 3), steps: number("--steps", 400))
        do throws(WarningSweep.Fault) {
            try check(seeds, size)
            measure()
        } catch {
            report("FAILED \(error)")
            exitNow(1)
        }
    }

    private static func judgeDetectors(_ seeds: ClosedRange<UInt64>, stretch: Int64) {
        var size = DetectorTrial.Size()
        size.samplingFactor = stretch
        var honest = DetectorTrial()
        var incidents = DetectorTrial()
        let clock = ContinuousClock()
        let began = clock.now
        for seed in seeds {
            size.hasIncidents = false
            honest.add(DetectorTrial.run(seed: seed, site: Int(seed), size: size))
            size.hasIncidents = true
            incidents.add(DetectorTrial.run(seed: seed &+ 5_000, site: Int(seed), size: size))
        }
        for line in TrialReport.lines(honest: honest, incidents: incidents) { report(line) }
        for line in (honest.examples.prefix(10) + incidents.examples.prefix(10)) { report("  e.g. \(line)") }
        report("\(seeds.count) plants in \(rounded(seconds(began.duration(to: clock.now)))) s")
    }

    private static func check(_ seeds: ClosedRange<UInt64>, _ size: WarningSweep.Size) throws(WarningSweep.Fault) {
        var events = 0
        var warnings = 0
        var closed = 0
        var time = Interval.zero
        var combined: UInt64 = 0
        let clock = ContinuousClock()
        let began = clock.now
        for seed in seeds {
            let outcome = try WarningSweep.run(seed: seed, size: size)
            let again = try WarningSweep.run(seed: seed, size: size)
            guard outcome == again else {
                report("FAILED seed \(seed): two runs differ: \(outcome) \(again)")
                exitNow(1)
            }
            events += outcome.events
            warnings += outcome.warnings
            closed += outcome.closed
            time = time + outcome.warningTime
            combined = (combined &* 31) ^ outcome.digest
        }
        let seconds = seconds(began.duration(to: clock.now))
        report(
            "\(seeds.count) seeds, each twice, every check held: \(warnings) warnings (\(closed) closed), "
                + "\(events) events, \(years(time)) warning-years, digest \(String(combined, radix: 16)), "
                + "\(rounded(seconds)) s")
    }

    /// The rules without the checks.
    private static func measure() {
        let clock = ContinuousClock()
        let began = clock.now
        let outcome = WarningPace.run(seed: 42, sources: 40, days: 3_652)
        let seconds = seconds(began.duration(to: clock.now))
        let perSecond = Double(outcome.warningTime.milliseconds) / 31_557_600_000 / seconds
        report(
            "rules alone: \(years(outcome.warningTime)) warning-years, \(outcome.events) events "
                + "in \(rounded(seconds)) s: \(Int(perSecond)) warning-years a second, "
                + "\(Int(Double(outcome.events) / seconds)) events a second")
    }

    private static func years(_ time: Interval) -> Int64 { time.milliseconds / 31_557_600_000 }
    private static func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
