public import Kernel

/// When an earlier serious problem must be patrolled again (Art. 6, XC-12): within 3 days after its rectification was
/// due. [本项目约定]
public enum FollowUp {
    public static let withinDays: Int32 = 3

    /// The end of the third natural day after the deadline's.
    public static func dueAt(deadline: Timestamp) -> Timestamp {
        Day(number: Day(deadline).number + withinDays + 1).start
    }
}

/// A region that comes up again and again is named in a bulletin (Art. 9, XC-19b). [本项目约定]: the numbers.
public struct BulletinCandidateRules: Hashable, Sendable {
    public var seriousInDay = 2
    public var sameTopicInDays = 3
    public var days: Int32 = 30
    public var overdue = 2

    public init() {}
    public static let standard = BulletinCandidateRules()

    /// A problem as the rules see it.
    public struct Fact: Hashable, Sendable {
        public var problem: ProblemID
        /// The office below the finder through which it went.
        public var region: AuthorityID
        public var topic: String
        public var severity: ProblemSeverity
        public var raisedAt: Timestamp
        public var isOverdue: Bool

        public init(
            problem: ProblemID, region: AuthorityID, topic: String, severity: ProblemSeverity, raisedAt: Timestamp,
            isOverdue: Bool
        ) {
            self.problem = problem
            self.region = region
            self.topic = topic
            self.severity = severity
            self.raisedAt = raisedAt
            self.isOverdue = isOverdue
        }
    }

    /// Why a region is a candidate, with the problems behind it.
    public struct Reason: Hashable, Sendable {
        public enum Kind: Hashable, Sendable { case manySerious, recurring(topic: String), overdue }
        public var kind: Kind
        public var problems: [ProblemID]

        public var text: String {
            switch kind {
            case .manySerious: "问题突出:单日重大问题 \(problems.count) 项"
            case .recurring: "反复出现:30 日内同类问题 \(problems.count) 次"
            case .overdue: "整改不及时:逾期未整改 \(problems.count) 项"
            }
        }
    }

    /// The candidates of a day, by region.
    public func candidates(_ facts: [Fact], on day: Day) -> [AuthorityID: [Reason]] {
        var found: [AuthorityID: [Reason]] = [:]
        for (region, facts) in Dictionary(grouping: facts, by: \.region) {
            var reasons: [Reason] = []
            let serious = facts.filter { $0.severity >= .serious && Day($0.raisedAt) == day }
            if serious.count >= seriousInDay { reasons.append(Reason(.manySerious, serious)) }
            let recent = facts.filter { fact in
                let age = day.number - Day(fact.raisedAt).number
                return age >= 0 && age < days
            }
            for (topic, same) in Dictionary(grouping: recent, by: \.topic).sorted(by: { $0.key < $1.key })
            where same.count >= sameTopicInDays { reasons.append(Reason(.recurring(topic: topic), same)) }
            let late = facts.filter(\.isOverdue)
            if late.count >= overdue { reasons.append(Reason(.overdue, late)) }
            if !reasons.isEmpty { found[region] = reasons }
        }
        return found
    }
}

extension BulletinCandidateRules.Reason {
    init(_ kind: Kind, _ facts: [BulletinCandidateRules.Fact]) {
        self.init(kind: kind, problems: facts.map(\.problem).sorted())
    }
}
