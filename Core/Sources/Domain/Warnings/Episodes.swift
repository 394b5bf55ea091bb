public import Kernel

/// The episodes of one source that are not closed, oldest first: which of them a command goes to.
public struct Episodes: Hashable, Sendable {
    public private(set) var open: [Warning]

    /// - Parameter open: the source's warnings without the closed ones, in any order.
    public init(open: [Warning]) { self.open = open.sorted { $0.ordinal < $1.ordinal } }

    /// The episode in which a rise or a fall happens; nil where a rise begins a new one (A6).
    public func standing(at now: Timestamp) -> Warning? { open.last.flatMap { $0.canRebound(at: now) ? $0 : nil } }

    /// The latest episode, a cleared one too: it takes acknowledgements and new alarms.
    public var latest: Warning? { open.last }

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
