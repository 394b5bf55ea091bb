/// What a safety commitment says in words (domain §7).
public enum CommitmentText: String, CaseIterable, Hashable, Sendable {
    case notice = "commitmentNotice"
    /// 措施采取, one of the four blocks of QY-07; the sample systems keep it within the notice: the name is ours.
    case measures = "measures"
    case dutyLead = "dutyLead"
    case dutyLeadPhone = "dutyLeadPhone"
    /// Asked for where there is a major hidden danger.
    case hiddenDanger = "hiddenDanger"
    case offlineReason = "offlineReason"

    public var label: String {
        switch self {
        case .notice: "承诺内容"
        case .measures: "风险防控措施"
        case .dutyLead: "值班领导"
        case .dutyLeadPhone: "值班领导电话"
        case .hiddenDanger: "重大隐患说明"
        case .offlineReason: "离线原因"
        }
    }

    /// Whether it must be there whatever else is declared.
    public var isRequired: Bool {
        switch self {
        case .notice, .measures, .dutyLead, .dutyLeadPhone: true
        case .hiddenDanger, .offlineReason: false
        }
    }

    public static let lengthMax = 2_000
}
