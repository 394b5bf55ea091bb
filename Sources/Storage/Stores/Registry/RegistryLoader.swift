public import Domain
public import Kernel

/// Reads the register into memory for checking new entries against.
public enum RegistryLoader {
    /// What to load beside the authorities and the enterprises.
    public enum Part: Hashable, Sendable {
        case organisationsOnly
        case enterprise(EnterpriseID)
        case everything
    }

    public static func index(_ part: Part, in session: inout Session) throws(StorageError) -> RegistryIndex {
        var index = RegistryIndex(authorities: try RegistryRows.authorities(where: "1 = 1", in: &session))
        for enterprise in try RegistryRows.enterprises(where: "1 = 1", in: &session) { index.add(enterprise) }
        let condition: SQL
        switch part {
        case .organisationsOnly: return index
        case .enterprise(let id): condition = "x.enterprise_id = \(id)"
        case .everything: condition = "1 = 1"
        }
        for hazard in try RegistryRows.hazards(where: condition, in: &session) { index.add(hazard) }
        for item in try RegistryRows.equipment(where: condition, in: &session) { index.add(item) }
        for point in try RegistryRows.points(where: condition, in: &session) { index.add(point) }
        for person in try RegistryRows.people(where: condition, in: &session) { index.add(person) }
        for (hazard, history) in try RegistryRows.histories(where: condition, in: &session) {
            index.set(history, of: hazard)
        }
        return index
    }
}

/// Rows into values, for any condition on the table's alias `x`. Callers outside this folder go through
/// `RegistryQueries`, which always has a scope.
enum RegistryRows {
    static func authorities(where condition: SQL, in session: inout Session) throws(StorageError) -> [Authority] {
        try session.rows(
            """
            SELECT x.id, x.level, x.name, x.region, x.parent_id, x.phone, x.covers_region FROM authority x
            WHERE \(condition) ORDER BY x.id
            """
        ) { row throws(StorageError) in
            Authority(
                id: row.next(), level: row.next(), name: row.next(), region: row.next(), parent: row.next(),
                phone: row.next(), coversRegion: row.next())
        }
    }

    static func enterprises(where condition: SQL, in session: inout Session) throws(StorageError) -> [Enterprise] {
        var others: [EnterpriseID: [AuthorityID]] = [:]
        let pairs = try session.rows(
            """
            SELECT c.enterprise_id, c.authority_id FROM enterprise_co_regulator c
            JOIN enterprise x ON x.id = c.enterprise_id WHERE \(condition) ORDER BY c.enterprise_id, c.authority_id
            """
        ) { row throws(StorageError) in (enterprise: row.next() as EnterpriseID, authority: row.next() as AuthorityID) }
        for pair in pairs { others[pair.enterprise, default: []].append(pair.authority) }
        return try session.rows(
            """
            SELECT x.id, x.name, x.region, x.regulator_id, x.park_id, x.credit_code, x.group_name, x.industry,
                x.address, x.longitude, x.latitude, x.phone, x.in_use
            FROM enterprise x WHERE \(condition) ORDER BY x.id
            """
        ) { row throws(StorageError) in
            let id: EnterpriseID = row.next()
            let name: String = row.next()
            let place = Jurisdiction(
                region: row.next(), regulator: row.next(), coRegulators: others[id] ?? [], park: row.next())
            return Enterprise(
                id: id, name: name, jurisdiction: place, creditCode: row.next(), group: row.next(),
                industry: row.next(), address: row.next(), longitude: row.next(), latitude: row.next(),
                phone: row.next(), isInUse: row.next())
        }
    }

