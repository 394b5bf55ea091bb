public import Kernel

/// The conventions around the commitment. The deadline is the law's (data quality Art. 7, enterprise rule 5); all else
/// is 本项目约定 and may be set by the administrator.
public struct CommitmentRules: Hashable, Sendable {
    /// Strictly before this time of day, by the server's receipt (A22). Not configurable.
    public static let deadline = Interval.hours(10)

    /// The enterprise is reminded at these times of day.
    public var reminders: [Interval]
    /// From when the regulator's page counts down.
    public var countdownFrom: Interval
    /// 运行 + 停产 + 检修 ≠ 总数 is refused; otherwise it is taken and noted.
    public var refusesUnequalSum: Bool
    /// A24: by default 代 is listed apart and not counted as on time.
    public var countsDelegateAsOnTime: Bool
    /// The written permission of the locality for counting 代 as on time: asked for where that is set.
    public var delegatePermit: String?
    /// A23: only a confirmed stop of at least this many days releases from committing.
    public var longStopDays: Int
    /// SZ-05: a promised risk of this level or above is 高风险.
    public var highRiskFrom: Level
    /// How often the promises of the day are compared with the data.
    public var watchEvery: Interval
    /// A process value of a stopped plant has moved when it moves by more than this share of its range.
    public var movementShare: Double
    /// A missed day may be made up (补报) for so many days.
    public var makeUpDays: Int

    public init(
        reminders: [Interval], countdownFrom: Interval, refusesUnequalSum: Bool, countsDelegateAsOnTime: Bool,
        delegatePermit: String?, longStopDays: Int, highRiskFrom: Level, watchEvery: Interval, movementShare: Double,
        makeUpDays: Int
    ) {
        self.reminders = reminders
        self.countdownFrom = countdownFrom
        self.refusesUnequalSum = refusesUnequalSum
        self.countsDelegateAsOnTime = countsDelegateAsOnTime
        self.delegatePermit = delegatePermit
        self.longStopDays = longStopDays
        self.highRiskFrom = highRiskFrom
        self.watchEvery = watchEvery
        self.movementShare = movementShare
        self.makeUpDays = makeUpDays
    }

    public static let usual = CommitmentRules(
        reminders: [.hours(9), .minutes(9 * 60 + 30)], countdownFrom: .minutes(9 * 60 + 30), refusesUnequalSum: true,
        countsDelegateAsOnTime: false, delegatePermit: nil, longStopDays: 30, highRiskFrom: .orange,
        watchEvery: .minutes(10), movementShare: 0.05, makeUpDays: 7)

    public static func deadline(of day: Day) -> Timestamp { day.start + deadline }

    /// What is wrong with a setting; empty where it may be used.
    public var objections: [String] {
        var found: [String] = []
        if reminders.contains(where: { $0 < .zero || $0 >= Self.deadline }) { found.append("提醒时刻要在 0:00 与 10:00 之间") }
        if reminders.count > 6 { found.append("提醒最多 6 次") }
        if countdownFrom < .zero || countdownFrom >= Self.deadline { found.append("倒计时要在 10:00 之前开始") }
        if countsDelegateAsOnTime, (delegatePermit ?? "").trimmedOfSpace.isEmpty {
            found.append("代承诺计为按时,要填地方书面允许的文件")
        }
        if !(1...366).contains(longStopDays) { found.append("长期停产的天数要在 1–366 之间") }
        if watchEvery < .minutes(1) || watchEvery > .hours(6) { found.append("比对间隔要在 1–360 分钟之间") }
        if !(movementShare > 0 && movementShare <= 1) { found.append("动态判定要在 0–100% 之间") }
        if !(0...31).contains(makeUpDays) { found.append("补报天数要在 0–31 之间") }
        return found
    }
}

extension CommitmentRules {
    public var json: JSON {
        [
            "remindersMs": .array(reminders.map { .integer($0.milliseconds) }),
            "countdownFromMs": .integer(countdownFrom.milliseconds), "refusesUnequalSum": .bool(refusesUnequalSum),
            "countsDelegateAsOnTime": .bool(countsDelegateAsOnTime),
            "delegatePermit": delegatePermit.map { .string($0) } ?? .null,
            "longStopDays": .integer(Int64(longStopDays)), "highRiskFrom": .string(highRiskFrom.name),
            "watchEveryMs": .integer(watchEvery.milliseconds), "movementShare": .number(movementShare),
            "makeUpDays": .integer(Int64(makeUpDays)),
        ]
    }

    public init?(json: JSON) {
        guard let reminders = json["remindersMs"]?.array, let countdown = json["countdownFromMs"]?.integer,
            let refuses = json["refusesUnequalSum"]?.bool, let delegates = json["countsDelegateAsOnTime"]?.bool,
            let days = json["longStopDays"]?.integer,
            let level = json["highRiskFrom"]?.string.flatMap(Level.init(name:)),
            let watch = json["watchEveryMs"]?.integer, let share = json["movementShare"]?.double,
            let makeUp = json["makeUpDays"]?.integer
        else { return nil }
        self.init(
            reminders: reminders.compactMap { $0.integer.map(Interval.milliseconds) }.sorted(),
            countdownFrom: .milliseconds(countdown), refusesUnequalSum: refuses, countsDelegateAsOnTime: delegates,
            delegatePermit: json["delegatePermit"]?.string, longStopDays: Int(days), highRiskFrom: level,
            watchEvery: .milliseconds(watch), movementShare: share, makeUpDays: Int(makeUp))
    }
}
