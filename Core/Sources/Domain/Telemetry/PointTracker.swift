public import Kernel

/// What is known of one monitoring point at an instant, of fixed size: a city's points lie side by side in one array.
///
/// Each of the four limits is a latch of its own: it closes when values lie beyond the limit for the on-delay, and
/// opens when good values lie within it, past the deadband, for the off-delay. The state follows from the latches.
/// Time drives the delays, not the next sample: `ingest` only starts and stops timers, and `elapse(to:)`, called
/// until it answers nil, says what came about and at which instant. Bad quality and silence never clear an alarm:
/// they stop the timers that would.
public struct PointTracker: Sendable {
    // Limits; NaN where there is none, so that every comparison with it is false.
    private var limit: InlineArray<4, Double> = .init(repeating: .nan)
    private var validLow = -Double.infinity
    private var validHigh = Double.infinity
    private var deadband = 0.0
    private var onDelay: Int64 = 0
    private var offDelay: Int64 = 0
    private var offlineAfter = Self.none

    /// The last live value; NaN before the first one.
    public internal(set) var value = Double.nan
    var claimedAt = Int64.min
    var effectiveAt = Int64.min
    var receivedMilliseconds = Int64.min
    var stateSinceMilliseconds = Int64.min
    var offlineSinceMilliseconds = Self.none
    /// When the pending flip of each latch began.
    var timer: InlineArray<4, Int64> = .init(repeating: Self.none)
    private var earliest = Self.none
    var latched: UInt8 = 0
    public internal(set) var state: PointState = .normal
    public internal(set) var quality: Quality = .good

    static let none = Int64.max
    enum Latch {
        static let highHigh = 0
        static let lowLow = 1
        static let high = 2
        static let low = 3
        static let all = 0..<4
        static func isHigh(_ latch: Int) -> Bool { latch & 1 == 0 }
        static let states: InlineArray<4, PointState> = [.highHigh, .lowLow, .high, .low]
    }

    public init(_ settings: PointSettings) { apply(settings) }

    private mutating func apply(_ settings: PointSettings) {
        limit[Latch.highHigh] = settings.limits.highHigh ?? .nan
        limit[Latch.lowLow] = settings.limits.lowLow ?? .nan
        limit[Latch.high] = settings.limits.high ?? .nan
        limit[Latch.low] = settings.limits.low ?? .nan
        validLow = -.infinity
        validHigh = .infinity
        if settings.checksRange, let low = settings.limits.rangeLow, let high = settings.limits.rangeHigh, high > low {
            let margin = (high - low) * PointSettings.rangeMargin
            validLow = low - margin
            validHigh = high + margin
        }
        deadband = max(0, settings.deadband)
        onDelay = max(0, settings.onDelay.milliseconds)
        offDelay = max(0, settings.offDelay.milliseconds)
        offlineAfter = settings.offlineAfter.map(\.milliseconds) ?? Self.none
    }
}

extension PointTracker {
    /// What a value turned out to be.
    public enum Reception: Sendable {
        case live
        /// Older than what the point already told: for the history and the missed-alarm check only.
        case older
    }

    /// Takes one value. `claimed` is the time it bears, `effective` that time on the server's clock (never later than
    /// `received`). Call `elapse(to: effective)` until nil before and after.
    public mutating func ingest(
        value newValue: Double, quality newQuality: Quality, claimed: Timestamp, effective: Timestamp,
        received: Timestamp
    ) -> Reception {
        if effective.milliseconds < effectiveAt, claimed.milliseconds < claimedAt { return .older }
        claimedAt = claimed.milliseconds
        effectiveAt = max(effectiveAt, effective.milliseconds)
        receivedMilliseconds = max(receivedMilliseconds, received.milliseconds)
        offlineSinceMilliseconds = Self.none
        quality = newQuality != .bad && (newValue < validLow || newValue > validHigh) ? .outOfRange : newQuality
        if newValue.isNaN { quality = .bad } else { value = newValue }
        evaluate(at: max(effectiveAt, stateSinceMilliseconds))
        return .live
    }

    private mutating func evaluate(at instant: Int64) {
        if latched == 0, earliest == Self.none, !isBeyondAny { return }
        for latch in Latch.all {
            let isHigh = Latch.isHigh(latch)
            if latched & (1 << UInt8(latch)) != 0 {
                let isWithin = isHigh ? value < limit[latch] - deadband : value > limit[latch] + deadband
                if quality.mayClear, isWithin {
                    if timer[latch] == Self.none { timer[latch] = instant }
                } else {
                    timer[latch] = Self.none
                }
            } else if isHigh ? value >= limit[latch] : value <= limit[latch] {
                if quality.mayRaise, timer[latch] == Self.none { timer[latch] = instant }
            } else if quality.mayClear {
                timer[latch] = Self.none
            }
        }
        findEarliest()
    }

    private var isBeyondAny: Bool {
        value >= limit[Latch.high] || value >= limit[Latch.highHigh] || value <= limit[Latch.low]
            || value <= limit[Latch.lowLow]
    }

    mutating func findEarliest() {
        earliest = Self.none
        for latch in Latch.all where timer[latch] != Self.none { earliest = min(earliest, deadline(of: latch)) }
    }

