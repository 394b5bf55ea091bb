import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Which channels a notice takes.
@Suite struct ChannelChoiceTests {
    private func channels(_ office: ChannelOffice) async throws -> [String: Int] {
        try await office.rows().reduce(into: [:]) { $0[$1.channel, default: 0] += 1 }
    }

    @Test(arguments: Engine.underTest) func `the nearest personal channel of each kind, and every group`(
        engine: Engine
    ) async throws {
        let office = try await ChannelOffice(engine: engine)
        try await office.add("platform", .sms, owner: .platform)
        try await office.add("city", .sms, owner: .authority("city"))
        try await office.add("county", .sms, owner: .authority("county"))
        try await office.add("own", .voice, owner: .enterprise("E"))
        try await office.add("far", .voice, owner: .platform)
        try await office.add("g1", .dingtalk, owner: .enterprise("E"))
        try await office.add("g2", .feishu, owner: .enterprise("E"))
        try await office.add("g3", .wecom, owner: .authority("county"))
        try await office.post("W1", .red, to: [.person("U1")])
        #expect(
            try await channels(office) == ["sms:county": 1, "voice:own": 1, "dingtalk:g1": 1, "feishu:g2": 1])
        try await office.post("W2", .red, to: [.authority("county")])
        #expect(try await channels(office)["wecom:g3"] == 1)
        #expect(try await channels(office)["sms:county"] == 2)
        #expect(try await channels(office)["voice:far"] == 1)
        // Another's channels never: the city's own notice goes by the city's.
        try await office.post("W3", .red, to: [.authority("province")])
        #expect(try await channels(office)["sms:platform"] == 1)
        #expect(try await channels(office)["sms:city"] == nil)
    }

    @Test func `a channel takes its levels, mail needs an address, a switched-off one gets nothing`() async throws {
        let office = try await ChannelOffice()
        try await office.add("red", .sms, owner: .platform, levels: [.red])
        try await office.add("mail", .email, owner: .platform)
        try await office.add("off", .voice, owner: .platform)
        try await office.store.write { session throws(StorageError) in
            _ = try session.execute("UPDATE channel SET is_enabled = 0 WHERE id = 'off'")
        }
        try await office.post("W1", .yellow, to: [.person("U1"), .person("U2")])
        #expect(try await channels(office) == ["email:mail": 1])
        try await office.post("W2", .red, to: [.person("U2")])
        #expect(try await channels(office) == ["email:mail": 1, "sms:red": 1])
    }

    @Test func `one row a warning, step, recipient and channel, however often it is posted`() async throws {
        let office = try await ChannelOffice()
        try await office.add("g", .dingtalk, owner: .enterprise("E"))
        for _ in 0..<3 { try await office.post("W1", .red, to: [.person("U1"), .person("U2")]) }
        let keys = try await office.rows().map(\.key)
        #expect(keys == ["W1/sent-red-1/person:U1/dingtalk:g", "W1/sent-red-1/person:U2/dingtalk:g"])
    }

    @Test func `what waits for a climb is not used at once, and is used then`() async throws {
        let office = try await ChannelOffice()
        try await office.add("sms", .sms, owner: .platform)
        try await office.post("W0", .red, to: [.person("U1")], reach: .next)
        // Nothing else is set up: the same once more.
        #expect(try await channels(office) == ["sms:sms": 1])
        try await office.add("voice", .voice, owner: .platform, stage: .climb)
        try await office.post("W1", .red, to: [.person("U1")])
        #expect(try await channels(office) == ["sms:sms": 2])
        try await office.post("W2", .red, to: [.person("U1")], reach: .next)
        #expect(try await channels(office) == ["sms:sms": 2, "voice:voice": 1])
        try await office.post("W3", .red, to: [.enterprise("E")], reach: .all)
        #expect(try await channels(office) == ["sms:sms": 3, "voice:voice": 2])
    }

    @Test func `the daily work's notices only where they are wanted`() async throws {
        let office = try await ChannelOffice()
        try await office.add("quiet", .dingtalk, owner: .authority("county"))
        try await office.add("all", .wecom, owner: .authority("county"), notices: true)
        try await office.store.write { session throws(StorageError) in
            try NoticeStore.post(
                Notice(
                    key: "k", recipient: .authority("county"), subject: "problem:1", title: "问题", text: "请整改",
                    address: "/problems"), at: Timestamp(milliseconds: 5), in: &session)
        }
        #expect(try await channels(office) == ["wecom:all": 1])
    }
}
