/// 销警类型 (domain §11): how an alarm came to be cleared.
public enum DispelType: String, CaseIterable, Hashable, Sendable {
    /// 自动恢复: the value came back past the deadband and stayed for the off-delay.
    case recovered
    /// 人工处置后恢复: cleared by hand while the value lies within the limits.
    case recoveredByHand
    /// 检修报备豁免
    case filing
    /// 误报(经批准)
    case falseAlarm
    /// 阈值变更: the new limits no longer call it an alarm; needs approval, and is listed as suspicious.
    case limitChange
    /// 点位停用
    case outOfUse

    public var label: String {
        switch self {
        case .recovered: "自动恢复"
        case .recoveredByHand: "人工处置后恢复"
        case .filing: "检修报备豁免"
        case .falseAlarm: "误报(经批准)"
        case .limitChange: "阈值变更"
        case .outOfUse: "点位停用"
        }
    }

    /// Whether it ends an alarm whose value still lies beyond the limit; only the regulator's approval may.
    public var needsApproval: Bool {
        switch self {
        case .recovered, .recoveredByHand: false
        case .filing, .falseAlarm, .limitChange, .outOfUse: true
        }
    }
}
