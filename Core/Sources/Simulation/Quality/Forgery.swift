public import Domain
public import Kernel

/// A way to forge a stretch of readings, decided by a seed. What a forger knows is the point's own past; what he leaves
/// behind is for the detectors to find.
public struct Forgery: Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case freeze, replayExact, replayNoisy, replayOffset, replayShifted, smooth, interpolate, interpolateRounded
        case clamp, scale, coarsen, raisedEdgeLimit, delay, clockShift
    }

    public var kind: Kind
    /// The stretch, milliseconds.
    public var from: Int64
    public var until: Int64

    /// A stretch of some hours within the day.
    public init(_ kind: Kind, day: Day, hours: ClosedRange<Int>, generator: inout SeededGenerator) {
        self.kind = kind
        let length = Int64(generator.integer(hours)) * 3_600_000
        let latest = Int(86_400_000 - length) / 1_000
        from = day.start.milliseconds + Int64(generator.integer(0...max(0, latest - 1))) * 1_000
        until = from + length
    }

    /// - Parameters:
    ///   - readings: the honest day, in order.
    ///   - past: the honest days before it, in order.
    /// - Returns: what arrives in its stead; nil where this point offers no such forgery.
    public func forge(
        _ readings: [ScanReading], past: [ScanReading], point: MonitoringPoint, generator: inout SeededGenerator
    ) -> [ScanReading]? {
        let places = readings.indices.filter { readings[$0].at >= from && readings[$0].at < until }
        guard let first = places.first, let last = places.last, places.count > 60 else { return nil }
        var forged = readings
        switch kind {
        case .freeze: for place in places { forged[place].value = readings[first].value }
        case .replayExact, .replayNoisy, .replayOffset, .replayShifted:
            guard replay(&forged, places, past: past, point: point, &generator) else { return nil }
        case .smooth: smooth(&forged, places, digits: Self.decimals(readings))
        case .interpolate, .interpolateRounded:
            let digits = kind == .interpolate ? 6 : Self.decimals(readings)
            let (start, goal) = (readings[first].value, readings[last].value)
            for place in places {
                let part = Double(place - first) / Double(max(1, last - first))
                forged[place].value = Self.rounded(start + (goal - start) * part, digits)
            }
        case .clamp: return Self.excursion(readings, places, point).map { clamp($0, places, point) }
        case .scale:
            let low = point.limits.rangeLow ?? 0
            let digits = Self.decimals(readings)
            for place in places {
                forged[place].value = Self.rounded(low + (readings[place].value - low) * 0.8, digits)
            }
        case .coarsen:
            let digits = Self.decimals(readings) - 1
            guard digits >= 0 else { return nil }
            for place in places { forged[place].value = Self.rounded(readings[place].value, digits) }
        case .raisedEdgeLimit: return Self.excursion(readings, places, point).map { report($0, point) }
        case .delay:
            // From `from` on, everything is shown two hours late, to the end of the day.
            let late =
                readings.partitioningIndex { $0.at >= from }
                - readings.partitioningIndex {
                    $0.at >= from - 7_200_000
                }
            guard late > 0 else { return nil }
            for place in first..<readings.count where place - late >= 0 {
                forged[place].value = readings[place - late].value
            }
        case .clockShift: for place in forged.indices { forged[place].at -= 420_000 }
        }
        return forged
    }

    private func replay(
        _ forged: inout [ScanReading], _ places: [Int], past: [ScanReading], point: MonitoringPoint,
        _ generator: inout SeededGenerator
    ) -> Bool {
        guard past.count > places.count + 1 else { return false }
        let latest = past.count - places.count - 1
        // A careful forger takes the same hour of an earlier day; `replayShifted` any place at all.
        var source = generator.integer(0...latest)
        if kind != .replayShifted, let first = places.first {
            let wanted = forged[first].at - 86_400_000 * Int64(generator.integer(1...2))
            source = min(latest, past.partitioningIndex { $0.at >= wanted })
        }
        let digits = Self.decimals(past)
        let noise = Self.noise(past) * 0.5
        let span = (point.limits.rangeHigh ?? 1) - (point.limits.rangeLow ?? 0)
        let floor = past.lazy.map(\.value).min() ?? 0
        for (offset, place) in places.enumerated() {
            var value = past[source + offset].value
            if kind == .replayNoisy { value = max(floor, value + generator.normal() * noise) }
            if kind == .replayOffset { value += 0.01 * span }
            forged[place].value = Self.rounded(value, digits)
        }
        return true
    }

    /// A mean over some sixty readings, as one who draws a nice curve would make it.
    private func smooth(_ forged: inout [ScanReading], _ places: [Int], digits: Int) {
        let honest = forged.map(\.value)
        for place in places {
            let span = max(0, place - 30)...min(honest.count - 1, place + 30)
            let mean = honest[span].reduce(0, +) / Double(span.count)
            forged[place].value = Self.rounded(mean, digits)
        }
    }

    /// The same stretch with a rise beyond the high limit in it, its noise kept: what there would be to hide.
    static func excursion(_ readings: [ScanReading], _ places: [Int], _ point: MonitoringPoint) -> [ScanReading]? {
        guard let limit = point.limits.high ?? point.limits.highHigh, let low = point.limits.rangeLow,
            let high = point.limits.rangeHigh, let first = places.first
        else { return nil }
        var raised = readings
        let lift = limit + 0.06 * (high - low) - readings[first].value
        guard lift > 0 else { return nil }
        for (offset, place) in places.enumerated() {
            let part = Double(offset) / Double(places.count)
            let shape = part < 0.4 ? part / 0.4 : part > 0.6 ? (1 - part) / 0.4 : 1
            raised[place].value = min(high, readings[place].value + lift * shape * shape * (3 - 2 * shape))
        }
        return raised
    }

    private func clamp(_ raised: [ScanReading], _ places: [Int], _ point: MonitoringPoint) -> [ScanReading] {
        guard let limit = point.limits.high ?? point.limits.highHigh else { return raised }
        var forged = raised
        let span = (point.limits.rangeHigh ?? limit) - (point.limits.rangeLow ?? 0)
        let lid = Self.rounded(limit - 0.01 * span, 3)
        for place in places { forged[place].value = min(lid, raised[place].value) }
        return forged
    }

    /// The enterprise's own system, its limits raised by a fifth of the range, says what it sees.
    private func report(_ raised: [ScanReading], _ point: MonitoringPoint) -> [ScanReading] {
        let span = (point.limits.rangeHigh ?? 0) - (point.limits.rangeLow ?? 0)
        var edge = point.limits
        edge.high = edge.high.map { $0 + 0.2 * span }
        edge.highHigh = edge.highHigh.map { $0 + 0.2 * span }
        return raised.map { reading in
            var reading = reading
            reading.reported = MissedAlarmCheck.expected(value: reading.value, limits: edge)
            return reading
        }
    }

    private static func rounded(_ value: Double, _ digits: Int) -> Double {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        return (value * scale).rounded() / scale
    }

    /// The digits after the point that the instrument shows.
    private static func decimals(_ readings: [ScanReading]) -> Int {
        for digits in 0..<4
        where readings.prefix(500).allSatisfy({ abs(rounded($0.value, digits) - $0.value) < 1e-9 }) { return digits }
        return 4
    }

    /// The deviation of the instrument's noise, from its second differences.
    private static func noise(_ readings: [ScanReading]) -> Double {
        let part = readings.prefix(2_000).map(\.value)
        guard part.count > 2 else { return 0 }
        var sum = 0.0
        for index in 1..<part.count - 1 {
            let bend = part[index + 1] - 2 * part[index] + part[index - 1]
            sum += bend * bend
        }
        return (sum / Double(part.count - 2) / 6).squareRoot()
    }
}

extension Array {
    /// The first place at which the condition holds, where it holds from some place on.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
