/// 真实、即时、完整、规范、准确: what data is scored for, every day (data-quality measures Art. 2; SJ-02).
public enum QualityDimension: String, CaseIterable, Hashable, Sendable {
    case truth, promptness, completeness, standard, accuracy

    public var label: String {
        switch self {
        case .truth: "真实"
        case .promptness: "即时"
        case .completeness: "完整"
        case .standard: "规范"
        case .accuracy: "准确"
        }
    }

    /// How the share is made, as the page says it. [本项目约定]
    public var formula: String {
        switch self {
        case .truth: "当日没有未闭环真实性问题的点位 ÷ 当日有数据的点位"
        case .promptness: "2 分钟内收到的数据条数 ÷ 当日收到的实时数据条数"
        case .completeness: "当日有数据的在用点位、已配齐的必备指标、有点位与摄像机的危险源、在岗包保岗位 ÷ 各项应有数"
        case .standard: "没有规范性问题的点位和设备 ÷ 在用点位和设备"
        case .accuracy: "质量好且在量程内的数据条数 ÷ 当日收到的数据条数"
        }
    }
}
