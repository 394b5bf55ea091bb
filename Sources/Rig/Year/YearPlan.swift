public import Kernel

/// A province's year in virtual time, through the operations that the server uses. It runs on alarms and changes of
/// state; only some enterprises send readings. Nothing is computed before the instant at which it can change.
public struct YearPlan: Sendable {
    public struct County: Sendable {
        public var code: String
        public var name: String

        public init(code: String, name: String) { (self.code, self.name) = (code, name) }
    }

    public struct City: Sendable {
        public var code: String
        public var name: String
        public var counties: [County]

        public init(code: String, name: String, counties: [County]) {
            (self.code, self.name, self.counties) = (code, name, counties)
        }
    }

    public var seed: UInt64
    public var from: Day
    public var days: Int
    public var provinceCode: String
    public var provinceName: String
    public var cities: [City]
    public var enterprises: Int
    /// How many of them send readings all year.
    public var sampled: Int
    public var holidays: [Day: String]

    public init(
        seed: UInt64, from: Day, days: Int, provinceCode: String, provinceName: String, cities: [City],
        enterprises: Int, sampled: Int = 3, holidays: [Day: String] = [:]
    ) {
        precondition(days > 0 && !cities.isEmpty && enterprises > 0 && sampled <= enterprises, "a province and a while")
        self.seed = seed
        self.from = from
        self.days = days
        self.provinceCode = provinceCode
        self.provinceName = provinceName
        self.cities = cities
        self.enterprises = enterprises
        self.sampled = sampled
        self.holidays = holidays
    }

    public var until: Day { Day(number: from.number + Int32(days)) }

    /// Bulletins, as far as the calendar tells: one of each office a day. Others come to it.
    public var bulletinsExpected: Int { days * (1 + cities.reduce(0) { $0 + 1 + $1.counties.count }) }

    /// What a run came to.
    public struct Outcome: Hashable, Sendable {
        /// The same for the same plan.
        public var digest = ""
        public var counts: [Count] = []
        /// What the platform refused to people, by reason.
        public var refusals: [Count] = []
        /// Where the time went; another on each machine.
        public var milliseconds: [Count] = []
        /// Rules that did not hold; none is wanted.
        public var faults: [String] = []
    }

    public struct Count: Hashable, Sendable {
        public var name: String
        public var value: Int
    }
}
