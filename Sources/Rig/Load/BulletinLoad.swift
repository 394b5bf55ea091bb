import Domain
public import Kernel
public import Storage

/// A registry of any size with eight days of presence and commitments and one day of alarms: for measuring how long a
/// bulletin takes. Not a demonstration: names are numbers.
public struct BulletinLoad: Sendable {
    public let enterprises: Int
    /// About 3.3 sources an enterprise.
    public var hazards: Int { max(enterprises, enterprises * 33 / 10) }
    public static let centre = "bench-center"
    public static let city = "bench-city"

    public init(enterprises: Int) {
        precondition(enterprises > 0, "at least one enterprise")
        self.enterprises = enterprises
    }

    /// The day that is told.
    public static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)
    public static var now: Timestamp { day.next.start + .hours(8) }

    public func store(in database: Database) throws(StorageError) {
        try database.write { session throws(StorageError) in try storeOffices(in: &session) }
        var random = SeededGenerator(seed: 7)
        var next = 0
        while next < enterprises {
            let slice = next..<min(next + 250, enterprises)
            try database.write { session throws(StorageError) in
                for index in slice {
                    try storeEnterprise(index, in: &session)
                    try storeDays(index, &random, in: &session)
                }
            }
            next = slice.upperBound
        }
    }

    /// Thirty provinces of ten cities of nine counties; a small world is one city.
    private func region(_ index: Int) -> (county: String, city: String, province: String) {
        let isSmall = enterprises < 1_000
        let county = index % (isSmall ? 6 : 2_700)
        let province = isSmall ? 14 : 11 + county / 90
        let city = isSmall ? 5 : county / 9 % 10 + 1
        let head = "\(province)" + (city < 10 ? "0\(city)" : "\(city)")
        return (head + "2\(county % 9 + 1)", head + "00", "\(province)0000")
    }

    private func storeOffices(in session: inout Session) throws(StorageError) {
        func insert(
            _ id: String, _ level: AuthorityLevel, _ region: String?, _ parent: String?, in session: inout Session
        ) throws(StorageError) {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES (\(id), \(level), \(id + "应急管理局"), \(region), \(parent), 0) ON CONFLICT (id) DO NOTHING
                """)
        }
        try insert(Self.centre, .center, nil, nil, in: &session)
        for index in 0..<min(enterprises, 2_700) {
            let place = region(index)
            try insert(place.province, .province, place.province, Self.centre, in: &session)
            let city = enterprises < 1_000 ? Self.city : place.city
            try insert(city, .city, place.city, place.province, in: &session)
            try insert(place.county, .county, place.county, city, in: &session)
        }
    }

    private func storeEnterprise(_ index: Int, in session: inout Session) throws(StorageError) {
        let (id, place) = ("B\(index)", region(index))
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, created_at)
            VALUES (\(id), \("企业" + id), \(place.county), \(place.county), 0)
            """)
        let city = enterprises < 1_000 ? Self.city : place.city
        for authority in [Self.centre, place.province, city, place.county] {
            try session.execute("INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(id))")
        }
        try session.execute(
            """
            INSERT INTO gateway (id, enterprise_id, key_hash, key_hint, created_at)
            VALUES (\("G" + id), \(id), \(Hash.sha256([UInt8](id.utf8))), 'b', 0)
            """)
        for source in (index * 33 / 10)..<max(index * 33 / 10 + 1, (index + 1) * 33 / 10) {
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\("BH\(source)"), \(id), \("source \(source)"), 'storage', \(source % 4 + 1), 0)
                """)
        }
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, on_delay_ms, off_delay_ms, deadband,
                created_at)
            VALUES (\("BP" + id), \(id), \("BH\(index * 33 / 10)"), 'PT', 'pressure', 'MPa', 0, 0, 0.0, 0)
            """)
    }

    private func storeDays(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let id = "B\(index)"
        func span(
            _ kind: String, _ subject: String, _ gap: Bool, _ random: inout SeededGenerator,
            in session: inout Session
        ) throws(StorageError) {
            let cut = Self.day.start + .seconds(Int64(random.integer(0...80_000)))
            let parts: [(Timestamp, Timestamp?)] =
                gap
                ? [(Self.day.start - .days(20), cut), (cut + .seconds(Int64(random.integer(600...9_000))), nil)]
                : [(Self.day.start - .days(20), nil)]
            for (from, until) in parts {
                try session.execute(
                    """
                    INSERT INTO presence_span (subject_kind, subject_id, enterprise_id, online_from, online_until)
                    VALUES (\(kind), \(subject), \(id), \(from), \(until))
                    """)
            }
        }
        let isGapped = random.chance(0.05)
        try span("enterprise", id, isGapped, &random, in: &session)
        for camera in 0..<10 {
            let name = "BC\(index)-\(camera)"
            try session.execute(
                """
                INSERT INTO camera (id, enterprise_id, name, place, created_at)
                VALUES (\(name), \(id), \(name), 'tank', 0)
                """)
            let isCut = random.chance(0.03)
            try span("camera", name, isCut, &random, in: &session)
        }
        for offset: Int32 in -7...0 where random.chance(0.98) {
            let day = Day(number: Self.day.number + offset)
            try session.execute(
                """
                INSERT INTO commitment (id, enterprise_id, day, version, is_current, received_at, first_received_at,
                    state, is_by_delegate, signed_by_delegate, signer, source, actor, risk_level, risk_score, units,
                    running, stopped, overhaul, hot_work, special_work, is_starting_or_stopping, has_hidden_danger,
                    content)
                VALUES (\("\(id)-\(day.number)"), \(id), \(day), 1, 1, \(day.start + .hours(9)),
                    \(day.start + .hours(9)), 'onTime', 0, 0, 'x', 'page', 'x', 'blue', 10.0, 4, 3, 1, 0, 0, 0, 0, 0,
                    '{}')
                """)
        }
        for number in 0..<random.integer(0...2) {
            let opened = Self.day.start + .seconds(Int64(random.integer(0...86_000)))
            try session.execute(
                """
                INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                    current_state, current_since, side_since, chain_id, occurrences, cleared_at)
                VALUES (\("\(id)-A\(number)"), \("BP" + id), \("BH\(index * 33 / 10)"), \(id), 'pressure', \(opened),
                    'high', 'high', 'normal', \(opened), \(opened), \("\(id)-A\(number)"), 1, \(opened + .minutes(9)))
                """)
        }
    }
}
