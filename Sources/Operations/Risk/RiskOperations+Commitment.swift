import Domain
import Kernel
import Storage

/// Term C of the model: today's commitment and the work that it declares (domain §6).
extension RiskOperations {
    /// What today's commitment says, nil for an enterprise that need not commit today; and when that can change by
    /// itself: at midnight the declared work is over, at ten the next day's commitment may be missing.
    static func commitment(
        of enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> (input: RiskInputs.CommitmentInput, nextAt: Timestamp)? {
        let day = Day(now)
        guard try CommitmentStore.must(commit: enterprise, on: day, in: &session) else { return nil }
        let found = try CommitmentStore.current(of: enterprise, day: day, scope: .system, in: &session)
        let tomorrow = day.next.start + .hours(10)
        guard let content = found?.content else {
            return (.init(overdueAt: day.start + .hours(10)), day.next.start)
        }
        let input = RiskInputs.CommitmentInput(
            hasSpecialFire: content[.fireSpecial] > 0, hasFirstFire: content[.fireFirst] > 0,
            hasConfinedSpace: content[.confinedSpace] > 0,
            isStartingUpOrTrial: content[CommitmentFlag.startingOrStopping]
                || content[CommitmentFlag.trialProduction])
        let declaresWork =
            input.hasSpecialFire || input.hasFirstFire || input.hasConfinedSpace || input.isStartingUpOrTrial
        return (input, declaresWork ? day.next.start : tomorrow)
    }

    /// The enterprise's sources are assessed anew at once: its commitment came or changed.
    static func callForAssessment(
        of enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        for hazard in try RiskStore.sources(of: enterprise, in: &session) {
            guard try RiskStore.standing(of: hazard, in: &session)?.isOutright != true else { continue }
            try DueStore.set(.risk, id: hazard.rawValue, at: now, in: &session)
        }
    }
}
