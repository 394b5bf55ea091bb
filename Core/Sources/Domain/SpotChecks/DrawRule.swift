public import Kernel

/// How likely each candidate is to be drawn. Version 1 is fixed: a later change gets a new number, so that old draws
/// stay repeatable. All figures are 本项目约定; the law says only "at random".
public struct DrawRule: Hashable, Sendable {
    public var version: Int
    /// Weight of an enterprise that was not checked for `restDays` or more, or never.
    public var fullWeight: Int
    /// After so many days the weight is full again; in between it grows day by day.
    public var restDays: Int
    /// Nobody is out of reach: the weight of somebody checked yesterday.
    public var leastWeight: Int

    public static let first = DrawRule(version: 1, fullWeight: 100, restDays: 30, leastWeight: 5)

    public init(version: Int, fullWeight: Int, restDays: Int, leastWeight: Int) {
        self.version = version
        self.fullWeight = fullWeight
        self.restDays = restDays
        self.leastWeight = leastWeight
    }

    public static func numbered(_ version: Int) -> DrawRule? { version == first.version ? first : nil }

    public func weight(lastChecked: Day?, on day: Day) -> Int {
        guard let lastChecked else { return fullWeight }
        let days = Int(day.number - lastChecked.number)
        guard days < restDays else { return fullWeight }
        return max(leastWeight, fullWeight * max(days, 0) / restDays)
    }
}
