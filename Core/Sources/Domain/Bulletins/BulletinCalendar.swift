public import Kernel

/// When drafts are made by themselves: at 8:30, so that they are ready by 9:00 (domain §12.1). [本项目约定]
public enum BulletinCalendar {
    public static let draftAfterMidnight = Interval.minutes(8 * 60 + 30)

    /// The instant of a day at which its drafts are made.
    public static func instant(of day: Day) -> Timestamp { day.start + draftAfterMidnight }

    /// The first such instant after now.
    public static func next(after now: Timestamp) -> Timestamp {
        let today = instant(of: Day(now))
        return today > now ? today : instant(of: Day(now).next)
    }

    /// What is due on a day: daily about the day before, weekly on Mondays, the others on the first of their period.
    public static func due(on day: Day) -> [(kind: BulletinKind, period: BulletinPeriod)] {
        BulletinKind.allCases.filter { kind in
            kind.isPeriodic && BulletinPeriod.containing(day, kind: kind).from == day
        }.map { ($0, BulletinPeriod.before(day, kind: $0)) }
    }

    /// Whether an office issues that kind. Counties and parks: daily and weekly always, the others where it is switched
    /// on (TB-09); the ranking is a county's and above, each over what stands under it (TB-11, TB-15).
    public static func issues(_ kind: BulletinKind, level: AuthorityLevel, hasLongPeriods: Bool) -> Bool {
        switch kind {
        case .daily, .weekly: level != .center
        case .monthly, .quarterly, .yearly:
            switch level {
            case .ministry, .province, .city: true
            case .county, .park: hasLongPeriods
            case .center: false
            }
        case .ranking: level != .center && level != .park
        case .special: level == .ministry || level == .province || level == .city
        }
    }
}
