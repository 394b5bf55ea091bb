import AsyncHTTPClient
import Domain
import Kernel
import Logging
import Operations
import Services
import Storage
import Support
import Testing

/// The auditor: each damage made in the database, found, shown and closed again; and who tells that it is dead.
@Suite(.serialized, .timeLimit(.minutes(10))) struct WatchTests {
    private struct World {
        let office: ChannelOffice
        let clock = ServerClock()
        let auditor: Auditor

        init(_ engine: Engine) async throws {
            office = try await ChannelOffice(engine: engine)
            auditor = Auditor(store: office.store, clock: clock, logger: Logger(label: "test"))
        }

        func raise(_ level: Level) async throws {
            let now = clock.now()
            try await office.store.write { session throws(StorageError) in
                var context = OperationContext(now: now, actor: "model", ids: IdentifierSource(seed: 3))
                try WarningOperations.riskChanged(
                    hazard: "H", to: level, cause: [:], context: &context, in: &session)
            }
        }

        func damage(_ statements: SQL...) async throws {
            try await office.store.write { session throws(StorageError) in
                for sql in statements { try session.execute(sql) }
            }
        }

        /// Looks, and what then stands as open.
        func look(scope: Scope = .system) async throws -> [WatchFinding.Kind] {
            let report = try await auditor.look().get()
            let open = try await office.store.read { session throws(StorageError) in
                try WatchFindingStore.open(scope: .system, limit: 100, in: &session)
            }
            #expect(open.count == report.findings.count)
            return try await office.store.read { session throws(StorageError) in
                try WatchFindingStore.open(scope: scope, limit: 100, in: &session)
            }.map(\.kind)
        }

        func events() async throws -> [String] {
            try await office.store.read { session throws(StorageError) in
                try session.rows("SELECT kind FROM log WHERE stream_kind = 'watch' ORDER BY sequence") {
                    row throws(StorageError) in row.next() as String
                }
            }
        }
    }

    @Test(arguments: Engine.underTest) func `a warning without a future step is found, and closed when mended`(
        engine: Engine
    ) async throws {
        let world = try await World(engine)
        try await world.raise(.red)
        #expect(try await world.look() == [])
        try await world.damage("DELETE FROM due WHERE kind = 'warning'")
        #expect(try await world.look() == [.stepless])
        // Told once, however often it is looked at; seen by the county and by nobody else's.
        #expect(try await world.look(scope: .authority("county")) == [.stepless])
        #expect(try await world.look(scope: .authority("elsewhere")) == [])
        #expect(try await world.events() == ["opened"])
        let later = world.clock.now() + .minutes(30)
        try await world.damage("INSERT INTO due (kind, id, at) SELECT 'warning', id, \(later) FROM warning")
        #expect(try await world.look() == [])
        #expect(try await world.events() == ["opened", "closed"])
    }

    @Test func `an unacknowledged warning that nothing climbs for is found`() async throws {
        let world = try await World(.sqliteFile)
        try await world.raise(.orange)
        try await world.damage("DELETE FROM due WHERE kind = 'climb'")
        #expect(try await world.look() == [.stepless])
        try await world.damage("UPDATE climb SET last_step = 'desk'")
        #expect(try await world.look() == [])
        try await world.damage("DELETE FROM climb")
        #expect(try await world.look() == [.stepless])
    }

    @Test func `a warning that is in the log and not in the tables is found`() async throws {
        let world = try await World(.sqliteFile)
        try await world.raise(.yellow)
        try await world.damage("DELETE FROM warning", "DELETE FROM due", "DELETE FROM climb")
        #expect(try await world.look() == [.lostWarning])
    }

    @Test(arguments: Engine.underTest) func `each deadline that is over two minutes late is found`(
        engine: Engine
    ) async throws {
        let world = try await World(engine)
        let now = world.clock.now()
        try await world.damage(
            "INSERT INTO due (kind, id, at) VALUES ('duty', 'a', \(now - .minutes(3)))",
            "INSERT INTO due (kind, id, at) VALUES ('patrol', 'b', \(now - .seconds(121)))",
            "INSERT INTO due (kind, id, at) VALUES ('patrol', 'c', \(now - .seconds(60)))")
        #expect(try await world.look() == [.lateDeadline, .lateDeadline])
        #expect(try await world.look(scope: .authority("county")).count == 2)
        try await world.damage("DELETE FROM due")
        #expect(try await world.look() == [])
    }

    @Test func `rows that wait too long are found, by their channel`() async throws {
        let world = try await World(.sqliteFile)
        try await world.office.add("C1", .dingtalk, secrets: ["address": "http://127.0.0.1:9/x"])
        try await world.office.post("W1", .red)
        let now = world.clock.now()
        #expect(try await world.look() == [])
        try await world.damage(
            "UPDATE outbox SET created_at = \(now - .minutes(6)), next_attempt_at = \(now + .minutes(1))")
        #expect(try await world.look(scope: .authority("county")) == [.stuckDelivery])
        #expect(try await world.look(scope: .authority("city")) == [])
        #expect(world.auditor.report.map { (try? $0.get().figures.pending.count) ?? 0 } == 1)
    }

    @Test func `a channel that fails three times in a row is found, and closed by its next success`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"errcode":300001,"errmsg":"token is not exist"}"#))
        let world = try await World(.sqliteFile)
        try await world.office.add("C1", .dingtalk, secrets: ["address": sink.url])
        try await world.office.post("W1", .red)
        try await world.office.running {
            try await world.office.wait("three") { $0.allSatisfy { $0.attempts >= 3 } }
            #expect(try await world.look() == [.failingChannel])
            sink.behave(.say(#"{"errcode":0}"#))
            try await world.office.delivered()
        }
        #expect(try await world.look() == [])
    }

    @Test func `a channel that is silent with something due is found: the dispatcher is dead`() async throws {
        let world = try await World(.sqliteFile)
        try await world.office.add("C1", .wecom, secrets: ["address": "http://127.0.0.1:9/x"])
        try await world.office.post("W1", .red)
        let now = world.clock.now()
        try await world.damage("UPDATE outbox SET next_attempt_at = \(now - .minutes(3)) WHERE state = 'pending'")
        #expect(try await world.look() == [.failingChannel])
    }

    @Test func `the heartbeat beats while the audit can be trusted, and is silent when it is stopped or blind`()
        async throws
    {
        let sink = try await HTTPSink.start(.answer(200))
        let world = try await World(.sqliteFile)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: WebhookChannel.configuration)
        let heart = Heartbeat(
            url: sink.url, auditor: world.auditor, clock: world.clock, client: client, logger: Logger(label: "test"))
        // Never looked: no beat.
        #expect(await heart.beat() == false)
        _ = await world.auditor.look()
        #expect(await heart.beat())
        #expect(sink.received.count == 1)
        // Found something: still to be trusted.
        try await world.damage("INSERT INTO due (kind, id, at) VALUES ('duty', 'a', 1)")
        _ = await world.auditor.look()
        #expect(await heart.beat())
        // Stopped: three minutes later nobody may take its word.
        #expect(!world.auditor.isTrusted(at: world.clock.now() + .minutes(3)))
        // Blind: a look that cannot read is none.
        try await world.damage("DROP TABLE watch_finding")
        _ = await world.auditor.look()
        #expect(await heart.beat() == false)
        #expect(sink.received.count == 2)
        try await client.shutdown()
    }
}
