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

/// The pages of the commitment and of duties, by plain forms.
@Suite struct CommitmentPageTests {
    /// 10:00 of the test's day has passed: what comes in is late.
    private static let fields: String = {
        var parts = CommitmentCount.allCases.map { count in
            "\(count.rawValue)=\(count == .units || count == .running ? 2 : count == .gradeTwo ? 1 : 0)"
        }
        parts += CommitmentFlag.allCases.map { flag in
            "\(flag.rawValue)=\(flag == .hazardsSafe || flag == .responsibilityCarriedOut ? 1 : 0)"
        }
        parts += ["promiseRiskRank=yellow", "promiseRiskValue=31", "dutyLead=A", "dutyLeadPhone=13912345678"]
        parts.append("measures=" + Form.encode("巡检,电话 13912345678,位于 112.20123, 35.70123"))
        return parts.joined(separator: "&")
    }()

    private func account(_ bench: WebBench) async throws {
        let hash = try #require(Password.hash(WebWorld.password))
        try await bench.store.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, enterprise_id, person_id, created_at)
                VALUES ('A-sun', 'sun', \(hash), '孙立安', 'responsible', 'E1', 'U1', \(WebWorld.now))
                """)
        }
    }

    @Test func `SJ-17 SJ-19 QY-06 filled in, refused with names, judged, sent, signed on the phone, read by anybody`()
        async throws
    {
        let bench = try await WebBench.make()
        try await account(bench)
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let form = try await safety.get("/commitment")
            #expect(form.status == .ok)
            for count in CommitmentCount.allCases { #expect(form.text.contains("id=\"\(count.rawValue)\"")) }

            let holed = Self.fields.replacing("firesNumber=0", with: "firesNumber=")
            let refused = try await safety.post("/commitment", holed + "&act=send")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("特级动火没有填数"))
            #expect(refused.text.contains("缺班组研判"))
            #expect(refused.text.contains("value=\"31\""))
            // The sentence that writes itself is made from the figures as sent, not kept from a form that was refused.
            #expect(!refused.text.contains("动火作业各 _"))

            for tier in ["team", "workshop", "enterprise"] {
                let judged = try await safety.post("/commitment/judge", "tier=\(tier)&unit=A&name=B&time=")
                #expect(judged.status == .seeOther)
            }
            let saved = try await safety.post("/commitment", holed + "&act=save")
            #expect(saved.status == .seeOther)
            #expect(try await safety.post("/commitment", Self.fields + "&act=send").status == .seeOther)
            #expect(try await safety.get("/commitment").text.contains("已送主要负责人签名"))

            // The technical person is not the principal.
            let zhao = try await Browser.signIn(client, "zhao")
            let other = try await zhao.post("/m/commitment/sign", "")
            #expect(other.status == .unprocessableContent)
            let phone = try await Browser.signIn(client, "sun")
            let page = try await phone.get("/m/commitment")
            #expect(page.text.contains("我承诺并签名"))
            #expect(page.text.utf8.count < 60_000)
            #expect(try await phone.post("/m/commitment/sign", "").status == .seeOther)
            #expect(try await phone.get("/m/commitment").text.contains("逾期"))

            // Without a session; no telephone number, no coordinates.
            let list = try await client.execute(uri: "/public/commitments", method: .get)
            #expect(list.status == .ok)
            #expect(String(buffer: list.body).contains("晋沁化工"))
            let one = try await client.execute(uri: "/public/commitments/E1", method: .get)
            let text = String(buffer: one.body)
            #expect(text.contains("孙立安"))
            #expect(text.contains("逾期"))
            for secret in ["13912345678", "112.20123", "35.70123"] { #expect(!text.contains(secret)) }
            #expect(try await client.execute(uri: "/public/commitments/none", method: .get).status == .notFound)
        }
    }

    @Test func `SJ-19 yesterday's values are offered, and each is to be confirmed`() async throws {
        let bench = try await WebBench.make()
        try await account(bench)
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            func judge() async throws {
                for tier in ["team", "workshop", "enterprise"] {
                    _ = try await safety.post("/commitment/judge", "tier=\(tier)&unit=A&name=B&time=")
                }
            }
            try await judge()
            _ = try await safety.post("/commitment", Self.fields + "&act=send")
            let phone = try await Browser.signIn(client, "sun")
            #expect(try await phone.post("/m/commitment/sign", "").status == .seeOther)
            bench.pass(.hours(13))
            let again = try await Browser.signIn(client, "jinqin")
            #expect(try await again.get("/commitment").text.contains("name=\"ok-firesNumber\""))
            for tier in ["team", "workshop", "enterprise"] {
                _ = try await again.post("/commitment/judge", "tier=\(tier)&unit=A&name=B&time=")
            }
            let refused = try await again.post("/commitment", Self.fields + "&act=send")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("特级动火未核对"))
            let ticks = CommitmentCount.allCases.map { "&ok-\($0.rawValue)=1" }.joined()
            #expect(try await again.post("/commitment", Self.fields + ticks + "&act=send").status == .seeOther)
        }
    }

    @Test func `JC-16 JC-17 the regulator sees who is missing in the jurisdiction, and reminds them`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let officer = try await Browser.signIn(client, "qinshui")
            let page = try await officer.get("/commitments?state=missing")
            #expect(page.text.contains("晋沁化工"))
            #expect(!page.text.contains("云杉新材"))
            #expect(try await officer.post("/commitments/urge/E1", "").status == .seeOther)
            #expect(try await officer.post("/commitments/urge/E2", "").status == .notFound)
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await safety.get("/inbox").text.contains("催办"))
            #expect(try await safety.post("/commitments/urge/E1", "").status == .forbidden)
            #expect(try await safety.get("/commitments/enterprise/E2").status == .notFound)
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/commitments/rules").text.contains("本项目约定"))
            #expect(try await admin.get("/duties/rules").status == .ok)
        }
    }

    @Test func `QY-08 QY-09b a duty is done from the phone with a photo that others may not see`() async throws {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 3))
            try DutyOperations.arm(context: &context, in: &session)
            _ = try DutyOperations.runDue(context: &context, in: &session)
        }
        try await bench.test { client in
            let phone = try await Browser.signIn(client, "zhao")
            let list = try await phone.get("/m/duties")
            #expect(list.text.contains("季度隐患排查"))
            #expect(list.text.utf8.count < 60_000)
            let address = "/m/duties/task/quarterly%3AH1%3A2026-Q4"
            #expect(try await phone.get(address).text.contains("联锁、紧急切断投用"))
            #expect(try await phone.get("/m/duties/task/quarterly%3AH2%3A2026-Q4").status == .notFound)

            func send(photo: [UInt8]) async throws -> HTTPResponse.Status {
                var body = ByteBuffer()
                func part(_ name: String, _ value: [UInt8], file: String = "") {
                    body.writeString("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n")
                    body.writeBytes(value)
                    body.writeString("\r\n")
                }
                part("csrf", Array(try await phone.csrf().utf8))
                for item in DutyKind.quarterly.items { part("item-\(item.rawValue)", Array("good".utf8)) }
                part("text", Array("看过".utf8))
                part("photo1", photo, file: "; filename=\"a.jpg\"")
                body.writeString("--b--\r\n")
                return try await client.execute(
                    uri: address, method: .post,
                    headers: [
                        .cookie: "fengsui_session=\(phone.cookie)", .contentType: "multipart/form-data; boundary=b",
                    ], body: body
                ).status
            }
            #expect(try await send(photo: []) == .unprocessableContent)
            #expect(try await send(photo: Array("GIF89a".utf8)) == .unprocessableContent)
            let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 200)
            #expect(try await send(photo: jpeg) == .seeOther)
            let officer = try await Browser.signIn(client, "qinshui")
            let record = try await officer.get("/duties/task/quarterly%3AH1%3A2026-Q4").text
            let start = try #require(record.range(of: "/duties/photo/"))
            let photo = "/duties/photo/" + String(record[start.upperBound...].prefix { $0 != "\"" })
            #expect(try await officer.get(photo).status == .ok)
            let stranger = try await Browser.signIn(client, "zezhou")
            #expect(try await stranger.get(photo).status == .notFound)
            #expect(try await officer.get("/duties").text.contains("履职落实率"))
        }
    }
}
