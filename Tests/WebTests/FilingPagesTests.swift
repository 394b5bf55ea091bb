import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// 报备, 摄像机, 离线, 备案 as pages: what is shown to whom, and the form with its file.
@Suite struct FilingPagesTests {
    private static func multipart(_ fields: [(String, String)], file: String?) -> (body: String, type: String) {
        var body = ""
        for (name, value) in fields {
            body += "--B1\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        if let file {
            body +=
                "--B1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n\(file)\r\n"
        }
        return (body + "--B1--\r\n", "multipart/form-data; boundary=B1")
    }

    private static func submit(
        _ browser: Browser, _ fields: [(String, String)], file: String?
    ) async throws -> (status: HTTPResponse.Status, location: String?, text: String) {
        let token = try await browser.csrf()
        let form = multipart([("csrf", token)] + fields, file: file)
        let answer = try await browser.client.execute(
            uri: "/filings/new", method: .post,
            headers: [.cookie: "fengsui_session=\(browser.cookie)", .contentType: form.type],
            body: ByteBuffer(string: form.body))
        return (answer.status, answer.headers[.location], String(buffer: answer.body))
    }

    @Test func `SJ-25 an enterprise files with a file; only its own jurisdiction sees both`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let form = try await safety.get("/filings/new")
            #expect(form.status == .ok && form.text.contains("合成氨装置") && form.text.contains("GT-2032"))
            let fields = [
                ("kind", "maintenance"), ("point", "P11"), ("point", "P12"), ("reason", "换密封"), ("measures", "专人监护"),
                ("from", "2026-11-24 14:00"), ("until", "2026-11-24 20:00"), ("found", ""),
            ]
            let refused = try await Self.submit(safety, fields, file: "MZ")
            #expect(refused.status == .unprocessableContent && refused.text.contains("不是 PDF"))
            // What was written is still in the form.
            #expect(refused.text.contains("换密封"))
            let answer = try await Self.submit(safety, fields, file: "%PDF-1.7 plan")
            let address = try #require(answer.location)
            #expect(answer.status == .seeOther)
            let page = try await safety.get(address)
            #expect(page.text.contains("点位 2 个") && page.text.contains("plan.pdf") && page.text.contains("待确认"))
            #expect(page.text.contains("撤回"))
            let start = try #require(page.text.range(of: address + "/files/"))
            let file = address + "/files/" + page.text[start.upperBound...].prefix { $0 != "\"" }
            #expect(try await safety.get(file).text == "%PDF-1.7 plan")

