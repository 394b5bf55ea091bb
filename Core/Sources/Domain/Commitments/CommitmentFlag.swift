/// The questions of a safety commitment that are answered with yes or no; not answering is neither (domain §7).
public enum CommitmentFlag: String, CaseIterable, Hashable, Sendable {
    case contractor = "contractor"
    case trialProduction = "trialProduction"
    case startingOrStopping = "openParking"
    case pilotTest = "test"
    case majorHiddenDanger = "mmHazards"
    /// Without a name of its own in the sample systems: ours.
    case hazardsSafe = "hazardSafe"
    case responsibilityCarriedOut = "dangerGuaranteeResponsibility"

    public var label: String {
        switch self {
        case .contractor: "有承包商作业"
        case .trialProduction: "处于试生产"
        case .startingOrStopping: "处于开停车状态"
        case .pilotTest: "进行中(扩)试"
        case .majorHiddenDanger: "有重大隐患"
        case .hazardsSafe: "罐区、仓库等重大危险源处于安全状态"
        case .responsibilityCarriedOut: "重大危险源包保责任制落实"
        }
    }

    /// The count that must be above zero exactly when the answer is yes.
    public var count: CommitmentCount? {
        switch self {
        case .contractor: .contractors
        case .trialProduction: .trialUnits
        case .startingOrStopping: .startingOrStopping
        case .pilotTest, .majorHiddenDanger, .hazardsSafe, .responsibilityCarriedOut: nil
        }
    }
}
