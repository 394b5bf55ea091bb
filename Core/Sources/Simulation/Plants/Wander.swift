import Kernel

/// A smooth, bounded wandering between -1 and 1 that is a function of seed and time alone: it has no state, so it does
/// not matter in which steps time passes, and a bound is a bound.
struct Wander: Hashable, Sendable {
    private let seed: UInt64
    private let periodMilliseconds: Int64

    init(seed: UInt64, period: Interval) {
        precondition(period.milliseconds > 0, "a wander needs a period")
        self.seed = seed
        periodMilliseconds = period.milliseconds
    }

    func value(at instant: Timestamp) -> Double {
        var cell = instant.milliseconds / periodMilliseconds
        var rest = instant.milliseconds % periodMilliseconds
        if rest < 0 {
            rest += periodMilliseconds
            cell -= 1
        }
        let part = Double(rest) / Double(periodMilliseconds)
        let eased = part * part * (3 - 2 * part)
        let left = corner(cell)
        return left + (corner(cell + 1) - left) * eased
    }

    private func corner(_ cell: Int64) -> Double {
        var generator = SeededGenerator(seed: seed ^ (UInt64(bitPattern: cell) &* 0xD6E8_FEB8_6659_FD93))
        return generator.unit() * 2 - 1
    }
}
