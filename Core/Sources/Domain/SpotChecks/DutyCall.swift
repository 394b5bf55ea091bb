public import Kernel

/// 查岗: an office asks the duty officer of an enterprise or of an office under it to answer within a few minutes, and it
/// is written down how that went (Art. 12 值班值守; JC-07).
public struct DutyCall: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case enterprise(EnterpriseID)
        case authority(AuthorityID)
    }

    public enum State: String, CaseIterable, Hashable, Sendable {
        case waiting, answered, missed
        /// Answered after it had been counted as missed.
        case late

        public var title: String {
            switch self {
            case .waiting: "等待应答"
            case .answered: "按时应答"
            case .missed: "未应答"
            case .late: "迟应答"
            }
        }
    }

    public enum Refusal: Error, Hashable, Sendable {
        case alreadyAnswered, noName, tooFewMinutes, tooManyMinutes

        public var reason: String {
            switch self {
            case .alreadyAnswered: "这次查岗已经应答过"
            case .noName: "要写明在岗人员姓名"
            case .tooFewMinutes, .tooManyMinutes:
                "应答时限是 \(DutyCall.minutesAllowed.lowerBound)–\(DutyCall.minutesAllowed.upperBound) 分钟"
            }
        }
    }

    /// 本项目约定.
    public static let minutesAllowed = 1...60
    public static let minutesUsual = 5

    public let id: DutyCallID
    public let caller: AuthorityID
    public let target: Target
    public let calledAt: Timestamp
    public let minutes: Int
    public let question: String
    public private(set) var answeredAt: Timestamp?
    public private(set) var answeredBy: String?
    public private(set) var answer: String?
    public private(set) var missedAt: Timestamp?

    public init(
        id: DutyCallID, caller: AuthorityID, target: Target, calledAt: Timestamp, minutes: Int, question: String
    ) throws(Refusal) {
        if minutes < Self.minutesAllowed.lowerBound { throw .tooFewMinutes }
        if minutes > Self.minutesAllowed.upperBound { throw .tooManyMinutes }
        self.id = id
        self.caller = caller
        self.target = target
        self.calledAt = calledAt
        self.minutes = minutes
        self.question = question
    }

    /// As it was stored.
    public init(
        stored id: DutyCallID, caller: AuthorityID, target: Target, calledAt: Timestamp, minutes: Int,
        question: String, answeredAt: Timestamp?, answeredBy: String?, answer: String?, missedAt: Timestamp?
    ) {
        self.id = id
        self.caller = caller
        self.target = target
        self.calledAt = calledAt
        self.minutes = minutes
        self.question = question
        self.answeredAt = answeredAt
        self.answeredBy = answeredBy
        self.answer = answer
        self.missedAt = missedAt
    }

    public var dueAt: Timestamp { calledAt + .minutes(Int64(minutes)) }

    /// Exactly at the deadline is in time (A8).
    public var state: State {
        guard let answeredAt else { return missedAt == nil ? .waiting : .missed }
        return answeredAt <= dueAt ? .answered : .late
    }

    /// When something happens by itself.
    public var nextDeadline: Timestamp? { answeredAt == nil && missedAt == nil ? dueAt : nil }

    public mutating func answer(by name: String, text: String, at now: Timestamp) throws(Refusal) {
        guard answeredAt == nil else { throw .alreadyAnswered }
        guard !name.trimmedOfSpace.isEmpty else { throw .noName }
        answeredAt = now
        answeredBy = name.trimmedOfSpace
        answer = text
    }

    /// True where the deadline has passed just now without an answer.
    public mutating func elapse(at now: Timestamp) -> Bool {
        guard let due = nextDeadline, now >= due else { return false }
        missedAt = now
        return true
    }

    /// For column 10 of the record.
    public var summary: String {
        let asked = "查岗 \(ChinaTime.clock(calledAt).prefix(5))"
        guard let answeredAt else { return "\(asked) \(state.title)" }
        let seconds = (answeredAt - calledAt).seconds
        let took = seconds < 60 ? "\(seconds) 秒" : "\(seconds / 60) 分 \(seconds % 60) 秒"
        return "\(asked) \(state.title)(\(took)),\(answeredBy ?? "")"
    }
}
