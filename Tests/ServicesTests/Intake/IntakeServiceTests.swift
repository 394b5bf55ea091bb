import Domain
import Kernel
import Logging
import Operations
import Services
import Storage
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20))) struct IntakeServiceTests {
    static func store(_ engine: Engine) async throws -> Store {
        let store = try await engine.store()
        try await store.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, created_at)
                VALUES ('c', 'city', '市局', '140500', 0)
                """)
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, created_at)
                VALUES ('e1', '企业', '140525', 'c', 0)
                """)
            try session.execute(
                """
                INSERT INTO gateway (id, enterprise_id, key_hash, key_hint, created_at)
                VALUES ('gw', 'e1', \([UInt8](repeating: 1, count: 4)), 'x', 0)
                """)
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES ('h1', 'e1', '罐区', 'storage', 2, 0)
                """)
            for number in 0..<20 { try point("P\(number)", in: &session) }
        }
        return store
    }

    static func point(_ id: String, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, range_low, range_high, low_low, low,
                high, high_high, on_delay_ms, off_delay_ms, deadband, is_key, created_at)
            VALUES (\(id), 'e1', 'h1', \(id), 'level', 'm', 0.0, 12.0, 0.5, 1.0, 9.0, 10.0, 200, 0, 0.12, 1, 0)
            """)
    }

    static func service(
        _ store: Store, waiting: Int = 2_000, publish: @escaping @Sendable ([LogEntry]) -> Void = { _ in }
    ) async throws -> IntakeService {
        var configuration = IntakeService.Configuration()
        configuration.waitingCountMax = waiting
        configuration.tick = .milliseconds(20)
        configuration.registerCheck = .milliseconds(50)
        return try await IntakeService.start(
            store: store, clock: ServerClock(), configuration: configuration, logger: Logger(label: "test"),
            publish: publish)
    }

    static func body(seq: Int, point: String = "P0", value: Double = 5, gateway: String = "gw") -> [UInt8] {
        let now = ServerClock().now().milliseconds
        return [UInt8](
            """
            {"dataSourceCode":"\(gateway)","seq":\(seq),"type":"realtime",
            "datas":[{"targetCode":"\(point)","value":\(value),"collectTime":\(now)}]}
            """.utf8)
    }

    static func video(seq: Int, item: String) -> [UInt8] {
        Array(#"{"dataSourceCode":"gw","type":"video","seq":\#(seq),"datas":[{\#(item)}]}"#.utf8)
    }

    @Test(arguments: Engine.underTest) func `many uploads at once are each answered, and all are stored`(
        engine: Engine
    ) async throws {
        let store = try await Self.store(engine)
        let service = try await Self.service(store)
        try await withThrowingTaskGroup { tasks in
            for number in 0..<200 {
                tasks.addTask {
                    let answer = try await service.accept(
                        body: Self.body(seq: number, point: "P\(number % 20)", value: 5), gateway: "gw",
                        enterprise: "e1")
                    return answer.accepted == 1 && !answer.isDuplicate
                }
            }
            for try await isRight in tasks { #expect(isRight) }
        }
        let count = try await store.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM upload") { row throws(StorageError) in row.next() as Int }
        }
        #expect(count == 200)
        let verdict = try await store.read { session throws(StorageError) in try UploadChain.verify(in: &session) }
        guard case .intact = verdict else {
            Issue.record("the chain is broken: \(verdict)")
            return
        }
        #expect(service.latest(["P3", "nobody"]).map(\.value) == [5])
    }

    @Test func `an answer means stored: what is refused says why`() async throws {
        let service = try await Self.service(Self.store(.sqlite))
        let body = Self.body(seq: 1)
        #expect(try await service.accept(body: body, gateway: "gw", enterprise: "e1").isDuplicate == false)
        #expect(try await service.accept(body: body, gateway: "gw", enterprise: "e1").isDuplicate)
        let cases: [([UInt8], GatewayID, EnterpriseID, Int)] = [
            (Self.body(seq: 1, value: 6), "gw", "e1", 409), (Array("{".utf8), "gw", "e1", 400),
            (Self.body(seq: 2, gateway: "other"), "gw", "e1", 403), (Self.body(seq: 3), "gw", "e2", 403),
            (Array(#"{"dataSourceCode":"gw","type":"video","seq":1}"#.utf8), "gw", "e1", 422),
            (Self.video(seq: 9, item: #""videoCode":"V1","videoCode":"V2","online":1"#), "gw", "e1", 400),
        ]
        for (body, gateway, enterprise, status) in cases {
            let refusal = await #expect(throws: IntakeRefusal.self) {
                try await service.accept(body: body, gateway: gateway, enterprise: enterprise)
            }
            #expect(refusal?.status == status, "\(refusal?.detail ?? "")")
        }
        // What was refused as a whole took no sequence number: it can be sent again, mended.
        let mended = Self.video(seq: 9, item: #""videoCode":"V1","online":1,"videoName":"北墙","videoLocaleType":"中控室""#)
        let answer = try await service.accept(body: mended, gateway: "gw", enterprise: "e1")
        #expect(answer.accepted == 1 && !answer.isDuplicate)
        let heartbeat = Array(#"{"dataSourceCode":"gw","type":"heartbeat"}"#.utf8)
        #expect(try await service.accept(body: heartbeat, gateway: "gw", enterprise: "e1").accepted == 0)
    }

    @Test(arguments: Engine.underTest) func `delays run by the clock; what is logged is told after the commit`(
        engine: Engine
    ) async throws {
        let store = try await Self.store(engine)
        let told = Mutex<[String]>([])
        let service = try await Self.service(store) { entries in
            told.withLock { $0 += entries.map { "\($0.streamKind) \($0.kind)" } }
        }
        let running = Task { try await service.run() }
        _ = try await service.accept(body: Self.body(seq: 1, value: 11), gateway: "gw", enterprise: "e1")
        let deadline = ContinuousClock.now + .seconds(20)
        while told.withLock({ !$0.contains("alarm opened") }), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        running.cancel()
        _ = await running.result
        #expect(
            told.withLock { $0.filter { !$0.hasPrefix("presence") } }.starts(with: [
                "alarm opened", "risk levelChanged",
            ]))
        #expect(service.latest(["P0"]).first?.state == .highHigh)
    }

    @Test func `a new point is followed without a restart; a curve keeps its peaks`() async throws {
        let store = try await Self.store(.sqliteFile)
        let service = try await Self.service(store)
        try await store.write { session throws(StorageError) in
            try Self.point("NEW", in: &session)
            try session.append(
                LogEntry(
                    streamKind: "registry", streamID: "NEW", kind: "pointAdded", at: ServerClock().now(),
                    recordedAt: ServerClock().now(), actor: "test", payload: [:]))
        }
        try await service.followRegister()
        let now = ServerClock().now()
        let values = (0..<4_000).map { index in
            let value = index == 1_234 ? 8.75 : 5
            return #"{"targetCode":"NEW","value":\#(value),"collectTime":\#(now.milliseconds - Int64(4_000 - index))}"#
        }
        let body = #"{"dataSourceCode":"gw","seq":1,"type":"realtime","datas":[\#(values.joined(separator: ","))]}"#
        #expect(try await service.accept(body: Array(body.utf8), gateway: "gw", enterprise: "e1").accepted == 4_000)
        let curve = try await service.curve(
            of: "NEW", from: now - .minutes(1), to: now, scope: .enterprise("e1"), countMax: 200)
        #expect(curve?.count ?? 0 <= 200 && curve?.map(\.value).max() == 8.75)
        let whole = try await service.curve(of: "NEW", from: now - .seconds(2), to: now, scope: .system)
        #expect(whole?.count == 2_000)
        #expect(try await service.curve(of: "NEW", from: now, to: now, scope: .enterprise("e9")) == nil)
    }

    @Test func `a restart finds the last values, from the checkpoint and the uploads after it`() async throws {
        let store = try await Self.store(.sqliteFile)
        let first = try await Self.service(store)
        _ = try await first.accept(body: Self.body(seq: 1, point: "P1", value: 3.5), gateway: "gw", enterprise: "e1")
        try await first.storeCheckpoint()
        _ = try await first.accept(body: Self.body(seq: 2, point: "P2", value: 4.5), gateway: "gw", enterprise: "e1")
        let second = try await Self.service(store)
        #expect(second.latest(["P1", "P2", "P3"]).map(\.value) == [3.5, 4.5, nil])
    }
}
