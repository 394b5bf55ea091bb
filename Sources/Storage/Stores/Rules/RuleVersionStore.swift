public import Domain
public import Kernel

/// A local version of the disposal rules: proposed, then approved by a second person, then in force (YJ-24).
public struct RuleVersion: Hashable, Sendable {
    public var version: Int64
    public var authority: AuthorityID
    public var authorityName: String
    public var effectiveAt: Timestamp
    public var rules: DisposalRules
    public var reason: String
    public var proposedBy: String
    public var proposedAt: Timestamp
    public var approvedBy: String?
    public var approvedAt: Timestamp?
    public var returnedBy: String?
    public var returnedAt: Timestamp?
    public var note: String?

    public var isWaiting: Bool { approvedAt == nil && returnedAt == nil }
}

public enum RuleVersionStore {
    /// The next number; 0 is the law.
    public static func nextVersion(in session: inout Session) throws(StorageError) -> Int64 {
        let last =
            try session.first("SELECT max(version) FROM rule_version") { row throws(StorageError) in
                row.next() as Int64?
            } ?? nil
        return (last ?? 0) + 1
    }

    public static func insert(
        version: Int64, authority: AuthorityID, effectiveAt: Timestamp, rules: DisposalRules, reason: String,
        by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO rule_version (version, authority_id, effective_at, content, reason, proposed_by, proposed_at)
            VALUES (\(version), \(authority), \(effectiveAt), \(rules.json), \(reason), \(actor), \(now))
            """)
    }

    public static func approve(
        _ version: Int64, effectiveAt: Timestamp, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE rule_version SET approved_by = \(actor), approved_at = \(now), effective_at = \(effectiveAt)
            WHERE version = \(version) AND approved_at IS NULL AND returned_at IS NULL
            """)
    }

    public static func giveBack(
        _ version: Int64, note: String, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE rule_version SET returned_by = \(actor), returned_at = \(now), note = \(note)
            WHERE version = \(version) AND approved_at IS NULL AND returned_at IS NULL
            """)
    }

    /// Newest first.
    /// - Parameter authorities: those whose rules the caller may see.
    public static func list(
        of authorities: [AuthorityID], limit: Int, in session: inout Session
    ) throws(StorageError) -> [RuleVersion] {
        try read("r.authority_id IN (\(list: authorities))", limit: limit, in: &session)
    }

    public static func find(
        _ version: Int64, of authorities: [AuthorityID], in session: inout Session
    ) throws(StorageError) -> RuleVersion? {
        try read(
            "r.version = \(version) AND r.authority_id IN (\(list: authorities))", limit: 1, in: &session
        ).first
    }

    private static func read(
        _ condition: SQL, limit: Int, in session: inout Session
    ) throws(StorageError) -> [RuleVersion] {
        try session.rows(
            """
            SELECT r.version, r.authority_id, a.name, r.effective_at, r.content, r.reason, r.proposed_by, r.proposed_at,
                r.approved_by, r.approved_at, r.returned_by, r.returned_at, r.note
            FROM rule_version r JOIN authority a ON a.id = r.authority_id
            WHERE \(condition) ORDER BY r.version DESC LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let version: Int64 = row.next()
            let authority: AuthorityID = row.next()
            let name: String = row.next()
            let effectiveAt: Timestamp = row.next()
            let json: JSON = try row.read()
            guard let rules = DisposalRules(json: json) else {
                throw .other(.init(message: "rule version \(version) cannot be read", statement: "rule_version"))
            }
            return RuleVersion(
                version: version, authority: authority, authorityName: name, effectiveAt: effectiveAt, rules: rules,
                reason: row.next(), proposedBy: row.next(), proposedAt: row.next(), approvedBy: row.next(),
                approvedAt: row.next(), returnedBy: row.next(), returnedAt: row.next(), note: row.next())
        }
    }
}
