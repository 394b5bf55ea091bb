public import Kernel

/// A plan by which an office checks the enterprises of key industries and regions in turn (patrol measures Art. 10,
/// XC-21): each at least once a period.
public struct RotationPlan: Hashable, Sendable {
    public var id: RotationPlanID
    public var authority: AuthorityID
    public var name: String
    /// Words of the register's field 行业; none means any.
    public var industries: [String]
    /// Codes of GB/T 2260, also of a province or city; none means any.
    public var regions: [String]
    /// Named one by one, besides those that match.
    public var enterprises: [EnterpriseID]
    public var period: RotationPeriod
    public var startsOn: Day
    public var endsOn: Day?

    public init(
        id: RotationPlanID, authority: AuthorityID, name: String, industries: [String] = [], regions: [String] = [],
        enterprises: [EnterpriseID] = [], period: RotationPeriod, startsOn: Day, endsOn: Day? = nil
    ) {
        self.id = id
        self.authority = authority
        self.name = name
        self.industries = industries
        self.regions = regions
        self.enterprises = enterprises
        self.period = period
        self.startsOn = startsOn
        self.endsOn = endsOn
    }

    public func includes(_ id: EnterpriseID, industry: String?, region: String) -> Bool {
        if enterprises.contains(id) { return true }
        if industries.isEmpty, regions.isEmpty { return enterprises.isEmpty }
        let fits = industries.isEmpty || industries.contains { industry?.contains($0) ?? false }
        return fits && (regions.isEmpty || regions.contains { Self.covers($0, region) })
    }

    /// `140500` covers `140521`, `140000` both.
    static func covers(_ code: String, _ region: String) -> Bool {
        if code == region { return true }
        if code.hasSuffix("0000") { return region.hasPrefix(code.prefix(2)) }
        return code.hasSuffix("00") && region.hasPrefix(code.prefix(4))
    }

    public func isInForce(on day: Day) -> Bool { day >= startsOn && (endsOn.map { day <= $0 } ?? true) }

    /// The period in which the day lies, cut to the plan's own time.
    public func window(containing day: Day) -> ClosedRange<Day> {
        let whole = period.window(containing: day)
        let last = endsOn.map { min($0, whole.upperBound) } ?? whole.upperBound
        let first = max(startsOn, whole.lowerBound)
        return first...max(first, last)
    }

    /// Those whose turn it is: as many as it takes to spread the rest evenly over the days that are left, today
    /// included. On the last day that is everybody who is left, so that a period cannot end uncovered as long as
    /// the lists are worked off; what stayed undone is spread over the days that follow.
    /// - Parameters:
    ///   - lastChecked: of each member, before today.
    public func turns(on day: Day, members: [EnterpriseID], lastChecked: [EnterpriseID: Day]) -> [EnterpriseID] {
        guard isInForce(on: day) else { return [] }
        let window = window(containing: day)
        let waiting = members.filter { member in lastChecked[member].map { $0 < window.lowerBound } ?? true }
        let daysLeft = Int(window.upperBound.number - day.number) + 1
        let count = (waiting.count + daysLeft - 1) / daysLeft
        // Those that waited longest come first; among equals the id decides, so that the order needs no chance.
        let order = waiting.sorted { left, right in
            let (one, other) = (lastChecked[left]?.number ?? .min, lastChecked[right]?.number ?? .min)
            return one != other ? one < other : left < right
        }
        return Array(order.prefix(count))
    }

    /// How far the period is.
    public func coverage(on day: Day, members: [EnterpriseID], lastChecked: [EnterpriseID: Day]) -> RotationCoverage {
        let window = window(containing: day)
        let covered = members.filter { member in lastChecked[member].map { window.contains($0) } ?? false }
        return RotationCoverage(
            window: window, members: members.count, covered: covered.count,
            missing: members.filter { !covered.contains($0) })
    }

    /// Why one of its members is on the list.
    public func reason(on day: Day, covered: Int, members: Int) -> String {
        "\(name)计划\(period.label(containing: day)),已抽 \(covered)/\(members)"
    }
}

/// How far a plan is in one of its periods.
public struct RotationCoverage: Hashable, Sendable {
    public let window: ClosedRange<Day>
    public let members: Int
    public let covered: Int
    public let missing: [EnterpriseID]
    public var isComplete: Bool { covered == members }
}
