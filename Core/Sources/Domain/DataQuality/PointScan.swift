public import Kernel

/// Reads one day of one point, value after value, in memory of fixed size but for the traces, which are reserved at
/// the start: nothing is allocated for a value. Readings come in the order in which they were received; one that is
/// older than the last is counted and left out of the shape.
public struct PointScan: Sendable {
    private let settings: ScanSettings
    private let limits: PointLimits
    private let start: Int64
    private let end: Int64
    private let span: Double
    private let ratePerMillisecond: Double
    private let jumpSize: Double
    private let margin: Double
    private let lateMilliseconds: Int64
    public private(set) var result: PointDay

    private var lastAt = Int64.min
    private var last = Double.nan
    private var beforeAt = Int64.min
    private var before = Double.nan
    private var run = PointDay.Place()
    private var steps = PointDay.Place()
    private var block = BlockMeter()
    private var repeats: RepeatWriter

    /// Values after such a silence do not continue what was before it.
    private static let gapMilliseconds: Int64 = 900_000

    public init(
        limits: PointLimits, quantity: Quantity, day: Day, settings: ScanSettings = ScanSettings(),
        expectedReadings: Int = 0
    ) {
        self.settings = settings
        self.limits = limits
        start = day.start.milliseconds
        end = day.next.start.milliseconds
        if let low = limits.rangeLow, let high = limits.rangeHigh, high > low { span = high - low } else { span = .nan }
        ratePerMillisecond = (settings.rateShareMax[quantity] ?? .infinity) * span / 60_000
        jumpSize = settings.jumpShare * span
        margin = PointSettings.rangeMargin * span
        lateMilliseconds = settings.lateSeconds * 1_000
        repeats = RepeatWriter(settings)
        result = PointDay(day: day)
        result.signs.reserve(expectedReadings)
        result.blocks.reserveCapacity(expectedReadings / max(1, settings.blockReadings) + 1)
    }

    public mutating func take(_ reading: ScanReading) {
        guard reading.at >= start, reading.at < end, !reading.value.isNaN else { return }
        count(reading)
        guard !reading.quality.isBad || reading.quality == .outOfRange, reading.at > lastAt else { return }
        shape(reading)
    }

    /// Call once at the end of the day.
    public mutating func finish() -> PointDay {
        endRun()
        endSteps()
        // What shows its noise is recognised by it; the fingerprints are for the still ones.
        if repeats.changes > 4_000 { result.repeats = RepeatTrace() }
        return result
    }

    private mutating func count(_ reading: ScanReading) {
        result.readings += 1
        if !reading.isBackfill {
            result.liveReadings += 1
            if reading.received - reading.at > lateMilliseconds { result.lateReadings += 1 }
        }
        let isOutside =
            reading.value < (limits.rangeLow ?? -.infinity) - (margin.isNaN ? 0 : margin)
            || reading.value > (limits.rangeHigh ?? .infinity) + (margin.isNaN ? 0 : margin)
        if reading.quality == .outOfRange || isOutside { result.outOfRangeReadings += 1 }
        if reading.quality == .bad { result.badReadings += 1 }
        if reading.quality == .good, !isOutside { result.accurateReadings += 1 }
        if let reported = reading.reported,
            MissedAlarmCheck.isMissed(
                value: reading.value, quality: reading.quality, reported: reported, limits: limits)
        {
            result.missedAlarms += 1
        }
    }

    private mutating func shape(_ reading: ScanReading) {
        let second = Int32((reading.at - start) / 1_000)
        if lastAt != .min, reading.at - lastAt > Self.gapMilliseconds {
            endRun()
            endSteps()
            before = .nan
            last = .nan
        }
        extremes(reading.value)
        if last.isNaN {
            run = PointDay.Place(from: second, until: second, readings: 1)
        } else {
            let step = reading.value - last
            let isStill = abs(step) <= 1e-9 * max(1, abs(last))
            if isStill {
                run.until = second
                run.readings += 1
            } else {
                result.changes += 1
                repeats.take(step: step, readings: run.readings, second: second, into: &result.repeats)
                endRun()
                run = PointDay.Place(from: second, until: second, readings: 1)
                rate(step, reading, second)
            }
            if !before.isNaN { bend(step, isStill: isStill, reading, second) }
        }
        beforeAt = lastAt
        before = last
        lastAt = reading.at
        last = reading.value
    }

