public import Domain
public import Kernel

/// Everything that the lists of one day are made of, read once for all offices.
public struct SpotCheckInputs: Sendable {
    public struct Enterprise: Hashable, Sendable {
        public let id: EnterpriseID
        public let name: String
        public let region: String
        public let industry: String?
    }

    public var offices: [CheckOffice] = []
    /// In use, with a major hazard source in use (XC-05); sorted by id.
    public var enterprises: [EnterpriseID: Enterprise] = [:]
    public var jurisdictions: [AuthorityID: [EnterpriseID]] = [:]
    public var spans: [HighLevelSpan] = []
    public var lastChecked: [AuthorityID: [EnterpriseID: Day]] = [:]
    public var plans: [AuthorityID: [RotationPlan]] = [:]
    public var attention: [EnterpriseID: AttentionFacts] = [:]

    /// - Parameter isWhole: false leaves out what only the first list of the day needs (plans, last checks).
    public static func load(
        _ day: Day, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> SpotCheckInputs {
        var inputs = SpotCheckInputs()
        inputs.offices = try CheckOffice.all(in: &session)
        let enterprises = try session.rows(
            """
            SELECT e.id, e.name, e.region, e.industry FROM enterprise AS e WHERE e.in_use = 1
                AND EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1) ORDER BY e.id
            """
        ) { row throws(StorageError) in
            Enterprise(id: row.next(), name: row.next(), region: row.next(), industry: row.next())
        }
        for enterprise in enterprises { inputs.enterprises[enterprise.id] = enterprise }
        let sights = try session.rows(
            "SELECT authority_id, enterprise_id FROM visibility ORDER BY authority_id, enterprise_id"
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as EnterpriseID) }
        for (office, enterprise) in sights where inputs.enterprises[enterprise] != nil {
            inputs.jurisdictions[office, default: []].append(enterprise)
        }
        inputs.spans = try LevelSpans.all(on: day, scope: .system, in: &session)
        let last = try session.rows(
            """
            SELECT authority_id, enterprise_id, max(day) FROM spot_check
            WHERE submitted_at IS NOT NULL AND day < \(day) GROUP BY authority_id, enterprise_id
            """
        ) { row throws(StorageError) in
            (row.next() as AuthorityID, row.next() as EnterpriseID, row.next() as Day)
        }
        for (office, enterprise, checked) in last { inputs.lastChecked[office, default: [:]][enterprise] = checked }
        for plan in try RotationPlanStore.inForce(on: day, in: &session) {
            inputs.plans[plan.authority, default: []].append(plan)
        }
        inputs.attention = try AttentionQuery.facts(on: day, at: now, in: &session)
        return inputs
    }

    public func spans(of office: AuthorityID) -> [HighLevelSpan] {
        let own = Set(jurisdictions[office] ?? [])
        return spans.filter { own.contains($0.enterprise) }
    }

    /// The office's candidates, with what is to be looked at first among its own.
    public func candidates(of office: AuthorityID) -> [SpotCheckSelection.Candidate] {
        let own = jurisdictions[office] ?? []
        let attention = AttentionRules.reasons(among: own.compactMap { self.attention[$0] })
        return own.compactMap { id in
            enterprises[id].map { enterprise in
                SpotCheckSelection.Candidate(
                    id: id, name: enterprise.name, region: enterprise.region, industry: enterprise.industry,
                    lastChecked: lastChecked[office]?[id], attention: attention[id] ?? [])
            }
        }
    }
}
