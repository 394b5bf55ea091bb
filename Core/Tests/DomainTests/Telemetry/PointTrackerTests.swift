import Domain
import Kernel
import Testing

/// Sequences of values and what they make of a point. Times are seconds.
@Suite struct PointTrackerTests {
    /// A script reads: at second 0 the value 9.5, at 3 nothing but the clock …
    enum Step {
        case value(Double, Quality = .good, claimed: Int64? = nil)
        case clock
    }

    static let limits = PointLimits(rangeLow: 0, rangeHigh: 12, lowLow: 0.5, low: 1, high: 9, highHigh: 10)

    static func settings(on: Int64 = 5, off: Int64 = 0, deadband: Double = 0.12, offline: Int64? = 600) -> PointSettings
    {
        PointSettings(
            limits: limits, onDelay: .seconds(on), offDelay: .seconds(off), deadband: deadband,
            offlineAfter: offline.map { .seconds($0) })
    }

    static func at(_ second: Int64) -> Timestamp { Timestamp(milliseconds: 1_000_000_000 + second * 1_000) }

    /// Runs the script and answers the events as `high@5`, `offline@600`.
    static func run(_ tracker: inout PointTracker, _ script: [(Int64, Step)]) -> [String] {
        var found: [String] = []
        func drain(_ tracker: inout PointTracker, to instant: Timestamp) {
            while let event = tracker.elapse(to: instant) {
                switch event {
                case .changed(_, let state, let time):
                    found.append("\(state)@\((time - at(0)).seconds)")
                case .wentOffline(let time): found.append("offline@\((time - at(0)).seconds)")
                }
            }
        }
        for (second, step) in script {
            switch step {
            case .value(let value, let quality, let claimed):
                let effective = at(claimed ?? second)
                drain(&tracker, to: effective)
                _ = tracker.ingest(
                    value: value, quality: quality, claimed: effective, effective: effective, received: at(second))
                drain(&tracker, to: at(second))
            case .clock: drain(&tracker, to: at(second))
            }
        }
        return found
    }

