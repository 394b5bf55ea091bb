import Domain
import Kernel
import Operations
import Storage

/// Puts a scenario's registry into the drill's database.
enum DrillRegistry {
    static func store(_ scenario: Scenario, in session: inout Session) throws(StorageError) {
        // Parents first: a child names its parent.
        var waiting = scenario.authorities
        var stored: Set<AuthorityID> = []
        while !waiting.isEmpty {
            let ready = waiting.filter { $0.parent.map(stored.contains) ?? true }
            precondition(!ready.isEmpty, "the reader refuses loops")
            for authority in ready {
                try session.execute(
                    """
                    INSERT INTO authority (id, level, name, region, parent_id, created_at)
                    VALUES (\(authority.id), \(authority.level), \(authority.name), \(authority.region),
                        \(authority.parent), \(scenario.start))
                    """)
                stored.insert(authority.id)
            }
            waiting.removeAll { stored.contains($0.id) }
        }
        var persons: Set<PersonID> = []
        for (index, enterprise) in scenario.enterprises.enumerated() {
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, park_id, created_at)
                VALUES (\(enterprise.id), \("\(index + 1) \(enterprise.name)"), '', \(enterprise.regulator),
                    \(enterprise.park), \(scenario.start))
                """)
            for hazard in enterprise.hazards {
                try store(hazard, of: enterprise, persons: &persons, at: scenario.start, in: &session)
            }
        }
    }

    private static func store(
        _ hazard: Scenario.Hazard, of enterprise: Scenario.Enterprise, persons: inout Set<PersonID>,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        // Names need not be unique in a scenario; ids are.
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
            VALUES (\(hazard.id), \(enterprise.id), \("\(hazard.name) (\(hazard.id))"), 'storage', \(hazard.grade),
                \(now))
            """)
        for role in ResponsibleRole.allCases {
            guard let person = hazard.responsible[role] else { continue }
            if persons.insert(person).inserted {
                try session.execute(
                    """
                    INSERT INTO person (id, enterprise_id, name, created_at)
                    VALUES (\(person), \(enterprise.id), \(person.rawValue), \(now))
                    """)
            }
            try session.execute(
                """
                INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                VALUES (\("\(hazard.id)/\(role.rawValue)"), \(hazard.id), \(role), \(person), \(now))
                """)
        }
        for point in hazard.points {
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, low_low, low,
                    high, high_high, on_delay_ms, off_delay_ms, deadband, created_at)
                VALUES (\(point.id), \(enterprise.id), \(hazard.id), \(point.id.rawValue), \(point.kind), \(point.unit),
                    \(point.range?.low), \(point.range?.high), \(point.lowLow), \(point.low), \(point.high),
                    \(point.highHigh), 0, 0, 0.0, \(now))
                """)
        }
    }

    /// Sets a level outright: from then on the model no longer drives the source.
    static func setLevel(
        _ level: Level, of hazard: HazardID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let old =
            try session.first("SELECT level FROM risk WHERE hazard_id = \(hazard)") {
                row throws(StorageError) in row.next() as Level
            } ?? .blue
        try session.execute(
            """
            INSERT INTO risk (hazard_id, enterprise_id, level, score, terms, model_version, assessed_at, frozen,
                is_outright)
            SELECT id, enterprise_id, \(level), 0.0, '[]', 0, \(context.now), 0, 1 FROM hazard WHERE id = \(hazard)
            ON CONFLICT (hazard_id) DO UPDATE SET level = excluded.level, is_outright = 1,
                assessed_at = excluded.assessed_at, next_change_at = NULL
            """)
        try DueStore.set(.risk, id: hazard.rawValue, at: nil, in: &session)
        guard level != old else { return }
        try WarningOperations.riskChanged(
            hazard: hazard, to: level, cause: ["outright": true], context: &context, in: &session)
    }
}
