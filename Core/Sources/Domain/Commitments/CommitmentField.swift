/// One item of the commitment's form, whatever its type: for naming what is missing.
public enum CommitmentField: Hashable, Sendable {
    case count(CommitmentCount)
    case flag(CommitmentFlag)
    case text(CommitmentText)
    case riskLevel
    case riskScore
    case signer
    case judgement(Judgement.Tier)
    case day

    public static let all: [CommitmentField] =
        CommitmentCount.allCases.map { .count($0) } + CommitmentFlag.allCases.map { .flag($0) }
        + CommitmentText.allCases.map { .text($0) } + [.riskLevel, .riskScore]
        + Judgement.Tier.allCases.map { .judgement($0) } + [.signer, .day]

    /// In uploads, forms and error lists.
    public var name: String {
        switch self {
        case .count(let count): count.rawValue
        case .flag(let flag): flag.rawValue
        case .text(let text): text.rawValue
        case .riskLevel: "promiseRiskRank"
        case .riskScore: "promiseRiskValue"
        case .signer: "commitment"
        case .judgement(let tier): "judgement-\(tier.rawValue)"
        case .day: "commitDate"
        }
    }

    public var label: String {
        switch self {
        case .count(let count): count.label
        case .flag(let flag): flag.label
        case .text(let text): text.label
        case .riskLevel: "风险级别"
        case .riskScore: "风险分值"
        case .signer: "承诺人"
        case .judgement(let tier): "\(tier.label)研判"
        case .day: "承诺日期"
        }
    }
}
