public import Kernel

/// What is asked of a problem.
public enum ProblemCommand: Hashable, Sendable {
    case handDown(to: AuthorityID, note: String, by: AuthorityID)
    case order(Rectification, by: AuthorityID)
    case feedBack(Answer, by: ProblemParty)
    case recheck(RecheckResult, note: String, next: Rectification?, by: AuthorityID)
    case close(note: String, by: AuthorityID)
    /// 判定重大隐患: from then on it is supervised.
    case judgeMajor(number: String, requirement: String, by: AuthorityID)
    case liftSupervision(note: String, by: AuthorityID)
    case penalise(number: String, cause: String, amountYuan: Int64, by: AuthorityID)
    /// 催办 (JC-09)
    case urge(note: String, by: AuthorityID)
    case elapse

    public struct Answer: Hashable, Sendable {
        public var measures: String
        public var proof: String
        public var attachments: [String]
        public var finishedAt: Timestamp?

        public init(measures: String, proof: String, attachments: [String] = [], finishedAt: Timestamp?) {
            self.measures = measures
            self.proof = proof
            self.attachments = attachments
            self.finishedAt = finishedAt
        }
    }
}

/// Why a command was not carried out.
public enum ProblemRefusal: Error, Hashable, Sendable {
    case blankText
    case closed
    case notHolder
    case skipsLevel
    case atTheEnd
    case notReached
    case ownProblem
    case measuresMissing
    case deadlineMissing
    case deadlinePast
    case wrongStage(Problem.Stage)
    case proofMissing
    case finishedInFuture
    case notSubject
    case notDelivered
    case notSupervised
    case supervised
    case alreadySupervised
    case notSupervisor
    case penaltyIncomplete

    public var reason: String {
        switch self {
        case .blankText: "请写明内容"
        case .closed: "这个问题已经闭环"
        case .notHolder: "这个问题现在不在本单位手里"
        case .skipsLevel: "只能交办给直接下一级,不能越级"
        case .atTheEnd: "已经交到负责日常监管的单位,不再往下交办"
        case .notReached: "这个问题还没有交到本单位"
        case .ownProblem: "被查单位不能给自己定期限,也不能复查、督办或销号自己的问题"
        case .measuresMissing: "限期整改必须写明管控措施"
        case .deadlineMissing: "限期整改必须写明期限"
        case .deadlinePast: "整改期限已经过去"
        case .wrongStage(let stage): "这个问题现在是“\(stage.label)”,不能这样做"
        case .proofMissing: "整改完成要有凭证:写明或附上照片、文件"
        case .finishedInFuture: "完成时刻不能晚于现在"
        case .notSubject: "只有被查单位、企业或其监管单位能反馈"
        case .notDelivered: "还没有交到负责日常监管的单位,不能销号"
        case .notSupervised: "重大隐患没有督办单,不能销号"
        case .supervised: "督办没有解除,闭环前不能销号"
        case .alreadySupervised: "已经挂牌督办"
        case .notSupervisor: "只有下督办单的单位能解除督办"
        case .penaltyIncomplete: "处罚登记要有文号、事由,金额不能是负数"
        }
    }
}
