import Domain
import Kernel
import NIOHTTP1
import Operations
import Services
import Storage
import Support
import Testing

/// SMS and voice by the operator's own template.
@Suite(.serialized, .timeLimit(.minutes(5))) struct GatewayChannelTests {
    @Test func `a JSON gateway gets each person's message, escaped, with its key and its secret`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"code":"0","data":{"status":1}}"#))
        let office = try await ChannelOffice()
        let url = sink.url
        try await office.add("S", .sms, owner: .platform, secrets: ["secret": "appcode-77"]) { settings in
            settings.url = url + "?to={phone}"
            settings.headers = [.init("Authorization", "APPCODE {secret}")]
            settings.body = #"{"mobile":"{phone}","content":"{text}","id":"{key}"}"#
            settings.successField = "code"
            settings.successValue = "0"
        }
        try await office.post("W\"1", .red, to: [.person("U1"), .person("U2")])
        try await office.running { try await office.delivered() }

        #expect(sink.received.count == 2)
        let bodies = try sink.received.map { try JSON.parse($0.body) }
        #expect(Set(bodies.map { $0["mobile"]?.string }) == ["13900000001", "13900000002"])
        #expect(bodies.allSatisfy { $0["content"]?.string?.contains("W\"1") == true })
        let keys = try await office.rows().map(\.key)
        #expect(Set(bodies.compactMap { $0["id"]?.string }) == Set(keys))
        #expect(sink.received.allSatisfy { $0.head.headers.first(name: "Authorization") == "APPCODE appcode-77" })
        #expect(Independent.query("to", of: sink.received[0].head.uri)?.hasPrefix("139") == true)
    }

    @Test func `an answer that does not say what it should is a refusal`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"code":17,"message":"余额不足"}"#))
        let office = try await ChannelOffice()
        let url = sink.url
        try await office.add("S", .voice, owner: .platform) { settings in
            settings.method = "GET"
            settings.url = url + "?p={phone}&t={text}"
            settings.successField = "code"
            settings.successValue = "0"
        }
        try await office.post("W1", .red, to: [.enterprise("E")])
        try await office.running {
            try await office.wait("refused") { $0.contains { $0.attempts >= 2 } }
            sink.behave(.say(#"{"code":0}"#))
            try await office.delivered()
        }
        #expect(sink.received.allSatisfy { Independent.query("p", of: $0.head.uri) == "03567007119" })
        #expect(sink.received.allSatisfy { $0.head.method == .GET && $0.body.isEmpty })
    }

    @Test func `a person without a phone is given up visibly`() async throws {
        let office = try await ChannelOffice()
        try await office.store.write { session throws(StorageError) in
            _ = try session.execute("UPDATE person SET phone = NULL WHERE id = 'U3'")
        }
        try await office.add("S", .sms, owner: .platform) { $0.url = "http://127.0.0.1:1/?p={phone}&t={text}" }
        try await office.post("W1", .red, to: [.person("U3")])
        try await office.running { try await office.wait("failed") { $0.allSatisfy { $0.state == "failed" } } }
        #expect(try await office.rows().first?.detail?.contains("电话") == true)
    }

    @Test(
        arguments: [
            ("169.254.169.254", true), ("::ffff:169.254.1.1", true), ("fe80::1", true), ("0.0.0.0", true), ("::", true),
            ("224.0.0.1", true), ("ff02::1", true), ("127.0.0.1", false), ("::1", false), ("10.0.0.8", false),
            ("2408:8000::1", false), ("fd00::1", false), ("not.an.address", true),
        ] as [(String, Bool)])
    func `addresses that a name may not lead to`(address: String, isForbidden: Bool) {
        #expect(HostGuard.isForbidden(address) == isForbidden)
    }

    @Test func `a name is looked up before anything is sent there`() async {
        #expect(await HostGuard().permits("localhost"))
        #expect(await HostGuard().permits("169.254.169.254") == false)
        // The whole number is an address too, though it does not look like one.
        #expect(await HostGuard().permits("2852039166") == false)
    }
}
