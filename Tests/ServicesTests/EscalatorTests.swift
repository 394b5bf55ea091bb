import Kernel
import Logging
import Services
import Storage
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20))) struct EscalatorTests {
    @Test func `deadlines are acted on when they come, and a hint saves the waiting`() async throws {
        let desk = try await Desk()
        let began = desk.clock.now()
        try await desk.set("soon", at: began + .milliseconds(300))

        try await desk.running(pollInterval: .seconds(600)) { hint in
            try await desk.wait { $0.contains("soon") }
            #expect(desk.clock.now() - began >= .milliseconds(300))
            try await desk.set("now", at: desk.clock.now())
            hint.wake()
            try await desk.wait { $0.contains("now") }
        }

        // Without the hint the poll would be ten minutes away.
        #expect(desk.clock.now() - began < .minutes(5))
    }

    @Test func `more than a batch is worked off at once`() async throws {
        let desk = try await Desk()
        let now = desk.clock.now()
        for number in 0..<600 { try await desk.set("w\(number)", at: now) }

        try await desk.running(pollInterval: .seconds(30)) { _ in try await desk.wait { $0.count == 600 } }

        #expect(desk.batches == [256, 256, 88])
    }

    @Test func `one that always fails does not hold up the others`() async throws {
        let desk = try await Desk(poison: "w1")
        let now = desk.clock.now()
        for number in 0..<5 { try await desk.set("w\(number)", at: now + .milliseconds(Int64(number))) }

        try await desk.running(pollInterval: .seconds(1)) { _ in
            try await desk.wait { $0 == ["w0", "w2", "w3", "w4"] }
        }
    }

    @Test func `what fell due while nobody was there is recovered first`() async throws {
        let desk = try await Desk()
        try await desk.set("missed", at: desk.clock.now() - .hours(5))

        try await desk.running(pollInterval: .seconds(30)) { _ in try await desk.wait { $0.contains("missed") } }

        #expect(desk.recovered == ["missed"])
        #expect(desk.batches.allSatisfy { $0 == 0 })
    }

    @Test func `the auditor tells late deadlines and stuck notices`() async throws {
        let desk = try await Desk()
        let auditor = Auditor(store: desk.store, clock: desk.clock, logger: Logger(label: "test"))
        #expect(try await auditor.look().get().isHealthy)

        let now = desk.clock.now()
        try await desk.set("late", at: now - .minutes(3))
        try await desk.set("notYet", at: now - .minutes(1))
        try await desk.store.write { session throws(StorageError) in
            for (key, age) in [("old", Interval.minutes(6)), ("young", .minutes(4))] {
                try session.execute(
                    """
                    INSERT INTO outbox (key, warning_id, enterprise_id, step, kind, level, recipient_kind,
                        recipient_id, channel, message, target, created_at, state, next_attempt_at)
                    VALUES (\(key), 'w', 'e', 's', 'sent', 'red', 'authority', 'a', 'webhook:h', 'm', 'h',
                        \(now - age), 'pending', \(now))
                    """)
            }
        }

        let report = try await auditor.look().get()
        #expect(!report.isHealthy)
        #expect(report.figures.due.count == 1)
        #expect(report.figures.due.oldest == now - .minutes(3))
        #expect(report.figures.pending.count == 1)
    }
}

/// A table of deadlines and a job that strikes them off.
final class Desk: Sendable {
    private struct State {
        var done: [String] = []
        var batches: [Int] = []
        var recovered: [String] = []
    }

    let store: Store
    let clock = ServerClock()
    private let poison: String?
    private let state = Mutex(State())

    init(poison: String? = nil) async throws {
        store = try await Engine.sqliteFile.store()
        self.poison = poison
    }

    var done: [String] { state.withLock { $0.done.sorted() } }
    var batches: [Int] { state.withLock { $0.batches } }
    var recovered: [String] { state.withLock { $0.recovered } }

    func set(_ id: String, at instant: Timestamp) async throws {
        try await store.write { session throws(StorageError) in
            try DueStore.set(.warning, id: id, at: instant, in: &session)
        }
    }

    func wait(until isDone: @Sendable ([String]) -> Bool) async throws {
        for _ in 0..<4_000 {
            if isDone(done) { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record("waited in vain: \(done)")
    }

    func running(pollInterval: Duration, _ body: @Sendable (WakeHint) async throws -> Void) async throws {
        let hint = WakeHint()
        let escalator = Escalator(
            store: store, clock: clock, jobs: [job], hint: hint, pollInterval: pollInterval,
            logger: Logger(label: "test"))
        let running = Task { try await escalator.run() }
        do { try await body(hint) } catch {
            running.cancel()
            throw error
        }
        running.cancel()
        try await running.value
    }

    private var job: DueJob {
        DueJob(
            kind: .warning,
            runDue: { now, limit in
                let ids = try await self.store.write { session throws(StorageError) in
                    let ids = try DueStore.due(.warning, through: now, limit: limit, in: &session).map(\.id)
                    for id in ids { try self.strike(id, in: &session) }
                    return ids
                }
                self.state.withLock {
                    $0.done += ids
                    $0.batches.append(ids.count)
                }
                return ids.count
            },
            runOne: { id, _ in
                try await self.store.write { session throws(StorageError) in try self.strike(id, in: &session) }
                self.state.withLock { $0.done.append(id) }
            },
            recover: { now in
                let ids = try await self.store.write { session throws(StorageError) in
                    let ids = try DueStore.due(
                        .warning, through: now - .seconds(60), limit: 1_000, in: &session
                    ).map(\.id)
                    for id in ids { try self.strike(id, in: &session) }
                    return ids
                }
                self.state.withLock {
                    $0.recovered += ids
                    $0.done += ids
                }
            })
    }

    private func strike(_ id: String, in session: inout Session) throws(StorageError) {
        if id == poison { throw .other(.init(message: "poison", statement: "")) }
        try DueStore.set(.warning, id: id, at: nil, in: &session)
    }
}
