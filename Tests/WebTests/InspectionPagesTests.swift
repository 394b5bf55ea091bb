import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// Problems, patrols, site checks and attendance as offices and enterprises see them.
@Suite struct InspectionPagesTests {
    private static func begin(_ bench: WebBench) async throws {
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 3))
            try PatrolOperations.arm(context: &context, in: &session)
            _ = try PatrolOperations.runDue(context: &context, in: &session)
        }
    }

    private static func raise(_ bench: WebBench, _ severity: ProblemSeverity = .general) async throws -> ProblemID {
        let now = bench.now
        return try await bench.store.write { session throws(ProblemFailure) in
            var context = OperationContext(now: now, actor: "A-city", ids: IdentifierSource(seed: 4))
            return try ProblemOperations.raise(
                ProblemDraft(
                    source: .spotCheck("s1"), subject: .enterprise("E1"), severity: severity, topic: "duty",
                    text: "值班人员离岗", finder: "city"), context: &context, in: &session)
        }
    }

    private static func sheet(_ subject: String, wrong: PatrolTopic? = nil, without: PatrolTopic? = nil) -> String {
        let items = PatrolTopic.allCases.filter { $0 != without }.map { topic in
            let state = topic == wrong ? "serious" : "normal"
            let note = topic == wrong ? "两路离线" : ""
            return "item=\(topic.rawValue)&title-\(topic.rawValue)=\(topic.label)&state-\(topic.rawValue)=\(state)"
                + "&note-\(topic.rawValue)=\(note)&read-\(topic.rawValue)=x"
        }
        return "kind=routine&subject=\(subject)&inspector=王敏&" + items.joined(separator: "&")
    }

    /// A form with parts, as a browser sends it.
    private static func multipart(
        _ browser: Browser, _ path: String, _ fields: [(String, String)], file: (name: String, bytes: [UInt8])? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let boundary = "----fengsui"
        var body = ByteBuffer()
        for (name, value) in fields + [("csrf", try await browser.csrf())] {
            body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        if let file {
            body.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file1\"; filename=\"\(file.name)\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n")
            body.writeBytes(file.bytes)
            body.writeString("\r\n")
        }
        body.writeString("--\(boundary)--\r\n")
        let answer = try await browser.client.execute(
            uri: path, method: .post,
            headers: [
                .cookie: "fengsui_session=\(browser.cookie)",
                .contentType: "multipart/form-data; boundary=\(boundary)",
            ], body: body)
        return (answer.status, String(buffer: answer.body))
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2, 3]

    @Test func `XC-02 JC-05 every kind of office has its patrols and problems; enterprises have their problems`()
        async throws
    {
        let bench = try await WebBench.make()
        try await Self.begin(bench)
        _ = try await Self.raise(bench)
        try await bench.test { client in
            for login in ["center", "province", "city", "qinshui", "energy", "park"] {
                let officer = try await Browser.signIn(client, login)
                for page in ["/patrols", "/patrols/overview", "/problems", "/sitechecks", "/attendance", "/circulars"] {
                    #expect(try await officer.get(page).status == .ok, "\(login) \(page)")
                }
                #expect(try await officer.get("/admin/inspectors").status == .ok)
                #expect(try await officer.get("/admin/periods").status == .forbidden)
            }
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await safety.get("/problems").text.contains("值班人员离岗"))
            #expect(try await safety.get("/patrols").status == .forbidden)
            let other = try await Browser.signIn(client, "yunshan")
            #expect(try await !other.get("/problems").text.contains("值班人员离岗"))
            let admin = try await Browser.signIn(client, "admin")
            for page in ["/admin/periods", "/admin/inspectors", "/patrols/overview", "/problems"] {
                #expect(try await admin.get(page).status == .ok, "\(page)")
            }
        }
    }

    @Test func `XC-17 XC-18 a sheet lacking an item comes back, a serious problem goes to the county at once`()
        async throws
    {
        let bench = try await WebBench.make()
        try await Self.begin(bench)
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let page = try await city.get("/patrols").text
            #expect(page.contains("0/2") && page.contains("沁水县应急管理局") && page.contains("从未巡过"))
            let form = try await city.get("/patrols/new?subject=qinshui&kind=routine")
            #expect(form.status == .ok && form.text.contains("系统在线") && form.text.contains("预警机制运行"))
            #expect(try await city.get("/patrols/new?subject=province&kind=routine").status == .conflict)
            let lacking = try await city.post("/patrols/new", Self.sheet("qinshui", without: .videoOnline))
            #expect(lacking.status == .unprocessableContent && lacking.text.contains("四项缺一不可"))
            let done = try await city.post("/patrols/new", Self.sheet("qinshui", wrong: .videoOnline))
            #expect(done.status == .seeOther)
            let record = try await city.get(done.location ?? "/")
            #expect(record.text.contains("视频在线:两路离线"))
            #expect(try await city.get("/patrols").text.contains("1/2"))
            let county = try await Browser.signIn(client, "qinshui")
            #expect(try await county.get("/inbox").text.contains("重大问题"))
            #expect(try await county.get("/problems").text.contains("两路离线"))
            let other = try await Browser.signIn(client, "zezhou")
            #expect(try await !other.get("/problems").text.contains("两路离线"))
            #expect(try await other.get(done.location ?? "/").status == .notFound)
        }
    }

    @Test func `XC-08 XC-32 a problem goes round: limit, feedback with a photo, re-check, closed`() async throws {
        let bench = try await WebBench.make()
        let id = try await Self.raise(bench)
        let path = "/problem/\(id)"
        try await bench.test { client in
            let county = try await Browser.signIn(client, "qinshui")
            #expect(try await county.get(path).text.contains("整改要求"))
            let lacking = try await county.post(path + "/order", "mode=limited&deadline=2026-11-26 00:00&measures=")
            #expect(lacking.status == .unprocessableContent && lacking.text.contains("管控措施"))
            let ordered = try await county.post(
                path + "/order", "mode=limited&deadline=2026-11-26 00:00&measures=停用该罐")
            #expect(ordered.status == .seeOther)
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await safety.get(path).text.contains("停用该罐"))
            #expect(try await safety.get(path + "/close").status != .ok)
            let fields = [
                ("measures", "已补岗"), ("proof", ""), ("finished", "yes"), ("finishedAt", "2026-11-23 13:00"),
            ]
            let bare = try await Self.multipart(safety, path + "/feedback", fields)
            #expect(bare.status == .unprocessableContent && bare.text.contains("凭证"))
            let program = try await Self.multipart(
                safety, path + "/feedback", fields, file: ("a.jpg", Array("MZ program".utf8)))
            #expect(program.status == .unprocessableContent && program.text.contains("不是 JPG"))
            let stranger = try await Browser.signIn(client, "yunshan")
            #expect(
                try await Self.multipart(stranger, path + "/feedback", fields, file: ("a.jpg", Self.jpeg)).status
                    == .notFound)
            let sent = try await Self.multipart(safety, path + "/feedback", fields, file: ("现场.jpg", Self.jpeg))
            #expect(sent.status == .seeOther)
            let page = try await county.get(path).text
            #expect(page.contains("整改完成") && page.contains("现场.jpg"))
            let file = try #require(page.firstMatch(of: /problem\/[A-Za-z0-9]+\/file\/[A-Za-z0-9]+/)).output
            #expect(try await county.get("/" + String(file)).status == .ok)
            #expect(try await stranger.get("/" + String(file)).status == .notFound)
            #expect(try await county.post(path + "/recheck", "result=rectified&note=在岗").status == .seeOther)
            #expect(try await county.post(path + "/close", "note=销号").status == .seeOther)
            #expect(try await county.get(path).text.contains("已闭环"))
        }
    }

    @Test func `XC-06 a site check with four blocks and a photo comes back to who ordered it`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let ordered = try await city.post("/sitechecks", "enterprise=E1&reason=红色预警未降")
            #expect(ordered.status == .seeOther)
            let path = ordered.location ?? "/"
            let county = try await Browser.signIn(client, "qinshui")
            #expect(try await county.get(path).text.contains("重点监管工艺装置运行"))
            var fields = SiteCheckBlock.allCases.map { ($0.rawValue, "已查") }
            fields += [("conclusion", "属实"), ("checkers", "李岩"), ("checkedAt", "2026-11-23 13:00")]
            let bare = try await Self.multipart(county, path, fields)
            #expect(bare.status == .unprocessableContent && bare.text.contains("现场照片"))
            #expect(try await Self.multipart(county, path, fields, file: ("a.jpg", Self.jpeg)).status == .seeOther)
            #expect(try await city.get("/inbox").text.contains("现场核查已反馈"))
            #expect(try await city.get(path).text.contains("属实"))
        }
    }

    @Test func `XC-11 SZ-01 the administrator lists special periods and names inspectors`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let wrong = try await admin.post("/admin/periods", "name=会&from=2026-12-02&until=2026-12-01&factor=2")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("结束日早于开始日"))
            let right = try await admin.post("/admin/periods", "name=重大活动&from=2026-12-01&until=2026-12-02&factor=2")
            #expect(right.status == .seeOther)
            #expect(try await admin.get("/admin/periods").text.contains("重大活动"))
            let hours = try await admin.post("/admin/periods/settings", "holidayFactor=3&reminderHours=15,21")
            #expect(hours.status == .seeOther)
            #expect(try await admin.get("/admin/periods").text.contains("15,21"))
            let named = try await admin.post("/admin/inspectors", "office=city&account=A-city")
            #expect(named.status == .seeOther)
            let city = try await Browser.signIn(client, "city")
            let page = try await city.get("/attendance").text
            #expect(page.contains("王敏") && page.contains("登录，最近"))
        }
    }

    @Test func `SZ-14 an enterprise signs for what was handed to it`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            #expect(try await city.post("/circulars", "title=五项制度&text=请遵照执行").status == .seeOther)
            let safety = try await Browser.signIn(client, "jinqin")
            let page = try await safety.get("/circulars").text
            let path = try #require(page.firstMatch(of: /\/circular\/[A-Za-z0-9]+\/sign/)).output
            #expect(try await safety.post(String(path), "").status == .seeOther)
            #expect(try await city.get("/circulars").text.contains("1/3"))
        }
    }
}
