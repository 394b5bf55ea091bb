import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Operations
import Storage
import Testing

@testable import Web

/// Spot checks and duty calls as their users see them.
@Suite struct SpotCheckPageTests {
    private func bench() async throws -> WebBench {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now - .hours(2), actor: "system", ids: IdentifierSource(seed: 3))
            try SpotCheckOperations.arm(context: &context, in: &session)
            _ = try SpotCheckOperations.runDue(context: &context, in: &session)
            try WebWorld.level("H1", .red, at: now - .minutes(8), in: &session)
        }
        return bench
    }

    private static func fields(_ extra: String = "") -> String {
        SpotCheckContent.allCases.map { "v-\($0.rawValue)=sound" }.joined(separator: "&")
            + "&video=%E6%97%A0&watch=%E5%9C%A8%E5%B2%97&other=%E6%97%A0&inspectors=%E7%8E%8B%E6%95%8F"
            + "&contact=0356&finding=none" + extra
    }

    @Test func `XC-20 XC-28 XC-29 from the list over the record to the export`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let list = try await city.get("/checks").text
            for word in ["11 月 23 日抽查", "晋沁化工", "必抽", "今日出现红", "云杉新材", "随机部分可复核", "下级完成情况"] {
                #expect(list.contains(word), "\(word)")
            }
            let opened = try await city.post("/checks/open", "enterprise=E1")
            let address = try #require(opened.location)
            #expect(address.hasPrefix("/checks/record/"))
            let form = try await city.get(address).text
            for word in ["2026年11月23日抽查情况", "合成氨装置", "还差 9 项", "提交并交办"] + SpotCheckRecord.columns {
                #expect(form.contains(word), "\(word)")
            }
            // Missing fields are named, what was written stays.
            let short = try await city.post(address, "act=submit&watch=%E5%9C%A8%E5%B2%97&finding=none")
            #expect(short.status == .unprocessableContent && short.text.contains("抽查人员没有填"))
            #expect(short.text.contains("在岗"))
            #expect(try await city.post(address, Self.fields("&act=save")).status == .seeOther)
            #expect(try await city.post(address, Self.fields("&act=refresh")).status == .seeOther)
            #expect(try await city.post(address, Self.fields("&act=submit")).status == .seeOther)
            #expect(try await city.get(address).text.contains("已提交"))
            #expect(try await city.get("/checks").text.contains("看记录"))
            let printed = try await city.get("/checks/print?day=2026-11-23&office=city").text
            for word in SpotCheckRecord.columns + ["抽查单位：晋城市应急管理局", "晋沁化工", "无其他异常"] {
                #expect(printed.contains(word), "\(word)")
            }
            let file = try await city.get("/checks/export?day=2026-11-23&office=city")
            #expect(file.status == .ok && file.text.hasPrefix("PK"))
            let form12 = try await city.get("/checks/docx?day=2026-11-23&office=city")
            #expect(form12.status == .ok && form12.text.hasPrefix("PK"))
            // The enterprise reads the record about itself; its neighbour and another county do not.
            let own = try await Browser.signIn(client, "jinqin")
            #expect(try await own.get(address).status == .ok)
            for login in ["yunshan", "zezhou"] {
                let other = try await Browser.signIn(client, login)
                #expect(try await other.get(address).status == .notFound, "\(login)")
            }
            let province = try await Browser.signIn(client, "province")
            #expect(try await province.get(address).status == .ok, "from above one reads")
            #expect(try await province.post(address, Self.fields("&act=save")).status == .unprocessableContent)
        }
    }

    @Test func `XC-22 the draw's page shows seed, candidates and that it can be repeated`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let page = try await city.get("/checks/draw/2026-11-23?office=city").text
            for word in ["随机抽查的复核", "名单相同", "fengsui draw --verify", "首签机会"] {
                #expect(page.contains(word), "\(word)")
            }
            let file = try await city.get("/checks/draw/2026-11-23/file?office=city")
            let draw = try #require(SpotCheckDraw(json: try JSON.parse(file.text)))
            #expect(draw.differences().isEmpty && draw.office == "city")
            #expect(try await city.get("/checks/draw/2026-11-22?office=city").status == .notFound)
            let other = try await Browser.signIn(client, "zezhou")
            #expect(try await other.get("/checks/draw/2026-11-23?office=city").status == .notFound)
            #expect(try await other.get("/checks?office=city").status == .notFound)
        }
    }

    @Test func `XC-21 a plan is made and shows its coverage`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let bad = try await city.post("/checks/plans/new", "name=x&startsOn=1")
            #expect(bad.status == .unprocessableContent && bad.text.contains("开始日写成"))
            let made = try await city.post(
                "/checks/plans/new", "name=%E9%87%8D%E7%82%B9&regions=140500&period=month&startsOn=2026-11-23")
            #expect(made.status == .seeOther)
            let page = try await city.get("/checks/plans").text
            for word in ["重点", "0/3", "每月每家至少一次", "晋沁化工"] { #expect(page.contains(word), "\(word)") }
            let county = try await Browser.signIn(client, "qinshui")
            #expect(try await !county.get("/checks/plans").text.contains("每月每家至少一次"))
        }
    }

    @Test func `XC-28 a duty call is asked on the desk and answered on desk or phone`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            #expect(try await city.get("/calls").text.contains("发起查岗"))
            #expect(try await city.post("/calls/new", "target=&minutes=5").status == .unprocessableContent)
            let first = try await city.post("/calls/new", "target=enterprise%3AE1&minutes=5")
            let second = try await city.post("/calls/new", "target=enterprise%3AE1&minutes=5")
            let own = try await Browser.signIn(client, "jinqin")
            #expect(try await own.get("/calls").text.contains("去应答"))
            let address = try #require(first.location)
            #expect(try await own.get(address).text.contains("在岗人员姓名"))
            #expect(try await own.post(address + "/answer", "name=&text=x").status == .unprocessableContent)
            #expect(try await own.post(address + "/answer", "name=%E9%99%B6%E7%84%B6&text=x").status == .seeOther)
            #expect(try await city.get(address).text.contains("按时应答"))
            let phone = try await Browser.signIn(client, "zhao")
            let other = try #require(second.location)
            #expect(try await phone.get("/calls").text.contains("phonepage"))
            #expect(try await phone.post(other + "/answer", "name=%E8%B5%B5&text=x").status == .seeOther)
            let stranger = try await Browser.signIn(client, "yunshan")
            #expect(try await stranger.get(address).status == .notFound)
        }
    }

    @Test func `XC-03 administrators and offices above see the board, responsible persons do not`() async throws {
        let bench = try await bench()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/checks").status == .ok)
            #expect(try await admin.get("/checks/plans").status == .ok)
            #expect(try await admin.get("/calls").status == .ok)
            let center = try await Browser.signIn(client, "center")
            let board = try await center.get("/checks").text
            for name in ["山西省应急管理厅", "晋城市应急管理局", "沁水县能源局", "泽州巴公化工园区"] {
                #expect(board.contains(name), "\(name)")
            }
            let phone = try await Browser.signIn(client, "zhao")
            #expect(try await phone.get("/checks").status == .forbidden)
        }
    }
}
