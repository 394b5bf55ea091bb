public import Domain
public import Kernel

/// Writes the register. Whether an entry is sound was decided by the operation that calls.
public enum RegistryStore {
    public static func save(
        _ authority: Authority, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO authority (id, level, name, region, parent_id, phone, covers_region, created_at)
            VALUES (\(authority.id), \(authority.level), \(authority.name), \(authority.region), \(authority.parent),
                \(authority.phone), \(authority.coversRegion), \(now))
            ON CONFLICT (id) DO UPDATE SET level = excluded.level, name = excluded.name, region = excluded.region,
                parent_id = excluded.parent_id, phone = excluded.phone, covers_region = excluded.covers_region
            """)
    }

    public static func save(
        _ enterprise: Enterprise, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let place = enterprise.jurisdiction
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, credit_code, regulator_id, park_id, group_name, industry, address,
                longitude, latitude, phone, in_use, created_at)
            VALUES (\(enterprise.id), \(enterprise.name), \(place.region), \(enterprise.creditCode),
                \(place.regulator), \(place.park), \(enterprise.group), \(enterprise.industry), \(enterprise.address),
                \(enterprise.longitude), \(enterprise.latitude), \(enterprise.phone), \(enterprise.isInUse), \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, region = excluded.region,
                credit_code = excluded.credit_code, regulator_id = excluded.regulator_id, park_id = excluded.park_id,
                group_name = excluded.group_name, industry = excluded.industry, address = excluded.address,
                longitude = excluded.longitude, latitude = excluded.latitude, phone = excluded.phone,
                in_use = excluded.in_use
            """)
        try session.execute("DELETE FROM enterprise_co_regulator WHERE enterprise_id = \(enterprise.id)")
        for authority in Set(place.coRegulators).sorted() {
            try session.execute(
                """
                INSERT INTO enterprise_co_regulator (enterprise_id, authority_id)
                VALUES (\(enterprise.id), \(authority))
                """)
        }
    }

    /// Who may see the enterprise, closed over those above: in the same transaction as what decides it.
    public static func setVisibility(
        of enterprise: EnterpriseID, to authorities: [AuthorityID], in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM visibility WHERE enterprise_id = \(enterprise)")
        for authority in authorities {
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(enterprise))")
        }
    }

    public static func save(_ hazard: Hazard, at now: Timestamp, in session: inout Session) throws(StorageError) {
        let grading = hazard.grading
        guard let grade = grading.grade else {
            throw .constraint(.init(message: "hazard \(hazard.id) is no major hazard source", statement: "hazard"))
        }
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, r_value, s_value, exposed_people, location,
                in_use, created_at)
            VALUES (\(hazard.id), \(hazard.enterprise), \(hazard.name), \(hazard.unit), \(grade.rawValue),
                \(grading.rValue), \(grading.sum), \(grading.exposedPeople), \(hazard.location), \(hazard.isInUse),
                \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, grade = excluded.grade,
                r_value = excluded.r_value, s_value = excluded.s_value, exposed_people = excluded.exposed_people,
                location = excluded.location, in_use = excluded.in_use
            """)
        try session.execute("DELETE FROM hazard_substance WHERE hazard_id = \(hazard.id)")
        for (position, substance) in grading.substances.enumerated() {
            try session.execute(
                """
                INSERT INTO hazard_substance (hazard_id, position, name, cas, category, quantity_tonnes,
                    critical_tonnes, beta)
                VALUES (\(hazard.id), \(position), \(substance.name), \(substance.cas), \(substance.category),
                    \(substance.quantityTonnes), \(substance.criticalTonnes), \(substance.beta))
                """)
        }
    }

    public static func save(_ item: Equipment, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO equipment (id, enterprise_id, hazard_id, name, kind, medium, form, location, in_use)
            VALUES (\(item.id), \(item.enterprise), \(item.hazard), \(item.name), \(item.category), \(item.medium),
                \(item.form), \(item.location), \(item.isInUse))
            ON CONFLICT (id) DO UPDATE SET hazard_id = excluded.hazard_id, name = excluded.name, kind = excluded.kind,
                medium = excluded.medium, form = excluded.form, location = excluded.location, in_use = excluded.in_use
            """)
    }

    public static func save(
        _ point: MonitoringPoint, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let limits = point.limits
        let edge = point.edgeLimits
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, equipment_id, name, tag, kind, unit, location, range_low,
                range_high, low_low, low, high, high_high, edge_low_low, edge_low, edge_high, edge_high_high,
                on_delay_ms, off_delay_ms, deadband, is_key, in_use, created_at)
            VALUES (\(point.id), \(point.enterprise), \(point.hazard), \(point.equipment), \(point.name), \(point.tag),
                \(point.quantity), \(point.unit), \(point.location), \(limits.rangeLow), \(limits.rangeHigh),
                \(limits.lowLow), \(limits.low), \(limits.high), \(limits.highHigh), \(edge.lowLow), \(edge.low),
                \(edge.high), \(edge.highHigh), \(point.onDelay), \(point.offDelay), \(point.deadband), \(point.isKey),
                \(point.isInUse), \(now))
            ON CONFLICT (id) DO UPDATE SET hazard_id = excluded.hazard_id, equipment_id = excluded.equipment_id,
                name = excluded.name, tag = excluded.tag, kind = excluded.kind, unit = excluded.unit,
                location = excluded.location, range_low = excluded.range_low, range_high = excluded.range_high,
                low_low = excluded.low_low, low = excluded.low, high = excluded.high, high_high = excluded.high_high,
                edge_low_low = excluded.edge_low_low, edge_low = excluded.edge_low, edge_high = excluded.edge_high,
                edge_high_high = excluded.edge_high_high, on_delay_ms = excluded.on_delay_ms,
                off_delay_ms = excluded.off_delay_ms, deadband = excluded.deadband, is_key = excluded.is_key,
                in_use = excluded.in_use
            """)
    }

    public static func save(_ person: Person, at now: Timestamp, in session: inout Session) throws(StorageError) {
        let enterprise: EnterpriseID?
        let authority: AuthorityID?
        switch person.employer {
        case .enterprise(let id): (enterprise, authority) = (id, nil)
        case .authority(let id): (enterprise, authority) = (nil, id)
        }
        try session.execute(
            """
            INSERT INTO person (id, enterprise_id, authority_id, name, phone, title, email, left_at, created_at)
            VALUES (\(person.id), \(enterprise), \(authority), \(person.name), \(person.phone), \(person.title),
                \(person.email), \(person.leftAt), \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, title = excluded.title,
                email = excluded.email, left_at = excluded.left_at
            """)
    }

    /// Writes what a history has that the table has not: a term's end, or a new term.
    public static func save(
        _ history: ResponsibilityHistory, of hazard: HazardID, newID: () -> String, in session: inout Session
    ) throws(StorageError) {
        for term in history.terms where term.until != nil {
            try session.execute(
                """
                UPDATE responsibility SET until_at = \(term.until) WHERE hazard_id = \(hazard)
                    AND role = \(term.role) AND person_id = \(term.person) AND from_at = \(term.from)
                    AND until_at IS NULL
                """)
        }
        for term in history.terms where term.until == nil {
            let isThere =
                try session.first(
                    """
                    SELECT 1 FROM responsibility WHERE hazard_id = \(hazard) AND role = \(term.role)
                        AND person_id = \(term.person) AND from_at = \(term.from)
                    """
                ) { row throws(StorageError) in row.next() as Int64 } != nil
            if isThere { continue }
            try session.execute(
                """
                INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                VALUES (\(newID()), \(hazard), \(term.role), \(term.person), \(term.from))
                """)
        }
    }
}
