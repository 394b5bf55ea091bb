public import Kernel

/// A point's tracker without its settings: what outlives a restart. The discrete part (state, latches, timers,
/// quality, silence) is stored with the batch that changed it, the last value by checkpoint.
public struct PointSnapshot: Hashable, Sendable {
    public var value: Double?
    public var claimedAt: Timestamp?
    public var effectiveAt: Timestamp?
    public var receivedAt: Timestamp?
    public var quality: Quality
    public var state: PointState
    public var stateSince: Timestamp?
    public var offlineSince: Timestamp?
    /// One bit a limit: highHigh, lowLow, high, low.
    public var latches: UInt8
    /// When the pending flip of each latch began, in the same order.
    public var timers: [Timestamp?]

    public init(
        value: Double?, claimedAt: Timestamp?, effectiveAt: Timestamp?, receivedAt: Timestamp?, quality: Quality,
        state: PointState, stateSince: Timestamp?, offlineSince: Timestamp?, latches: UInt8, timers: [Timestamp?]
    ) {
        precondition(timers.count == 4, "a point has four limits")
        self.value = value
        self.claimedAt = claimedAt
        self.effectiveAt = effectiveAt
        self.receivedAt = receivedAt
        self.quality = quality
        self.state = state
        self.stateSince = stateSince
        self.offlineSince = offlineSince
        self.latches = latches
        self.timers = timers
    }
}

extension PointTracker {
    public var snapshot: PointSnapshot {
        PointSnapshot(
            value: value.isNaN ? nil : value, claimedAt: valueAt, effectiveAt: Self.instant(effectiveAt),
            receivedAt: receivedAt, quality: quality, state: state, stateSince: stateSince, offlineSince: offlineSince,
            latches: latched, timers: Latch.all.map { timer[$0] == Self.none ? nil : Self.instant(timer[$0]) })
    }

    public init(_ settings: PointSettings, restoring snapshot: PointSnapshot) {
        self.init(settings)
        value = snapshot.value ?? .nan
        claimedAt = snapshot.claimedAt?.milliseconds ?? .min
        effectiveAt = snapshot.effectiveAt?.milliseconds ?? .min
        receivedMilliseconds = snapshot.receivedAt?.milliseconds ?? .min
        quality = snapshot.quality
        state = snapshot.state
        stateSinceMilliseconds = snapshot.stateSince?.milliseconds ?? .min
        offlineSinceMilliseconds = snapshot.offlineSince?.milliseconds ?? Self.none
        latched = snapshot.latches
        for latch in Latch.all { timer[latch] = snapshot.timers[latch]?.milliseconds ?? Self.none }
        findEarliest()
    }

    /// Takes a last value from an upload that the discrete state already knows of: no timer starts or stops.
    public mutating func restoreLatest(
        value newValue: Double, claimed: Timestamp, effective: Timestamp, received: Timestamp
    ) {
        guard claimed.milliseconds >= claimedAt || effective.milliseconds >= effectiveAt else { return }
        if !newValue.isNaN { value = newValue }
        claimedAt = claimed.milliseconds
        effectiveAt = max(effectiveAt, effective.milliseconds)
        receivedMilliseconds = max(receivedMilliseconds, received.milliseconds)
    }

    /// Whether a restart would find the same alarm, timers, quality and silence.
    public func hasSameDiscreteState(as other: PointTracker) -> Bool {
        latched == other.latched && state == other.state && quality == other.quality
            && stateSinceMilliseconds == other.stateSinceMilliseconds
            && offlineSinceMilliseconds == other.offlineSinceMilliseconds
            && Latch.all.allSatisfy { timer[$0] == other.timer[$0] }
    }
}
