import Domain
import Kernel
import Storage

/// What the enterprise's commitment page needs from the database.
struct CommitmentDesk: Sendable {
    var enterprise: EnterpriseID
    var rules: CommitmentRules
    var yesterday: CommitmentRecord?
    var versions: [CommitmentRecord]
    var preparation: CommitmentPreparation?
    var judgements: [Judgement]
    var facts: CommitmentFacts
    var works: [SpecialWorkRecord]
    var principals: [Person]
    var delegations: [Delegation]
    var contradictions: [ContradictionRecord]
    var recent: [CommitmentTally]
    var points: [PointSheet]
    var openAlarms: Int

    static func read(
        _ enterprise: EnterpriseID, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> CommitmentDesk {
        let today = Day(now)
        var points = PointSheet.Filter()
        points.enterprise = enterprise
        let own = Scope.enterprise(enterprise)
        return CommitmentDesk(
            enterprise: enterprise, rules: try CommitmentStore.rules(in: &session),
            yesterday: try CommitmentStore.latest(of: enterprise, before: today, scope: scope, in: &session),
            versions: try CommitmentStore.versions(of: enterprise, day: today, scope: scope, in: &session),
            preparation: try CommitmentPreparation.find(enterprise, day: today, scope: scope, in: &session),
            judgements: try JudgementStore.list(of: enterprise, day: today, scope: scope, in: &session),
            facts: try CommitmentFactsReader.facts(of: enterprise, day: today, now: now, in: &session),
            works: try SpecialWorkStore.list(of: enterprise, day: today, scope: scope, in: &session),
            principals: try DelegationStore.principals(of: enterprise, in: &session),
            delegations: try DelegationStore.list(of: enterprise, endingFrom: today, scope: scope, in: &session),
            contradictions: try ContradictionStore.list(
                enterprise: enterprise, from: today, until: today.next, scope: scope, in: &session),
            recent: try CommitmentStore.tally(
                from: Day(number: today.number - 7), until: today, scope: own, in: &session),
            points: try PointSheet.all(points, scope: scope, limit: 60, in: &session),
            openAlarms: try session.first(
                """
                SELECT count(*) FROM alarm AS x WHERE x.enterprise_id = \(enterprise) AND x.cleared_at IS NULL
                    AND \(scope.enterprises(column: "x.enterprise_id"))
                """
            ) { row throws(StorageError) in row.next() as Int } ?? 0)
    }

    var assessed: String { "系统现为\(LevelMark.title(facts.assessed))风险（\(LevelMark.word(facts.assessed))）" }

    /// What the system has beside an item of the form.
    func seen(_ count: CommitmentCount) -> String {
        if let index = CommitmentCount.grades.firstIndex(of: count), facts.grades.indices.contains(index) {
            return "登记 \(facts.grades[index]) 处"
        }
        switch count {
        case .overhaul, .maintenance: return "报备 \(facts.maintenanceFilings.count)"
        case .startingOrStopping: return "开停车记录 \(facts.startStops.count)"
        case .units, .running, .stopped, .startedUnits, .shutUnits, .fireSpecial, .fireFirst, .fireSecond,
            .confinedSpace, .blindPlate, .height, .lifting, .electricity, .digging, .roadClosure, .tankTransfer,
            .tankCleaning, .draining, .contractors, .changes, .trialUnits, .supervisedProcesses, .gradeOne, .gradeTwo,
            .gradeThree, .gradeFour:
            break
        }
        guard CommitmentCount.specialWork.contains(count) else { return "" }
        return "现场记录 \(works.count { $0.work == count })"
    }
}
