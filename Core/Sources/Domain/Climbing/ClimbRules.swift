public import Kernel

/// How long each colour waits for an acknowledgement before the next step: red 5, orange 10, yellow 15 minutes (domain
/// 10.9). An office may be stricter, never laxer. [本项目约定]
public struct ClimbRules: Hashable, Sendable {
    public var within: PerWarningLevel<Interval>

    public init(within: PerWarningLevel<Interval>) { self.within = within }
}

extension ClimbRules: ParameterSettings {
    public static let usual = ClimbRules(
        within: PerWarningLevel(yellow: .minutes(15), orange: .minutes(10), red: .minutes(5)))

    public static let parameters: [SettingParameter<ClimbRules>] = [
        parameter(.red, "red", "红色"), parameter(.orange, "orange", "橙色"), parameter(.yellow, "yellow", "黄色"),
    ]

    /// What is more urgent does not wait longer.
    public var contradictions: [String] {
        within[.red] <= within[.orange] && within[.orange] <= within[.yellow] ? [] : ["级别越高，等待应越短"]
    }

    private static func parameter(_ level: Level, _ name: String, _ title: String) -> SettingParameter<ClimbRules> {
        let longest = Double(usual.within[level].seconds) / 60
        return SettingParameter(
            name, "\(title)预警无人确认", "每过这么久升一步；分钟，只能更短", 1...longest, isWhole: true,
            get: { Double($0.within[level].seconds) / 60 },
            set: { $0.within[level] = .minutes(Int64($1)) })
    }
}
