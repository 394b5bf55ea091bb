/// What somebody, or the system, wants done with a bulletin. `by` is an actor of the log.
public enum BulletinCommand: Hashable, Sendable {
    case edit([DocumentEdit], by: String)
    case submit(by: String)
    case sendBack(note: String, by: String)
    case approve(by: String)
    case issue(BulletinNumber, to: [Recipient], copies: [Recipient], by: String)
    case acknowledge(Recipient, by: String)
    /// A corrected one is being written.
    case correct(BulletinID, by: String)
    /// The correction was given up before it was issued.
    case dropCorrection
    /// The correction was issued.
    case supersede
    case withdraw(reason: String, by: String)
    case publish(PublicChannel, by: String)
}

/// Why it is not done.
public enum BulletinRefusal: Error, Hashable, Sendable {
    case wrongPhase(Bulletin.Phase)
    /// The key belongs to a figure of the system, or to nothing.
    case locked(String)
    case emptyAdvice
    case tooLong
    case missing([String])
    /// A second person approves.
    case ownWork
    case notApproved
    case noReceiver
    case notReceiver
    case acknowledgedAlready
    case blankReason
    case correctedAlready
    case notPublic
    case blankPlace

    public var reason: String {
        switch self {
        case .wrongPhase(let phase): "这份通报\(phase.label),不能这样办理"
        case .locked: "自动生成的数据和文字不能改,只能改建议和人工补充"
        case .emptyAdvice: "建议不能改成空白"
        case .tooLong: "文字过长:最多 4000 字"
        case .missing(let labels): "还没有填:" + labels.joined(separator: "、")
        case .ownWork: "编辑、送审的人不能审核自己的稿件"
        case .notApproved: "社会公开的通报要先由另一人审核"
        case .noReceiver: "没有收件单位,不能印发"
        case .notReceiver: "这份通报没有发给您的单位"
        case .acknowledgedAlready: "已经签收"
        case .blankReason: "请写明理由"
        case .correctedAlready: "已经有一份更正稿"
        case .notPublic: "内部通报不登记公开渠道"
        case .blankPlace: "请写明发布的位置"
        }
    }
}
