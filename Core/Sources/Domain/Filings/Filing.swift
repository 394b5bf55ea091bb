public import Kernel

public enum FilingIdentity {}
public typealias FilingID = Identifier<FilingIdentity>

/// 报备: an enterprise tells beforehand, or at once, what will be offline and why; the regulator confirms or returns it
/// (data-quality measures Art. 9; SJ-25, JC-11, JC-18).
///
/// Until it is confirmed nothing changes. Once confirmed it holds from its submission, never from before it (A32).
public struct Filing: Hashable, Sendable {
    public var id: FilingID
    public var enterprise: EnterpriseID
    public var kind: FilingKind
    public var coverage: FilingCoverage
    public var reason: String
    /// How what is not seen is watched meanwhile.
    public var measures: String
    public var from: Timestamp
    public var until: Timestamp
    /// When damage was found.
    public var foundAt: Timestamp?
    public var submittedAt: Timestamp
    public var submittedBy: String
    public var isLate: Bool
    public var decision: Decision?
    public var withdrawnAt: Timestamp?
    /// Ended before its time.
    public var endedAt: Timestamp?
    public var endedBy: String?
    public var wish: Wish?

    public struct Decision: Hashable, Sendable {
        public var isConfirmed: Bool
        public var at: Timestamp
        public var by: String
        public var note: String?
        public init(isConfirmed: Bool, at: Timestamp, by: String, note: String?) {
            self.isConfirmed = isConfirmed
            self.at = at
            self.by = by
            self.note = note
        }
    }

    /// A longer end, asked for while the filing holds; the regulator decides again.
    public struct Wish: Hashable, Sendable {
        public var until: Timestamp
        public var reason: String
        public var askedAt: Timestamp
        public var askedBy: String
        public init(until: Timestamp, reason: String, askedAt: Timestamp, askedBy: String) {
            self.until = until
            self.reason = reason
            self.askedAt = askedAt
            self.askedBy = askedBy
        }
    }

    public enum State: String, CaseIterable, Hashable, Sendable {
        case waiting, returned, withdrawn, confirmed, running, over

        public var label: String {
            switch self {
            case .waiting: "待确认"
            case .returned: "已退回"
            case .withdrawn: "已撤回"
            case .confirmed: "已确认,未开始"
            case .running: "执行中"
            case .over: "已结束"
            }
        }
    }

    public init(
        id: FilingID, enterprise: EnterpriseID, kind: FilingKind, coverage: FilingCoverage, reason: String,
        measures: String, from: Timestamp, until: Timestamp, foundAt: Timestamp?, submittedAt: Timestamp,
        submittedBy: String, isLate: Bool
    ) {
        self.id = id
        self.enterprise = enterprise
        self.kind = kind
        self.coverage = coverage
        self.reason = reason
        self.measures = measures
        self.from = from
        self.until = until
        self.foundAt = foundAt
        self.submittedAt = submittedAt
        self.submittedBy = submittedBy
        self.isLate = isLate
    }
}

extension Filing {
    public func state(at now: Timestamp) -> State {
        if withdrawnAt != nil { return .withdrawn }
        guard let decision else { return .waiting }
        guard decision.isConfirmed else { return .returned }
        if now >= end { return .over }
        return now < from ? .confirmed : .running
    }

    /// When it ends, or ended.
    public var end: Timestamp { endedAt.map { min($0, until) } ?? until }

    /// The time that counts neither for nor against: from the submission, not before it (A32); nil while nobody has
    /// confirmed it. Whole seconds, to the enterprise's disadvantage.
    public var effect: Range<Timestamp>? {
        guard decision?.isConfirmed == true, withdrawnAt == nil else { return nil }
        let begin = OnlineTime.wholeSecond(max(from, submittedAt + .milliseconds(999)))
        let finish = OnlineTime.wholeSecond(end)
        return begin < finish ? begin..<finish : nil
    }

    /// By when the regulator has to decide; nil where nothing waits.
    public func decisionDue(_ rules: FilingRules) -> Timestamp? {
        if withdrawnAt != nil { return nil }
        if decision == nil { return submittedAt + rules.confirmWithin }
        return wish.map { $0.askedAt + rules.confirmWithin }
    }
}
