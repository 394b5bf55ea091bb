import Domain
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Operations
import Services
import Storage
import Support
import Testing

/// The group robots, against sinks that check what they get by their own means.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RobotTests {
    private static let good = HTTPSink.Behaviour.say(#"{"errcode":0,"errmsg":"ok"}"#)
    private static let persons: [Recipient] = [.person("U1"), .person("U2"), .person("U3")]

    @Test func `钉钉 gets a signed text that mentions the persons, once for all of them`() async throws {
        let sink = try await HTTPSink.start(Self.good)
        let office = try await ChannelOffice()
        try await office.add(
            "C1", .dingtalk, owner: .enterprise("E"),
            secrets: ["address": sink.url + "?access_token=tok", "sign": "SECabc"]
        ) { $0.mentions = ["138 0000 0009"] }

        try await office.post("W1", .red, to: Self.persons)
        try await office.running { try await office.delivered() }

        #expect(sink.received.count == 1)
        let request = try #require(sink.received.first)
        let stamp = try #require(Independent.query("timestamp", of: request.head.uri))
        #expect(
            Independent.query("sign", of: request.head.uri) == Independent.hmac(key: "SECabc", stamp + "\nSECabc"))
        #expect(Independent.query("access_token", of: request.head.uri) == "tok")
        #expect(abs((Int64(stamp) ?? 0) - ServerClock().now().milliseconds) < 60_000)
        let body = try JSON.parse(request.body)
        let phones = ["13800000009", "13900000001", "13900000002", "13900000003"]
        #expect(body["at"]?["atMobiles"]?.array?.compactMap(\.string).sorted() == phones)
        let text = body["text"]?["content"]?.string ?? ""
        for phone in phones { #expect(text.contains("@" + phone)) }
        #expect(text.contains("【红色预警】一厂 罐区:W1"))
        #expect(text.contains("https://aq.example.cn/warning/W1"))
        let rows = try await office.rows()
        #expect(rows.count == 3)
        #expect(Set(rows.map(\.parcel)).count == 1 && rows[0].parcel != nil)
    }

    @Test func `企业微信 gets a text with its list of phones`() async throws {
        let sink = try await HTTPSink.start(Self.good)
        let office = try await ChannelOffice()
        try await office.add("C1", .wecom, owner: .enterprise("E"), secrets: ["address": sink.url + "?key=k"])
        try await office.post("W1", .orange, to: [.person("U2")])
        try await office.running { try await office.delivered() }

        let request = try #require(sink.received.first)
        #expect(sink.received.count == 1)
        #expect(Independent.query("key", of: request.head.uri) == "k")
        let body = try JSON.parse(request.body)
        #expect(body["msgtype"]?.string == "text")
        #expect(body["text"]?["mentioned_mobile_list"]?.array?.map(\.string) == ["13900000002"])
    }

    @Test func `飞书 gets its signature in the body, and mentions by open id only`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"code":0,"msg":"success"}"#))
        let office = try await ChannelOffice()
        try await office.add(
            "C1", .feishu, owner: .enterprise("E"), secrets: ["address": sink.url, "sign": "fs-secret"]
        ) { $0.mentions = ["ou_1"] }
        try await office.post("W<at>", .red, to: [.person("U1")])
        try await office.running { try await office.delivered() }

        let body = try JSON.parse(try #require(sink.received.first).body)
        let stamp = try #require(body["timestamp"]?.string)
        #expect(body["sign"]?.string == Independent.hmac(key: stamp + "\nfs-secret", ""))
        let text = body["content"]?["text"]?.string ?? ""
        #expect(text.contains("<at user_id=\"ou_1\"></at>"))
        #expect(!text.contains("13900000001"))
        #expect(!text.contains("W<at>"))
    }

    @Test func `HTTP 200 with a code is a refusal, and is tried again`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"errcode":310000,"errmsg":"sign not match"}"#))
        let office = try await ChannelOffice()
        try await office.add("C1", .dingtalk, secrets: ["address": sink.url + "?access_token=verysecret"])
        try await office.post("W1", .red)
        try await office.running {
            try await office.wait("refused") { $0.allSatisfy { $0.attempts >= 2 && $0.state == "pending" } }
            sink.behave(Self.good)
            try await office.delivered()
        }
        let before = sink.received.count
        #expect(before >= 3)
        let attempts = try await office.store.read { session throws(StorageError) in
            try session.rows("SELECT outcome, detail FROM delivery_attempt ORDER BY attempt") {
                row throws(StorageError) in (row.next() as String, row.next() as String)
            }
        }
        #expect(attempts.first?.0 == "refused")
        #expect(attempts.first?.1.contains("310000") == true)
        #expect(attempts.count == before)
    }

    @Test func `too many requests leaves the channel alone for a minute`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"errcode":130101,"errmsg":"send too fast"}"#))
        let office = try await ChannelOffice()
        try await office.add("C1", .dingtalk, secrets: ["address": sink.url])
        try await office.post("W1", .yellow)
        try await office.post("W2", .yellow)
        try await office.running {
            try await office.wait("limited") { $0.contains { $0.attempts == 1 } }
            try await Task.sleep(for: .seconds(2))
        }
        #expect(sink.received.count == 1)
        let next = try await office.store.read { session throws(StorageError) in
            try session.first("SELECT max(next_attempt_at) FROM outbox WHERE attempts = 1") {
                row throws(StorageError) in row.next() as Timestamp
            }
        }
        #expect((next ?? .distantPast) > ServerClock().now() + .seconds(30))
    }

    @Test func `after a failure and a restart the same digest goes out once`() async throws {
        let sink = try await HTTPSink.start(.silence)
        let office = try await ChannelOffice()
        try await office.add("C1", .wecom, secrets: ["address": sink.url], limit: 8)
        for number in 0..<10 { try await office.post(WarningID("W\(number)"), .yellow) }
        try await office.running(timeout: .milliseconds(500)) {
            try await office.wait("tried") { $0.contains { $0.attempts >= 1 } }
        }
        let bound = Set(try await office.rows().filter { $0.attempts > 0 }.map(\.key))
        let parcel = Set(try await office.rows().filter { $0.attempts > 0 }.map(\.parcel))
        #expect(bound.count > 1 && parcel.count == 1)
        let before = sink.received.count
        sink.behave(Self.good)
        try await office.post("W99", .yellow)
        try await office.running {
            try await office.wait("sent") { rows in
                rows.filter { bound.contains($0.key) }.allSatisfy { $0.state == "delivered" }
            }
        }
        let again = sink.received.dropFirst(before).filter { $0.body.contains("W0") }
        #expect(again.count == 1)
        #expect(again.first?.body.contains("W99") == false)
        #expect(again.first?.body == sink.received.first?.body)
    }

    @Test func `a hundred yellow and a red under a limit: red first and alone, the yellow merged, none lost`()
        async throws
    {
        let sink = try await HTTPSink.start(Self.good)
        let office = try await ChannelOffice()
        try await office.add("C1", .dingtalk, secrets: ["address": sink.url], limit: 20)
        for number in 100..<200 { try await office.post(WarningID("Y\(number)"), .yellow) }
        try await office.post("RED", .red)
        try await office.running { try await office.delivered() }

        let texts = try sink.received.map { try JSON.parse($0.body)["text"]?["content"]?.string ?? "" }
        #expect(texts.count <= 20)
        #expect(texts.first?.contains("RED") == true)
        #expect(texts.first?.contains("Y1") == false)
        #expect(texts.count { $0.contains("RED") } == 1)
        for number in 100..<200 { #expect(texts.count { $0.contains("一厂 罐区:Y\(number)") } == 1, "Y\(number)") }
        let rows = try await office.rows()
        #expect(rows.count == 101)
        let log = try await office.store.read { session throws(StorageError) in
            try session.rows("SELECT payload FROM log WHERE stream_kind = 'delivery' AND kind = 'delivered'") {
                row throws(StorageError) in try row.read(JSON.self)
            }
        }
        #expect(log.count == 101)
        #expect(log.allSatisfy { $0["parcel"]?.string != nil })
    }

    @Test func `a channel that takes ten seconds delays no other`() async throws {
        let slow = try await HTTPSink.start(.slowly(#"{"errcode":0}"#, 10_000))
        let quick = try await HTTPSink.start(Self.good)
        let office = try await ChannelOffice()
        try await office.add("SLOW", .dingtalk, secrets: ["address": slow.url])
        try await office.add("QUICK", .wecom, secrets: ["address": quick.url])
        for number in 0..<5 { try await office.post(WarningID("W\(number)"), .red) }
        let began = ContinuousClock.now
        try await office.running {
            try await office.wait("quick") { rows in
                rows.filter { $0.channel == "wecom:QUICK" }.allSatisfy { $0.state == "delivered" }
            }
            #expect(ContinuousClock.now - began < .seconds(8))
            #expect(quick.received.count == 5)
            try await office.wait("slow") { rows in
                rows.contains { $0.channel == "dingtalk:SLOW" && $0.state == "delivered" }
            }
        }
    }

    @Test func `no secret stands in what is kept of a failure, and no token in a message`() async throws {
        let sink = try await HTTPSink.start(.say(#"{"errcode":1,"errmsg":"bad tok-secret-1 here"}"#))
        let office = try await ChannelOffice()
        let address = sink.url + "?access_token=tok-secret-1"
        try await office.add("C1", .dingtalk, secrets: ["address": address, "sign": "tok-secret-1"])
        try await office.post("W1", .red)
        try await office.running { try await office.wait("tried") { $0.contains { $0.attempts >= 1 } } }
        let kept = try await office.rows().compactMap(\.detail).joined()
        #expect(kept.contains("bad … here"))
        let text = try JSON.parse(try #require(sink.received.first).body)["text"]?["content"]?.string ?? ""
        let links = text.split { " \n".contains($0) }.filter { $0.contains("http") }
        #expect(links.map { $0.drop { $0 != "h" } } == ["https://aq.example.cn/warning/W1"])
        for word in ["token", "session", "?", "csrf"] { #expect(!text.contains(word)) }
    }
}
