public import Domain
public import Kernel

/// Each plan with its members and how far its present period is: what proves the coverage (XC-21).
public enum RotationCoverageQuery {
    public struct Member: Hashable, Sendable {
        public var id: EnterpriseID
        public var name: String
        public var lastChecked: Day?
    }
    public struct Found: Hashable, Sendable {
        public var plan: RotationPlan
        public var officeName: String
        public var members: [Member]
        public var coverage: RotationCoverage
        public var periods: [RotationPlanStore.Period]
    }

    public static func all(
        on day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Found] {
        var found: [Found] = []
        for plan in try RotationPlanStore.all(scope: scope, in: &session) {
            let rows = try session.rows(
                """
                SELECT e.id, e.name, e.industry, e.region,
                    (SELECT max(c.day) FROM spot_check AS c WHERE c.enterprise_id = e.id
                        AND c.authority_id = \(plan.authority) AND c.submitted_at IS NOT NULL)
                FROM enterprise AS e JOIN visibility AS v ON v.enterprise_id = e.id
                WHERE v.authority_id = \(plan.authority) AND e.in_use = 1
                    AND EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1)
                ORDER BY e.id
                """
            ) { row throws(StorageError) in
                (
                    id: row.next() as EnterpriseID, name: row.next() as String, industry: row.next() as String?,
                    region: row.next() as String, last: row.next() as Day?
                )
            }
            let members = rows.filter { plan.includes($0.id, industry: $0.industry, region: $0.region) }
                .map { Member(id: $0.id, name: $0.name, lastChecked: $0.last) }
            let last = Dictionary(
                members.compactMap { member in member.lastChecked.map { (member.id, $0) } },
                uniquingKeysWith: { first, _ in first })
            found.append(
                Found(
                    plan: plan, officeName: try CheckOffice.find(plan.authority, in: &session)?.name ?? "",
                    members: members,
                    coverage: plan.coverage(on: day, members: members.map(\.id), lastChecked: last),
                    periods: try RotationPlanStore.periods(of: plan.id, limit: 6, in: &session)))
        }
        return found
    }
}
