public import Domain

/// Who watches over an enterprise: for telling the right offices.
public struct Oversight: Hashable, Sendable {
    public var name: String
    public var regulator: AuthorityID
    public var park: AuthorityID?
    /// The office above the regulator.
    public var superior: AuthorityID?

    public static func find(
        _ enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Oversight? {
        try session.first(
            """
            SELECT e.name, e.regulator_id, e.park_id, a.parent_id FROM enterprise AS e
            JOIN authority AS a ON a.id = e.regulator_id WHERE e.id = \(enterprise)
            """
        ) { row throws(StorageError) in
            Oversight(name: row.next(), regulator: row.next(), park: row.next(), superior: row.next())
        }
    }

    /// The regulator and, where it is another office, the park: both receive (A10).
    public var offices: [AuthorityID] { park.map { $0 == regulator ? [regulator] : [regulator, $0] } ?? [regulator] }
}
