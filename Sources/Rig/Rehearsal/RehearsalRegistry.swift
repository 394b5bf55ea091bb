import Domain
import Kernel
import Storage

/// The small world of a rehearsal: three enterprises in two counties and a park, two sources each, points of the kinds
/// that matter, webhooks of the county and of an enterprise.
enum RehearsalRegistry {
    struct Point {
        let id: String
        let kind: Quantity
        let unit: String
        let limits: PointLimits
        let normal: Double
        let beyond: [Double]
    }

    struct Source {
        let id: HazardID
        let grade: Int
        let points: [Point]
    }

    struct Site {
        let id: EnterpriseID
        let regulator: AuthorityID
        let park: AuthorityID?
        let sources: [Source]
    }

    static let enterprises: [Site] = (0..<3).map { enterprise in
        Site(
            id: EnterpriseID("e\(enterprise)"), regulator: enterprise == 2 ? "county-b" : "county-a",
            park: enterprise == 1 ? "park" : nil,
            sources: (0..<2).map { source in
                let id = "e\(enterprise)h\(source)"
                return Source(id: HazardID(id), grade: enterprise + source + 1, points: points(of: id))
            })
    }

    private static func points(of source: String) -> [Point] {
        [
            Point(
                id: source + "-level", kind: .level, unit: "m",
                limits: PointLimits(rangeLow: 0, rangeHigh: 12, lowLow: 0.5, low: 1, high: 9, highHigh: 10), normal: 6,
                beyond: [9.4, 10.6, 0.7, 0.2]),
            Point(
                id: source + "-gas", kind: .combustibleGas, unit: "%LEL",
                limits: PointLimits(rangeLow: 0, rangeHigh: 100, high: 20, highHigh: 40), normal: 2, beyond: [26, 55]),
            Point(
                id: source + "-pressure", kind: .pressure, unit: "MPa",
                limits: PointLimits(rangeLow: 0, rangeHigh: 2.5, high: 1.6, highHigh: 1.9), normal: 1.1,
                beyond: [1.7, 2.1]),
        ]
    }

    private static let authorities: [(id: String, level: AuthorityLevel, parent: String?)] = [
        ("center", .center, nil), ("province", .province, nil), ("city", .city, "province"),
        ("county-a", .county, "city"), ("county-b", .county, "city"), ("park", .park, "city"),
    ]

    static func store(at now: Timestamp, in session: inout Session) throws(StorageError) {
        for authority in authorities {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, parent_id, created_at)
                VALUES (\(authority.id), \(authority.level), \(authority.id), \(authority.parent), \(now))
                """)
        }
        for (index, enterprise) in enterprises.enumerated() {
            try store(enterprise, at: now, in: &session)
            try SilentGateway.insert(
                RehearsalGateway(enterprise: index).id, of: enterprise.id, at: now, in: &session)
        }
        try session.execute(
            """
            INSERT INTO webhook (id, authority_id, url, secret, is_enabled, created_at, created_by)
            VALUES ('hook-county', 'county-a', 'https://localhost/county', 'x', 1, \(now), 'rehearsal')
            """)
        try session.execute(
            """
            INSERT INTO webhook (id, enterprise_id, url, secret, is_enabled, created_at, created_by)
            VALUES ('hook-e2', 'e2', 'https://localhost/e2', 'x', 1, \(now), 'rehearsal')
            """)
    }

    private static func store(_ site: Site, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, park_id, created_at)
            VALUES (\(site.id), \(site.id), '140525', \(site.regulator), \(site.park), \(now))
            """)
        let seeing = ["center", "province", "city", site.regulator.rawValue] + [site.park?.rawValue].compactMap { $0 }
        for authority in seeing {
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(site.id))")
        }
        for source in site.sources {
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\(source.id), \(site.id), \(source.id), 'storage', \(source.grade), \(now))
                """)
            for role in ResponsibleRole.allCases {
                let person = PersonID("\(source.id)-\(role.rawValue)")
                try session.execute(
                    """
                    INSERT INTO person (id, enterprise_id, name, created_at)
                    VALUES (\(person), \(site.id), \(person), \(now))
                    """)
                try session.execute(
                    """
                    INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                    VALUES (\("r-\(person)"), \(source.id), \(role), \(person), \(now))
                    """)
            }
            for point in source.points { try store(point, of: source, site, at: now, in: &session) }
        }
    }

    private static func store(
        _ point: Point, of source: Source, _ site: Site, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let limits = point.limits
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, low_low, low,
                high, high_high, on_delay_ms, off_delay_ms, deadband, is_key, created_at)
            VALUES (\(point.id), \(site.id), \(source.id), \(point.id), \(point.kind), \(point.unit),
                \(limits.rangeLow), \(limits.rangeHigh), \(limits.lowLow), \(limits.low), \(limits.high),
                \(limits.highHigh), \(point.kind.isGas ? 0 : 5_000), 5000, 0.05, 1, \(now))
            """)
    }
}
