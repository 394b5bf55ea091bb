public import Kernel

/// How a point is watched: limits, delays, deadband and the time of silence after which it is offline. The defaults
/// of delays and deadband (`MonitoringPoint.usual…`) are this project's convention (domain §4.4, §11).
public struct PointSettings: Hashable, Sendable {
    public var limits: PointLimits
    /// How long a value must lie beyond a limit before the alarm opens.
    public var onDelay: Interval
    /// How long a value must lie within the limit, past the deadband, before the alarm clears.
    public var offDelay: Interval
    /// In the point's unit.
    public var deadband: Double
    /// Nil: never offline (a drill has no heartbeats).
    public var offlineAfter: Interval?
    /// Whether a value outside the range loses its good quality; a drill takes values as they are written.
    public var checksRange: Bool

    public init(
        limits: PointLimits, onDelay: Interval, offDelay: Interval, deadband: Double,
        offlineAfter: Interval? = PointSettings.offlineAfter, checksRange: Bool = true
    ) {
        self.limits = limits
        self.onDelay = onDelay
        self.offDelay = offDelay
        self.deadband = deadband
        self.offlineAfter = offlineAfter
        self.checksRange = checksRange
    }

    /// As the registry holds them.
    public init(_ point: MonitoringPoint) {
        self.init(
            limits: point.limits, onDelay: point.onDelay, offDelay: point.offDelay, deadband: point.deadband)
    }

    /// No delay, no deadband, never offline, values taken as written: what a drill uses.
    public static func immediate(limits: PointLimits) -> PointSettings {
        PointSettings(
            limits: limits, onDelay: .zero, offDelay: .zero, deadband: 0, offlineAfter: nil, checksRange: false)
    }

    public static let offlineAfter = Interval.minutes(10)
    /// A value this share of the span outside the range is out of range: a broken 4–20 mA loop reads −25 %, a detector
    /// at rest reads a little below zero. [本项目约定]
    public static let rangeMargin = 0.025
}
