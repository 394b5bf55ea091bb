public import Kernel

/// 抽查电子记录 (patrol measures Art. 12, 13 and appendix; XC-28, XC-29): what the system filled in and what the inspector
/// wrote.
public struct SpotCheckRecord: Hashable, Sendable {
    public var facts: SpotCheckFacts
    /// Column 9, the inspector's part: what was seen when looking.
    public var videoNote: String
    /// A violation was seen on a camera (SZ-07): makes the enterprise one to look at first.
    public var hasCameraViolation: Bool
    /// Column 10.
    public var watch: String
    /// Column 12.
    public var other: String
    public var verdicts: [SpotCheckContent: SpotCheckContent.Verdict]
    /// What was found with an item; needed where the verdict is `problem`.
    public var notes: [SpotCheckContent: String]
    public var inspectors: String
    public var contact: String

    public init(
        facts: SpotCheckFacts, videoNote: String = "", hasCameraViolation: Bool = false, watch: String = "",
        other: String = "", verdicts: [SpotCheckContent: SpotCheckContent.Verdict] = [:],
        notes: [SpotCheckContent: String] = [:], inspectors: String = "", contact: String = ""
    ) {
        self.facts = facts
        self.videoNote = videoNote
        self.hasCameraViolation = hasCameraViolation
        self.watch = watch
        self.other = other
        self.verdicts = verdicts
        self.notes = notes
        self.inspectors = inspectors
        self.contact = contact
    }

    /// A field of the form that keeps it from being submitted.
    public struct Gap: Hashable, Sendable {
        public let field: String
        public let text: String

        public init(_ field: String, _ text: String) {
            self.field = field
            self.text = text
        }
    }

    /// What is still missing: five items, columns 9, 10 and 12 by hand, inspectors, how to reach them. Column 12 says
    /// "无" where there is nothing else: an empty field could be a forgotten one.
    public var gaps: [Gap] {
        var gaps: [Gap] = []
        for item in SpotCheckContent.allCases {
            switch verdicts[item] {
            case nil: gaps.append(Gap("v-" + item.rawValue, "“\(item.title)”没有判定"))
            case .problem where (notes[item] ?? "").trimmedOfSpace.isEmpty:
                gaps.append(Gap("n-" + item.rawValue, "“\(item.title)”有问题,要写明是什么问题"))
            case .problem, .sound: break
            }
        }
        if watch.trimmedOfSpace.isEmpty { gaps.append(Gap("watch", "第 10 列“值班值守”没有填")) }
        if videoNote.trimmedOfSpace.isEmpty { gaps.append(Gap("video", "第 9 列“视频异常情况”没有核对(没有异常写“无”)")) }
        if other.trimmedOfSpace.isEmpty { gaps.append(Gap("other", "第 12 列“其他异常情况”没有填(没有写“无”)")) }
        if inspectors.trimmedOfSpace.isEmpty { gaps.append(Gap("inspectors", "抽查人员没有填")) }
        if contact.trimmedOfSpace.isEmpty { gaps.append(Gap("contact", "联系方式没有填")) }
        return gaps
    }

    public var hasProblem: Bool { verdicts.values.contains(.problem) }

    /// The problems, one a line, as they are handed down.
    public var problems: [(item: SpotCheckContent, text: String)] {
        SpotCheckContent.allCases.compactMap { item in
            verdicts[item] == .problem ? (item, (notes[item] ?? "").trimmedOfSpace) : nil
        }
    }

    /// The twelve columns of the appendix, in its words and order (domain §10.8).
    public static let columns = [
        "序号", "企业名称", "所在地区", "重大危险源名称", "安全风险等级", "是否安全承诺", "未消警数量", "实时监测数据异常情况",
        "视频异常情况", "值班值守", "7日内是否出现过较大及以上安全风险等级", "其他异常情况",
    ]

    /// Which columns the system fills in, which the inspector, which both.
    public static let sources = [
        "自动", "自动", "自动", "自动", "自动", "自动", "自动", "自动", "自动+人工", "人工", "自动", "人工",
    ]

    /// `2026年11月23日抽查情况`.
    public static func title(_ day: Day) -> String {
        let parts = day.components
        return "\(parts.year)年\(parts.month)月\(parts.day)日抽查情况"
    }

    public func cells(number: Int) -> [String] {
        let level: String =
            switch facts.level {
            case .red: "重大(红)"
            case .orange: "较大(橙)"
            case .yellow: "一般(黄)"
            case .blue: "低(蓝)"
            }
        return [
            String(number), facts.enterpriseName, facts.region, facts.hazards.joined(separator: "、"), level,
            facts.commitment, String(facts.openAlarms),
            facts.anomalies.isEmpty ? "无" : facts.anomalies.joined(separator: ";"),
            [facts.video, videoNote].filter { !$0.isEmpty }.joined(separator: ";"), watch,
            facts.highLevels.isEmpty ? "否" : "是(" + facts.highLevels.joined(separator: ";") + ")", lastColumn,
        ]
    }

    /// Column 12 also says how disposal and the three responsible persons were found (domain §10.8).
    private var lastColumn: String {
        var parts: [String] = []
        for item in [SpotCheckContent.anomalies, .responsibility] {
            guard let verdict = verdicts[item] else { continue }
            let note = (notes[item] ?? "").trimmedOfSpace
            parts.append("\(item.title):\(verdict.title)" + (note.isEmpty ? "" : "(\(note))"))
        }
        let said = other.trimmedOfSpace
        if !said.isEmpty { parts.append(said == "无" ? "无其他异常" : said) }
        return parts.joined(separator: ";")
    }
}
