import Domain
public import Kernel
public import Storage

/// A registry of any size for measuring: the shape of the national system (7,000 enterprises, 23,000 sources, 440,000
/// points) or a part of it. Not a demonstration: names are numbers.
public struct LoadRegistry: Sendable {
    public let points: Int
    public let enterprises: Int
    /// About 3.3 sources an enterprise.
    public var hazards: Int { max(enterprises, enterprises * 33 / 10) }

    public init(points: Int, enterprises: Int) {
        precondition(enterprises > 0 && points >= enterprises, "at least one point an enterprise")
        self.points = points
        self.enterprises = enterprises
    }

    public static func enterprise(_ index: Int) -> String { "L" + padded(index, 6) }
    public static func gateway(_ index: Int) -> String { "GW-L" + padded(index, 6) }
    public static func point(_ index: Int) -> String { "LP" + padded(index, 9) }
    /// Known to everybody: this registry is for loopback only.
    public static func key(_ index: Int) -> String { "load-test-key-" + padded(index, 6) }

    /// The points of one enterprise: every n-th point.
    public func points(of enterprise: Int) -> StrideTo<Int> { stride(from: enterprise, to: points, by: enterprises) }

    /// Stores the registry, a thousand enterprises a transaction.
    public func store(
        in database: Database, at now: Timestamp, progress: (Int) -> Void = { _ in }
    ) throws(StorageError) {
        try database.write { session throws(StorageError) in try storeAuthorities(at: now, in: &session) }
        var next = 0
        while next < enterprises {
            let slice = next..<min(next + 500, enterprises)
            try database.write { session throws(StorageError) in
                for index in slice { try storeEnterprise(index, at: now, in: &session) }
            }
            next = slice.upperBound
            progress(next)
        }
    }

    private func storeAuthorities(at now: Timestamp, in session: inout Session) throws(StorageError) {
        let authorities: [(id: String, level: AuthorityLevel, parent: String?)] = [
            ("load-center", .center, nil), ("load-province", .province, nil),
            ("load-city", .city, "load-province"), ("load-county", .county, "load-city"),
        ]
        for authority in authorities {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, parent_id, created_at)
                VALUES (\(authority.id), \(authority.level), \(authority.id), \(authority.parent), \(now))
                """)
        }
        for role in ResponsibleRole.allCases {
            try session.execute(
                """
                INSERT INTO person (id, name, created_at) VALUES (\("load-" + role.rawValue), \(role.rawValue), \(now))
                """)
        }
    }

    private func storeEnterprise(_ index: Int, at now: Timestamp, in session: inout Session) throws(StorageError) {
        let id = Self.enterprise(index)
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, created_at)
            VALUES (\(id), \(id), '140525', 'load-county', \(now))
            """)
        for authority in ["load-center", "load-province", "load-city", "load-county"] {
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(id))")
        }
        let sources = (index * 33 / 10)..<max(index * 33 / 10 + 1, (index + 1) * 33 / 10)
        for (place, source) in sources.enumerated() {
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\("LH\(source)"), \(id), \("source \(place + 1)"), 'storage', \(source % 4 + 1), \(now))
                """)
            for role in ResponsibleRole.allCases {
                try session.execute(
                    """
                    INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                    VALUES (\("LH\(source)/\(role.rawValue)"), \("LH\(source)"), \(role), \("load-" + role.rawValue),
                        \(now))
                    """)
            }
        }
        for (place, point) in points(of: index).enumerated() {
            let source = sources.lowerBound + place % sources.count
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, low_low, low,
                    high, high_high, on_delay_ms, off_delay_ms, deadband, created_at)
                VALUES (\(Self.point(point)), \(id), \("LH\(source)"), \("point \(place + 1)"), 'level', 'm', 0.0, 12.0,
                    0.5, 1.0, 9.0, 10.0, 5000, 5000, 0.12, \(now))
                """)
        }
        try session.execute(
            """
            INSERT INTO gateway (id, enterprise_id, name, key_hash, key_hint, created_at)
            VALUES (\(Self.gateway(index)), \(id), \(id), \(Hash.sha256([UInt8](Self.key(index).utf8))), 'load', \(now))
            """)
    }

    /// Sources with one gas detector each, that answers at once: what `load watch` raises warnings on. And the account
    /// of the county's desk.
    public static func storeProbes(
        _ count: Int, passwordHash: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, created_at)
            VALUES ('LPROBE', 'LPROBE', '140525', 'load-county', \(now))
            """)
        for authority in ["load-center", "load-province", "load-city", "load-county"] {
            try session.execute("INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), 'LPROBE')")
        }
        for index in 0..<count {
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\(probe(index)), 'LPROBE', \(probe(index)), 'storage', 2, \(now))
                """)
            for role in ResponsibleRole.allCases {
                try session.execute(
                    """
                    INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                    VALUES (\(probe(index) + role.rawValue), \(probe(index)), \(role), \("load-" + role.rawValue),
                        \(now))
                    """)
            }
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, high,
                    high_high, on_delay_ms, off_delay_ms, deadband, created_at)
                VALUES (\(probe(index)), 'LPROBE', \(probe(index)), 'probe', 'combustibleGas', '%LEL', 0.0, 100.0, 20.0,
                    40.0, 0, 0, 1.0, \(now))
                """)
        }
        try session.execute(
            """
            INSERT INTO gateway (id, enterprise_id, name, key_hash, key_hint, created_at) VALUES ('GW-LPROBE',
                'LPROBE', 'LPROBE', \(Hash.sha256([UInt8]("load-test-key-probe".utf8))), 'load', \(now))
            """)
        try session.execute(
            """
            INSERT INTO account (id, login, password_hash, name, role, authority_id, created_at)
            VALUES ('load-desk', 'load-desk', \(passwordHash), 'load-desk', 'duty', 'load-county', \(now))
            """)
    }

    public static func probe(_ index: Int) -> String { "PROBE-" + padded(index, 5) }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
