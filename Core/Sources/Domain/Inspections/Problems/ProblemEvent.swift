public import Kernel

/// What happened to a problem. An event in the log has happened: `Problem.apply` never refuses one.
public enum ProblemEvent: Hashable, Sendable {
    case raised(Raised)
    case handedDown(from: AuthorityID, to: AuthorityID, note: String)
    case ordered(Rectification, deadline: Timestamp, by: AuthorityID)
    case fedBack(ProblemCommand.Answer, by: ProblemParty, isLate: Bool)
    case rechecked(RecheckResult, note: String, by: AuthorityID)
    case supervised(number: String, requirement: String, by: AuthorityID)
    case supervisionLifted(note: String, by: AuthorityID)
    case penalised(number: String, cause: String, amountYuan: Int64, by: AuthorityID)
    case urged(note: String, by: AuthorityID)
    case closed(note: String, by: AuthorityID)
    /// The office neither handed it down nor ordered in time; `above` is told.
    case holderOverdue(AuthorityID, above: AuthorityID?)
    case feedbackOverdue
    case deadlineNear(Timestamp)
    /// The rectification's deadline has passed; `told` is one office higher each time.
    case rectificationOverdue(told: [AuthorityID])

    public struct Raised: Hashable, Sendable {
        public var draft: ProblemDraft
        public var path: [AuthorityID]
        public var rules: ProblemRules
    }
}
