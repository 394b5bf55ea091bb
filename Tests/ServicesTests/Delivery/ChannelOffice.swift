import AsyncHTTPClient
import Domain
import Foundation
import Kernel
import Logging
import NIOCore
import Operations
import Services
import Storage
import Support
import Testing

/// A county, an enterprise with three responsible persons, the channels of a test, and the dispatcher over them.
struct ChannelOffice: Sendable {
    struct Row: Sendable {
        let key: String
        let channel: String
        let level: String
        let state: String
        let attempts: Int
        let parcel: String?
        let detail: String?
    }

    let store: Store

    init(engine: Engine = .sqliteFile) async throws {
        store = try await engine.store()
        try await store.write { session throws(StorageError) in
            for sql: SQL in [
                "INSERT INTO authority (id, level, name, created_at) VALUES ('province', 'province', '省厅', 0)",
                """
                INSERT INTO authority (id, level, name, parent_id, created_at)
                VALUES ('city', 'city', '市局', 'province', 0)
                """,
                """
                INSERT INTO authority (id, level, name, parent_id, phone, created_at)
                VALUES ('county', 'county', '县局', 'city', '0356-110', 0)
                """,
                """
                INSERT INTO enterprise (id, name, region, regulator_id, phone, created_at)
                VALUES ('E', '一厂', '140521', 'county', '0356-700-7119', 0)
                """,
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES ('H', 'E', '罐区', 'tank', 1, 0)
                """,
            ] { try session.execute(sql) }
            for authority in ["county", "city", "province"] {
                try session.execute("INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), 'E')")
            }
            for (number, role) in ResponsibleRole.allCases.enumerated() {
                let id = "U\(number + 1)"
                try session.execute(
                    """
                    INSERT INTO person (id, enterprise_id, name, phone, email, created_at)
                    VALUES (\(id), 'E', \("甲乙丙".map(String.init)[number]), \("1390000000\(number + 1)"),
                        \(number == 0 ? "jia@example.cn" : nil), 0)
                    """)
                try session.execute(
                    """
                    INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                    VALUES (\("R" + id), 'H', \(role), \(id), 0)
                    """)
            }
        }
    }

    func add(
        _ id: String, _ kind: ChannelKind, owner: ChannelRecord.Owner = .authority("county"),
        secrets: [String: String] = [:], limit: Int? = nil, stage: ChannelStage = .first, notices: Bool = false,
        levels: Set<Level> = Set(Level.warnings), change: @Sendable (inout ChannelSettings) -> Void = { _ in }
    ) async throws {
        var settings = ChannelSettings()
        change(&settings)
        let channel = ChannelRecord(
            id: id, kind: kind, name: id, owner: owner, isEnabled: true, levels: levels, takesNotices: notices,
            stage: stage, limitPerMinute: limit, settings: settings, secrets: secrets)
        try await store.write { session throws(StorageError) in
            try ChannelStore.save(channel, at: Timestamp(milliseconds: 0), by: "admin", in: &session)
        }
    }

    /// One step of one warning to recipients, as operations post it.
    func post(
        _ warning: WarningID, _ level: Level, to recipients: [Recipient] = [.authority("county")],
        reach: OutboxStore.Reach = .first
    ) async throws {
        let now = ServerClock().now()
        try await store.write { session throws(StorageError) in
            for recipient in recipients {
                var row = OutboxStore.Row(
                    warning: warning, enterprise: "E", step: "sent-\(level.name)-1", kind: "sent", level: level,
                    recipient: recipient, message: "一厂 罐区:\(warning)", isLate: false, createdAt: now)
                row.reach = reach
                try OutboxStore.post(row, in: &session)
            }
        }
    }

    /// Everything but the inbox.
    func rows() async throws -> [Row] {
        try await store.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT key, channel, level, state, attempts, parcel, last_error FROM outbox WHERE channel <> 'portal'
                ORDER BY key
                """
            ) { row throws(StorageError) in
                Row(
                    key: row.next(), channel: row.next(), level: row.next(), state: row.next(), attempts: row.next(),
                    parcel: row.next(), detail: row.next())
            }
        }
    }

    func wait(_ what: String = "", until isDone: @Sendable ([Row]) -> Bool) async throws {
        for _ in 0..<1_200 {
            if isDone(try await rows()) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("waited in vain: \(what) \(try await rows().prefix(4))")
    }

    func delivered() async throws { try await wait("delivered") { $0.allSatisfy { $0.state == "delivered" } } }

    /// Runs the dispatcher beside the body.
    func running(
        timeout: TimeAmount = .seconds(15), mail: MailTransport = MailTransport(),
        _ body: @Sendable () async throws -> Void
    ) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: WebhookChannel.configuration)
        let dispatcher = Dispatcher(
            store: store, clock: ServerClock(),
            channels: ConfiguredChannel.all(
                store: store, client: client, mail: mail, site: "https://aq.example.cn/", timeout: timeout),
            rule: RetryRule(base: .milliseconds(50), cap: .milliseconds(400), giveUpAfter: .hours(24)),
            hint: WakeHint(), seed: 1, pollInterval: .milliseconds(200), logger: Logger(label: "test"))
        let running = Task { try await dispatcher.run() }
        var failure: (any Error)?
        do { try await body() } catch { failure = error }
        running.cancel()
        try await running.value
        try await client.shutdown()
        if let failure { throw failure }
    }
}

/// HMAC-SHA256 and Base64 worked out by other means than the platform's.
enum Independent {
    static func hmac(key: String, _ message: String) -> String {
        var block = Array(key.utf8)
        if block.count > 64 { block = SHA256.digest(block) }
        block += Array(repeating: 0, count: 64 - block.count)
        let inner = SHA256.digest(block.map { $0 ^ 0x36 } + Array(message.utf8))
        return Data(SHA256.digest(block.map { $0 ^ 0x5c } + inner)).base64EncodedString()
    }

    /// The value of a query's name, decoded.
    static func query(_ name: String, of address: String) -> String? {
        URLComponents(string: "http://h" + address)?.queryItems?.first { $0.name == name }?.value
    }
}
