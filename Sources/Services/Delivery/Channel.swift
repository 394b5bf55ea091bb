public import Kernel
public import Operations
public import Storage

/// A way out for notices. Sends once and does not throw: what went wrong is an outcome.
public protocol Channel: Sendable {
    func send(_ delivery: Delivery, at now: Timestamp) async -> DeliveryOutcome
}
