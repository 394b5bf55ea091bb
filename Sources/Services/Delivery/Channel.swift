public import Domain
public import Kernel
public import Operations

/// A way out for notices. Sends once and does not throw: what went wrong is an outcome.
public protocol Channel: Sendable {
    func send(_ parcel: Parcel, at now: Timestamp) async -> DeliveryOutcome
    /// How fast the target takes messages, and how they may be merged.
    func pace(of target: String) async -> DispatchPlan.Pace
}

extension Channel {
    public func pace(of target: String) async -> DispatchPlan.Pace { .free }
}
