/// An instant: milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let distantPast = Timestamp(milliseconds: .min / 4)
    public static let distantFuture = Timestamp(milliseconds: .max / 4)

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (left: Timestamp, right: Interval) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds + right.milliseconds)
    }
    public static func - (left: Timestamp, right: Interval) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds - right.milliseconds)
    }
    public static func - (left: Timestamp, right: Timestamp) -> Interval {
        Interval(milliseconds: left.milliseconds - right.milliseconds)
    }
}
