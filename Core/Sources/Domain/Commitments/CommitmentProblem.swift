public import Kernel

/// Why a commitment is not taken, each in the reader's words and at its field.
public enum CommitmentProblem: Hashable, Sendable {
    /// Left out: null is not zero (SJ-19).
    case missing(CommitmentField)
    case unreadable(CommitmentField, String)
    case negative(CommitmentCount)
    case tooLarge(CommitmentCount)
    case tooLong(CommitmentText)
    /// 运行 + 停产 + 检修 is not the total.
    case sumDiffers(parts: Int, total: Int)
    /// Yes, and the count is zero; or no, and it is not.
    case flagAndCountDiffer(CommitmentFlag, count: Int)
    case hiddenDangerUntold
    case phoneInvalid
    case scoreOutOfRange
    case judgementUnnamed(Judgement.Tier)
    case judgementAhead(Judgement.Tier, Timestamp)
    case judgementOld(Judgement.Tier, Timestamp)
    case judgementBefore(Judgement.Tier, Judgement.Tier)
    /// Offered from yesterday and not confirmed.
    case unconfirmed(CommitmentField)

    public var field: CommitmentField {
        switch self {
        case .missing(let field), .unreadable(let field, _), .unconfirmed(let field): field
        case .negative(let count), .tooLarge(let count): .count(count)
        case .tooLong(let text): .text(text)
        case .sumDiffers: .count(.units)
        case .flagAndCountDiffer(let flag, _): .flag(flag)
        case .hiddenDangerUntold: .text(.hiddenDanger)
        case .phoneInvalid: .text(.dutyLeadPhone)
        case .scoreOutOfRange: .riskScore
        case .judgementUnnamed(let tier), .judgementAhead(let tier, _), .judgementOld(let tier, _),
            .judgementBefore(let tier, _):
            .judgement(tier)
        }
    }

    public var text: String {
        switch self {
        case .missing(let field): Self.missing(field)
        case .unreadable(let field, let text): "\(field.label)“\(text)”看不懂"
        case .negative(let count): "\(count.label)不能小于 0"
        case .tooLarge(let count): "\(count.label)大得不合常理,请核对"
        case .tooLong(let text): "\(text.label)超过 \(CommitmentText.lengthMax) 字"
        case .sumDiffers(let parts, let total): "运行、停产、检修合计 \(parts) 套,与生产装置总套数 \(total) 套不等"
        case .flagAndCountDiffer(let flag, let count):
            count == 0
                ? "“\(flag.label)”填了是,\(flag.count?.label ?? "数量")却是 0"
                : "“\(flag.label)”填了否,\(flag.count?.label ?? "数量")却是 \(count)"
        case .hiddenDangerUntold: "有重大隐患,要写明隐患说明"
        case .phoneInvalid: "值班领导电话不是电话号码"
        case .scoreOutOfRange: "风险分值应在 0–100 之间"
        case .judgementUnnamed(let tier): "\(tier.label)研判没有写研判人"
        case .judgementAhead(let tier, let instant): "\(tier.label)研判时间 \(ChinaTime.dateTime(instant)) 晚于现在"
        case .judgementOld(let tier, let instant): "\(tier.label)研判时间 \(ChinaTime.dateTime(instant)) 已超过 24 小时"
        case .judgementBefore(let tier, let other): "\(tier.label)研判早于\(other.label)研判,研判要逐级进行"
        case .unconfirmed(let field): "\(field.label)未核对"
        }
    }

    private static func missing(_ field: CommitmentField) -> String {
        switch field {
        case .count: "\(field.label)没有填数,没有就填 0"
        case .flag: "“\(field.label)”没有选是或否"
        case .judgement: "缺\(field.label)"
        case .text, .riskLevel, .riskScore, .signer, .day: "\(field.label)没有填"
        }
    }
}
