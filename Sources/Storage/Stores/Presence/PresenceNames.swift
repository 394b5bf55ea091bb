/// What enterprises, points and cameras are called, by their ids, for lists that hold all three.
public struct PresenceNames: Hashable, Sendable {
    public var name: String
    public var enterprise: String
    /// The page of the thing.
    public var address: String

    public static func find(
        _ ids: [String], scope: Scope, in session: inout Session
    ) throws(StorageError) -> [String: PresenceNames] {
        guard !ids.isEmpty else { return [:] }
        let rows = try session.rows(
            """
            SELECT e.id, e.name, e.name, '/enterprise/' FROM enterprise AS e
            WHERE e.id IN (\(list: ids)) AND \(scope.enterprises(column: "e.id"))
            UNION ALL SELECT p.id, p.name, e.name, '/point/' FROM point AS p
            JOIN enterprise AS e ON e.id = p.enterprise_id
            WHERE p.id IN (\(list: ids)) AND \(scope.enterprises(column: "e.id"))
            UNION ALL SELECT c.id, c.name, e.name, '/cameras' FROM camera AS c
            JOIN enterprise AS e ON e.id = c.enterprise_id
            WHERE c.id IN (\(list: ids)) AND \(scope.enterprises(column: "e.id"))
            """
        ) { row throws(StorageError) in
            let id: String = row.next()
            let name: String = row.next()
            let enterprise: String = row.next()
            let path: String = row.next()
            return (
                id, PresenceNames(name: name, enterprise: enterprise, address: path.hasSuffix("/") ? path + id : path)
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
