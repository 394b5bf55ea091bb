public import Kernel

/// The episodes of one source that are not closed, oldest first: which of them a command goes to.
public struct Episodes: Hashable, Sendable {
    public private(set) var open: [Warning]
    private let lastOrdinal: Int64?

    /// - Parameters:
    ///   - open: the source's warnings without the closed ones, in any order.
    ///   - lastOrdinal: of the source's latest episode, closed or not; nil where that is one of `open`.
    public init(open: [Warning], lastOrdinal: Int64? = nil) {
        self.open = open.sorted { $0.ordinal < $1.ordinal }
        self.lastOrdinal = lastOrdinal
    }

    /// The episode in which a rise or a fall happens; nil where a rise begins a new one (A6).
    public func standing(at now: Timestamp) -> Warning? { open.last.flatMap { $0.canRebound(at: now) ? $0 : nil } }

    /// The latest that is not closed, a cleared one too: it takes new alarms.
    public var latest: Warning? { open.last }

    /// The source's latest episode, a cleared one too, while that is not closed. Where a later one has been closed
    /// before it, an older one that still waits for its feedback takes no acknowledgement.
    public var acknowledgeable: Warning? {
        guard let latest, latest.ordinal == lastOrdinal ?? latest.ordinal else { return nil }
        return latest
    }

    /// The oldest that takes a report; where none does, the refusal of the latest.
    public func reportable() throws(WarningRefusal) -> Warning {
        for warning in open {
            do throws(WarningRefusal) {
                try warning.checkReportable()
                return warning
            } catch { continue }
        }
        guard let latest else { throw .notYetClear }
        try latest.checkReportable()
        return latest
    }

    /// The oldest that has a supervision for this authority to answer.
    public func supervised(by authority: AuthorityID) throws(WarningRefusal) -> Warning {
        guard let warning = open.first(where: { $0.oldestSupervision(of: authority) != nil }) else {
            throw .noSupervisionToAnswer
        }
        return warning
    }
}
