public import Kernel

/// A point taken out of A and K for a time, asked for by the enterprise and approved by the regulator: 检修报备, 误报,
/// 点位停用. While it holds, the point's alarms are still recorded, as exempt. When it ends and the value still lies
/// beyond a limit, a new alarm opens that counts.
public struct Exemption: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case filing, falseAlarm, outOfUse

        public var dispelType: DispelType {
            switch self {
            case .filing: .filing
            case .falseAlarm: .falseAlarm
            case .outOfUse: .outOfUse
            }
        }

        public var label: String {
            switch self {
            case .filing: "检修报备"
            case .falseAlarm: "误报"
            case .outOfUse: "点位停用"
            }
        }
    }

    public enum Refusal: Error, Hashable, Sendable {
        case blankReason
        case endBeforeStart
        /// Only a point out of use may stay exempt without an end.
        case endMissing
        case tooLong

        public var reason: String {
            switch self {
            case .blankReason: "请填写原因"
            case .endBeforeStart: "结束时间早于开始时间"
            case .endMissing: "请填写结束时间"
            case .tooLong: "时间过长:误报最长 7 天,检修报备最长 180 天"
            }
        }
    }

    /// The longest that each kind may run. [本项目约定]
    public static func longest(_ kind: Kind) -> Interval? {
        switch kind {
        case .filing: .days(180)
        case .falseAlarm: .days(7)
        case .outOfUse: nil
        }
    }

    public static func check(kind: Kind, reason: String, from: Timestamp, until: Timestamp?) throws(Refusal) {
        guard reason.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .blankReason }
        guard let until else {
            if longest(kind) != nil { throw .endMissing }
            return
        }
        guard until > from else { throw .endBeforeStart }
        if let longest = longest(kind), until - from > longest { throw .tooLong }
    }
}
