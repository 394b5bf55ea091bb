public import Kernel

/// One issuing of one level within an episode: the clock of its cautions and of its supervision.
public struct Issue: Hashable, Sendable {
    /// The clock's first instant.
    public let issuedAt: Timestamp
    /// The source fell below the level; nil while it stands there or above.
    public internal(set) var leftAt: Timestamp?
    /// Left for longer than the rebound time: the clock is dead (A6).
    public internal(set) var hasLapsed = false
    /// The ordinal of the latest period that was pushed or passed over.
    public internal(set) var lastCount: Int64 = 0
    public internal(set) var supervisionOrdered = false

    init(issuedAt: Timestamp) { self.issuedAt = issuedAt }

    public var isRunning: Bool { leftAt == nil && !hasLapsed }

    /// The ordinal of the latest period that ended before the instant.
    func count(before instant: Timestamp, period: Interval) -> Int64 {
        (instant - issuedAt - .milliseconds(1)) / period
    }

    func nextCaution(_ clock: DisposalRules.Clock) -> Timestamp { issuedAt + clock.cautionPeriod * (lastCount + 1) }
    func supervisionDue(_ clock: DisposalRules.Clock) -> Timestamp { issuedAt + clock.supervisionDelay }

    func nextDeadline(_ clock: DisposalRules.Clock) -> Timestamp? {
        guard isRunning else { return nil }
        let caution = nextCaution(clock)
        return supervisionOrdered ? caution : min(caution, supervisionDue(clock))
    }
}
