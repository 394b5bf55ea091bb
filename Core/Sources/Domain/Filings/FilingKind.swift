/// What an enterprise files (data-quality measures Art. 9; SJ-25).
public enum FilingKind: String, CaseIterable, Hashable, Sendable {
    /// 长期停产
    case longStop
    /// 计划停产(停车)
    case plannedStop
    /// 检维修
    case maintenance
    /// 设施损坏
    case damage
    /// 视频检修或损坏
    case camera

    public var label: String {
        switch self {
        case .longStop: "长期停产"
        case .plannedStop: "计划停产"
        case .maintenance: "检维修"
        case .damage: "设施损坏"
        case .camera: "视频停用"
        }
    }

    /// A plant that stands still may still hold material: only points under repair or broken are taken out of alarms
    /// and of the model. [本项目约定]
    public var exemptsAlarms: Bool {
        switch self {
        case .maintenance, .damage: true
        case .longStop, .plannedStop, .camera: false
        }
    }

    /// What the filing changes, in the words of the page.
    public var effect: String {
        switch self {
        case .longStop, .plannedStop: "期间的离线不计入在线率;有数据的点位照常报警。装置停了,罐里可能还有料。"
        case .maintenance, .damage: "期间所列点位的离线不计入在线率,报警留痕但不计入风险等级。"
        case .camera: "期间所列视频的离线不计入视频在线率。"
        }
    }
}
