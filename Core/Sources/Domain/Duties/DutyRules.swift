public import Kernel

/// The conventions of duties; all 本项目约定 but the weekly and the quarterly duty, which the notice fixes.
public struct DutyRules: Hashable, Sendable {
    /// 督促检查 of the principal every 1, 3, 6 or 12 months.
    public var supervisionMonths: Int
    /// 节前排查 may begin so many days before the holiday.
    public var holidayLeadDays: Int
    public var requiresPhoto: Bool
    /// A change of a responsible person is to be reported within this time (domain §10.9).
    public var changeWithin: Interval
    /// QY-10: so many alarms of one kind on a point within the window force a root-cause form.
    public var rootCauseAlarms: Int
    public var rootCauseWindow: Interval
    public var rootCauseWithin: Interval
    /// Reminders go out at this time of day.
    public var remindAt: Interval

    public init(
        supervisionMonths: Int, holidayLeadDays: Int, requiresPhoto: Bool, changeWithin: Interval,
        rootCauseAlarms: Int, rootCauseWindow: Interval, rootCauseWithin: Interval, remindAt: Interval
    ) {
        self.supervisionMonths = supervisionMonths
        self.holidayLeadDays = holidayLeadDays
        self.requiresPhoto = requiresPhoto
        self.changeWithin = changeWithin
        self.rootCauseAlarms = rootCauseAlarms
        self.rootCauseWindow = rootCauseWindow
        self.rootCauseWithin = rootCauseWithin
        self.remindAt = remindAt
    }

    public static let usual = DutyRules(
        supervisionMonths: 1, holidayLeadDays: 7, requiresPhoto: true, changeWithin: .days(5), rootCauseAlarms: 3,
        rootCauseWindow: .days(7), rootCauseWithin: .days(3), remindAt: .hours(8))

    public var objections: [String] {
        var found: [String] = []
        if ![1, 3, 6, 12].contains(supervisionMonths) { found.append("督促检查的周期应为 1、3、6 或 12 个月") }
        if !(1...30).contains(holidayLeadDays) { found.append("节前排查提前 1–30 天") }
        if changeWithin < .days(1) || changeWithin > .days(5) { found.append("包保人变更时限应为 1–5 日") }
        if !(2...3).contains(rootCauseAlarms) { found.append("根因分析的报警次数应为 2–3 次") }
        if rootCauseWithin < .hours(1) || rootCauseWithin > .days(30) { found.append("根因分析时限应为 1 小时至 30 日") }
        if remindAt < .zero || remindAt >= .hours(24) { found.append("提醒时刻要在一天之内") }
        return found
    }

    /// The periods of a kind that run on a day.
    public func periods(of kind: DutyKind, on day: Day, occasions: [DutyOccasion]) -> [DutyPeriod] {
        switch kind {
        case .supervision: [.months(supervisionMonths, containing: day)]
        case .quarterly: [.months(3, containing: day)]
        case .weekly: [.week(containing: day)]
        case .specialWork: [.day(day)]
        case .holiday:
            occasions.compactMap { DutyPeriod.before($0, leadDays: holidayLeadDays) }
                .filter { $0.from <= day && day < $0.until }
        }
    }

    /// On which day the person is reminded: the last one of a week or day, the third last of what is longer.
    public func reminderDay(of kind: DutyKind, until: Day) -> Day {
        switch kind {
        case .weekly, .specialWork: Day(number: until.number - 1)
        case .supervision, .quarterly, .holiday: Day(number: until.number - 3)
        }
    }

    public var json: JSON {
        [
            "supervisionMonths": .integer(Int64(supervisionMonths)),
            "holidayLeadDays": .integer(Int64(holidayLeadDays)), "requiresPhoto": .bool(requiresPhoto),
            "changeWithinMs": .integer(changeWithin.milliseconds),
            "rootCauseAlarms": .integer(Int64(rootCauseAlarms)),
            "rootCauseWindowMs": .integer(rootCauseWindow.milliseconds),
            "rootCauseWithinMs": .integer(rootCauseWithin.milliseconds), "remindAtMs": .integer(remindAt.milliseconds),
        ]
    }

    public init?(json: JSON) {
        guard let months = json["supervisionMonths"]?.integer, let lead = json["holidayLeadDays"]?.integer,
            let photo = json["requiresPhoto"]?.bool, let change = json["changeWithinMs"]?.integer,
            let alarms = json["rootCauseAlarms"]?.integer, let window = json["rootCauseWindowMs"]?.integer,
            let within = json["rootCauseWithinMs"]?.integer, let remind = json["remindAtMs"]?.integer
        else { return nil }
        self.init(
            supervisionMonths: Int(months), holidayLeadDays: Int(lead), requiresPhoto: photo,
            changeWithin: .milliseconds(change), rootCauseAlarms: Int(alarms), rootCauseWindow: .milliseconds(window),
            rootCauseWithin: .milliseconds(within), remindAt: .milliseconds(remind))
    }
}
