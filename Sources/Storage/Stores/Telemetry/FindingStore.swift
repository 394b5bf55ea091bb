public import Domain
public import Kernel

/// Things found wrong with data: one row while it is not resolved, counted.
public enum FindingStore {
    public typealias Rule = QualityRule

    public struct Subject: Hashable, Sendable {
        public var rule: Rule
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var point: PointID?
        public var gateway: GatewayID?

        public init(
            rule: Rule, enterprise: EnterpriseID, hazard: HazardID? = nil, point: PointID? = nil,
            gateway: GatewayID? = nil
        ) {
            self.rule = rule
            self.enterprise = enterprise
            self.hazard = hazard
            self.point = point
            self.gateway = gateway
        }
    }

    /// Adds to the open finding of the subject, or begins one under `id`.
    public static func note(
        _ subject: Subject, count: Int, detail: String, id: @autoclosure () -> String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        let changed = try session.execute(
            """
            UPDATE finding SET count = count + \(count), last_at = \(now), detail = \(detail)
            WHERE rule = \(subject.rule) AND enterprise_id = \(subject.enterprise)
                AND hazard_id IS NOT DISTINCT FROM \(subject.hazard)
                AND point_id IS NOT DISTINCT FROM \(subject.point)
                AND gateway_id IS NOT DISTINCT FROM \(subject.gateway) AND resolved_at IS NULL
            """)
        guard changed == 0 else { return }
        let id = id()
        try session.execute(
            """
            INSERT INTO finding (id, rule, enterprise_id, hazard_id, point_id, gateway_id, first_at, last_at, count,
                detail)
            VALUES (\(id), \(subject.rule), \(subject.enterprise), \(subject.hazard), \(subject.point),
                \(subject.gateway), \(now), \(now), \(count), \(detail))
            """)
        try session.execute(
            """
            INSERT INTO quality_finding (finding_id, enterprise_id, rule, state, severity, found_at, reopened_count,
                is_supervised, version)
            VALUES (\(id), \(subject.enterprise), \(subject.rule), 'found', \(subject.rule.severity), \(now), 0, 0, 0)
            """)
    }
}
