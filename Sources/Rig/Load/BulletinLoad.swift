import Domain
public import Kernel
public import Storage

/// A registry of any size with days of everything that bulletins tell, up to Sunday 2026-11-22: presence of enterprises
/// and cameras, commitments, duties, alarms, warnings of all colours with their course, checks, patrols, problems,
/// filings, scores of data quality. For measuring how long a bulletin takes and for looking at one. All invented by a
/// seed; how often things happen is a nation's 4,500 alarms a day shared out, the rest our assumption.
public struct BulletinLoad: Sendable {
    public let enterprises: Int
    /// How many days up to and including the last one have figures.
    public let days: Int32
    /// About 3.3 sources an enterprise.
    public var hazards: Int { sources(of: enterprises - 1).upperBound }
    public static let centre = "bench-center"
    public static let city = "bench-city"

    public init(enterprises: Int, days: Int32 = 8) {
        precondition(enterprises > 0 && days > 0, "at least one enterprise and one day")
        self.enterprises = enterprises
        self.days = days
    }

    /// The last day that is told.
    public static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)
    public static var now: Timestamp { day.next.start + .hours(8) + .minutes(30) }

    var allDays: [Day] { (1 - days...0).map { Day(number: Self.day.number + $0) } }
    /// Everything was registered two years before.
    static let registeredAt = day.start - .days(730)

    public func store(in database: Database) throws(StorageError) {
        try database.write { session throws(StorageError) in try storeOffices(in: &session) }
        var random = SeededGenerator(seed: 7)
        var next = 0
        while next < enterprises {
            let slice = next..<min(next + 250, enterprises)
            try database.write { session throws(StorageError) in
                for index in slice {
                    try storeEnterprise(index, &random, in: &session)
                    try storePresence(index, &random, in: &session)
                    try storeDays(index, &random, in: &session)
                }
            }
            next = slice.upperBound
        }
        try database.write { session throws(StorageError) in try storeWork(&random, in: &session) }
        let story = warnings(&random)
        next = 0
        while next < story.count {
            let slice = next..<min(next + 2_000, story.count)
            try database.write { session throws(StorageError) in
                try tell(story[slice], isLast: slice.upperBound == story.count, in: &session)
            }
            next = slice.upperBound
        }
    }

    // MARK: names

    static func id(_ index: Int) -> String { "B\(index)" }
    static func hazard(_ source: Int) -> String { "BH\(source)" }
    static func point(_ source: Int) -> String { "BP\(source)" }
    static func person(_ index: Int, _ role: Int) -> String { "BU\(index)-\(role)" }

    static func name(_ index: Int) -> String {
        let (first, second) = (Array("宏金兴天华永恒瑞盛鑫"), Array("源鼎达泰茂昌隆信和基"))
        let kind = ["化工", "焦化", "气体", "新材料", "化肥"][index % 5]
        let number = index / 500
        return "\(first[index / 10 % 10])\(second[index % 10])\(kind)" + (number > 0 ? "\(number + 1)厂" : "")
    }

    func sources(of index: Int) -> Range<Int> {
        let first = index * 33 / 10
        return first..<max(first + 1, (index + 1) * 33 / 10)
    }

    /// Thirty provinces of ten cities of nine counties; a small world is one city.
    func region(_ index: Int) -> (county: String, city: String, province: String) {
        let isSmall = enterprises < 1_000
        let county = index % (isSmall ? 6 : 2_700)
        let province = isSmall ? 14 : 11 + county / 90
        let city = isSmall ? 5 : county / 9 % 10 + 1
        let head = "\(province)" + (city < 10 ? "0\(city)" : "\(city)")
        return (head + "2\(county % 9 + 1)", head + "00", "\(province)0000")
    }

    /// Offices whose patrols and checks are told, with their level.
    func offices() -> [(id: String, level: AuthorityLevel)] {
        var found: [String: AuthorityLevel] = [:]
        for index in 0..<min(enterprises, 2_700) {
            let place = region(index)
            found[place.province] = .province
            found[enterprises < 1_000 ? Self.city : place.city] = .city
            found[place.county] = .county
        }
        return found.sorted { $0.key < $1.key }.map { (id: $0.key, level: $0.value) }
    }

    // MARK: registry

    private func storeOffices(in session: inout Session) throws(StorageError) {
        func insert(
            _ id: String, _ level: AuthorityLevel, _ name: String, _ region: String?, _ parent: String?,
            in session: inout Session
        ) throws(StorageError) {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES (\(id), \(level), \(name), \(region), \(parent), \(Self.registeredAt))
                ON CONFLICT (id) DO NOTHING
                """)
        }
        let (first, second) = (Array("清安永平长宁泰临东"), Array("河山阳川原州泽丰源水"))
        try insert(Self.centre, .center, "应急管理部危化监测预警中心", nil, nil, in: &session)
        for index in 0..<min(enterprises, 2_700) {
            let place = region(index)
            let number = Int(place.county) ?? 0
            let (province, city, county) = (number / 10_000, number / 100 % 100, number % 10)
            let head = String(second[province % 10]) + String(first[province % 9])
            try insert(
                place.province, .province, head + "省应急管理厅", place.province, Self.centre, in: &session)
            let cityID = enterprises < 1_000 ? Self.city : place.city
            let cityName = String(first[city % 9]) + String(second[province % 10])
            try insert(cityID, .city, cityName + "市应急管理局", place.city, place.province, in: &session)
            let name = String(first[county % 9]) + String(second[(city + province) % 10])
            try insert(place.county, .county, name + "县应急管理局", place.county, cityID, in: &session)
        }
    }

    private func storeEnterprise(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let (id, place, at) = (Self.id(index), region(index), Self.registeredAt)
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, created_at)
            VALUES (\(id), \(Self.name(index)), \(place.county), \(place.county), \(at))
            """)
        let city = enterprises < 1_000 ? Self.city : place.city
        for authority in [Self.centre, place.province, city, place.county] {
            try session.execute("INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(id))")
        }
        for role in 0..<3 {
            try session.execute(
                """
                INSERT INTO person (id, enterprise_id, name, phone, created_at)
                VALUES (\(Self.person(index, role)), \(id), \("负责人\(index)-\(role)"), '13900000000', \(at))
                """)
        }
        if random.chance(0.99) {
            try session.execute(
                """
                INSERT INTO gateway (id, enterprise_id, key_hash, key_hint, created_at)
                VALUES (\("G" + id), \(id), \(Hash.sha256([UInt8](id.utf8))), 'b', \(at))
                """)
        }
        for source in sources(of: index) { try storeSource(source, of: index, &random, in: &session) }
    }

    private func storeSource(
        _ source: Int, of index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let (hazard, id, at) = (Self.hazard(source), Self.id(index), Self.registeredAt)
        let kind = ["液氨罐区", "甲醇罐区", "合成装置", "煤气柜"][source % 4] + "\(source % 9 + 1)"
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
            VALUES (\(hazard), \(id), \(kind), 'storage', \(source % 4 + 1), \(at))
            """)
        for (role, word) in ["principal", "technical", "operations"].enumerated() where random.chance(0.997) {
            try session.execute(
                """
                INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                VALUES (\("\(hazard)-\(role)"), \(hazard), \(word), \(Self.person(index, role)), \(at))
                """)
        }
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, name, tag, kind, unit, on_delay_ms, off_delay_ms,
                deadband, created_at)
            VALUES (\(Self.point(source)), \(id), \(hazard), \("\(kind)压力"), \("PT-\(2_000 + source % 900)"),
                'pressure', 'MPa', 0, 0, 0.0, \(at))
            """)
    }
}
