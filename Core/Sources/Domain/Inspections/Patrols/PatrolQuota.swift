/// How much an office must patrol in a day: nation 5 provinces, province 3 cities, city 3 counties, county 1 park; all
/// where there are fewer (XC-14…16, A18, A21).
public struct PatrolQuota: Hashable, Sendable {
    /// The number of the law; the county's is ours. [本项目约定]
    public static func statutory(_ level: AuthorityLevel) -> Int {
        switch level {
        case .ministry, .center: 5
        case .province, .city: 3
        case .county: 1
        case .park: 0
        }
    }

    public let level: AuthorityLevel
    /// Counted divisions below the office.
    public let available: Int
    /// Of a special period; 1 on any other day.
    public let factor: Int

    public init(level: AuthorityLevel, available: Int, factor: Int = 1) {
        self.level = level
        self.available = max(0, available)
        self.factor = max(1, factor)
    }

    public init(level: AuthorityLevel, objects: [PatrolObject], factor: Int = 1) {
        self.init(level: level, available: Set(objects.filter(\.isCounted).map(\.division)).count, factor: factor)
    }

    /// What the law asks on any day: the denominator of the rate (§9).
    public var ordinary: Int { min(Self.statutory(level), available) }
    /// Different divisions.
    public var divisions: Int { min(Self.statutory(level) * factor, available) }
    /// Patrols in all: on a special day more than on an ordinary one, also where there are few divisions (XC-11).
    public var patrols: Int { ordinary * factor }
}

/// What an office has done of its day.
public struct PatrolProgress: Hashable, Sendable {
    public var divisions: Int
    public var patrols: Int

    /// - Parameter counted: the division of each patrol that counts.
    public init(counted: [String]) {
        divisions = Set(counted).count
        patrols = counted.count
    }

    public init(divisions: Int, patrols: Int) {
        self.divisions = divisions
        self.patrols = patrols
    }

    public func isComplete(_ quota: PatrolQuota) -> Bool {
        divisions >= quota.divisions && patrols >= quota.patrols
    }

    /// How many patrols are still to be made.
    public func missing(_ quota: PatrolQuota) -> Int {
        max(max(0, quota.divisions - divisions), max(0, quota.patrols - patrols))
    }
}