            let county = try await Browser.signIn(client, "qinshui")
            let seen = try await county.get(address)
            #expect(seen.status == .ok && seen.text.contains("确认报备"))
            #expect(try await county.get("/filings").text.contains("晋沁化工"))
            #expect(try await county.get("/inbox").text.contains("报备待确认"))
            for login in ["zezhou", "yunshan"] {
                let stranger = try await Browser.signIn(client, login)
                #expect(try await stranger.get(address).status == .notFound)
                #expect(try await stranger.get(file).status == .notFound)
                #expect(try await !stranger.get("/filings").text.contains("换密封"))
            }
            #expect(try await safety.post(address + "/withdraw", "").status == .serviceUnavailable)
        }
    }

    @Test func `five files of five megabytes are taken together, as the page promises; a sixth is not`() async throws {
        let bench = try await WebBench.make()
        let content = "%PDF-" + String(repeating: "0123456789abcdef", count: (5 * 1_024 * 1_024 - 16) / 16)
        @Sendable func form(_ csrf: String, files: Int) -> ByteBuffer {
            let fields = [
                ("csrf", csrf), ("kind", "maintenance"), ("point", "P11"), ("reason", "换密封"), ("measures", "专人监护"),
                ("from", "2026-11-24 14:00"), ("until", "2026-11-24 20:00"), ("found", ""),
            ]
            var body = Self.multipart(fields, file: nil).body
            body.removeLast("--B1--\r\n".count)
            for number in 1...files {
                body +=
                    "--B1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\(number).pdf\"\r\n\r\n"
                    + content + "\r\n"
            }
            return ByteBuffer(string: body + "--B1--\r\n")
        }
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let token = try await safety.csrf()
            func send(files: Int) async throws -> HTTPResponse.Status {
                try await client.execute(
                    uri: "/filings/new", method: .post,
                    headers: [
                        .cookie: "fengsui_session=\(safety.cookie)", .contentType: "multipart/form-data; boundary=B1",
                    ], body: form(token, files: files)
                ).status
            }
            #expect(try await send(files: 5) == .seeOther)
            #expect(try await send(files: 6) == .contentTooLarge)
        }
    }

    @Test func `opening a filing is reading what came about it; the rail counts what its role is shown`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let answer = try await Self.submit(
                safety,
                [
                    ("kind", "maintenance"), ("point", "P11"), ("reason", "换密封"), ("measures", "专人监护"),
                    ("from", "2026-11-24 14:00"), ("until", "2026-11-24 20:00"), ("found", ""),
                ], file: nil)
            let address = try #require(answer.location)
            func unread() async throws -> Int {
                try await bench.store.read { session throws(StorageError) in
                    try session.first(
                        """
                        SELECT count(*) FROM outbox WHERE channel = 'portal' AND read_at IS NULL
                            AND recipient_id = 'qinshui' AND subject LIKE 'filing:%'
                        """
                    ) { row throws(StorageError) in row.next() as Int } ?? 0
                }
            }
            let county = try await Browser.signIn(client, "qinshui")
            let before = try await unread()
            _ = try await county.get(address)
            let after = try await unread()
            #expect(before == 1 && after == 0)
        }
        let now = bench.now
        for (role, authority) in [(AccountRole.duty, "qinshui"), (.admin, nil)] as [(AccountRole, AuthorityID?)] {
            let officer = Officer(
                account: "a", login: "a", name: "", role: role, authority: authority, authorityLevel: nil,
                enterprise: nil, person: nil, organization: "", region: nil, sessionHash: [], csrf: "")
            let figures = try await bench.store.read { session throws(StorageError) in
                try RailFigures.read(for: officer, now: now, in: &session)
            }
            #expect(figures[.filings] == (role == .admin ? nil : 1))
            #expect(RailFigures.areShown(to: role) == (role == .duty))
        }
    }

    @Test func `SJ-16 cameras are registered by the enterprise and listed with what is missing`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let before = try await safety.get("/cameras")
            #expect(before.status == .ok && before.text.contains("中控室没有视频"))
            let refused = try await safety.post("/cameras", "id=V1&name=1号罐&place=tank")
            #expect(refused.status == .unprocessableContent)
            let answer = try await safety.post("/cameras", "id=V1&name=中控室北墙&place=controlRoom&location=北墙")
            #expect(answer.status == .seeOther)
            let after = try await safety.get("/cameras")
            #expect(after.text.contains("中控室北墙") && !after.text.contains("中控室没有视频"))
            let other = try await Browser.signIn(client, "yunshan")
            #expect(try await !other.get("/cameras").text.contains("中控室北墙"))
        }
    }

    @Test func `JC-14 the page of what is offline, and the records, for each office`() async throws {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try PresenceStore.open(.enterprise, "E1", of: "E1", at: now - .days(9), in: &session)
            try PresenceStore.close(.enterprise, "E1", at: now - .days(4), in: &session)
        }
        try await bench.test { client in
            let county = try await Browser.signIn(client, "qinshui")
            let page = try await county.get("/offline")
            #expect(page.status == .ok && page.text.contains("晋沁化工") && page.text.contains("长期离线"))
            for kind in ["point", "camera"] { #expect(try await county.get("/offline?kind=" + kind).status == .ok) }
            let safety = try await Browser.signIn(client, "jinqin")
            let record = try await safety.post(
                "/filings/records",
                "kind=shutDown&hazard=H1&deviceName=合成氨装置&content=计划停车&startAt=2026-11-23 14:00"
                    + "&expireAt=2026-11-23 20:00&personName=周启明&personPhone=13900000001&removesInterlock=1"
                    + "&emergencyPlan=氮气置换")
            #expect(record.status == .seeOther)
            let records = try await county.get("/filings/records").text
            #expect(records.contains("合成氨装置") && records.contains("摘除联锁"))
            let other = try await Browser.signIn(client, "zezhou")
            #expect(try await !other.get("/filings/records").text.contains("氮气置换"))
            #expect(try await county.get("/enterprise/E1").text.contains("点位在线"))
        }
    }
}
