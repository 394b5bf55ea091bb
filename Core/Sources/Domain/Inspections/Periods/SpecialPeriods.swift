public import Kernel

/// 特殊时段: holidays, and the major events that an administrator lists. On such a day the work is multiplied (patrol
/// measures Art. 6, XC-11). Pure: patrols, spot checks and duties ask it, each about a day.
public struct SpecialPeriods: Hashable, Sendable {
    /// A time of an administrator's own list, both days included.
    public struct Period: Hashable, Sendable {
        public var name: String
        public var from: Day
        public var until: Day
        public var factor: Int

        public init(name: String, from: Day, until: Day, factor: Int = SpecialPeriods.usualFactor) {
            self.name = name
            self.from = from
            self.until = until
            self.factor = factor
        }

        public func contains(_ day: Day) -> Bool { from <= day && day <= until }

        public enum Refusal: Error, Hashable, Sendable {
            case nameMissing, endBeforeStart, tooLong, factor

            public var reason: String {
                switch self {
                case .nameMissing: "请填写名称"
                case .endBeforeStart: "结束日早于开始日"
                case .tooLong: "一段最长 366 天"
                case .factor: "倍数是 2 到 5 的整数"
                }
            }
        }

        public func check() throws(Refusal) {
            guard Problem.isWritten(name) else { throw .nameMissing }
            guard from <= until else { throw .endBeforeStart }
            guard until.number - from.number <= 366 else { throw .tooLong }
            guard (2...5).contains(factor) else { throw .factor }
        }
    }

    /// Doubles the work. [本项目约定]
    public static let usualFactor = 2

    public var holidays: [Day: String]
    public var periods: [Period]
    public var holidayFactor: Int

    public init(holidays: [Day: String] = [:], periods: [Period] = [], holidayFactor: Int = usualFactor) {
        self.holidays = holidays
        self.periods = periods
        self.holidayFactor = max(1, holidayFactor)
    }

    /// Reads the calendar that set-up fetches: `{"holidays": {"2026-10-01": "国庆节"}, …}`. Nil where it is no such file;
    /// a day that cannot be read spoils the whole.
    public static func holidays(json: JSON) -> [Day: String]? {
        guard let members = json["holidays"]?.members else { return nil }
        var days: [Day: String] = [:]
        for member in members {
            guard let day = ChinaTime.parseDate(member.key), let name = member.value.string else { return nil }
            days[day] = name
        }
        return days
    }

    public func isSpecial(_ day: Day) -> Bool { holidays[day] != nil || periods.contains { $0.contains(day) } }

    /// How many times the work of an ordinary day; the greatest where several coincide.
    public func factor(_ day: Day) -> Int {
        let own = periods.filter { $0.contains(day) }.map(\.factor)
        return max(1, (own + (holidays[day] == nil ? [] : [holidayFactor])).max() ?? 1)
    }

    /// 国庆节、重大活动; nil on an ordinary day.
    public func reason(_ day: Day) -> String? {
        let names = ([holidays[day]] + periods.filter { $0.contains(day) }.map(\.name)).compactMap { $0 }
        return names.isEmpty ? nil : names.joined(separator: "、")
    }

    /// The first special day of the next stretch that begins after the day, up to so many days ahead: what must be
    /// done before holidays hangs on it.
    public func nextStart(after day: Day, within days: Int32) -> (day: Day, reason: String)? {
        guard days > 0 else { return nil }
        for offset in 1...days {
            let candidate = Day(number: day.number + offset)
            if isSpecial(candidate), !isSpecial(Day(number: candidate.number - 1)), let reason = reason(candidate) {
                return (candidate, reason)
            }
        }
        return nil
    }
}
