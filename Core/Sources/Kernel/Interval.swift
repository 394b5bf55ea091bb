/// A length of time in whole milliseconds. `Duration` is for shells; the rules count in milliseconds, which is many
/// times faster and has one representation.
public struct Interval: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let zero = Interval(milliseconds: 0)
    public static func milliseconds(_ count: Int64) -> Interval { Interval(milliseconds: count) }
    public static func seconds(_ count: Int64) -> Interval { Interval(milliseconds: count * 1_000) }
    public static func minutes(_ count: Int64) -> Interval { Interval(milliseconds: count * 60_000) }
    public static func hours(_ count: Int64) -> Interval { Interval(milliseconds: count * 3_600_000) }
    public static func days(_ count: Int64) -> Interval { Interval(milliseconds: count * 86_400_000) }

    public static func < (left: Interval, right: Interval) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (left: Interval, right: Interval) -> Interval {
        Interval(milliseconds: left.milliseconds + right.milliseconds)
    }
    public static func - (left: Interval, right: Interval) -> Interval {
        Interval(milliseconds: left.milliseconds - right.milliseconds)
    }
    public static func * (left: Interval, right: Int64) -> Interval {
        Interval(milliseconds: left.milliseconds * right)
    }
    /// How many whole `right` fit into `left`, rounded towards zero.
    public static func / (left: Interval, right: Interval) -> Int64 { left.milliseconds / right.milliseconds }

    public var seconds: Int64 { milliseconds / 1_000 }
    public var minutes: Int64 { milliseconds / 60_000 }
}
