import Domain
import Kernel
import Operations
import Services
import Storage
import Support
import Testing

/// Mails, received by aiosmtpd.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MailTests {
    private func office(
        _ server: MailServer, _ security: ChannelSettings.Security = .none, username: String = "",
        password: String = "", limit: Int? = nil
    ) async throws -> ChannelOffice {
        let office = try await ChannelOffice()
        let port = server.port
        try await office.add(
            "M", .email, owner: .authority("county"), secrets: ["password": password], limit: limit
        ) { settings in
            settings.host = "127.0.0.1"
            settings.port = port
            settings.security = security
            settings.username = username
            settings.sender = "alarm@aq.example.cn"
            settings.addresses = ["duty@county.example.cn", "chief@county.example.cn"]
        }
        return office
    }

    @Test func `a mail arrives once, with its subject and its text as they were written`() async throws {
        let server = try await MailServer.start()
        defer { server.stop() }
        let office = try await office(server)
        try await office.post("W1", .red, to: [.person("U1"), .authority("county")])
        try await office.running { try await office.delivered() }

        let letters = try server.letters().sorted { $0.recipients.count < $1.recipients.count }
        #expect(letters.count == 2)
        #expect(
            letters.map(\.recipients) == [["jia@example.cn"], ["duty@county.example.cn", "chief@county.example.cn"]])
        let letter = try #require(letters.first)
        #expect(letter.subject == "【红色预警】一厂 罐区:W1")
        #expect(letter.text.contains("【红色预警】一厂 罐区:W1\n时间："))
        #expect(letter.text.contains("https://aq.example.cn/warning/W1"))
        #expect(letter.sender == "alarm@aq.example.cn")
        #expect(Set(letters.map(\.identifier)).count == 2)
    }

    @Test func `a long subject is cut into words and comes out whole`() async throws {
        let server = try await MailServer.start()
        defer { server.stop() }
        let office = try await office(server)
        let name = String(repeating: "高密度聚乙烯装置🔥", count: 12)
        try await office.post(WarningID(name), .orange)
        try await office.running { try await office.delivered() }
        #expect(try server.letters().map(\.subject) == ["【橙色预警】一厂 罐区:" + name])
    }

    @Test func `a mail that is sent again has the same id`() async throws {
        let server = try await MailServer.start()
        defer { server.stop() }
        let office = try await office(server)
        try server.refuse(true)
        try await office.post("W1", .red)
        try await office.running {
            try await office.wait("refused") { $0.contains { $0.attempts >= 2 } }
            try server.refuse(false)
            try await office.delivered()
        }
        let first = try #require(try server.letters().first)
        #expect(try server.letters().count == 1)
        // The server had taken it, but we did not know: it comes again, and is the same.
        try await office.store.write { session throws(StorageError) in
            _ = try session.execute("UPDATE outbox SET state = 'pending', next_attempt_at = 0, delivered_at = NULL")
        }
        try await office.running { try await office.delivered() }
        let letters = try server.letters()
        #expect(letters.count == 2)
        #expect(letters.map(\.identifier) == [first.identifier, first.identifier])
    }

    @Test(arguments: [MailServer.Mode.starttls, .tls])
    func `mail goes encrypted, to a server whose certificate is trusted only`(mode: MailServer.Mode) async throws {
        let server = try await MailServer.start(mode)
        defer { server.stop() }
        let office = try await office(server, mode == .tls ? .tls : .starttls)
        try await office.post("W1", .red)
        try await office.running { try await office.wait("distrusted") { $0.contains { $0.attempts >= 1 } } }
        #expect(try server.letters().isEmpty)
        try await office.running(mail: MailTransport(trustedFile: server.certificate)) {
            try await office.delivered()
        }
        #expect(try server.letters().count == 1)
    }

    @Test func `STARTTLS that the server does not offer is not given up in silence for plain text`() async throws {
        let server = try await MailServer.start()
        defer { server.stop() }
        let office = try await office(server, .starttls)
        try await office.post("W1", .red)
        try await office.running { try await office.wait("refused") { $0.contains { $0.attempts >= 1 } } }
        #expect(try server.letters().isEmpty)
    }

    @Test func `user and password are asked for, and a wrong one is a refusal`() async throws {
        let server = try await MailServer.start(.auth)
        defer { server.stop() }
        let wrong = try await office(server, username: "user", password: "wrong")
        try await wrong.post("W1", .red)
        try await wrong.running { try await wrong.wait("refused") { $0.contains { $0.attempts >= 1 } } }
        #expect(try server.letters().isEmpty)
        #expect(try await wrong.rows().allSatisfy { $0.detail?.contains("wrong") == false })
        let right = try await office(server, username: "user", password: "word")
        try await right.post("W1", .red)
        try await right.running { try await right.delivered() }
        #expect(try server.letters().count == 1)
    }
}
