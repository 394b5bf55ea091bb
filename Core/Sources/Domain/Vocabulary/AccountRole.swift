/// What an account may do. Which enterprises it sees is its scope, not its role.
public enum AccountRole: String, CaseIterable, Hashable, Sendable {
    /// 值守员 of an authority
    case duty
    /// 企业安全员
    case safety
    /// 包保责任人
    case responsible
    /// 管理员
    case admin
}
