/// The rates of domain §9. The regulations give the names; the definitions are 本项目约定, and there is one of each.
public enum FigureKind: String, CaseIterable, Hashable, Sendable {
    case commitment
    case commitmentLate
    case onlineNow
    case onlineTime
    case pointsOnline
    case videoNow
    case videoTime
    case enterprisesOnline
    case enterprisesVideo
    case alarmsCleared
    case warningsDisposed
    case warningsInTime
    case reportsInTime
    case supervisionsFedBack
    case duties
    case patrols
    case checks
    case mustChecks
    case problemsFedBack

    /// What the two numbers count.
    public enum Measure: Hashable, Sendable {
        case enterprises, points, cameras, enterpriseTime, cameraTime, alarms, warnings, supervisions, duties
        case regions, checks, problems
    }

    public var title: String {
        switch self {
        case .commitment: "安全承诺率"
        case .commitmentLate: "逾期承诺率"
        case .onlineNow: "系统在线率（瞬时）"
        case .onlineTime: "系统在线率（时长）"
        case .pointsOnline: "点位在线率"
        case .videoNow: "视频在线率（瞬时）"
        case .videoTime: "视频在线率（时长）"
        case .enterprisesOnline: "重大危险源企业在线率"
        case .enterprisesVideo: "视频在线企业率"
        case .alarmsCleared: "报警消警率"
        case .warningsDisposed: "预警处置率"
        case .warningsInTime: "预警按时处置率"
        case .reportsInTime: "上报及时率"
        case .supervisionsFedBack: "督办反馈率"
        case .duties: "包保履职落实率"
        case .patrols: "巡查完成率"
        case .checks: "抽查完成率"
        case .mustChecks: "必抽完成率"
        case .problemsFedBack: "抽查整改反馈率"
        }
    }

    /// What is counted above the line.
    public var numeratorTitle: String {
        switch self {
        case .commitment: "10 时前承诺的企业"
        case .commitmentLate: "10 时后才承诺的企业"
        case .onlineNow: "此刻在线的企业"
        case .onlineTime: "在线时长（剔除已确认报备）"
        case .pointsOnline: "在线点位"
        case .videoNow: "此刻在线的摄像机"
        case .videoTime: "各路在线时长（剔除已确认报备）"
        case .enterprisesOnline: "在线时长达应在线 90% 的企业"
        case .enterprisesVideo: "视频时长在线率达 90% 的企业"
        case .alarmsCleared: "截至期末已消警的报警"
        case .warningsDisposed: "已降级或解除的预警"
        case .warningsInTime: "首档时限内降级的预警"
        case .reportsInTime: "消警后 1 小时内上报的预警"
        case .supervisionsFedBack: "已反馈的督办"
        case .duties: "按时完成的履职任务"
        case .patrols: "已巡查的下级"
        case .checks: "已抽查的企业（计至规定数）"
        case .mustChecks: "必抽企业中已抽的"
        case .problemsFedBack: "期限内反馈的问题"
        }
    }

    /// What is counted below the line.
    public var denominatorTitle: String {
        switch self {
        case .commitment, .commitmentLate, .onlineNow, .enterprisesOnline: "应纳入企业"
        case .onlineTime: "应在线时长（剔除已确认报备）"
        case .pointsOnline: "在用点位（剔除报备）"
        case .videoNow: "应接摄像机（剔除报备）"
        case .videoTime: "应在线路时（剔除已确认报备）"
        case .enterprisesVideo: "应接视频的企业"
        case .alarmsCleared: "期内产生的报警"
        case .warningsDisposed: "期内产生的黄色及以上预警"
        case .warningsInTime: "期内产生且首档时限已到的预警"
        case .reportsInTime: "期内消警且已报或已满 1 小时的预警"
        case .supervisionsFedBack: "期内生成的督办"
        case .duties: "期内到期的履职任务"
        case .patrols: "规定巡查数"
        case .checks: "规定抽查数"
        case .mustChecks: "当日必抽企业"
        case .problemsFedBack: "期内到期的问题"
        }
    }

    public var measure: Measure {
        switch self {
        case .commitment, .commitmentLate, .onlineNow, .enterprisesOnline, .enterprisesVideo: .enterprises
        case .onlineTime: .enterpriseTime
        case .pointsOnline: .points
        case .videoNow: .cameras
        case .videoTime: .cameraTime
        case .alarmsCleared: .alarms
        case .warningsDisposed, .warningsInTime, .reportsInTime: .warnings
        case .supervisionsFedBack: .supervisions
        case .duties: .duties
        case .patrols: .regions
        case .checks, .mustChecks: .checks
        case .problemsFedBack: .problems
        }
    }

    /// Counted at an instant instead of over a window.
    public var isInstant: Bool { self == .onlineNow || self == .videoNow || self == .pointsOnline }

    /// Belongs to authorities and their work, not to enterprises.
    public var isOfOffices: Bool {
        switch self {
        case .patrols, .checks, .mustChecks: true
        case .commitment, .commitmentLate, .onlineNow, .onlineTime, .pointsOnline, .videoNow, .videoTime,
            .enterprisesOnline, .enterprisesVideo, .alarmsCleared, .warningsDisposed, .warningsInTime,
            .reportsInTime, .supervisionsFedBack, .duties, .problemsFedBack:
            false
        }
    }

    /// The figures of the evaluation of disposal (disposal measures Art. 16).
    public static let evaluation: [FigureKind] = [
        .warningsInTime, .reportsInTime, .supervisionsFedBack, .warningsDisposed,
    ]
}
