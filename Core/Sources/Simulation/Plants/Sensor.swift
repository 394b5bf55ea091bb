import Kernel

/// How trustworthy the instrument says its value is; the words are those of an upload.
public enum ReadingQuality: String, CaseIterable, Hashable, Sendable {
    case good = "GOOD"
    case uncertain = "UNCERTAIN"
    case bad = "BAD"
    case outOfRange = "OUT_OF_RANGE"
}

/// A fault of an instrument.
enum SensorFault: Hashable, Sendable {
    /// Shows what it showed when it froze.
    case frozen(value: Double)
    /// Moves away from the truth by so much an hour.
    case drifting(since: Timestamp, perHour: Double)
    /// Sends nothing.
    case silent
    /// Sends, and says itself that it is wrong.
    case bad
}

/// The instrument of one point: follows the truth with a lag, adds noise, rounds, ends at its range.
struct Sensor: Sendable {
    var fault: SensorFault?
    private var felt: Double?
    private var generator: SeededGenerator

    init(generator: SeededGenerator) { self.generator = generator }

    mutating func read(_ truth: Double, design: PointDesign, seconds: Double, at instant: Timestamp)
        -> (value: Double, quality: ReadingQuality)?
    {
        let before = felt ?? truth
        let now = before + (truth - before) * min(1, seconds / design.lagSeconds)
        felt = now
        // Bounded noise: an instrument that works does not cross a limit by chance.
        let noise = max(-3, min(3, generator.normal())) * design.noise
        var value = now + noise
        var quality = ReadingQuality.good
        switch fault {
        case nil: break
        case .frozen(let frozen): value = frozen
        case .drifting(let since, let perHour):
            value += perHour * Double((instant - since).milliseconds) / 3_600_000
        case .silent: return nil
        case .bad:
            value = design.rangeLow + (design.rangeHigh - design.rangeLow) * generator.unit()
            quality = .bad
        }
        if let floor = design.floor { value = max(floor, value) }
        if value > design.rangeHigh || value < design.rangeLow {
            value = min(design.rangeHigh, max(design.rangeLow, value))
            if quality == .good { quality = .outOfRange }
        }
        value = (value / design.resolution).rounded() * design.resolution
        return ((value * 10_000).rounded() / 10_000, quality)
    }
}
