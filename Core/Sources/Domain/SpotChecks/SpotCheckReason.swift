public import Kernel

/// Why an enterprise is on the day's list, in the order of urgency (patrol measures Art. 10, XC-19c).
public enum SpotCheckCategory: String, CaseIterable, Hashable, Comparable, Sendable {
    /// 必抽: red or orange at any time that day
    case must
    /// 重点关注: 《省》一
    case attention
    /// 轮回: a plan of key industries and regions
    case rotation
    /// 随机: drawn from the published seed
    case random
    /// 人工: somebody added it
    case manual

    public var title: String {
        switch self {
        case .must: "必抽"
        case .attention: "重点关注"
        case .rotation: "轮回"
        case .random: "随机"
        case .manual: "人工"
        }
    }

    public var article: String {
        switch self {
        case .must, .rotation, .random: "《巡查》第十条"
        case .attention: "《省》一"
        case .manual: "《巡查》第三条"
        }
    }

    private var order: Int {
        switch self {
        case .must: 0
        case .attention: 1
        case .rotation: 2
        case .random: 3
        case .manual: 4
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }
}

/// 重点关注 (SZ-05…07, JC-14): what makes an enterprise one to look at first, besides its level.
public enum AttentionReason: Hashable, Sendable {
    /// The enterprise itself promised under a high risk (SZ-05).
    case committedHighRisk(day: Day, level: String)
    /// Among those with the most alarms in seven days (SZ-06).
    case manyAlarms(count: Int, place: Int)
    /// Among those that take longest to clear (SZ-06).
    case slowDisposal(meanMinutes: Int, place: Int)
    /// A violation was seen on a camera (SZ-07).
    case cameraViolation(day: Day)
    /// No data for 72 hours and more (JC-14).
    case longOffline(hours: Int)

    /// Urgency within the group: the order in which 《省》一 names them.
    public var rank: Int {
        switch self {
        case .committedHighRisk: 0
        case .manyAlarms: 1
        case .slowDisposal: 2
        case .cameraViolation: 3
        case .longOffline: 4
        }
    }

    public var text: String {
        switch self {
        case .committedHighRisk(let day, let level): "\(Self.short(day)) 承诺的风险等级为\(level)"
        case .manyAlarms(let count, let place): "7 天报警 \(count) 次,辖区第 \(place)"
        case .slowDisposal(let minutes, let place): "7 天平均消警 \(minutes) 分钟,辖区第 \(place) 慢"
        case .cameraViolation(let day): "\(Self.short(day)) 视频发现违规违章"
        case .longOffline(let hours): "连续离线 \(hours) 小时"
        }
    }

    static func short(_ day: Day) -> String { String(ChinaTime.date(day).suffix(5)) }
}
