import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Operations
import Storage
import Testing

@testable import Web

/// A bulletin by plain forms: read, completed, issued, signed for; the public ones by anybody.
@Suite struct BulletinPageTests {
    private func draft(_ bench: WebBench) async throws -> BulletinID {
        let now = bench.now
        let found = try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 3))
            let kind = BulletinKind.daily
            try BulletinOperations.draft(
                kind, period: .before(Day(now), kind: kind), context: &context, in: &session)
            return try session.first("SELECT id FROM bulletin WHERE office_id = 'city'") {
                row throws(StorageError) in row.next() as BulletinID
            }
        }
        return try #require(found)
    }

    @Test func `from the draft to the signature`() async throws {
        let bench = try await WebBench.make()
        let id = try await draft(bench)
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            let list = try await city.get("/bulletins")
            #expect(list.status == .ok && list.text.contains("/bulletins/\(id)"))
            let page = try await city.get("/bulletins/\(id)")
            #expect(page.status == .ok && page.text.contains("article class=\"gw") && page.text.contains("发给谁"))
            // Nobody else sees a draft.
            let qinshui = try await Browser.signIn(client, "qinshui")
            #expect(try await qinshui.get("/bulletins/\(id)").status == .notFound)
            #expect(try await qinshui.post("/bulletins/\(id)/issue", "").status == .notFound)
            let locked = try await city.post("/bulletins/\(id)/edit", "key=commitmentRate&text-0=100")
            #expect(locked.status == .conflict)

            #expect(try await city.post("/bulletins/\(id)/issue", "").status == .seeOther)
            let issued = try await city.get("/bulletins/\(id)")
            #expect(issued.text.contains("已印发") && issued.text.contains("〔2026〕1号"))
            #expect(try await city.post("/bulletins/\(id)/issue", "").status == .conflict)
            #expect(try await qinshui.get("/bulletins/\(id)").text.contains("签收"))
            #expect(try await qinshui.post("/bulletins/\(id)/acknowledge", "").status == .seeOther)
            #expect(try await qinshui.post("/bulletins/\(id)/acknowledge", "").status == .conflict)
            let receipts = try await city.get("/bulletins/\(id)").text
            #expect(receipts.contains("签收 1/"))
            let docx = try await city.get("/bulletins/\(id)/docx")
            #expect(docx.status == .ok && docx.text.hasPrefix("PK"))
            #expect(try await qinshui.get("/inbox").text.contains("通报"))
        }
    }

    @Test func `TB-02 an internal bulletin has no public page; anybody may look at the public list`() async throws {
        let bench = try await WebBench.make()
        let id = try await draft(bench)
        try await bench.test { client in
            let list = try await client.execute(uri: "/public/bulletins", method: .get)
            #expect(list.status == .ok && String(buffer: list.body).contains("还没有公开的通报"))
            #expect(try await client.execute(uri: "/public/bulletins/\(id)", method: .get).status == .notFound)
            let style = try await client.execute(uri: "/documents.css", method: .get)
            #expect(style.headers[.contentType] == "text/css; charset=utf-8")
            let city = try await Browser.signIn(client, "city")
            #expect(try await city.post("/bulletins/\(id)/issue", "").status == .seeOther)
            #expect(try await client.execute(uri: "/public/bulletins/\(id)", method: .get).status == .notFound)
        }
    }
}
