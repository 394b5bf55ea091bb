public import Kernel

/// Enterprises that deserve a look first, and why (SZ-05…07, JC-12, JC-14, JC-20). Each list's count is its length.
public struct Attention: Hashable, Sendable {
    public enum Reason: String, CaseIterable, Hashable, Sendable {
        /// 每日承诺的高风险企业 (SZ-05)
        case highRisk
        /// 较大以上安全风险 (SZ-06)
        case considerable
        /// 报警数量多 (SZ-06)
        case manyAlarms
        /// 处置不及时 (SZ-06, JC-12, JC-20)
        case slow
        /// 视频中发现违规违章 (SZ-07)
        case violation
        /// 长期离线 (JC-14)
        case longOffline
        /// 传感离线 (JC-20)
        case offline
        /// 视频离线 (JC-20)
        case videoOffline
        /// 承诺不落实 (JC-20)
        case commitment
        /// 数据质量问题 (SZ-10)
        case quality
        /// 整改未反馈 (JC-12)
        case unanswered

        public var title: String {
            switch self {
            case .highRisk: "承诺高风险"
            case .considerable: "较大以上风险"
            case .manyAlarms: "报警多"
            case .slow: "处置不及时"
            case .violation: "视频违规"
            case .longOffline: "长期离线"
            case .offline: "系统离线"
            case .videoOffline: "视频离线"
            case .commitment: "承诺不落实"
            case .quality: "数据质量差"
            case .unanswered: "整改未反馈"
            }
        }

        /// The row of the notices that asks for it.
        public var row: String {
            switch self {
            case .highRisk: "SZ-05"
            case .considerable, .manyAlarms: "SZ-06"
            case .slow, .unanswered: "JC-12"
            case .violation: "SZ-07"
            case .longOffline: "JC-14"
            case .offline, .videoOffline, .commitment: "JC-20"
            case .quality: "SZ-10"
            }
        }
    }

    public struct Cause: Hashable, Sendable {
        public var reason: Reason
        public var text: String

        public init(reason: Reason, text: String) {
            self.reason = reason
            self.text = text
        }
    }

    public var enterprise: EnterpriseID
    public var reasons: [Cause]

    /// So many alarms in a period's day on average make it many (本项目约定).
    public static let alarmsADayMin = 10
    static let slowClear = Interval.minutes(60)
    /// A score of data quality below this, in hundredths (本项目约定).
    public static let qualityMin: Int64 = 80_00

    /// By the number of reasons, then by id.
    public static func list(_ facts: BulletinFacts) -> [Attention] {
        var found: [EnterpriseID: [Cause]] = [:]
        func add(_ enterprise: EnterpriseID, _ reason: Reason, _ text: String) {
            found[enterprise, default: []].append(Cause(reason: reason, text: text))
        }
        for item in facts.lists.installations where item.isHighRisk { add(item.enterprise, .highRisk, "承诺风险等级为高") }
        for (enterprise, list) in Dictionary(grouping: facts.lists.risks, by: \.enterprise) {
            let red = list.count { $0.peak == .red }
            add(enterprise, .considerable, "较大以上安全风险\(list.count)次" + (red > 0 ? "（重大\(red)次）" : ""))
        }
        let days = max(1, facts.period.dayCount)
        for item in facts.lists.alarms {
            if item.opened >= alarmsADayMin * days { add(item.enterprise, .manyAlarms, "报警\(item.opened)次") }
            if item.clearTime.denominator >= 3, let mean = item.clearTime.meanTime, mean >= slowClear {
                add(item.enterprise, .slow, "平均消警\(ContentWords.length(mean))")
            }
        }
        for (enterprise, list) in Dictionary(grouping: facts.lists.cases, by: \.enterprise) {
            let cautioned = list.count { $0.cautions > 0 }
            let late = list.count { $0.isReportInTime == false }
            if cautioned > 0 { add(enterprise, .slow, "预警未按时降级\(cautioned)次") }
            if late > 0 { add(enterprise, .slow, "处置情况逾期上报\(late)次") }
        }
        for item in facts.lists.offline where item.isStanding {
            add(
                item.enterprise, item.isLong ? .longOffline : .offline,
                "未报备连续离线\(ContentWords.length(item.length))")
        }
        for item in facts.weakVideo where item.ratio.isBelow(Ratio(90, 100)) {
            add(item.enterprise, .videoOffline, "视频在线率\(item.ratio.percentText)")
        }
        for item in facts.lists.promises where item.monthDays.numerator > 0 {
            add(item.enterprise, .commitment, "本月\(item.monthDays.numerator)天未按时承诺")
        }
        for item in facts.lists.qualities {
            if let total = item.tally.totalHundredths, total < qualityMin {
                add(item.enterprise, .quality, "数据质量\(PercentText.number(total))分")
            }
        }
        addProblems(facts, add)
        return found.map { Attention(enterprise: $0.key, reasons: $0.value) }.sorted { left, right in
            left.reasons.count != right.reasons.count
                ? left.reasons.count > right.reasons.count : left.enterprise < right.enterprise
        }
    }

    private static func addProblems(
        _ facts: BulletinFacts, _ add: (EnterpriseID, Reason, String) -> Void
    ) {
        var overdue: [EnterpriseID: Int] = [:]
        var told: Set<EnterpriseID> = []
        for problem in facts.lists.problems {
            guard let enterprise = problem.enterprise else { continue }
            if problem.isOverdue { overdue[enterprise, default: 0] += 1 }
            if problem.isNew, problem.topic.contains("视频"), problem.content.contains("违") {
                told.insert(enterprise)
                add(enterprise, .violation, "视频发现：\(problem.content)")
            }
        }
        // The record's own tick; where the problem that came of it says it already, once is enough.
        for item in facts.lists.violations where !told.contains(item.enterprise) {
            let (_, month, day) = item.day.components
            add(item.enterprise, .violation, "\(month)月\(day)日抽查：视频发现违规违章")
        }
        for (enterprise, count) in overdue { add(enterprise, .unanswered, "整改逾期\(count)项") }
    }

    /// How many enterprises stand on each list; equal to the rows a list of that reason shows.
    public static func counts(_ list: [Attention]) -> [Reason: Int] {
        var counts: [Reason: Int] = [:]
        for item in list { for reason in Set(item.reasons.map(\.reason)) { counts[reason, default: 0] += 1 } }
        return counts
    }
}
