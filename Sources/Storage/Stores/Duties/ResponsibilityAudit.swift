public import Domain
public import Kernel

/// Vacancies and stale data of the three responsible persons as findings (QY-08, A29): begun where they appear, ended
/// where they are mended.
public enum ResponsibilityAudit {
    public static let rules = ["responsibleVacant", "responsibleLeft", "responsibleUnreachable"]

    /// How many are open afterwards.
    @discardableResult
    public static func run(
        _ dutyRules: DutyRules, at now: Timestamp, newID: () -> String, in session: inout Session
    ) throws(StorageError) -> Int {
        var wanted: Set<String> = []
        let open = try session.rows(
            "SELECT id, rule, hazard_id FROM finding WHERE rule IN (\(list: rules)) AND resolved_at IS NULL"
        ) { row throws(StorageError) in
            (id: row.next() as String, rule: row.next() as String, hazard: row.next() as HazardID?)
        }
        let known = Dictionary(
            open.map { ("\($0.rule)/\($0.hazard?.rawValue ?? "")", $0.id) }, uniquingKeysWith: { first, _ in first })
        for (hazard, findings, people) in try RegistryQueries.responsibilityFindings(scope: .system, in: &session) {
            var byRule: [String: [String]] = [:]
            for finding in findings where counts(finding, people: people, dutyRules, now) {
                byRule[finding.rule, default: []].append(finding.text(people: people))
            }
            for (rule, texts) in byRule.sorted(by: { $0.key < $1.key }) {
                let (key, detail) = ("\(rule)/\(hazard.id)", "\(hazard.name):" + texts.joined(separator: ";"))
                wanted.insert(key)
                if let id = known[key] {
                    try session.execute("UPDATE finding SET last_at = \(now), detail = \(detail) WHERE id = \(id)")
                } else {
                    try session.execute(
                        """
                        INSERT INTO finding (id, rule, enterprise_id, hazard_id, first_at, last_at, count, detail)
                        VALUES (\(newID()), \(rule), \(hazard.enterprise), \(hazard.id), \(now), \(now), 1, \(detail))
                        """)
                }
            }
        }
        for (key, id) in known where !wanted.contains(key) {
            try session.execute("UPDATE finding SET resolved_at = \(now) WHERE id = \(id)")
        }
        return wanted.count
    }

    /// Somebody who left is a finding once the time for reporting the change is over.
    private static func counts(
        _ finding: ResponsibilityFinding, people: [PersonID: Person], _ rules: DutyRules, _ now: Timestamp
    ) -> Bool {
        switch finding {
        case .vacant, .unreachable: true
        case .left(_, let id): people[id]?.leftAt.map { now - $0 > rules.changeWithin } ?? false
        case .sameAs: false
        }
    }
}
