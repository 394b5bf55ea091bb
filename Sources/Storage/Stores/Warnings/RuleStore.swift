public import Domain
public import Kernel

/// The disposal rules in force for an enterprise.
public enum RuleStore {
    /// The law, or `base`, made stricter by each approved version in force of an authority that sees the enterprise
    /// (YJ-24): the shorter clock wins, additional recipients add up.
    public static func rules(
        for enterprise: EnterpriseID, at now: Timestamp, base: DisposalRules, in session: inout Session
    ) throws(StorageError) -> DisposalRules {
        let contents = try session.rows(
            """
            SELECT r.version, r.content FROM rule_version r
            JOIN visibility v ON v.authority_id = r.authority_id AND v.enterprise_id = \(enterprise)
            WHERE r.approved_at IS NOT NULL AND r.effective_at <= \(now) AND NOT EXISTS (
                SELECT 1 FROM rule_version later WHERE later.authority_id = r.authority_id
                AND later.approved_at IS NOT NULL AND later.effective_at <= \(now) AND later.version > r.version)
            ORDER BY r.version
            """
        ) { row throws(StorageError) in (version: row.next() as Int64, content: row.next() as String) }
        var rules = base
        for stored in contents {
            guard let json = try? JSON.parse(stored.content), let local = DisposalRules(json: json) else {
                throw .other(.init(message: "rule version \(stored.version) cannot be read", statement: "rule_version"))
            }
            rules.tighten(by: local)
            rules.version = max(rules.version, stored.version)
        }
        return rules
    }
}
