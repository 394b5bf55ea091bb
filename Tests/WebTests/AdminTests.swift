import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import Testing

@testable import Web

/// The administration's pages: who may open them, what is shown once, what waits for a second person.
@Suite struct AdminTests {
    static let pages = [
        "/admin", "/admin/organisations", "/admin/organisation?id=qinshui", "/admin/accounts", "/admin/enterprises",
        "/admin/enterprise?id=E1", "/admin/hazard?id=H1", "/admin/equipment?id=Q1", "/admin/person?id=U1",
        "/admin/points?enterprise=E1", "/admin/point?id=P11", "/admin/gateways", "/admin/rules", "/admin/import",
        "/admin/vacancies", "/changes", "/admin/import/template/points",
    ]

    @Test func `every page opens for the administrator and for nobody who is only on duty`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let duty = try await Browser.signIn(client, "qinshui")
            for page in Self.pages {
                #expect(try await admin.get(page).status == .ok, "\(page)")
                let isShared = ["/admin/rules", "/admin/vacancies", "/changes"].contains(page)
                #expect(try await duty.get(page).status == (isShared ? .ok : .forbidden), "\(page)")
            }
        }
    }

    @Test func `a safety officer edits the own enterprise's parts, and another's do not exist`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let own = ["/admin/enterprise?id=E1", "/admin/hazard?id=H1", "/admin/point?id=P11", "/admin/person?id=U1"]
            for page in own {
                #expect(try await safety.get(page).status == .ok, "\(page)")
            }
            let other = [
                "/admin/enterprise?id=E2", "/admin/hazard?id=H2", "/admin/point?id=P21", "/admin/person?id=U5",
            ]
            for page in other {
                #expect(try await safety.get(page).status == .notFound, "\(page)")
            }
            let stolen = try await safety.post("/admin/person", "enterprise=E2&name=甲&phone=13900000000&inUse=1")
            #expect(stolen.status == .notFound)
            let account = try await safety.post("/admin/accounts", "login=mine&name=x&role=admin")
            #expect(account.status == .forbidden)
            let forged = try await safety.post("/admin/person", "enterprise=E1&name=甲", csrf: "0")
            #expect(forged.status == .forbidden)
        }
    }

    @Test func `a gateway's key and an account's password are on one answer only`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let key = try await admin.post("/admin/gateways", "enterprise=E2&name=中控&id=")
            #expect(key.status == .ok)
            #expect(key.text.contains("fs_"))
            #expect(try await admin.get("/admin/gateways").text.contains("密钥 fs_") == false)
            let account = try await admin.post(
                "/admin/accounts", "login=new.duty&name=新人&role=duty&authority=zezhou&enterprise=&person=")
            let start = try #require(account.text.firstRange(of: "口令 "))
            let password = String(account.text[start.upperBound...].prefix(12))
            #expect(try await WebBench.signIn(client, "new.duty", password: password).cookie != nil)
            #expect(try await admin.get("/admin/accounts").text.contains(password) == false)
        }
    }

    @Test func `a file is checked first, then written whole`() async throws {
        let bench = try await WebBench.make()
        let header = "企业,姓名,手机,职务\n"
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let bad = try await Self.upload(admin, kind: "people", "file", header + "晋沁化工,甲,139,\n", act: "check")
            #expect(bad.text.contains("第 2 行「电话」"))
            let good = header + "晋沁化工,甲,13900000009,班长\n"
            let checked = try await Self.upload(admin, kind: "people", "file", good, act: "check")
            #expect(checked.text.contains("检查通过"))
            let before = try await Self.people(bench)
            let applied = try await Self.upload(admin, kind: "people", "content", good, act: "apply")
            #expect(applied.status == .seeOther)
            #expect(try await Self.people(bench) == before + 1)
        }
    }

    private static func people(_ bench: WebBench) async throws -> Int {
        try await bench.store.read { session throws(StorageError) in
            try RegistryQueries.people(of: "E1", scope: .system, in: &session).count
        }
    }

    private static func upload(
        _ browser: Browser, kind: String, _ part: String, _ text: String, act: String
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let parts = [("csrf", try await browser.csrf()), ("kind", kind), ("do", act), (part, text)]
        let body = parts.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
        let answer = try await browser.client.execute(
            uri: "/admin/import", method: .post,
            headers: [
                .cookie: "fengsui_session=\(browser.cookie)", .contentType: "multipart/form-data; boundary=b",
            ], body: ByteBuffer(string: body + "--b--\r\n"))
        return (answer.status, String(buffer: answer.body))
    }
}
