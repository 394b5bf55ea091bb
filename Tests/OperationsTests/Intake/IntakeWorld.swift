import Domain
import Kernel
import Operations
import Storage
import Support
import Wire

/// A small works with a tank farm: four points of one source, one of none, and a neighbour's point.
struct IntakeWorld {
    let database: Database
    var table: PointTable
    var context: OperationContext
    private var seq: Int64 = 0

    static let start = Timestamp(milliseconds: 1_772_416_800_000)

    init(_ engine: Engine) throws {
        database = try engine.database()
        context = OperationContext(now: Self.start, actor: "system", ids: IdentifierSource(seed: 7))
        try database.write { session throws(StorageError) in try Self.register(in: &session) }
        table = try database.read { session throws(StorageError) in
            try PointTable.load(at: Self.start, in: &session)
        }
    }

    private static func register(in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO authority (id, level, name, region, parent_id, created_at)
            VALUES ('city', 'city', '市局', '140500', NULL, 0), ('county', 'county', '县局', '140525', 'city', 0)
            """)
        for id in ["e1", "e2"] {
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, created_at)
                VALUES (\(id), \("企业 " + id), '140525', 'county', 0)
                """)
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES ('city', \(id)), ('county', \(id))")
            try session.execute(
                """
                INSERT INTO gateway (id, enterprise_id, key_hash, key_hint, created_at)
                VALUES (\("gw-" + id), \(id), \([UInt8](id.utf8)), 'x', 0)
                """)
        }
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
            VALUES ('h1', 'e1', '罐区', 'storage', 2, 0)
            """)
        try point("L1", "e1", "h1", .level, on: 5_000, in: &session)
        try point("T1", "e1", "h1", .temperature, on: 0, in: &session)
        try point("G1", "e1", "h1", .toxicGas, on: 0, in: &session)
        try point("G2", "e1", "h1", .toxicGas, on: 0, in: &session)
        try point("F1", "e1", nil, .flow, on: 0, in: &session)
        try point("X1", "e2", nil, .level, on: 0, in: &session)
    }

    private static func point(
        _ id: String, _ enterprise: String, _ hazard: String?, _ quantity: Quantity, on delay: Int64,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, low_low, low,
                high, high_high, on_delay_ms, off_delay_ms, deadband, is_key, created_at)
            VALUES (\(id), \(enterprise), \(hazard), \("点位 " + id), \(quantity), 'm', 0.0, 12.0, 0.5, 1.0, 9.0, 10.0,
                \(delay), 0, 0.12, 1, 0)
            """)
    }
}

extension IntakeWorld {
    static func at(_ second: Int64) -> Timestamp { start + .seconds(second) }

    struct Value {
        var point: String
        var value: Double?
        var second: Int64
        var members: [JSON.Member] = []

        init(_ point: String, _ value: Double?, _ second: Int64, _ members: JSON.Member...) {
            self.point = point
            self.value = value
            self.second = second
            self.members = members
        }
    }

    static func body(_ values: [Value], seq: Int64, gateway: String = "gw-e1", epoch: String? = nil) -> [UInt8] {
        let datas = values.map { value in
            JSON.object(
                [
                    JSON.Member("targetCode", .string(value.point)),
                    JSON.Member("value", value.value.map { .number($0) } ?? .null),
                    JSON.Member("collectTime", .integer(at(value.second).milliseconds)),
                ] + value.members)
        }
        var members: [JSON.Member] = [
            JSON.Member("dataSourceCode", .string(gateway)), JSON.Member("seq", .integer(seq)),
            JSON.Member("type", "realtime"), JSON.Member("datas", .array(datas)),
        ]
        if let epoch { members.append(JSON.Member("epoch", .string(epoch))) }
        return [UInt8](JSON.object(members).text.utf8)
    }

    func submission(_ body: [UInt8], gateway: String = "gw-e1", at second: Int64) throws -> IntakeSubmission {
        var message = UploadMessage()
        try UploadScanner.scan(body, directory: table.directory, into: &message)
        return IntakeSubmission(
            gateway: GatewayID(gateway), enterprise: EnterpriseID(String(gateway.dropFirst(3))),
            received: Self.at(second), message: message, bodyHash: Hash.sha256(body))
    }

    /// One upload, received at a second.
    @discardableResult
    mutating func upload(_ values: Value..., at second: Int64) throws -> IntakeOutcome {
        seq += 1
        return try accept([submission(Self.body(values, seq: seq), at: second)], at: second)[0]
    }

    mutating func accept(_ submissions: [IntakeSubmission], at second: Int64) throws -> [IntakeOutcome] {
        context.now = Self.at(second)
        return try transaction { table, context, session throws(StorageError) in
            try IntakeOperations.accept(submissions, table: &table, context: &context, in: &session)
        }
    }

    /// The clock alone: points, exemptions, levels.
    mutating func elapse(to second: Int64) throws {
        context.now = Self.at(second)
        try transaction { table, context, session throws(StorageError) in
            try IntakeOperations.elapse(table: &table, context: &context, in: &session)
        }
        try transaction { table, context, session throws(StorageError) in
            try table.begin(in: &session)
            while try RiskOperations.runDue(table: &table, context: &context, in: &session) == 256 {}
            try table.finish(in: &session)
        }
    }

    /// As the server does it: the table is shared, so a failure leaves what the body did to it.
    mutating func transaction<T, E: TransactionFailure>(
        _ body: (inout PointTable, inout OperationContext, inout Session) throws(E) -> T
    ) throws(E) -> T {
        var table = self.table
        var context = self.context
        defer {
            self.table = table
            self.context = context
        }
        return try database.write { session throws(E) in try body(&table, &context, &session) }
    }

    /// As after `kill -9`: only the database is left.
    mutating func restart(at second: Int64) throws {
        let instant = Self.at(second)
        table = try database.read { session throws(StorageError) in try PointTable.load(at: instant, in: &session) }
    }

    /// `L1 high normal recovered` for each alarm, oldest first: point, worst, current, dispel type.
    func alarms() throws -> [String] {
        try database.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT point_id, worst_state, current_state, dispel_type, opened_at, cleared_at, occurrences FROM alarm
                ORDER BY opened_at, id
                """
            ) { row throws(StorageError) in
                let point: String = row.next()
                let worst: String = row.next()
                let current: String = row.next()
                let type: String? = row.next()
                let opened = ((row.next() as Timestamp) - Self.start).seconds
                let cleared = (row.next() as Timestamp?).map { String(($0 - Self.start).seconds) } ?? ""
                let occurrence: Int = row.next()
                return "\(point) \(worst) \(current) \(opened)-\(cleared) \(type ?? "open") \(occurrence)"
            }
        }
    }

    func level() throws -> Level? {
        try database.read { session throws(StorageError) in
            try session.first("SELECT level FROM risk WHERE hazard_id = 'h1'") { row throws(StorageError) in row.next()
            }
        }
    }

    func findings() throws -> [String: Int] {
        let rows = try database.read { session throws(StorageError) in
            try session.rows("SELECT rule, count FROM finding ORDER BY rule") { row throws(StorageError) in
                (row.next() as String, row.next() as Int)
            }
        }
        return Dictionary(rows, uniquingKeysWith: +)
    }

    func count(_ table: SQL) throws -> Int {
        try database.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM \(table)") { row throws(StorageError) in row.next() as Int } ?? 0
        }
    }
}
