/// How many enterprises an office checks each day (patrol measures Art. 11): nation and province 3, city 4, county 5,
/// park 6; all where there are fewer (XC-23…27). A second regulator of a county's level has the county's number (A12).
public struct SpotCheckQuota: Hashable, Sendable {
    /// The number of the law, without special periods.
    public static func statutory(_ level: AuthorityLevel) -> Int {
        switch level {
        case .ministry, .center, .province: 3
        case .city: 4
        case .county: 5
        case .park: 6
        }
    }

    public let level: AuthorityLevel
    /// Enterprises with major hazard sources in the jurisdiction.
    public let enterprises: Int
    /// Of a special period (Art. 6, XC-11); 1 on any other day.
    public let factor: Int

    public init(level: AuthorityLevel, enterprises: Int, factor: Int = 1) {
        self.level = level
        self.enterprises = max(0, enterprises)
        self.factor = max(1, factor)
    }

    /// What must be reached by 24:00 even on a quiet day: the number of the law, or all (XC-27).
    public var minimum: Int { min(Self.statutory(level) * factor, enterprises) }

    /// With the must-checks: they count in, and where they are more, they are the number (A19).
    public func required(mustChecks: Int) -> Int { max(minimum, mustChecks) }
}
