import Domain
import HTTPTypes
import HummingbirdCore
import HummingbirdTesting
import Kernel
import Logging
import Operations
import Services
import Storage
import Testing

@testable import Web

/// 推送通道: who may set them up, that a secret is never shown again, and where climbing and the watch are seen.
@Suite struct ChannelPageTests {
    private static let robot = [
        "kind=dingtalk", "name=county-group", "owner=authority:qinshui", "levels=red", "levels=orange", "notices=0",
        "stage=first", "limit=20", "mentions=13900000001",
        "secret-address=https://oapi.example.cn/robot/send?access_token%3Dtoken-7788", "secret-sign=SEC-sign-9911",
    ].joined(separator: "&")

    private func channels(_ bench: WebBench) async throws -> [ChannelRecord] {
        try await bench.store.read { session throws(StorageError) in
            try ChannelStore.list(scope: .system, in: &session)
        }
    }

    private func account(_ bench: WebBench, _ login: String, authority: String) async throws {
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            let hash =
                try session.first("SELECT password_hash FROM account WHERE login = 'admin'") {
                    row throws(StorageError) in row.next() as String
                } ?? ""
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, authority_id, created_at)
                VALUES (\("A-" + login), \(login), \(hash), \(login), 'admin', \(authority), \(now))
                """)
        }
    }

    @Test func `a channel is made, tested, changed and switched off, and its secrets are never shown again`()
        async throws
    {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/admin/channels").text.contains("还没有通道"))
            #expect(try await admin.get("/admin/channel?kind=dingtalk").status == .ok)
            let made = try await admin.post("/admin/channel", Self.robot)
            #expect(made.status == .seeOther)
            let channel = try #require(try await self.channels(bench).first)
            let page = "/admin/channel?id=\(channel.id)"
            var text = try await admin.get(page).text
            #expect(text.contains("末四位 7788") && text.contains("末四位 9911"))
            #expect(!text.contains("token-7788") && !text.contains("SEC-sign"))
            #expect(try await admin.get("/admin/channels").text.contains("county-group"))

            #expect(try await admin.post("/admin/channel/\(channel.id)/test", "").status == .seeOther)
            text = try await admin.get(page).text
            #expect(text.contains("这是一条测试消息") && text.contains("等待"))

            let changed = Self.robot.split(separator: "&").filter { !$0.hasPrefix("secret") }.joined(separator: "&")
            let renamed =
                "id=\(channel.id)&secret-address=&secret-sign=&"
                + changed.split(separator: "&").map { $0 == "name=county-group" ? "name=renamed" : $0 }
                .joined(separator: "&")
            #expect(try await admin.post("/admin/channel", renamed).status == .seeOther)
            let after = try #require(try await self.channels(bench).first)
            #expect(after.name == "renamed")
            #expect(after.secrets == channel.secrets)

            #expect(try await admin.post("/admin/channel/\(channel.id)/disable", "").status == .seeOther)
            #expect(try await self.channels(bench).first?.isEnabled == false)
            #expect(try await admin.post("/admin/channel/\(channel.id)/enable", "").status == .seeOther)
            #expect(try await self.channels(bench).first?.isEnabled == true)
        }
        let log = try await bench.store.read { session throws(StorageError) in
            try session.rows("SELECT kind || payload FROM log WHERE stream_kind = 'registry'") {
                row throws(StorageError) in row.next() as String
            }
        }
        for event in ["channelAdded", "channelTested", "channelChanged", "channelDisabled", "channelEnabled"] {
            #expect(log.contains { $0.hasPrefix(event) })
        }
        #expect(!log.contains { $0.contains("7788") || $0.contains("9911") })
    }

    @Test func `what is wrong is said, and nothing is written`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            func answer(_ old: String, _ new: String) async throws -> String {
                let form = Self.robot.split(separator: "&").map { $0.hasPrefix(old) ? new : String($0) }
                let answer = try await admin.post("/admin/channel", form.joined(separator: "&"))
                #expect(answer.status == .unprocessableContent)
                return answer.text
            }
            #expect(try await answer("secret-address", "secret-address=http://169.254.169.254/x").contains("不得指向"))
            #expect(try await answer("secret-address", "secret-address=").contains("没有填"))
            #expect(try await answer("mentions", "mentions=all").contains("手机号"))
            #expect(try await answer("limit", "limit=0").contains("1–600"))
            #expect(try await answer("name", "name=").contains("名称"))
            #expect(try await answer("owner", "owner=platform").contains("归一个单位"))
            let gateway =
                "kind=sms&name=s&owner=platform&levels=red&stage=first&method=POST&contentType=application/json"
                + "&url=http://{phone}.example.cn/&body={text}&successStatus=200"
            let bad = try await admin.post("/admin/channel", gateway)
            #expect(bad.text.contains("主机名里不能有占位符"))
            #expect(try await self.channels(bench).isEmpty)
        }
    }

    @Test func `an authority's administrator sets up its own and its enterprises', and others' do not exist`()
        async throws
    {
        let bench = try await WebBench.make()
        try await account(bench, "qinshui-admin", authority: "qinshui")
        try await account(bench, "zezhou-admin", authority: "zezhou")
        try await bench.test { client in
            let own = try await Browser.signIn(client, "qinshui-admin")
            let other = try await Browser.signIn(client, "zezhou-admin")
            #expect(try await other.post("/admin/channel", Self.robot).status == .notFound)
            #expect(try await own.post("/admin/channel", Self.robot).status == .seeOther)
            let id = try #require(try await self.channels(bench).first?.id)
            #expect(try await own.get("/admin/channel?id=\(id)").status == .ok)
            #expect(try await other.get("/admin/channel?id=\(id)").status == .notFound)
            #expect(try await other.get("/admin/channels").text.contains("county-group") == false)
            for act in ["enable", "disable", "test", "again?key=x"] {
                #expect(try await other.post("/admin/channel/\(id)/\(act)", "").status == .notFound, "\(act)")
            }
            #expect(try await other.post("/admin/channel", Self.robot + "&id=\(id)").status == .notFound)
            #expect(try await own.post("/admin/channel/\(id)/again?key=x", "").status == .notFound)
            let platform = Self.robot.split(separator: "&").map { $0.hasPrefix("owner") ? "owner=enterprise:E2" : $0 }
            #expect(try await own.post("/admin/channel", platform.joined(separator: "&")).status == .notFound)
            for login in ["qinshui", "jinqin", "zhao"] {
                let officer = try await Browser.signIn(client, login)
                #expect(try await officer.get("/admin/channels").status == .forbidden, "\(login)")
                #expect(try await officer.get("/admin/channel?id=\(id)").status == .forbidden, "\(login)")
                for act in ["enable", "disable", "test", "again"] {
                    let answer = try await officer.post("/admin/channel/\(id)/\(act)", "")
                    #expect(answer.status == .forbidden, "\(login) \(act)")
                }
                #expect(try await officer.post("/admin/channel", Self.robot).status == .forbidden)
                #expect(try await officer.post("/admin/settings/climb", "red=1").status == .forbidden)
            }
        }
    }

    @Test func `the link of a message demands a sign-in`() async throws {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try WebWorld.level("H1", .red, at: now, in: &session)
        }
        let id = try await bench.store.read { session throws(StorageError) in
            try session.first("SELECT id FROM warning") { row throws(StorageError) in row.next() as String }
        }
        try await bench.test { client in
            let answer = try await client.execute(uri: "/warning/\(id ?? "")", method: .get)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location]?.hasPrefix("/login?next=") == true)
        }
    }

    @Test func `what climbed stands on the case's timeline, on the county's desk with sound, and in the figures`()
        async throws
    {
        let bench = try await WebBench.make()
        let start = bench.now
        try await bench.store.write { session throws(StorageError) in
            try WebWorld.level("H1", .red, at: start, in: &session)
        }
        try await bench.test { client in
            let before = try await Browser.signIn(client, "qinshui")
            #expect(try await before.get("/").text.contains("超时无人确认") == false)
            bench.pass(.minutes(16))
            let now = bench.now
            let id = try await bench.store.write { session throws(StorageError) in
                var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 8))
                _ = try ClimbOperations.runDue(context: &context, in: &session)
                return try session.first("SELECT id FROM warning") { row throws(StorageError) in row.next() as String }
            }
            // A quarter of an hour without a click ends a session.
            let desk = try await Browser.signIn(client, "qinshui")
            let text = try await desk.get("/").text
            #expect(text.contains("超时无人确认") && text.contains("class=\"sound-red\"") && text.contains("0356-000-7119"))
            let city = try await Browser.signIn(client, "city")
            #expect(try await city.get("/").text.contains("超时无人确认") == false)
            let page = try await desk.get("/warning/\(id ?? "")").text
            for word in ["换通道再送包保责任人", "企业 24 小时值班电话", "主管部门值守台"] { #expect(page.contains(word)) }
            let figures = try await desk.get("/figures").text
            #expect(figures.contains("无人确认而升级 3 次") && figures.contains("沁水县应急管理局"))
            let other = try await Browser.signIn(client, "zezhou")
            #expect(try await other.get("/figures").text.contains("无人确认而升级 0 次"))
            let phone = try await Browser.signIn(client, "zhao")
            _ = try await phone.post("/warning/\(id ?? "")/acknowledge", "note=&back=/m")
            #expect(try await desk.get("/").text.contains("超时无人确认") == false)
        }
    }

    @Test func `what the watch finds stands on the desk, on the administrator's page, in healthz and the heartbeat`()
        async throws
    {
        let bench = try await WebBench.make()
        let clock = ServerClock()
        let auditor = Auditor(store: bench.store, clock: clock, logger: Logger(label: "test"))
        let pulse = Pulse(auditor: auditor)
        // The auditor has not looked, or there is none.
        #expect(pulse.heartbeat(at: clock.now()).status == .serviceUnavailable)
        #expect(Pulse(auditor: nil).heartbeat(at: clock.now()).status == .serviceUnavailable)
        _ = await auditor.look()
        #expect(pulse.heartbeat(at: clock.now()).status == .ok)
        // Stopped: its last word grows old.
        #expect(pulse.heartbeat(at: clock.now() + .seconds(121)).status == .serviceUnavailable)
        #expect(pulse.health == "ok\n")
        let late = clock.now() - .minutes(9)
        try await bench.store.write { session throws(StorageError) in
            try session.execute("INSERT INTO due (kind, id, at) VALUES ('duty', 'x', \(late))")
        }
        _ = await auditor.look()
        #expect(pulse.health == "findings 1\nlateDeadline 1\n")
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/admin").text.contains("时限没有按时执行"))
            let desk = try await Browser.signIn(client, "zezhou")
            #expect(try await desk.get("/").text.contains("时限没有按时执行"))
            #expect(try await client.execute(uri: "/heartbeat", method: .get).status == .serviceUnavailable)
        }
        try await bench.store.write { session throws(StorageError) in
            try session.execute("DELETE FROM due WHERE id = 'x'")
        }
        _ = await auditor.look()
        try await bench.test { client in
            let desk = try await Browser.signIn(client, "zezhou")
            #expect(try await desk.get("/").text.contains("时限没有按时执行") == false)
        }
    }
}
