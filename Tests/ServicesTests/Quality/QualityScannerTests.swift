import Domain
import Kernel
import Logging
import Operations
import Services
import Storage
import Support
import Testing

/// From stored uploads to a finding with its curve: the scanner on the real store.
@Suite(.timeLimit(.minutes(20))) struct QualityScannerTests {
    /// Three days before today: as old as late values get.
    private static let start = Day(number: Day(ServerClock().now()).number - 3)

    private static func context(_ now: Timestamp) -> OperationContext {
        OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: UInt64(now.milliseconds)))
    }

    /// An hour of honest noise around a slow wave, one reading every five seconds.
    private static func values(day: Int32, seed: UInt64, hours: Int = 6) -> [(Timestamp, Double)] {
        var generator = SeededGenerator(seed: seed)
        let begin = Day(number: day).start + .hours(8)
        return (0..<hours * 720).map { index in
            let wave = 5 + abs(Double(index % 2_000) / 1_000 - 1)
            let value = ((wave + generator.normal() * 0.01) * 1_000).rounded() / 1_000
            return (begin + .seconds(Int64(index) * 5), value)
        }
    }

    private static func upload(_ values: [(Timestamp, Double)], seq: inout Int, to service: IntakeService) async throws
    {
        for start in stride(from: 0, to: values.count, by: 720) {
            seq += 1
            let part = values[start..<min(values.count, start + 720)].map { at, value in
                "{\"targetCode\":\"P0\",\"value\":\(value),\"collectTime\":\(at.milliseconds),\"backfill\":true}"
            }
            let body =
                "{\"dataSourceCode\":\"gw\",\"seq\":\(seq),\"type\":\"realtime\",\"datas\":["
                + part.joined(separator: ",") + "]}"
            let answer = try await service.accept(body: [UInt8](body.utf8), gateway: "gw", enterprise: "e1")
            #expect(answer.accepted == part.count)
        }
    }

    @Test func `An enterprise whose day cannot be stored holds up nobody`() async throws {
        let store = try await IntakeServiceTests.store(.sqlite)
        try await store.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, created_at)
                VALUES ('e2', '第二家', '140525', 'c', 0)
                """)
            try session.execute(
                """
                CREATE TRIGGER broken BEFORE INSERT ON quality_score WHEN NEW.enterprise_id = 'e1'
                BEGIN SELECT RAISE(ABORT, 'broken'); END
                """)
            try QualityScanStore.ask(day: Self.start, at: Self.start.start, in: &session)
        }
        let scanner = QualityScanner(
            store: store, clock: ServerClock(), context: Self.context, publish: { _ in }, poll: .milliseconds(20),
            logger: Logger(label: "test"))
        let running = Task { try await scanner.run() }
        func waiting() async throws -> [EnterpriseID] {
            try await store.read { session throws(StorageError) in
                try QualityScanStore.waiting(limit: 9, in: &session).map(\.enterprise)
            }
        }
        while try await waiting() != ["e1"] { try await Task.sleep(for: .milliseconds(20)) }
        try await store.write { session throws(StorageError) in try session.execute("DROP TRIGGER broken") }
        while try await !waiting().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        running.cancel()
        try? await running.value
    }

    @Test(arguments: Engine.underTest)
    func `A scan that is stopped judges nothing, and is there again at the next start`(engine: Engine) async throws {
        let store = try await IntakeServiceTests.store(engine)
        let service = try await IntakeServiceTests.service(store)
        var seq = 0
        try await Self.upload(Self.values(day: Self.start.number, seed: 1, hours: 1), seq: &seq, to: service)
        try await store.write { session throws(StorageError) in
            try QualityScanStore.ask(day: Self.start, at: Self.start.start, in: &session)
        }
        let scanner = QualityScanner(
            store: store, clock: ServerClock(), context: Self.context, publish: { _ in },
            logger: Logger(label: "test"))
        let stopped = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await scanner.step()
        }
        stopped.cancel()
        _ = try? await stopped.value
        let judged = try await store.read { session throws(StorageError) in
            (
                try QualityScanStore.next(in: &session)?.day,
                try QualityStore.scores(day: Self.start, scope: .system, in: &session).count
            )
        }
        #expect(judged.0 == Self.start && judged.1 == 0)
        #expect(try await scanner.step())
        let scores = try await store.read { session throws(StorageError) in
            try QualityStore.scores(day: Self.start, scope: .system, in: &session)
        }
        #expect(scores.first?.tally[.accuracy].denominator == 720)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-23 SJ-28 yesterday sent again today is found in the stored uploads, with both curves`(
        engine: Engine
    ) async throws {
        let store = try await IntakeServiceTests.store(engine)
        let service = try await IntakeServiceTests.service(store)
        var seq = 0
        let first = Self.values(day: Self.start.number, seed: 1)
        let second = Self.values(day: Self.start.number + 1, seed: 2)
        try await Self.upload(first, seq: &seq, to: service)
        try await Self.upload(second, seq: &seq, to: service)
        // The third day is the second again, a little higher and half an hour later.
        let third = second.map { ($0.0 + .days(1) + .minutes(30), $0.1 + 0.02) }
        try await Self.upload(third.map { ($0.0, ($0.1 * 1_000).rounded() / 1_000) }, seq: &seq, to: service)
        try await store.write { session throws(StorageError) in
            for day in 0..<3 {
                try QualityScanStore.ask(
                    day: Day(number: Self.start.number + Int32(day)), at: Self.start.start, in: &session)
            }
        }
        let scanner = QualityScanner(
            store: store, clock: ServerClock(), context: Self.context, publish: { _ in },
            logger: Logger(label: "test"))
        for _ in 0..<3 { #expect(try await scanner.step()) }
        #expect(try await scanner.step() == false)
        let found = try await store.read { session throws(StorageError) in
            var filter = QualityFindingListing.Filter()
            filter.rules = [.replayed, .repeated, .frozen, .tooSmooth, .clamped, .interpolated]
            return try QualityFindingListing.all(
                filter, scope: .system, now: Self.start.start, limit: 10, in: &session)
        }
        #expect(found.map(\.rule) == [.replayed])
        let finding = try #require(found.first)
        #expect(finding.point == "P0" && finding.state == .found)
        let marks = try #require(try JSON.parse(finding.evidence ?? "")["marks"]?.array)
        #expect(marks.count == 2 && marks[1]["source"]?.bool == true)
        #expect(marks.allSatisfy { ($0["curve"]?.array?.count ?? 0) > 100 })
        let scores = try await store.read { session throws(StorageError) in
            try QualityStore.scores(day: Day(number: Self.start.number + 2), scope: .system, in: &session)
        }
        // Twenty points are registered, one sent and is suspected.
        let tally = try #require(scores.first?.tally)
        #expect(tally[.truth] == .init(0, of: 1))
        #expect(tally[.accuracy].denominator == third.count)
    }
}