    private func deadline(of latch: Int) -> Int64 {
        timer[latch] + (latched & (1 << UInt8(latch)) != 0 ? offDelay : onDelay)
    }
}

extension PointTracker {
    /// What time alone brought about.
    public enum Event: Equatable, Sendable {
        case changed(from: PointState, to: PointState, at: Timestamp)
        case wentOffline(at: Timestamp)
    }

    /// The next thing that came about by `instant`, at its own instant; nil where there is nothing more.
    public mutating func elapse(to instant: Timestamp) -> Event? {
        while true {
            let silence = offlineDeadline
            guard min(earliest, silence) <= instant.milliseconds else { return nil }
            if earliest <= silence {
                let at = earliest
                flip(at: at)
                let next = stateOfLatches
                guard next != state else { continue }
                let previous = state
                state = next
                stateSinceMilliseconds = at
                return .changed(from: previous, to: next, at: Timestamp(milliseconds: at))
            }
            offlineSinceMilliseconds = silence
            for latch in Latch.all where latched & (1 << UInt8(latch)) != 0 { timer[latch] = Self.none }
            findEarliest()
            return .wentOffline(at: Timestamp(milliseconds: silence))
        }
    }

    private mutating func flip(at instant: Int64) {
        var flips: UInt8 = 0
        for latch in Latch.all where timer[latch] != Self.none && deadline(of: latch) <= instant {
            flips |= 1 << UInt8(latch)
            timer[latch] = Self.none
        }
        latched ^= flips
        findEarliest()
    }

    /// The worst level that is latched; where both sides are, the one whose value has not come back.
    private var stateOfLatches: PointState {
        for first in [Latch.highHigh, Latch.high] {
            let second = first + 1
            let hasFirst = latched & (1 << UInt8(first)) != 0
            let hasSecond = latched & (1 << UInt8(second)) != 0
            if hasFirst, hasSecond { return Latch.states[timer[first] == Self.none ? first : second] }
            if hasFirst { return Latch.states[first] }
            if hasSecond { return Latch.states[second] }
        }
        return .normal
    }

    private var offlineDeadline: Int64 {
        guard offlineAfter != Self.none, receivedMilliseconds != Int64.min, !isOffline else { return Self.none }
        return receivedMilliseconds + offlineAfter
    }

    /// The next instant at which something can come about without a value.
    public var nextDeadline: Timestamp? {
        let next = min(earliest, offlineDeadline)
        return next == Self.none ? nil : Timestamp(milliseconds: next)
    }
}

extension PointTracker {
    /// Nil before the first live value.
    public var valueAt: Timestamp? { Self.instant(claimedAt) }
    public var receivedAt: Timestamp? { Self.instant(receivedMilliseconds) }
    /// When the present state began; nil where it has never changed.
    public var stateSince: Timestamp? { Self.instant(stateSinceMilliseconds) }
    public var isOffline: Bool { offlineSinceMilliseconds != Self.none }
    public var offlineSince: Timestamp? {
        isOffline ? Timestamp(milliseconds: offlineSinceMilliseconds) : nil
    }
    /// Whether the last value says too little to lower anything (质量差).
    public var isBad: Bool { quality.isBad }
    /// Whether the last value lies beyond a limit now, deadband left aside.
    public var isBeyondLimit: Bool { isBeyondAny }
    /// The limit that a state lies beyond; nil for normal.
    public func threshold(of state: PointState) -> Double? {
        for latch in Latch.all where Latch.states[latch] == state { return limit[latch].isNaN ? nil : limit[latch] }
        return nil
    }

    static func instant(_ milliseconds: Int64) -> Timestamp? {
        milliseconds == Int64.min ? nil : Timestamp(milliseconds: milliseconds)
    }

    /// Takes new limits or delays at an instant. A latch whose limit is gone opens at once; the others look at the
    /// last value again. Call `elapse(to: instant)` until nil before and after.
    public mutating func reconfigure(_ settings: PointSettings, at instant: Timestamp) {
        apply(settings)
        for latch in Latch.all where limit[latch].isNaN {
            timer[latch] = latched & (1 << UInt8(latch)) != 0 ? instant.milliseconds - offDelay : Self.none
        }
        guard !value.isNaN, !isOffline else { return findEarliest() }
        let kept = timer
        evaluate(at: max(instant.milliseconds, effectiveAt, stateSinceMilliseconds))
        for latch in Latch.all where limit[latch].isNaN { timer[latch] = kept[latch] }
        findEarliest()
    }

    /// Clearing by hand, where the value lies within the limits: the next value beyond one raises a new alarm.
    public mutating func reset(at instant: Timestamp) {
        precondition(!isBeyondAny, "an alarm whose value lies beyond the limit is not cleared by hand")
        latched = 0
        for latch in Latch.all { timer[latch] = Self.none }
        earliest = Self.none
        state = .normal
        stateSinceMilliseconds = instant.milliseconds
    }

    /// The platform was away: its own silence is not the point's.
    public mutating func platformStarted(at instant: Timestamp) {
        guard receivedMilliseconds != Int64.min, !isOffline else { return }
        receivedMilliseconds = max(receivedMilliseconds, instant.milliseconds)
    }
}
