public import Kernel

/// The clocks of disposal (disposal measures Art. 9–12), as one table. A warning keeps the rules it was raised under.
public struct DisposalRules: Hashable, Sendable {
    /// The clocks of one level.
    public struct Clock: Hashable, Sendable {
        /// Not downgraded for this long: 警示通报, and again each such period until downgraded.
        public var cautionPeriod: Interval
        /// Not downgraded for this long: 现场核查督办 is ordered, once.
        public var supervisionDelay: Interval

        public init(cautionPeriod: Interval, supervisionDelay: Interval) {
            self.cautionPeriod = cautionPeriod
            self.supervisionDelay = supervisionDelay
        }
    }

    /// 0 is the law itself.
    public var version: Int64
    public var clocks: PerWarningLevel<Clock>
    /// After 消警 the enterprise reports within this time (Art. 9).
    public var reportWithin: Interval
    /// A6, 本项目约定: a level reached again within this time is the same issue.
    public var reboundWithin: Interval
    /// A5: levels jumped over run their clocks too.
    public var cascadeLowerTimers: Bool
    /// A drill takes the regulator's approval of a report as given; a server never does.
    public var approvalTakenAsGiven: Bool
    /// Told in addition to those the law names (YJ-24), by level.
    public var additionalRecipients: PerWarningLevel<[Recipient]>

    /// Disposal measures Art. 9–12.
    public static let statutory = DisposalRules(
        version: 0,
        clocks: PerWarningLevel(
            yellow: Clock(cautionPeriod: .hours(1), supervisionDelay: .hours(24)),
            orange: Clock(cautionPeriod: .hours(1), supervisionDelay: .hours(12)),
            red: Clock(cautionPeriod: .minutes(30), supervisionDelay: .hours(2))),
        reportWithin: .hours(1), reboundWithin: .minutes(10), cascadeLowerTimers: false,
        approvalTakenAsGiven: false, additionalRecipients: PerWarningLevel(repeating: []))

    /// A pushed notice or a site check may come earlier than the law says, never later (YJ-24, Art. 15).
    public enum Laxity: Hashable, Sendable {
        case cautionPeriod(Level, lawful: Interval)
        case supervisionDelay(Level, lawful: Interval)
        case reportWithin(lawful: Interval)
        /// Zero or negative, or below one minute.
        case notPositive(Level)
        case reportWithinNotPositive
    }

    /// Where these rules are laxer than the law; empty where they may be used.
    public var laxities: [Laxity] {
        var found: [Laxity] = []
        let law = Self.statutory
        for level in Level.warnings {
            let (ours, lawful) = (clocks[level], law.clocks[level])
            if ours.cautionPeriod < .minutes(1) || ours.supervisionDelay < .minutes(1) {
                found.append(.notPositive(level))
            }
            if ours.cautionPeriod > lawful.cautionPeriod {
                found.append(.cautionPeriod(level, lawful: lawful.cautionPeriod))
            }
            if ours.supervisionDelay > lawful.supervisionDelay {
                found.append(.supervisionDelay(level, lawful: lawful.supervisionDelay))
            }
        }
        if reportWithin < .minutes(1) { found.append(.reportWithinNotPositive) }
        if reportWithin > law.reportWithin { found.append(.reportWithin(lawful: law.reportWithin)) }
        return found
    }
}

extension DisposalRules {
    /// Takes the stricter of each clock and adds the other's recipients.
    public mutating func tighten(by other: DisposalRules) {
        for level in Level.warnings {
            clocks[level].cautionPeriod = min(clocks[level].cautionPeriod, other.clocks[level].cautionPeriod)
            clocks[level].supervisionDelay = min(clocks[level].supervisionDelay, other.clocks[level].supervisionDelay)
            for recipient in other.additionalRecipients[level]
            where !additionalRecipients[level].contains(recipient) {
                additionalRecipients[level].append(recipient)
            }
        }
        reportWithin = min(reportWithin, other.reportWithin)
        cascadeLowerTimers = cascadeLowerTimers || other.cascadeLowerTimers
    }
}
