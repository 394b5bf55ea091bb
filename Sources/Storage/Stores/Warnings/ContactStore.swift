public import Domain
public import Kernel

/// A source, its enterprise, and who is told of its warnings.
public struct HazardContact: Hashable, Sendable {
    public var hazard: HazardID
    public var hazardName: String
    public var enterpriseName: String
    public var region: String
    public var routing: Routing
}

/// Looks up who is told, as the registry stands now.
public enum ContactStore {
    /// - Throws: where the source is not known, or no city or province stands above its regulator: the registry
    ///   refuses to store either, so that this is damage and must be loud.
    public static func contact(
        of hazard: HazardID, in session: inout Session
    ) throws(StorageError) -> HazardContact {
        let found = try session.first(
            """
            SELECT h.name, e.id, e.name, e.region, e.regulator_id, e.park_id
            FROM hazard h JOIN enterprise e ON e.id = h.enterprise_id WHERE h.id = \(hazard)
            """
        ) { row throws(StorageError) in
            (
                hazardName: row.next() as String, enterprise: row.next() as EnterpriseID,
                enterpriseName: row.next() as String, region: row.next() as String,
                regulator: row.next() as AuthorityID, park: row.next() as AuthorityID?
            )
        }
        guard let found else { throw damage("hazard \(hazard) is not in the registry") }
        let tree = try tree(around: found.regulator, in: &session)
        let responsible = try responsible(for: hazard, in: &session)
        guard
            let routing = tree.routing(
                enterprise: found.enterprise, regulator: found.regulator, park: found.park, responsible: responsible)
        else { throw damage("no city or province stands above \(found.regulator)") }
        return HazardContact(
            hazard: hazard, hazardName: found.hazardName, enterpriseName: found.enterpriseName, region: found.region,
            routing: routing)
    }

    /// The three persons in office.
    public static func responsible(
        for hazard: HazardID, in session: inout Session
    ) throws(StorageError) -> [ResponsibleRole: PersonID] {
        let rows = try session.rows(
            "SELECT role, person_id FROM responsibility WHERE hazard_id = \(hazard) AND until_at IS NULL"
        ) { row throws(StorageError) in (role: row.next() as String, person: row.next() as PersonID) }
        var responsible: [ResponsibleRole: PersonID] = [:]
        for row in rows { if let role = ResponsibleRole(rawValue: row.role) { responsible[role] = row.person } }
        return responsible
    }

    /// The regulator, those above it, and the centres.
    private static func tree(
        around regulator: AuthorityID, in session: inout Session
    ) throws(StorageError) -> AuthorityTree {
        let rows = try session.rows(
            """
            WITH RECURSIVE line (id, level, parent_id, depth) AS (
                SELECT id, level, parent_id, 0 FROM authority WHERE id = \(regulator)
                UNION ALL
                SELECT a.id, a.level, a.parent_id, line.depth + 1 FROM authority a JOIN line ON a.id = line.parent_id
                WHERE line.depth < 16)
            SELECT id, level, parent_id FROM line
            UNION
            SELECT id, level, parent_id FROM authority WHERE level = 'center'
            ORDER BY 1
            """
        ) { row throws(StorageError) in
            (id: row.next() as AuthorityID, level: row.next() as String, parent: row.next() as AuthorityID?)
        }
        return AuthorityTree(
            rows.compactMap { row in
                AuthorityLevel(rawValue: row.level).map { .init(id: row.id, level: $0, parent: row.parent) }
            })
    }

    private static func damage(_ message: String) -> StorageError {
        .other(.init(message: message, statement: ""))
    }
}