    static let sequences: [(String, PointSettings, [(Int64, Step)], [String])] = [
        (
            "high for less than the on-delay raises nothing", settings(),
            [(0, .value(9.5)), (4, .value(8)), (20, .clock)], []
        ),
        (
            "high for the on-delay raises at the deadline, with no further sample", settings(),
            [(0, .value(9.5)), (60, .clock)], ["high@5"]
        ),
        (
            "a value at the limit is beyond it", settings(on: 0),
            [(0, .value(9)), (1, .value(1)), (2, .value(5))], ["high@0", "low@1", "normal@2"]
        ),
        (
            "HighHigh at once is one change", settings(),
            [(0, .value(10)), (60, .clock)], ["highHigh@5"]
        ),
        (
            "HighHigh while High is pending: each has its own delay", settings(),
            [(0, .value(9.5)), (3, .value(10.5)), (60, .clock)], ["high@5", "highHigh@8"]
        ),
        (
            "High, HighHigh, bad quality, normal", settings(on: 0),
            [(0, .value(9.5)), (10, .value(10.5)), (20, .value(5, .bad)), (30, .value(5))],
            ["high@0", "highHigh@10", "normal@30"]
        ),
        (
            "bad quality never clears", settings(on: 0),
            [(0, .value(9.5)), (10, .value(5, .bad)), (500, .value(5, .bad)), (900, .clock)], ["high@0"]
        ),
        (
            "uncertain and out-of-range values raise but do not clear", settings(on: 0),
            [(0, .value(9.5, .uncertain)), (10, .value(5, .uncertain)), (20, .value(5, .outOfRange)), (30, .value(5))],
            ["high@0", "normal@30"]
        ),
        ("bad quality does not raise", settings(on: 0), [(0, .value(11, .bad)), (9, .clock)], []),
        (
            "bad quality does not cancel a rising alarm", settings(),
            [(0, .value(9.5)), (2, .value(0, .bad)), (60, .clock)], ["high@5"]
        ),
        (
            "a broken loop far below the range raises the low side and clears nothing of the high one", settings(on: 0),
            [(0, .value(9.5)), (10, .value(-3)), (20, .value(5))], ["high@0", "lowLow@10", "normal@20"]
        ),
        (
            "within the deadband it stays", settings(on: 0),
            [(0, .value(9.5)), (10, .value(8.9)), (20, .value(8.88)), (30, .value(8.87))], ["high@0", "normal@30"]
        ),
        (
            "the off-delay counts from the return", settings(on: 0, off: 30),
            [(0, .value(9.5)), (10, .value(5)), (100, .clock)], ["high@0", "normal@40"]
        ),
        (
            "a rebound within the off-delay is no second alarm", settings(on: 0, off: 30),
            [(0, .value(9.5)), (10, .value(5)), (30, .value(9.5)), (100, .clock)], ["high@0"]
        ),
        (
            "bad quality stops the off-delay; it starts again", settings(on: 0, off: 30),
            [(0, .value(9.5)), (10, .value(5)), (20, .value(5, .bad)), (50, .value(5)), (200, .clock)],
            ["high@0", "normal@80"]
        ),
        (
            "offline is declared after the silence and clears nothing", settings(on: 0, off: 30),
            [(0, .value(9.5)), (5000, .clock)], ["high@0", "offline@600"]
        ),
        (
            "offline stops the off-delay", settings(on: 0, off: 900),
            [(0, .value(9.5)), (10, .value(5)), (5000, .clock)], ["high@0", "offline@610"]
        ),
        (
            "back online it clears by a good value", settings(on: 0),
            [(0, .value(9.5)), (700, .value(5))], ["high@0", "offline@600", "normal@700"]
        ),
        (
            "silence counts from the receipt, not from the claimed time", settings(),
            [(0, .value(5, claimed: -500)), (599, .clock), (600, .clock)], ["offline@600"]
        ),
        (
            "from HighHigh to High, past the deadband", settings(on: 0),
            [(0, .value(10.5)), (10, .value(9.9)), (20, .value(9.5)), (30, .value(5))],
            ["highHigh@0", "high@20", "normal@30"]
        ),
        (
            "from High to Low in one step", settings(on: 0),
            [(0, .value(9.5)), (10, .value(0.8)), (20, .value(0.2))], ["high@0", "low@10", "lowLow@20"]
        ),
        (
            "the side whose value holds wins while the other is on its way out", settings(on: 0, off: 30),
            [(0, .value(9.5)), (10, .value(0.8)), (60, .value(5)), (100, .clock)], ["high@0", "low@10", "normal@90"]
        ),
        (
            "a late sample does not date a clearing before its alarm", settings(on: 5),
            [(0, .value(9.5)), (6, .clock), (7, .value(5, claimed: 3))], ["high@5", "normal@5"]
        ),
    ]

    @Test(arguments: sequences.indices)
    func `a sequence of values makes these states`(index: Int) {
        let (name, settings, script, expected) = Self.sequences[index]
        var tracker = PointTracker(settings)
        #expect(Self.run(&tracker, script) == expected, "\(name)")
    }

    @Test func `an older value changes nothing, one from a clock put right does`() {
        var tracker = PointTracker(Self.settings(on: 0))
        #expect(Self.run(&tracker, [(100, .value(5))]) == [])
        let older = tracker.ingest(
            value: 11, quality: .good, claimed: Self.at(90), effective: Self.at(90), received: Self.at(101))
        #expect(older == .older && tracker.state == .normal && tracker.value == 5)

        var ahead = PointTracker(Self.settings(on: 0))
        _ = ahead.ingest(
            value: 5, quality: .good, claimed: Self.at(340), effective: Self.at(100), received: Self.at(100))
        let next = ahead.ingest(
            value: 11, quality: .good, claimed: Self.at(102), effective: Self.at(102), received: Self.at(103))
        #expect(next == .live)
        #expect(ahead.elapse(to: Self.at(103)) == .changed(from: .normal, to: .highHigh, at: Self.at(102)))
    }

