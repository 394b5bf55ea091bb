import Domain
import Kernel
import Testing

/// What the detectors say of rows of values made by hand.
@Suite struct PointScanTests {
    private let point = MonitoringPoint(
        id: "P1", enterprise: "e1", hazard: "h1", equipment: "E1", name: "T-101 液位", quantity: .level, unit: "m",
        limits: PointLimits(rangeLow: 0, rangeHigh: 15, lowLow: 1, low: 2, high: 12, highHigh: 13))

    private func day(_ number: Int32, seed: UInt64, _ change: (Int, Double) -> Double = { $1 }) -> PointDay {
        let day = Day(number: number)
        var generator = SeededGenerator(seed: seed)
        var scan = PointScan(limits: point.limits, quantity: point.quantity, day: day)
        for index in 0..<8_640 {
            let slow = 7 + 3 * abs(Double(index % 4_000) / 2_000 - 1)
            let value = change(index, ((slow + generator.normal() * 0.01) * 1_000).rounded() / 1_000)
            let at = day.start.milliseconds + Int64(index) * 10_000
            scan.take(ScanReading(at: at, received: at + 3_000, value: value, quality: .good))
        }
        return scan.finish()
    }

    private func rules(_ change: (Int, Double) -> Double) -> [QualityRule] {
        let history = (0..<3).map { day(20_000 + $0, seed: UInt64($0) + 1) }
        return PointJudge(point).judge(day(20_003, seed: 77, change), history: history).map(\.rule)
    }

    @Test func `an honest day says nothing`() { #expect(rules { $1 } == []) }

    @Test func `SJ-23 a value that stands still where it never did`() {
        #expect(rules { $0 > 3_000 && $0 < 3_600 ? 8.25 : $1 }.contains(.frozen))
    }

    @Test func `SJ-23 equal steps`() {
        #expect(rules { $0 > 3_000 && $0 < 3_200 ? 8 + Double($0 - 3_000) * 0.0005 : $1 }.contains(.interpolated))
    }

    @Test func `SJ-23 a day that is yesterday's, with an offset`() {
        let history = (0..<3).map { day(20_000 + $0, seed: UInt64($0) + 1) }
        let copied = day(20_003, seed: 2) { $1 + 0.05 }
        let found = PointJudge(point).judge(copied, history: history)
        #expect(found.map(\.rule) == [.replayed])
        #expect(found.first?.marks.count == 2 && found.first?.marks.last?.isSource == true)
        let honest = PointJudge(point).judge(day(20_003, seed: 9), history: history)
        #expect(honest == [])
    }

    @Test func `SJ-23 coarse data that repeats to the last digit is recognised by its changes`() {
        // Too coarse to show noise: a random walk in steps of five centimetres, still for minutes.
        func coarse(_ number: Int32, seed: UInt64) -> PointDay {
            let day = Day(number: number)
            var generator = SeededGenerator(seed: seed)
            var scan = PointScan(limits: point.limits, quantity: .level, day: day)
            var value = 7.0
            for index in 0..<8_640 {
                if generator.chance(0.06) { value += Double(generator.integer(-3...3)) * 0.05 }
                let at = day.start.milliseconds + Int64(index) * 10_000
                scan.take(ScanReading(at: at, received: at, value: (value * 100).rounded() / 100, quality: .good))
            }
            return scan.finish()
        }
        let history = (0..<3).map { coarse(20_000 + $0, seed: UInt64($0) + 1) }
        #expect(PointJudge(point).judge(coarse(20_003, seed: 3), history: history).map(\.rule).contains(.repeated))
        #expect(!PointJudge(point).judge(coarse(20_003, seed: 8), history: history).map(\.rule).contains(.repeated))
    }

    @Test func `SJ-11 SJ-23 jumps, impossible rates, values out of range`() {
        #expect(rules { $0 == 500 ? $1 + 5 : $1 }.contains(.jump))
        #expect(rules { $0 > 500 && $0 < 900 ? $1 - 4 : $1 }.contains(.impossibleRate))
        #expect(rules { $0 > 500 && $0 < 900 ? 15.9 : $1 }.contains(.outOfRange))
    }

    @Test func `QY-01 an instrument that says it is bad for long is a finding, and its values tell nothing`() {
        let day = Day(number: 20_000)
        var scan = PointScan(limits: point.limits, quantity: .level, day: day)
        for index in 0..<1_000 {
            let at = day.start.milliseconds + Int64(index) * 10_000
            let isBad = index >= 900
            scan.take(
                ScanReading(at: at, received: at, value: isBad ? 99 : 7, quality: isBad ? .bad : .good))
        }
        let found = scan.finish()
        #expect(found.badReadings == 100 && found.accurateReadings == 900 && found.high == 7)
        #expect(PointJudge(point).judge(found, history: []).map(\.rule).contains(.badQuality))
    }

    @Test func `what a day left behind is read back as it was written, and damage is not read`() {
        let whole = day(20_000, seed: 5)
        #expect(PointDay(day: whole.day, figures: whole.figures, traces: whole.traces) == whole)
        var bare = whole
        bare.signs = SignTrace()
        bare.repeats = RepeatTrace()
        #expect(PointDay(day: whole.day, figures: whole.figures, traces: nil) == bare)
        #expect(PointDay(day: whole.day, figures: Array(whole.figures.dropLast()), traces: nil) == nil)
        #expect(PointDay(day: whole.day, figures: whole.figures, traces: [1, 2]) == nil)
    }

    @Test func `a still point is judged by its own nights, and 30 days without a change are told`() {
        func still(_ number: Int32) -> PointDay { day(number, seed: 1) { _, _ in 6.4 } }
        let history = (0..<3).map { still(20_000 + $0) }
        #expect(PointJudge(point).judge(still(20_003), history: history) == [])
        let month = (0..<29).map { still(20_000 + $0) }
        #expect(PointJudge(point).judge(still(20_029), history: month).map(\.rule) == [.neverChanged])
    }

    @Test func `SJ-28 what is older than the last value counts, and stays out of the shape`() {
        let day = Day(number: 20_000)
        var scan = PointScan(limits: point.limits, quantity: .level, day: day)
        let start = day.start.milliseconds
        for (offset, value) in [(0, 5.0), (20_000, 5.1), (10_000, 14.0), (30_000, 5.2)] as [(Int64, Double)] {
            let isOld = offset == 10_000
            scan.take(
                ScanReading(
                    at: start + offset, received: start + offset + (isOld ? 900_000 : 1_000), value: value,
                    quality: .good, isBackfill: isOld))
        }
        let found = scan.finish()
        #expect(found.readings == 4 && found.liveReadings == 3 && found.lateReadings == 0)
        #expect(found.jumps == 0 && found.high == 5.2)
    }
}
