public import Domain
public import Kernel

/// Reads of the register for pages and checks of rights. Every one is cut to the caller's scope.
public enum RegistryQueries {
    /// The organisation tree as far as it concerns the caller: all of it for the system; for an authority itself, those
    /// under it and those above it; for an enterprise or a responsible person those who see the enterprise.
    public static func authorities(scope: Scope, in session: inout Session) throws(StorageError) -> [Authority] {
        switch scope {
        case .system: return try RegistryRows.authorities(where: "1 = 1", in: &session)
        case .authority(let id):
            let all = AuthorityDirectory(try RegistryRows.authorities(where: "1 = 1", in: &session))
            let above = Set(all.lineage(of: id).map(\.id))
            return all.authorities.values.filter { authority in
                above.contains(authority.id) || all.lineage(of: authority.id).contains { $0.id == id }
            }.sorted { ($0.level.depth, $0.id) < ($1.level.depth, $1.id) }
        case .enterprise, .person:
            return try RegistryRows.authorities(
                where: """
                    x.id IN (SELECT v.authority_id FROM visibility v
                        WHERE \(scope.enterprises(column: "v.enterprise_id")))
                    """, in: &session)
        }
    }

    public static func enterprises(scope: Scope, in session: inout Session) throws(StorageError) -> [Enterprise] {
        try RegistryRows.enterprises(where: scope.enterprises(column: "x.id"), in: &session)
    }

    public static func enterprise(
        _ id: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Enterprise? {
        try RegistryRows.enterprises(where: "x.id = \(id) AND \(scope.enterprises(column: "x.id"))", in: &session).first
    }

    public static func hazards(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Hazard] {
        try RegistryRows.hazards(
            where: "x.enterprise_id = \(enterprise) AND \(scope.hazards(column: "x.id"))", in: &session)
    }

    public static func hazard(
        _ id: HazardID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Hazard? {
        try RegistryRows.hazards(where: "x.id = \(id) AND \(scope.hazards(column: "x.id"))", in: &session).first
    }

    public static func equipment(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Equipment] {
        try RegistryRows.equipment(
            where: "x.enterprise_id = \(enterprise) AND \(scope.parts)", in: &session)
    }

    public static func equipment(
        _ id: EquipmentID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Equipment? {
        try RegistryRows.equipment(
            where: "x.id = \(id) AND \(scope.parts)", in: &session
        ).first
    }

    public static func points(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [MonitoringPoint] {
        try RegistryRows.points(
            where: "x.enterprise_id = \(enterprise) AND \(scope.parts)", in: &session)
    }

    public static func point(
        _ id: PointID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> MonitoringPoint? {
        try RegistryRows.points(
            where: "x.id = \(id) AND \(scope.parts)", in: &session
        ).first
    }

    /// People of an enterprise. A responsible person sees those of their own enterprise.
    public static func people(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Person] {
        try RegistryRows.people(
            where: "x.enterprise_id = \(enterprise) AND \(scope.enterprises(column: "x.enterprise_id"))", in: &session)
    }

    /// Officers of the authorities that the caller's own authority stands above, and its own.
    public static func officers(scope: Scope, in session: inout Session) throws(StorageError) -> [Person] {
        switch scope {
        case .system: return try RegistryRows.people(where: "x.authority_id IS NOT NULL", in: &session)
        case .authority(let id):
            let all = AuthorityDirectory(try RegistryRows.authorities(where: "1 = 1", in: &session))
            let own = all.authorities.keys.filter { all.lineage(of: $0).contains { $0.id == id } }
            return try RegistryRows.people(where: "x.authority_id IN (\(list: own.sorted()))", in: &session)
        case .enterprise, .person: return []
        }
    }

    public static func person(
        _ id: PersonID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Person? {
        let found = try RegistryRows.people(
            where: "x.id = \(id) AND x.enterprise_id IS NOT NULL AND \(scope.enterprises(column: "x.enterprise_id"))",
            in: &session
        ).first
        if let found { return found }
        return try officers(scope: scope, in: &session).first { $0.id == id }
    }

    public static func history(
        of hazard: HazardID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> ResponsibilityHistory {
        try RegistryRows.histories(where: "x.id = \(hazard) AND \(scope.hazards(column: "x.id"))", in: &session)[hazard]
            ?? ResponsibilityHistory()
    }

    /// What is wrong with the responsible persons, by source (A29).
    public static func responsibilityFindings(
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [(hazard: Hazard, findings: [ResponsibilityFinding], people: [PersonID: Person])] {
        let hazards = try RegistryRows.hazards(
            where: "x.in_use = 1 AND \(scope.hazards(column: "x.id"))", in: &session)
        let histories = try RegistryRows.histories(where: scope.hazards(column: "x.id"), in: &session)
        let people = try RegistryRows.people(
            where: """
                x.id IN (SELECT r.person_id FROM responsibility r
                    WHERE r.until_at IS NULL AND \(scope.hazards(column: "r.hazard_id")))
                """, in: &session)
        let byID = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return hazards.compactMap { hazard in
            let found = ResponsibilityFinding.find(in: histories[hazard.id] ?? ResponsibilityHistory(), people: byID)
            return found.isEmpty ? nil : (hazard, found, byID)
        }
    }

    public static func hasOpenAlarm(_ point: PointID, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM alarm WHERE point_id = \(point) AND cleared_at IS NULL") {
            row throws(StorageError) in row.next() as Int64
        } != nil
    }
}

extension Scope {
    /// A condition for rows `x` that belong to an enterprise and perhaps to a hazard: a responsible person sees only
    /// those of their hazards.
    fileprivate var parts: SQL {
        switch self {
        case .system, .authority, .enterprise: enterprises(column: "x.enterprise_id")
        case .person: hazards(column: "x.hazard_id")
        }
    }
}