    private mutating func extremes(_ value: Double) {
        if value > result.high {
            result.high = value
            result.top = PointDay.Place()
        }
        if value < result.low {
            result.low = value
            result.bottom = PointDay.Place()
        }
    }

    private mutating func bend(_ step: Double, isStill: Bool, _ reading: ScanReading, _ second: Int32) {
        let previous = last - before
        let bend = step - previous
        let isStraight = abs(bend) <= 1e-7 * max(1e-3, abs(last))
        result.signs.append(bend: isStraight ? 0 : bend, second: second)
        if isStraight, !isStill {
            if steps.readings == 0 { steps.from = second }
            steps.until = second
            steps.readings += 1
        } else {
            endSteps()
        }
        if abs(step) >= jumpSize, abs(previous) >= jumpSize, step * previous < 0 {
            result.jumps += 1
            if result.firstJump.readings == 0 {
                result.firstJump = PointDay.Place(from: second, until: second, readings: 1)
            }
        }
        block.take(value: reading.value, bend: abs(bend), isChange: !isStill, second: second)
        if block.readings >= settings.blockReadings { result.blocks.append(block.end()) }
    }

    /// A change beyond what such a quantity can do. Small ones are the instrument's, not the process's.
    private mutating func rate(_ step: Double, _ reading: ScanReading, _ second: Int32) {
        guard abs(step) > 0.05 * span, abs(step) > ratePerMillisecond * Double(max(1_000, reading.at - lastAt)) else {
            return
        }
        result.fastChanges += 1
        if result.firstFastChange.readings == 0 {
            result.firstFastChange = PointDay.Place(
                from: Int32((lastAt - start) / 1_000), until: second, readings: 1)
        }
    }

    private mutating func endRun() {
        guard run.readings > 0 else { return }
        if run.readings > result.still.readings { result.still = run }
        if last == result.high, run.readings > result.top.readings { result.top = run }
        if last == result.low, run.readings > result.bottom.readings { result.bottom = run }
        run = PointDay.Place()
    }

    private mutating func endSteps() {
        if steps.readings > result.progression.readings { result.progression = steps }
        steps = PointDay.Place()
    }
}

/// The noise of a block as its readings come.
private struct BlockMeter: Sendable {
    private(set) var readings = 0
    private var sum = 0.0
    private var changes: Int32 = 0
    private var from: Int32 = 0
    private var until: Int32 = 0
    /// How many values are whole numbers of 1, 0.1, 0.01, 0.001.
    private var whole: InlineArray<4, Int32> = .init(repeating: 0)

    mutating func take(value: Double, bend: Double, isChange: Bool, second: Int32) {
        if readings == 0 { from = second }
        until = second
        readings += 1
        sum += bend
        if isChange { changes += 1 }
        var scaled = value
        for digits in 0..<4 {
            if abs(scaled - scaled.rounded()) <= 1e-6 * max(1, abs(scaled)) {
                for rest in digits..<4 { whole[rest] += 1 }
                break
            }
            scaled *= 10
        }
    }

    mutating func end() -> PointDay.Block {
        defer { self = BlockMeter() }
        var decimals: UInt8 = 4
        for digits in 0..<4 where Double(whole[digits]) >= 0.99 * Double(readings) {
            decimals = UInt8(digits)
            break
        }
        return PointDay.Block(
            from: from, until: until, noise: Float(sum / Double(readings)), changes: changes, decimals: decimals)
    }
}
