public import Kernel

/// The days [from, until) within which a duty is to be done; done at `until` 0:00 is late.
public struct DutyPeriod: Hashable, Sendable {
    /// Tells it from others of the same kind: 2026-11-23, 2026-Q4, 2026-11.
    public var key: String
    public var title: String
    public var from: Day
    public var until: Day

    public init(key: String, title: String, from: Day, until: Day) {
        self.key = key
        self.title = title
        self.from = from
        self.until = until
    }

    public var window: Range<Timestamp> { from.start..<until.start }

    /// Monday 0:00 to Sunday 24:00, through the turn of a year too.
    public static func week(containing day: Day) -> DutyPeriod {
        let monday = Day(number: day.number - Int32(day.weekday - 1))
        let sunday = Day(number: monday.number + 6)
        return DutyPeriod(
            key: ChinaTime.date(monday), title: "\(ChinaTime.date(monday)) 至 \(ChinaTime.date(sunday))", from: monday,
            until: Day(number: monday.number + 7))
    }

    public static func day(_ day: Day) -> DutyPeriod {
        DutyPeriod(key: ChinaTime.date(day), title: ChinaTime.date(day), from: day, until: day.next)
    }

    /// 1, 3, 6 or 12 whole calendar months that contain the day, counted from January.
    public static func months(_ count: Int, containing day: Day) -> DutyPeriod {
        precondition([1, 3, 6, 12].contains(count), "a year divides into such periods")
        let (year, month, _) = day.components
        let first = (month - 1) / count * count + 1
        let (nextYear, nextMonth) = first + count > 12 ? (year + 1, 1) : (year, first + count)
        guard let from = Day(year: year, month: first, day: 1),
            let until = Day(year: nextYear, month: nextMonth, day: 1)
        else { preconditionFailure("every month has a first day") }
        let number = (first - 1) / count + 1
        let (key, title): (String, String) =
            switch count {
            case 1: ("\(year)-\(first < 10 ? "0" : "")\(first)", "\(year) 年 \(first) 月")
            case 3: ("\(year)-Q\(number)", "\(year) 年第 \(number) 季度")
            case 6: ("\(year)-H\(number)", "\(year) 年\(number == 1 ? "上" : "下")半年")
            default: ("\(year)", "\(year) 年")
            }
        return DutyPeriod(key: key, title: title, from: from, until: until)
    }

    /// The days before a holiday or key period begins; nil where the lead is no day at all.
    public static func before(_ occasion: DutyOccasion, leadDays: Int) -> DutyPeriod? {
        guard leadDays > 0 else { return nil }
        return DutyPeriod(
            key: "\(ChinaTime.date(occasion.from)) \(occasion.name)", title: "\(occasion.name)前",
            from: Day(number: occasion.from.number - Int32(leadDays)), until: occasion.from)
    }
}

/// A holiday, a major event or a key period, whose list another part keeps.
public struct DutyOccasion: Hashable, Sendable {
    public var name: String
    public var from: Day
    /// Not included.
    public var until: Day

    public init(name: String, from: Day, until: Day) {
        self.name = name
        self.from = from
        self.until = until
    }
}
