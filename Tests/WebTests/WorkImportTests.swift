import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// Files of the daily work: a dry run that changes nothing, one line of error a bad cell, all of it or nothing.
@Suite struct WorkImportTests {
    private static func send(
        _ browser: Browser, _ kind: WorkImportKind, _ text: String, isApplied: Bool
    ) async throws -> (status: HTTPResponse.Status, location: String?, text: String) {
        let fields = [
            ("csrf", try await browser.csrf()), ("kind", kind.rawValue), ("do", isApplied ? "apply" : "check"),
            (isApplied ? "content" : "file", text),
        ]
        var body = ""
        for (name, value) in fields {
            body += "--B1\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let answer = try await browser.client.execute(
            uri: "/import", method: .post,
            headers: [
                .cookie: "fengsui_session=\(browser.cookie)", .contentType: "multipart/form-data; boundary=B1",
            ], body: ByteBuffer(string: body + "--B1--\r\n"))
        return (answer.status, answer.headers[.location], String(buffer: answer.body))
    }

    private static func count(_ bench: WebBench, _ table: String) async throws -> Int {
        try await bench.store.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM \(SQL(raw: table))") { row throws(StorageError) in
                row.next() as Int
            } ?? -1
        }
    }

    @Test func `XC-11 special periods come from a file, checked first, whole or not at all`() async throws {
        let bench = try await WebBench.make()
        let head = "名称,从,到,倍数,单位编码\n"
        let good = head + "两会,2027-03-03,2027-03-12,2,\n省运会,2027/8/1,2027/8/10,3,city\n"
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let checked = try await Self.send(admin, .specialPeriods, good, isApplied: false)
            #expect(checked.status == .ok && checked.text.contains("检查通过，还没有写入。特殊时段：2 行"), "\(checked.text)")
            #expect(try await Self.count(bench, "special_period") == 0, "a dry run writes nothing")
            let bad =
                head + "两会,2027-03-03,2027-03-12,二,\n,2027-03-03,2027-03-12,2,\n赛会,2027-13-03,2027-03-12,2,\n"
                + "倒,2027-03-12,2027-03-03,2,\n外,2027-03-03,2027-03-12,2,nowhere\n好,2027-03-03,2027-03-12,2,\n"
            for isApplied in [false, true] {
                let refused = try await Self.send(admin, .specialPeriods, bad, isApplied: isApplied)
                #expect(refused.status == .unprocessableContent)
                for line in ["第 2 行「倍数」", "第 3 行「名称」：没有填", "第 4 行「从」：日期写成", "第 5 行", "第 6 行"] {
                    #expect(refused.text.contains(line), "\(line)")
                }
                #expect(!refused.text.contains("第 7 行"))
                #expect(try await Self.count(bench, "special_period") == 0, "not one row of a bad file")
            }
            let written = try await Self.send(admin, .specialPeriods, good, isApplied: true)
            #expect(written.status == .seeOther)
            #expect(try await Self.count(bench, "special_period") == 2)
            #expect(try await admin.get("/admin/periods").text.contains("省运会"))
            // The same file again changes nothing.
            let again = try await Self.send(admin, .specialPeriods, good, isApplied: true)
            #expect(again.status == .unprocessableContent && again.text.contains("已经登记过"))
            #expect(try await Self.count(bench, "special_period") == 2)
            let officer = try await Browser.signIn(client, "city")
            #expect(try await Self.send(officer, .specialPeriods, good, isApplied: true).status == .notFound)
        }
    }

    @Test func `XC-21 rotation plans come from a file, of one's own jurisdiction only`() async throws {
        let bench = try await WebBench.make()
        let head = "计划,周期,开始,结束,行业,地区,企业编码\n"
        try await bench.test { client in
            let county = try await Browser.signIn(client, "qinshui")
            let bad = head + "甲,每旬,2026-12-01,,,140521,\n乙,每月,2026-12-01,,,1405,\n丙,每月,2026-12-01,,,,E2\n"
            let refused = try await Self.send(county, .rotationPlans, bad, isApplied: true)
            for line in ["第 2 行「周期」", "不是 6 位区划代码", "第 4 行：企业 E2 不在本单位辖区内"] {
                #expect(refused.text.contains(line), "\(line)")
            }
            #expect(try await Self.count(bench, "check_plan") == 0)
            let good = head + "甲,每月,2026-12-01,2027-12-31,合成氨、液氨,140521,E1\n乙,每季度,2026-12-01,,,140521,\n"
            #expect(try await Self.send(county, .rotationPlans, good, isApplied: true).status == .seeOther)
            let page = try await county.get("/checks/plans").text
            #expect(page.contains("甲") && page.contains("合成氨、液氨"))
        }
    }

    @Test func `XC-34 penalties come from a file, each to its problem, none twice`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let own = try #require(world.ids["problem"]?["E1"])
        let foreign = try #require(world.ids["problem"]?["E2"])
        let head = "问题编号,文号,事由,金额（元）\n"
        try await bench.test { client in
            let county = try await Browser.signIn(client, "city")
            let line = "\(own),晋应急罚8号,擅自停用,\"50,000\"\n"
            let twice = try await Self.send(county, .penalties, head + line + line, isApplied: true)
            #expect(twice.status == .unprocessableContent && twice.text.contains("第 3 行「文号」"))
            #expect(try await Self.count(bench, "problem_penalty") == 0)
            let other = try await Browser.signIn(client, "qinshui")
            let stranger = try await Self.send(
                other, .penalties, head + "\(foreign),8号,事由,1\nnone,8号,事由,x\n", isApplied: true)
            #expect(stranger.text.contains("第 2 行「问题编号」") && stranger.text.contains("第 3 行「金额（元）」"))
            let written = try await Self.send(county, .penalties, head + line, isApplied: true)
            #expect(written.status == .seeOther, "\(written.text)")
            let amount = try await bench.store.read { session throws(StorageError) in
                try session.first("SELECT amount_yuan FROM problem_penalty WHERE problem_id = \(own)") {
                    row throws(StorageError) in row.next() as Int64
                }
            }
            #expect(amount == 50_000)
        }
    }

    @Test func `a template is taken back as it was given, once filled in`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            for kind in WorkImportKind.allCases {
                let file = try await admin.get("/import/template/\(kind.rawValue)").text
                let table = WorkImportTable(Array(file.utf8), kind: kind)
                #expect(table.issues.map(\.text) == ["只有表头，没有内容"], "\(kind)")
                let sample = file + CSVWriter.line(kind.columns.map(\.sample))
                #expect(WorkImportTable(Array(sample.utf8), kind: kind).issues.isEmpty, "\(kind)")
            }
        }
    }
}
