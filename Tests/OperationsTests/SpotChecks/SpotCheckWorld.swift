import Domain
import Kernel
import Operations
import Storage
import Support

/// A nation in small: centre, province, city, two counties, a second regulator, a park, and some enterprises.
struct SpotCheckWorld {
    let database: Database
    var context: OperationContext

    /// 2026-11-23, a Monday.
    static let day = Day(year: 2026, month: 11, day: 23)!
    static let offices = ["center", "province", "city", "qinshui", "energy", "zezhou", "park"]

    init(_ engine: Engine, enterprises count: Int = 14, at now: Timestamp = day.start) throws {
        database = try engine.database()
        context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 11))
        try database.write { session throws(StorageError) in
            try Self.offices(in: &session)
            for number in 0..<count { try Self.enterprise(number, in: &session) }
            // The log has a past, so that the seed of the first day is a real one.
            try session.append(
                LogEntry(
                    streamKind: "registry", streamID: "x", kind: "made", at: Self.day.start - .hours(9),
                    recordedAt: Self.day.start - .hours(9), actor: "system", payload: [:]))
        }
    }

    private static func offices(in session: inout Session) throws(StorageError) {
        let rows: [(String, AuthorityLevel, String, String?, String?)] = [
            ("ministry", .ministry, "应急管理部", nil, nil), ("center", .center, "监测预警中心", nil, nil),
            ("province", .province, "山西省应急管理厅", "140000", nil),
            ("city", .city, "晋城市应急管理局", "140500", "province"),
            ("qinshui", .county, "沁水县应急管理局", "140521", "city"),
            ("energy", .county, "沁水县能源局", "140521", "city"),
            ("zezhou", .county, "泽州县应急管理局", "140525", "city"), ("park", .park, "巴公园区", nil, "zezhou"),
        ]
        for (id, level, name, region, parent) in rows {
            let covers = id != "energy" && id != "park"
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, phone, covers_region, created_at)
                VALUES (\(id), \(level), \(name), \(region), \(parent), '0356-000-1190', \(covers), 0)
                """)
        }
    }

    /// 0–3 Qinshui, 4–5 the energy bureau alone, 6–9 Zezhou, the rest Zezhou's park.
    private static func enterprise(_ number: Int, in session: inout Session) throws(StorageError) {
        let regulator = number < 4 ? "qinshui" : number < 6 ? "energy" : "zezhou"
        let park: String? = number < 10 ? nil : "park"
        let id = "E\(number)"
        try session.execute(
            """
            INSERT INTO enterprise (id, name, region, regulator_id, park_id, industry, created_at)
            VALUES (\(id), \("企业\(number)"), \(number < 6 ? "140521" : "140525"), \(regulator), \(park),
                \(number % 3 == 0 ? "涂料制造" : "合成氨"), 0)
            """)
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
            VALUES (\("H\(number)"), \(id), \("罐区\(number)"), 'storage', 2, 0)
            """)
        for office in [regulator, park, "city", "province", "center", "ministry"].compactMap({ $0 }) {
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(office), \(id))")
        }
    }
}

extension SpotCheckWorld {
    static func at(_ hour: Int64, _ minute: Int64 = 0) -> Timestamp { day.start + .minutes(hour * 60 + minute) }

    @discardableResult
    mutating func write<T, E: TransactionFailure>(
        _ body: (inout OperationContext, inout Session) throws(E) -> T
    ) throws(E) -> T {
        var context = self.context
        defer { self.context = context }
        return try database.write { session throws(E) in try body(&context, &session) }
    }

    func read<T>(_ body: (inout Session) throws(StorageError) -> T) throws -> T {
        try database.read { session throws(StorageError) in try body(&session) }
    }

    /// Lets time pass as the server does: every deadline in its turn.
    mutating func elapse(to instant: Timestamp) throws {
        while let next = try read({ session throws(StorageError) in
            try session.first(
                "SELECT at FROM due WHERE kind IN ('spotCheck', 'problem') AND at <= \(instant) ORDER BY at LIMIT 1"
            ) { row throws(StorageError) in row.next() as Timestamp }
        }) {
            context.now = max(next, context.now)
            try act()
        }
        context.now = instant
    }

    /// What is due now, once.
    mutating func act() throws {
        try write { context, session throws(StorageError) in
            while try SpotCheckOperations.runDue(context: &context, in: &session) == 256 {}
            while try ProblemOperations.runDue(context: &context, in: &session) == 256 {}
        }
    }

    mutating func start(at instant: Timestamp = SpotCheckWorld.day.start) throws {
        context.now = instant
        try write { context, session throws(StorageError) in
            try SpotCheckOperations.arm(context: &context, in: &session)
        }
        try act()
    }

    mutating func level(_ number: Int, _ level: Level, at instant: Timestamp) throws {
        context.now = instant
        try write { context, session throws(StorageError) in
            try WarningOperations.riskChanged(
                hazard: HazardID("H\(number)"), to: level, cause: [:], context: &context, in: &session)
        }
    }

    func list(_ office: AuthorityID, on day: Day = SpotCheckWorld.day) throws -> [SpotCheckListing] {
        try read { session throws(StorageError) in
            try SpotCheckListing.all(of: office, on: day, scope: .system, in: &session)
        }
    }

    func must(_ office: AuthorityID, on day: Day = SpotCheckWorld.day) throws -> Set<String> {
        Set(try list(office, on: day).filter { $0.category == .must && !$0.isDeferred }.map(\.enterprise.rawValue))
    }

    func completion(_ office: AuthorityID, on day: Day = SpotCheckWorld.day) throws -> SpotCheckCompletion? {
        try read { session throws(StorageError) in
            try SpotCheckListing.offices(on: day, scope: .system, in: &session).first { $0.office == office }?
                .completion
        }
    }

    func notices(to recipient: String, like title: String) throws -> Int {
        try read { session throws(StorageError) in
            try session.first(
                """
                SELECT count(*) FROM outbox WHERE recipient_id = \(recipient) AND channel = 'portal'
                    AND title LIKE \("%" + title + "%")
                """
            ) { row throws(StorageError) in row.next() as Int } ?? 0
        }
    }

    /// A whole check by an office: opened, filled in, submitted.
    @discardableResult
    mutating func check(
        _ number: Int, by office: AuthorityID, problem: String? = nil, violation: Bool = false
    ) throws -> SpotCheckID {
        let id = try write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.open(
                EnterpriseID("E\(number)"), office: office, inspectors: "王敏", contact: "0356-000-1190",
                context: &context, in: &session)
        }
        try write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.submit(
                id, { Self.fill(&$0, problem: problem, violation: violation) },
                finding: problem == nil ? .none : .problem, scope: .authority(office), context: &context, in: &session)
        }
        return id
    }

    static func fill(_ record: inout SpotCheckRecord, problem: String? = nil, violation: Bool = false) {
        for item in SpotCheckContent.allCases { record.verdicts[item] = .sound }
        if let problem {
            record.verdicts[.online] = .problem
            record.notes[.online] = problem
        }
        record.videoNote = "无"
        record.watch = "在岗"
        record.other = "无"
        record.hasCameraViolation = violation
    }
}
