import AsyncHTTPClient
import Domain
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Operations
import ServiceLifecycle
import Services
import Storage
import Support
import Testing

@Suite(.serialized, .timeLimit(.minutes(20))) struct DispatcherTests {
    @Test func `a notice arrives once, signed, with its key`() async throws {
        let sink = try await HTTPSink.start()
        let post = try await PostOffice(["a": sink.url])

        try await post.post(to: "a", count: 5)
        try await post.running { try await post.wait { $0.allSatisfy { $0.state == "delivered" } } }

        let rows = try await post.rows()
        #expect(rows.count == 5)
        #expect(rows.allSatisfy { $0.attempts == 1 })
        #expect(sink.keys.sorted() == rows.map(\.key))
        let first = try #require(sink.received.first)
        let signature = try #require(first.head.headers.first(name: "X-Fengsui-Signature"))
        let seconds = try #require(Int64(signature.dropFirst(2).prefix { $0 != "," }))
        #expect(
            signature
                == WebhookSignature.header(
                    secret: "secret-a", at: Timestamp(milliseconds: seconds * 1_000), body: [UInt8](first.body.utf8)))
        let body = try JSON.parse(first.body)
        #expect(body["key"]?.string == first.key)
        #expect(body["level"]?.string == "red")
    }

    @Test func `a target that fails at first gets each notice again with the same key`() async throws {
        let sink = try await HTTPSink.start(.answer(500))
        let post = try await PostOffice(["a": sink.url])

        try await post.post(to: "a", count: 3)
        try await post.running {
            try await post.wait { $0.allSatisfy { $0.attempts >= 2 } }
            sink.behave(.answer(204))
            try await post.wait { $0.allSatisfy { $0.state == "delivered" } }
            try await Task.sleep(for: .milliseconds(300))
        }

        let rows = try await post.rows()
        #expect(Set(sink.keys) == Set(rows.map(\.key)))
        #expect(sink.keys.count == rows.reduce(0) { $0 + $1.attempts })
        #expect(try await post.attemptCount() == Int64(sink.keys.count))
    }

    @Test func `a dead and a silent target delay no other`() async throws {
        let alive = try await HTTPSink.start()
        let silent = try await HTTPSink.start(.silence)
        let dead = try await HTTPSink.start()
        let deadURL = dead.url
        let deadPort = dead.port
        try await dead.stop()
        let post = try await PostOffice(["alive": alive.url, "dead": deadURL, "silent": silent.url])

        let began = ContinuousClock.now
        for target in ["dead", "silent", "alive"] { try await post.post(to: target, count: 20) }
        try await post.running {
            try await post.wait { rows in rows.count { $0.state == "delivered" } == 20 }
            #expect(ContinuousClock.now - began < .seconds(50))
            #expect(Set(alive.keys).count == 20)
            try await post.wait { rows in rows.contains { $0.channel == "webhook:dead" && $0.attempts > 0 } }

            let revived = try await HTTPSink.start(port: deadPort)
            silent.behave(.answer(200))
            try await post.wait { $0.allSatisfy { $0.state == "delivered" } }
            #expect(revived.keys.count == 20)
        }
    }

    @Test func `a redirect is not followed`() async throws {
        let elsewhere = try await HTTPSink.start()
        let sink = try await HTTPSink.start(.redirect(to: elsewhere.url))
        let post = try await PostOffice(["a": sink.url])

        try await post.post(to: "a", count: 1)
        try await post.running { try await post.wait { $0[0].attempts >= 1 } }

        #expect(elsewhere.keys.isEmpty)
        #expect(try await post.rows()[0].state == "pending")
    }

    @Test func `after a restart what was not delivered is delivered`() async throws {
        let sink = try await HTTPSink.start(.answer(503))
        let post = try await PostOffice(["a": sink.url])

        try await post.post(to: "a", count: 4)
        try await post.running { try await post.wait { $0.allSatisfy { $0.attempts >= 1 } } }
        sink.behave(.answer(200))
        try await post.running { try await post.wait { $0.allSatisfy { $0.state == "delivered" } } }

        #expect(Set(sink.keys).count == 4)
    }

    @Test func `a webhook switched off is given up visibly`() async throws {
        let sink = try await HTTPSink.start()
        let post = try await PostOffice(["a": sink.url])

        try await post.post(to: "a", count: 1)
        try await post.store.write { session throws(StorageError) in
            _ = try WebhookStore.setEnabled("a", false, in: &session)
        }
        try await post.running { try await post.wait { $0[0].state == "failed" } }

        #expect(sink.keys.isEmpty)
    }
}

/// A store with an outbox, and the dispatcher over it.
struct PostOffice: Sendable {
    struct Row: Sendable {
        let key: String
        let channel: String
        let state: String
        let attempts: Int
    }

    let store: Store

    init(_ targets: [String: String]) async throws {
        store = try await Engine.sqliteFile.store()
        try await store.write { session throws(StorageError) in
            try session.execute("INSERT INTO authority (id, level, name, created_at) VALUES ('city', 'city', '市', 0)")
            for (id, url) in targets.sorted(by: { $0.key < $1.key }) {
                try WebhookStore.insert(
                    Webhook(
                        id: id, authority: "city", enterprise: nil, url: url, secret: "secret-\(id)", isEnabled: true),
                    at: Timestamp(milliseconds: 0), by: "admin", in: &session)
            }
        }
    }

    func post(to target: String, count: Int) async throws {
        let now = ServerClock().now()
        try await store.write { session throws(StorageError) in
            for number in 0..<count {
                try session.execute(
                    """
                    INSERT INTO outbox (key, warning_id, enterprise_id, step, kind, level, recipient_kind, recipient_id,
                        channel, message, target, is_late, created_at, state, attempts, next_attempt_at)
                    VALUES (\("\(target)/\(number)"), 'w1', 'e1', 'sent-red-1', 'sent', 'red', 'authority', 'city',
                        \("webhook:\(target)"), '一厂 罐区:红色预警', \(target), 0, \(now), 'pending', 0, \(now))
                    """)
            }
        }
    }

    func rows() async throws -> [Row] {
        try await store.read { session throws(StorageError) in
            try session.rows("SELECT key, channel, state, attempts FROM outbox ORDER BY key") {
                row throws(StorageError) in
                Row(key: row.next(), channel: row.next(), state: row.next(), attempts: row.next())
            }
        }
    }

    func attemptCount() async throws -> Int64? {
        try await store.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM delivery_attempt") { row throws(StorageError) in row.next() }
        }
    }

    func wait(until isDone: @Sendable ([Row]) -> Bool) async throws {
        for _ in 0..<4_000 {
            if isDone(try await rows()) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("waited in vain: \(try await rows())")
    }

    /// Runs the dispatcher beside the body.
    func running(_ body: @Sendable () async throws -> Void) async throws {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: WebhookChannel.configuration)
        let dispatcher = Dispatcher(
            store: store, clock: ServerClock(),
            channels: ["webhook": WebhookChannel(store: store, client: client, timeout: .seconds(1))],
            rule: RetryRule(base: .milliseconds(50), cap: .milliseconds(400), giveUpAfter: .hours(24)),
            hint: WakeHint(), seed: 1, pollInterval: .milliseconds(200), logger: Logger(label: "test"))
        let running = Task { try await dispatcher.run() }
        do { try await body() } catch {
            running.cancel()
            try await client.shutdown()
            throw error
        }
        running.cancel()
        try await running.value
        try await client.shutdown()
    }
}
