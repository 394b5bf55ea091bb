public import Kernel

/// A problem from its finding to its end: handed down office by office, rectified, re-checked, closed (patrol measures
/// Art. 9, 14). One value; `decide` reads it, `apply` changes it, `nextDeadline` is derived from it.
public struct Problem: Hashable, Sendable {
    public enum Stage: String, CaseIterable, Hashable, Sendable {
        /// Found; nobody has ordered the rectification yet.
        case raised
        case ordered
        /// The subject says it is done and shows how.
        case rectified
        /// The re-check found it done.
        case rechecked
        case closed

        public var label: String {
            switch self {
            case .raised: "待交办"
            case .ordered: "整改中"
            case .rectified: "待复查"
            case .rechecked: "待销号"
            case .closed: "已闭环"
            }
        }
    }

    public struct Feedback: Hashable, Sendable {
        public var by: ProblemParty
        public var measures: String
        /// What shows it, in words; pictures are attachments.
        public var proof: String
        public var attachments: [String]
        /// nil: under way.
        public var finishedAt: Timestamp?
        public var at: Timestamp
    }

    public struct Recheck: Hashable, Sendable {
        public var by: AuthorityID
        public var result: RecheckResult
        public var note: String
        public var at: Timestamp
    }

    /// 督办单
    public struct Supervision: Hashable, Sendable {
        public var number: String
        public var requirement: String
        public var by: AuthorityID
        public var orderedAt: Timestamp
        public var liftedAt: Timestamp?
    }

    public let id: ProblemID
    public let source: ProblemSource
    public let subject: ProblemParty
    public let topic: String
    public let text: String
    public let hazard: HazardID?
    public let rules: ProblemRules
    public let raisedAt: Timestamp
    /// The offices it passes, from the finder to the one that regulates the enterprise (or is the subject).
    public let path: [AuthorityID]

    public internal(set) var severity: ProblemSeverity
    public internal(set) var position = 0
    public internal(set) var heldSince: Timestamp
    public internal(set) var stage = Stage.raised
    public internal(set) var rectification: Rectification?
    public internal(set) var orderedAt: Timestamp?
    public internal(set) var deadline: Timestamp?
    public internal(set) var feedbacks: [Feedback] = []
    public internal(set) var rechecks: [Recheck] = []
    public internal(set) var supervision: Supervision?
    public internal(set) var penalties: [Penalty] = []
    public internal(set) var closedAt: Timestamp?

    /// The office that holds it let its time pass; begins anew with each hand-down.
    public internal(set) var isHolderOverdue = false
    public internal(set) var isFeedbackOverdue = false
    public internal(set) var isReminded = false
    /// How many offices, from the last one upwards, were told that the present deadline has passed.
    public internal(set) var escalations = 0
    /// Some deadline of its rectification was missed; a new deadline does not wash it off.
    public internal(set) var wasOverdue = false

    init(id: ProblemID, raised: ProblemEvent.Raised, at instant: Timestamp) {
        self.id = id
        source = raised.draft.source
        subject = raised.draft.subject
        severity = raised.draft.severity
        topic = raised.draft.topic
        text = raised.draft.text
        hazard = raised.draft.hazard
        rules = raised.rules
        path = raised.path
        raisedAt = instant
        heldSince = instant
    }

    public var finder: AuthorityID { path[0] }
    public var holder: AuthorityID { path[position] }
    /// The office at the end of the path: the regulator of the enterprise, or the office that has the problem.
    public var last: AuthorityID { path[path.count - 1] }
    public var isDelivered: Bool { position == path.count - 1 }
    public var isOpen: Bool { stage != .closed }
    public var respondedAt: Timestamp? { feedbacks.first?.at }

    /// When the first answer is due: an enterprise is told at once, an office when the problem reaches it.
    public var feedbackDueAt: Timestamp? {
        switch subject {
        case .enterprise: raisedAt + rules.feedbackWithin
        case .authority: isDelivered ? heldSince + rules.feedbackWithin : nil
        }
    }

    /// When the office that holds it must have handed it down, or have ordered the rectification.
    public var holderDueAt: Timestamp? {
        guard isOpen else { return nil }
        if !isDelivered { return heldSince + rules.handDownWithin }
        guard case .enterprise = subject, stage == .raised else { return nil }
        return heldSince + rules.handDownWithin
    }

    public var remindAt: Timestamp? {
        guard stage == .ordered, let deadline, let orderedAt else { return nil }
        let half = Interval(milliseconds: (deadline - orderedAt).milliseconds / 2)
        return deadline - min(rules.remindBefore, half)
    }

    /// The present deadline has passed and the subject has not reported the end.
    public func isOverdue(at now: Timestamp) -> Bool {
        stage == .ordered && deadline.map { now >= $0 } ?? false
    }

    /// The earliest instant at which something happens by itself.
    public var nextDeadline: Timestamp? {
        guard isOpen else { return nil }
        var all: [Timestamp] = []
        if !isHolderOverdue, let due = holderDueAt { all.append(due) }
        if !isFeedbackOverdue, feedbacks.isEmpty, let due = feedbackDueAt { all.append(due) }
        if !isReminded, let due = remindAt { all.append(due) }
        if let due = nextEscalation { all.append(due) }
        return all.min()
    }

    var nextEscalation: Timestamp? {
        guard stage == .ordered, let deadline, escalations < path.count else { return nil }
        return deadline + rules.escalateEvery * Int64(max(0, escalations - 1))
    }

    /// The office has had the problem in its hands.
    public func hasReached(_ office: AuthorityID) -> Bool { path[...position].contains(office) }

    /// The offices a problem passes: from the finder down the lineage of the office that answers for the subject, level
    /// by level, none left out (XC-30). Levels that do not exist are not invented (A13).
    /// - Parameter lineage: of the subject's office, nearest first, itself included.
    public static func path(finder: AuthorityTree.Node, lineage: [AuthorityTree.Node]) -> [AuthorityID] {
        guard let last = lineage.first, last.id != finder.id else { return [finder.id] }
        if let index = lineage.firstIndex(where: { $0.id == finder.id }) {
            return lineage[...index].reversed().map(\.id)
        }
        // Found by the centre, a park or a co-regulator: the offices below the finder's level that lead to the end.
        let below = lineage.filter { $0.level.depth > finder.level.depth }.reversed().map(\.id)
        return [finder.id] + (below.isEmpty ? [last.id] : below)
    }
}
