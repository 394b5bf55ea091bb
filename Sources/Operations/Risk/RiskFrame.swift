import Domain
import Kernel
import Storage

/// What the sources of one batch share: the model in force, when the next one comes, and what today's commitments of
/// their enterprises say. Read once a transaction, not once a source.
struct RiskFrame {
    let model: RiskModel
    let nextModelAt: Timestamp?
    private let day: Day
    private let mustCommit: Set<EnterpriseID>
    private let contents: [EnterpriseID: CommitmentContent]

    /// - Parameters:
    ///   - enterprises: those whose sources are assessed.
    ///   - model: another than the one in force, for a preview.
    init(
        of enterprises: Set<EnterpriseID>, at now: Timestamp, model: RiskModel? = nil, in session: inout Session
    ) throws(StorageError) {
        self.model = if let model { model } else { try RiskStore.model(at: now, in: &session) }
        nextModelAt = try ModelVersionStore.nextEffective(after: now, in: &session)
        day = Day(now)
        mustCommit = try CommitmentStore.mustCommit(of: enterprises.sorted(), on: day, in: &session)
        contents = try CommitmentStore.contents(of: mustCommit.sorted(), day: day, in: &session)
    }

    /// What today's commitment says, nil for an enterprise that need not commit today; and when that can change by
    /// itself: at midnight the declared work is over, at ten the next day's commitment may be missing.
    func commitment(
        of enterprise: EnterpriseID
    ) -> (input: RiskInputs.CommitmentInput, nextAt: Timestamp)? {
        guard mustCommit.contains(enterprise) else { return nil }
        guard let content = contents[enterprise] else {
            return (.init(overdueAt: CommitmentRules.deadline(of: day)), day.next.start)
        }
        let input = RiskInputs.CommitmentInput(
            hasSpecialFire: content[.fireSpecial] > 0, hasFirstFire: content[.fireFirst] > 0,
            hasConfinedSpace: content[.confinedSpace] > 0,
            isStartingUpOrTrial: content[CommitmentFlag.startingOrStopping]
                || content[CommitmentFlag.trialProduction])
        let declaresWork =
            input.hasSpecialFire || input.hasFirstFire || input.hasConfinedSpace || input.isStartingUpOrTrial
        return (input, declaresWork ? day.next.start : CommitmentRules.deadline(of: day.next))
    }
}
