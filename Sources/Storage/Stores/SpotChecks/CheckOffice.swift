public import Domain

/// An office that checks by itself every day. The centre does the nation's daily work (Art. 15, XC-35); the ministry
/// has a list of its own only where there is no centre.
public struct CheckOffice: Hashable, Sendable {
    public let id: AuthorityID
    public let name: String
    public let level: AuthorityLevel
    public let parent: AuthorityID?

    /// A condition on table `authority` under that alias.
    static func isOne(_ alias: String) -> SQL {
        SQL(
            raw: """
                (\(alias).level <> 'ministry'
                    OR NOT EXISTS (SELECT 1 FROM authority AS c WHERE c.level = 'center'))
                """)
    }

    public static func all(in session: inout Session) throws(StorageError) -> [CheckOffice] {
        try session.rows(
            "SELECT a.id, a.name, a.level, a.parent_id FROM authority AS a WHERE \(isOne("a")) ORDER BY a.id", read)
    }

    /// Those whose list an enterprise belongs to.
    public static func seeing(
        _ enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [CheckOffice] {
        try session.rows(
            """
            SELECT a.id, a.name, a.level, a.parent_id FROM visibility AS v JOIN authority AS a ON a.id = v.authority_id
            WHERE v.enterprise_id = \(enterprise) AND \(isOne("a")) ORDER BY a.id
            """, read)
    }

    public static func find(_ id: AuthorityID, in session: inout Session) throws(StorageError) -> CheckOffice? {
        try session.first(
            "SELECT a.id, a.name, a.level, a.parent_id FROM authority AS a WHERE a.id = \(id)", read)
    }

    static func read(_ row: inout Row) throws(StorageError) -> CheckOffice {
        CheckOffice(id: row.next(), name: row.next(), level: row.next(), parent: row.next())
    }
}