    static func hazards(where condition: SQL, in session: inout Session) throws(StorageError) -> [Hazard] {
        var substances: [HazardID: [HazardSubstance]] = [:]
        let parts = try session.rows(
            """
            SELECT s.hazard_id, s.name, s.cas, s.category, s.quantity_tonnes, s.critical_tonnes, s.beta
            FROM hazard_substance s JOIN hazard x ON x.id = s.hazard_id WHERE \(condition)
            ORDER BY s.hazard_id, s.position
            """
        ) { row throws(StorageError) in
            let hazard: HazardID = row.next()
            let name: String = row.next()
            let cas: String? = row.next()
            let category: String? = row.next()
            return (
                hazard,
                HazardSubstance(
                    name: name, cas: cas, category: category.flatMap(HazardCategory.init(rawValue:)),
                    quantityTonnes: row.next(), criticalTonnes: row.next(), beta: row.next())
            )
        }
        for (hazard, substance) in parts { substances[hazard, default: []].append(substance) }
        return try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.name, x.kind, x.location, x.exposed_people, x.in_use FROM hazard x
            WHERE \(condition) ORDER BY x.id
            """
        ) { row throws(StorageError) in
            let id: HazardID = row.next()
            let enterprise: EnterpriseID = row.next()
            let name: String = row.next()
            let kind: String = row.next()
            let location: String? = row.next()
            let people: Int? = row.next()
            return Hazard(
                id: id, enterprise: enterprise, name: name, unit: HazardUnit(rawValue: kind) ?? .other,
                location: location, grading: HazardGrading(substances[id] ?? [], exposedPeople: people ?? 0),
                isInUse: row.next())
        }
    }

    static func equipment(where condition: SQL, in session: inout Session) throws(StorageError) -> [Equipment] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.hazard_id, x.name, x.kind, x.medium, x.form, x.location, x.in_use
            FROM equipment x WHERE \(condition) ORDER BY x.id
            """
        ) { row throws(StorageError) in
            let id: EquipmentID = row.next()
            let enterprise: EnterpriseID = row.next()
            let hazard: HazardID? = row.next()
            let name: String = row.next()
            let kind: String = row.next()
            let medium: String? = row.next()
            let form: String? = row.next()
            return Equipment(
                id: id, enterprise: enterprise, hazard: hazard, name: name,
                category: EquipmentCategory(rawValue: kind) ?? .other, medium: medium,
                form: form.flatMap(MaterialForm.init(rawValue:)), location: row.next(), isInUse: row.next())
        }
    }

    static func points(where condition: SQL, in session: inout Session) throws(StorageError) -> [MonitoringPoint] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.hazard_id, x.equipment_id, x.name, x.tag, x.kind, x.unit, x.location,
                x.range_low, x.range_high, x.low_low, x.low, x.high, x.high_high, x.edge_low_low, x.edge_low,
                x.edge_high, x.edge_high_high, x.on_delay_ms, x.off_delay_ms, x.deadband, x.is_key, x.in_use
            FROM point x WHERE \(condition) ORDER BY x.id
            """, point)
    }

    private static func point(_ row: inout Row) throws(StorageError) -> MonitoringPoint {
        let id: PointID = row.next()
        let enterprise: EnterpriseID = row.next()
        let hazard: HazardID? = row.next()
        let equipment: EquipmentID? = row.next()
        let name: String = row.next()
        let tag: String? = row.next()
        let kind: String = row.next()
        let unit: String = row.next()
        let location: String? = row.next()
        let limits = PointLimits(
            rangeLow: row.next(), rangeHigh: row.next(), lowLow: row.next(), low: row.next(), high: row.next(),
            highHigh: row.next())
        let edge = PointLimits(lowLow: row.next(), low: row.next(), high: row.next(), highHigh: row.next())
        return MonitoringPoint(
            id: id, enterprise: enterprise, hazard: hazard, equipment: equipment, name: name, tag: tag,
            quantity: Quantity(rawValue: kind) ?? .other, unit: unit, location: location, limits: limits,
            edgeLimits: edge, onDelay: row.next() as Interval, offDelay: row.next() as Interval,
            deadband: row.next() as Double, isKey: row.next(), isInUse: row.next())
    }

    static func people(where condition: SQL, in session: inout Session) throws(StorageError) -> [Person] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.authority_id, x.name, x.phone, x.title, x.email, x.left_at
            FROM person x
            WHERE \(condition) ORDER BY x.name, x.id
            """
        ) { row throws(StorageError) in
            let id: PersonID = row.next()
            let enterprise: EnterpriseID? = row.next()
            let authority: AuthorityID? = row.next()
            let employer: Person.Employer =
                enterprise.map { .enterprise($0) } ?? .authority(authority ?? "")
            return Person(
                id: id, employer: employer, name: row.next(), phone: row.next(), title: row.next(),
                email: row.next(), leftAt: row.next())
        }
    }

    /// Histories by hazard, for a condition on the hazard `x`.
    static func histories(
        where condition: SQL, in session: inout Session
    ) throws(StorageError) -> [HazardID: ResponsibilityHistory] {
        var terms: [HazardID: [ResponsibilityHistory.Term]] = [:]
        let rows = try session.rows(
            """
            SELECT r.hazard_id, r.role, r.person_id, r.from_at, r.until_at FROM responsibility r
            WHERE r.hazard_id IN (SELECT x.id FROM hazard x WHERE \(condition))
            ORDER BY r.hazard_id, r.from_at, r.id
            """
        ) { row throws(StorageError) in
            (
                row.next() as HazardID,
                ResponsibilityHistory.Term(role: row.next(), person: row.next(), from: row.next(), until: row.next())
            )
        }
        for (hazard, term) in rows { terms[hazard, default: []].append(term) }
        return terms.mapValues(ResponsibilityHistory.init)
    }
}