    @Test func `the next deadline is exact, and nothing happens before it`() throws {
        var tracker = PointTracker(Self.settings())
        #expect(tracker.nextDeadline == nil)
        _ = Self.run(&tracker, [(0, .value(9.5))])
        #expect(tracker.nextDeadline == Self.at(5))
        #expect(tracker.elapse(to: Self.at(5) - .milliseconds(1)) == nil)
        #expect(tracker.elapse(to: Self.at(5)) == .changed(from: .normal, to: .high, at: Self.at(5)))
        #expect(tracker.nextDeadline == Self.at(600))
    }

    @Test func `a restored tracker goes on as if nothing had been`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            var script: [(Int64, Step)] = []
            var clock: Int64 = 0
            for _ in 0..<30 {
                clock += Int64(generator.integer(0...400))
                let quality = generator.pick(Quality.allCases)
                script.append((clock, generator.chance(0.2) ? .clock : .value(generator.unit() * 12, quality)))
            }
            let settings = Self.settings(on: 5, off: 60)
            var whole = PointTracker(settings)
            let expected = Self.run(&whole, script)
            let cut = generator.integer(0...30)
            var first = PointTracker(settings)
            var found = Self.run(&first, Array(script[..<cut]))
            var second = PointTracker(settings, restoring: first.snapshot)
            #expect(second.hasSameDiscreteState(as: first))
            found += Self.run(&second, Array(script[cut...]))
            #expect(found == expected)
        }
    }

    @Test func `a new limit that no longer calls it an alarm clears it, a removed one at once`() {
        var tracker = PointTracker(Self.settings(on: 0, off: 30))
        _ = Self.run(&tracker, [(0, .value(9.5))])
        var limits = Self.limits
        limits.high = 9.8
        tracker.reconfigure(
            PointSettings(limits: limits, onDelay: .zero, offDelay: .seconds(30), deadband: 0.12), at: Self.at(10))
        #expect(Self.run(&tracker, [(39, .clock)]) == [])
        #expect(Self.run(&tracker, [(40, .clock)]) == ["normal@40"])

        var other = PointTracker(Self.settings(on: 0, off: 30))
        _ = Self.run(&other, [(0, .value(9.5))])
        limits.high = nil
        other.reconfigure(
            PointSettings(limits: limits, onDelay: .zero, offDelay: .seconds(30), deadband: 0.12), at: Self.at(10))
        #expect(Self.run(&other, [(10, .clock)]) == ["normal@10"])
    }

    @Test func `a tightened limit raises by the last value`() {
        var tracker = PointTracker(Self.settings(on: 0))
        _ = Self.run(&tracker, [(0, .value(8.5))])
        var limits = Self.limits
        limits.high = 8
        tracker.reconfigure(
            PointSettings(limits: limits, onDelay: .zero, offDelay: .zero, deadband: 0.12), at: Self.at(10))
        #expect(Self.run(&tracker, [(10, .clock)]) == ["high@10"])
    }

    @Test func `after a reset by hand the next value beyond the limit is a new alarm`() {
        var tracker = PointTracker(Self.settings(on: 0, off: 60))
        _ = Self.run(&tracker, [(0, .value(9.5)), (10, .value(5))])
        tracker.reset(at: Self.at(20))
        #expect(tracker.state == .normal)
        #expect(Self.run(&tracker, [(30, .value(9.5))]) == ["high@30"])
    }

    @Test func `the platform's own silence takes no point offline`() {
        var tracker = PointTracker(Self.settings())
        _ = Self.run(&tracker, [(0, .value(5))])
        tracker.platformStarted(at: Self.at(3600))
        #expect(Self.run(&tracker, [(4199, .clock), (4200, .clock)]) == ["offline@4200"])
    }

    @Test func `without limits a point is never in alarm`() {
        var tracker = PointTracker(
            PointSettings(limits: PointLimits(), onDelay: .zero, offDelay: .zero, deadband: 0, offlineAfter: nil))
        #expect(Self.run(&tracker, [(0, .value(1e9)), (1, .value(-1e9)), (2, .value(.nan))]) == [])
        #expect(tracker.nextDeadline == nil && tracker.isBad)
    }
}
