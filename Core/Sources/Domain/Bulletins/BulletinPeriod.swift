public import Kernel

/// The days a bulletin is about, the first and the one after the last. Weeks are Monday to Sunday; month, quarter and
/// year are the calendar's (domain §12.1).
public struct BulletinPeriod: Hashable, Sendable {
    public var from: Day
    /// The first day no longer in it.
    public var until: Day

    public init(from: Day, until: Day) {
        self.from = from
        self.until = until
    }

    public var dayCount: Int { Int(until.number - from.number) }
    public var last: Day { Day(number: until.number - 1) }
    public var days: [Day] { (from.number..<until.number).map { Day(number: $0) } }

    /// The period of that kind in which the day lies; a special bulletin's is the day itself.
    public static func containing(_ day: Day, kind: BulletinKind) -> BulletinPeriod {
        let parts = day.components
        switch kind {
        case .daily, .special: return BulletinPeriod(from: day, until: day.next)
        case .weekly:
            let monday = Day(number: day.number - Int32(day.weekday - 1))
            return BulletinPeriod(from: monday, until: Day(number: monday.number + 7))
        case .monthly, .ranking: return months(parts.year, parts.month, count: 1)
        case .quarterly: return months(parts.year, (parts.month - 1) / 3 * 3 + 1, count: 3)
        case .yearly: return months(parts.year, 1, count: 12)
        }
    }

    /// The one that ended before the day began: what is due on that day.
    public static func before(_ day: Day, kind: BulletinKind) -> BulletinPeriod {
        containing(Day(number: containing(day, kind: kind).from.number - 1), kind: kind)
    }

    /// The one before this.
    public func previous(kind: BulletinKind) -> BulletinPeriod {
        switch kind {
        case .special:
            BulletinPeriod(from: Day(number: from.number - Int32(dayCount)), until: from)
        case .daily, .weekly, .monthly, .quarterly, .yearly, .ranking:
            Self.containing(Day(number: from.number - 1), kind: kind)
        }
    }

    private static func months(_ year: Int, _ month: Int, count: Int) -> BulletinPeriod {
        let last = month + count
        let (endYear, endMonth) = last > 12 ? (year + 1, last - 12) : (year, last)
        guard let from = Day(year: year, month: month, day: 1), let until = Day(year: endYear, month: endMonth, day: 1)
        else { preconditionFailure("a first of a month that does not exist") }
        return BulletinPeriod(from: from, until: until)
    }

    /// `11月22日`, `11月16日至22日`, `2026年11月`, `2026年第四季度`, `2026年`.
    public func label(kind: BulletinKind) -> String {
        let first = from.components
        switch kind {
        case .daily: return from.chineseMonthDay
        case .weekly, .special:
            let end = last.components
            if dayCount == 1 { return from.chineseMonthDay }
            return from.chineseMonthDay + "至"
                + (end.month == first.month ? "\(end.day)日" : last.chineseMonthDay)
        case .monthly, .ranking: return "\(first.year)年\(first.month)月"
        case .quarterly:
            return "\(first.year)年第\(ChineseNumeral.text((first.month - 1) / 3 + 1))季度"
        case .yearly: return "\(first.year)年"
        }
    }
}
