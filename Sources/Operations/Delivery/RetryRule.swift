public import Kernel

/// When a delivery that failed is tried again: after twice the time at each attempt, up to a cap, spread so that many
/// do not come at once; and when it is given up.
public struct RetryRule: Hashable, Sendable {
    public var base: Interval
    public var cap: Interval
    public var giveUpAfter: Interval

    public init(base: Interval = .seconds(2), cap: Interval = .minutes(10), giveUpAfter: Interval = .hours(24)) {
        self.base = base
        self.cap = cap
        self.giveUpAfter = giveUpAfter
    }

    /// Between half and the whole of the step.
    /// - Parameters:
    ///   - attempts: how many have failed, from 1.
    ///   - jitter: in [0, 1).
    public func delay(afterAttempts attempts: Int, jitter: Double) -> Interval {
        precondition(attempts >= 1 && jitter >= 0 && jitter < 1, "no attempt, or no share")
        var step = base
        for _ in 1..<attempts where step < cap { step = step * 2 }
        step = min(step, cap)
        return .milliseconds(Int64(Double(step.milliseconds) * (0.5 + jitter / 2)))
    }
}
