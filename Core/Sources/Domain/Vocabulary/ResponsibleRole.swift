/// 三级包保责任人: who answers for a major hazard source (应急厅〔2021〕12号).
public enum ResponsibleRole: String, CaseIterable, Hashable, Sendable {
    /// 主要负责人
    case principal
    /// 技术负责人
    case technical
    /// 操作负责人
    case operations
}
