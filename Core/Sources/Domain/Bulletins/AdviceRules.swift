import Kernel

/// The rule base of the advice (TB-04⑩, TB-05⑩): each rule looks at the facts and says nothing where there is nothing.
/// The thresholds are 本项目约定.
enum AdviceRules {
    /// An alarm open for longer than this at the period's end.
    static let alarmOpenMax = Interval.hours(2)
    /// Off line for longer than this and not filed.
    static let offlineMin = Interval.minutes(30)
    /// So many days of a month not committed in time make it a habit.
    static let lateHabitMin = 3
    static let repeatedMin = 3
    static let clearTimeMax = Interval.hours(1)
    static let videoShareMin = Ratio(95, 100)

    static func findings(_ facts: BulletinFacts) -> [AdviceFinding] {
        warnings(facts) + offline(facts) + promises(facts) + alarms(facts) + responsibility(facts) + problems(facts)
            + work(facts) + video(facts)
    }

    /// The day on which the bulletin is acted upon.
    private static func today(_ facts: BulletinFacts) -> Day { facts.period.until }

    private static func warnings(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = today(facts)
        return facts.lists.cases.flatMap { item -> [AdviceFinding?] in
            let address = "/warning/" + PercentEncoding.encoded(item.id.rawValue)
            var found: [AdviceFinding?] = []
            if item.clearedAt == nil, !item.isFallen, item.raisedAt < facts.end {
                let article = item.peak == .red ? "《处置》第十二条" : item.peak == .orange ? "《处置》第十一条" : "《处置》第十条"
                found.append(
                    subject(
                        "standing", item.peak >= .orange ? .danger : .disposal,
                        weight: Int64(item.peak.rawValue) * 1_000_000 + (facts.end - item.raisedAt).minutes,
                        about: item.enterprise, facts,
                        fact: "“\(item.hazard)”\(ContentWords.level(item.peak))预警已"
                            + "\(ContentWords.length(facts.end - item.raisedAt))未降级"
                            + (item.cautions > 0 ? "，已发警示通报\(item.cautions)次" : ""),
                        action: "组织现场核查，查清报警源头，采取降险措施直至降级",
                        due: item.peak >= .orange ? day.start + .hours(10) : day.start + .hours(12),
                        article: article, source: address))
            }
            if item.openSupervisions > 0 {
                found.append(
                    subject(
                        "supervision", .disposal, weight: Int64(item.openSupervisions), about: item.enterprise, facts,
                        fact: "“\(item.hazard)”现场核查督办\(item.openSupervisions)件未反馈", action: "在系统中反馈核查督办情况",
                        due: day.start + .hours(18), article: "《处置》第十三条", source: address))
            }
            if item.isReportInTime == false {
                found.append(
                    subject(
                        "report", .overdue, about: item.enterprise, facts,
                        fact: "“\(item.hazard)”消警后未在1小时内上报处置结果、原因分析和整改措施",
                        action: "补报三项内容并说明逾期原因", due: day.start + .hours(18), article: "《处置》第九条",
                        source: address))
            }
            return found
        }.compactMap { $0 }
    }

    private static func offline(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = today(facts)
        return facts.lists.offline.filter { $0.isStanding && $0.length >= offlineMin }.compactMap { item in
            subject(
                item.isLong ? "longOffline" : "offline", item.isLong ? .disposal : .watching,
                weight: item.length.minutes, about: item.enterprise, facts,
                fact: "自\(ContentWords.stamp(item.since))起连续离线\(ContentWords.length(item.length))且未报备",
                action: item.isLong
                    ? "到场核查前置机、专线和供电，不满足接入条件的限期升级改造，恢复前派人值守"
                    : "核查前置机与专线并恢复传输，确需停用的补办报备",
                due: day.start + (item.isLong ? .hours(12) : .hours(18)),
                article: item.isLong ? "《数据》第九、十条，《企业》第一项" : "《数据》第九、十条",
                source: ContentWords.address(.onlineTime, part: "missing", facts))
        }
    }

    private static func promises(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = today(facts)
        return facts.lists.promises.compactMap { item in
            let times = item.monthDays.numerator
            let isHabit = times >= lateHabitMin
            let month = Month(facts.period.last).month
            let timesText = times > 1 ? "，\(month)月已有\(times)天未按时承诺" : ""
            let state: String =
                switch item.state {
                case .missing: "\(facts.period.last.chineseMonthDay)未作安全承诺"
                case .late(let at): "\(facts.period.last.chineseMonthDay)逾期承诺（\(ContentWords.stamp(at))）"
                case .byDelegate: "\(facts.period.last.chineseMonthDay)由他人代承诺"
                }
            return subject(
                "commitment", isHabit ? .overdue : .notable, weight: times, about: item.enterprise, facts,
                fact: state + timesText,
                action: isHabit
                    ? "督促把逐级研判提前到8时30分前完成，由主要负责人10时前承诺，并约谈主要负责人"
                    : "督促主要负责人在10时前完成研判和承诺",
                due: day.start + .hours(10), article: "《数据》第七条",
                source: ContentWords.address(.commitment, part: "missing", facts))
        }
    }

    private static func alarms(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = today(facts)
        var found: [AdviceFinding?] = facts.lists.repeated.filter { $0.count >= repeatedMin }.map { item in
            subject(
                "repeated", .watching, weight: Int64(item.count), about: item.enterprise, facts,
                fact: "\(item.pointName)七日内报警\(item.count)次", action: "开展根因分析，制定落实整改措施",
                due: day.start + .days(3), article: "《企业》第八项",
                source: "/point/" + PercentEncoding.encoded(item.point.rawValue))
        }
        for item in facts.lists.alarms {
            if let oldest = item.oldestOpen, facts.end - oldest >= alarmOpenMax {
                found.append(
                    subject(
                        "openAlarm", .disposal, weight: (facts.end - oldest).minutes, about: item.enterprise, facts,
                        fact: "报警已\(ContentWords.length(facts.end - oldest))未消警", action: "现场确认并处置至消警",
                        due: day.start + .hours(12), article: "《企业》第七项",
                        source: ContentWords.address(.alarmsCleared, part: "missing", facts)))
            }
            if item.clearTime.denominator >= 3, let mean = item.clearTime.meanTime, mean >= clearTimeMax {
                found.append(
                    subject(
                        "slow", .notable, weight: mean.minutes, about: item.enterprise, facts,
                        fact: "\(item.clearTime.denominator)次报警平均\(ContentWords.length(mean))才消警",
                        action: "检查报警响应和值班力量，明确岗位处置时限", due: day.start + .days(2),
                        article: "《企业》第七项", source: ContentWords.address(.alarmsCleared, part: "all", facts)))
            }
        }
        return found.compactMap { $0 }
    }
}
