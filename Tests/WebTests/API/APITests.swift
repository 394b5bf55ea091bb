import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// What a program meets: tokens, refusals, lists as JSON and as files, and acts by the rules of the forms.
@Suite struct APITests {
    // MARK: Who calls

    @Test func `nobody and strangers are refused with a problem document`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let nobody = try await client.execute(uri: "/api/v1/warnings", method: .get)
            #expect(nobody.status == .unauthorized)
            #expect(nobody.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            let problem = try JSON.parse(String(buffer: nobody.body))
            #expect(problem["type"] == "/problems/not-signed-in" && problem["detail"]?.string?.isEmpty == false)
            let stranger = Program(client: client, token: "nonsense")
            #expect(try await stranger.get("/api/v1/warnings").json["type"] == "/problems/wrong-token")
            let gateway = try await Program.make(bench, client, "city")
            #expect(try await gateway.get("/api/v1/nothing").status == .notFound)
        }
    }

    @Test func `a person makes a token on the account's page, sees it once, and takes it back`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let city = try await Browser.signIn(client, "city")
            #expect(try await city.get("/account").text.contains("还没有令牌"))
            #expect(try await city.post("/account/tokens", "name=&rights=read&days=30").status == .unprocessableContent)
            #expect(
                try await city.post("/account/tokens", "name=x&rights=read&days=999").status == .unprocessableContent)
            let made = try await city.post("/account/tokens", "name=report&rights=read&days=30")
            let start = try #require(made.text.range(of: AccountPage.tokenPrefix))
            let token = String(made.text[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            #expect(token.count == AccountPage.tokenPrefix.count + 64)
            let again = try await city.get("/account").text
            #expect(!again.contains(token) && again.contains("…" + token.suffix(6)))
            let stored = try await bench.store.read { session throws(StorageError) in
                try session.rows("SELECT name || hint FROM api_token") { row throws(StorageError) in
                    row.next() as String
                }
            }
            #expect(stored == ["report" + token.suffix(6)])

            let program = Program(client: client, token: token)
            let caller = try await program.get("/api/v1/me").json
            #expect(caller["login"] == "city" && caller["authority"] == "city" && caller["csrf"] == .null)
            #expect(
                try await program.post("/api/v1/duty-calls", ["targetKind": "enterprise"]).json["type"]
                    == "/problems/read-only-token")
            // Another person cannot take it back.
            let id = try #require(again.range(of: "/account/token/")).upperBound
            let address = "/account/token/" + again[id...].prefix { $0 != "/" } + "/revoke"
            let other = try await Browser.signIn(client, "qinshui")
            #expect(try await other.post(address, "").status == .notFound)
            #expect(try await program.get("/api/v1/me").status == .ok)
            #expect(try await city.post(address, "").status == .seeOther)
            #expect(try await program.get("/api/v1/me").json["type"] == "/problems/wrong-token")
            let kinds = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-city").map(\.entry.kind)
            }
            #expect(kinds.contains("tokenMade") && kinds.contains("tokenRevoked"))
        }
    }

    @Test func `a token ends with its time, with the account and with the password`() async throws {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.test { client in
            let ended = try await Program.make(bench, client, "city")
            let disabled = try await Program.make(bench, client, "zezhou")
            let reset = try await Program.make(bench, client, "qinshui")
            try await bench.store.write { session throws(RegistryFailure) in
                var context = OperationContext(now: now, actor: "A-admin", ids: IdentifierSource(seed: 9))
                try AccountOperations.setDisabled(
                    "A-zezhou", isDisabled: true, by: .system, context: &context, in: &session)
                try AccountOperations.setDisabled(
                    "A-zezhou", isDisabled: false, by: .system, context: &context, in: &session)
                try AccountOperations.setPassword(
                    hash: "x", of: "A-qinshui", by: .system, context: &context, in: &session)
            }
            #expect(try await ended.get("/api/v1/me").status == .ok)
            #expect(try await disabled.get("/api/v1/me").status == .unauthorized)
            #expect(try await reset.get("/api/v1/me").status == .unauthorized)
            bench.pass(.days(31))
            #expect(try await ended.get("/api/v1/me").status == .unauthorized)
        }
    }

    @Test func `a browser reads with its session and writes only with the token of the session`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let call = try #require(world.ids["call"]?["E1"])
        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            let me = try JSON.parse(try await safety.get("/api/v1/me").text)
            let csrf = try #require(me["csrf"]?.string)
            func answer(_ token: String?, origin: String?) async throws -> HTTPResponse.Status {
                var headers: HTTPFields = [
                    .cookie: "fengsui_session=\(safety.cookie)", .contentType: "application/json",
                ]
                headers[.init("X-CSRF-Token")!] = token
                headers[.init("Sec-Fetch-Site")!] = origin
                return try await client.execute(
                    uri: "/api/v1/duty-calls/\(call)/answer", method: .post, headers: headers,
                    body: ByteBuffer(string: "{\"name\":\"陶然\"}")
                ).status
            }
            #expect(try await answer(nil, origin: nil) == .forbidden)
            #expect(try await answer("0", origin: "same-origin") == .forbidden)
            #expect(try await answer(csrf, origin: "cross-site") == .forbidden)
            #expect(try await answer(csrf, origin: "same-site") == .forbidden)
            #expect(try await answer(csrf, origin: "same-origin") == .ok)
        }
    }

    // MARK: Lists

    @Test func `a list goes on from page to page and says how many there are`() async throws {
        let bench = try await WebBench.make()
        _ = try await APIWorld.seed(bench)
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let first = try await city.get("/api/v1/warnings?size=2").json
            #expect(first["total"] == 3 && first["items"]?.array?.count == 2)
            #expect(first["items"]?.array?.first?["level"] == "red", "the order of the desk")
            let next = try #require(first["next"]?.string)
            let second = try await city.get(next).json
            #expect(second["items"]?.array?.count == 1 && second["next"] == .null)
            let ids = [first, second].flatMap { $0["items"]?.array ?? [] }.compactMap { $0["id"]?.string }
            #expect(Set(ids).count == 3)
            #expect(first["items"]?.array?.first?["raisedAt"]?.string?.hasSuffix("+08:00") == true)
            #expect(try await city.get("/api/v1/warnings?level=orange").json["total"] == 1)
            for wrong in [
                "size=501", "size=0", "page=0", "level=purple", "nonsense=1", "open=yes", "format=pdf", "level=",
                "page=",
            ] {
                let answer = try await city.get("/api/v1/warnings?" + wrong)
                #expect(answer.status == .badRequest && answer.json["type"] == "/problems/parameter", "\(wrong)")
            }
        }
    }

    @Test func `a list as a file has all rows, the filters in force, and no formula`() async throws {
        let bench = try await WebBench.make()
        let world = try await APIWorld.seed(bench)
        let id = try #require(world.ids["problem"]?["E1"])
        try await bench.store.write { session throws(StorageError) in
            try session.execute("UPDATE problem SET content = '=HYPERLINK(\"http://x\",1)' WHERE id = \(id)")
        }
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let csv = try await city.get("/api/v1/problems?format=csv&size=1")
            #expect(csv.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.headers[.contentDisposition]?.contains("filename*=UTF-8''") == true)
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 4, "the head and all three, whatever the size")
            #expect(lines[0].contains("发现单位") && !lines[0].contains("finder"))
            #expect(csv.text.contains("\"'=HYPERLINK("), "a formula becomes a text")
            let xlsx = try await city.get("/api/v1/problems?format=xlsx")
            #expect(xlsx.bytes.starts(with: Array("PK".utf8)))
            // The page leads there with what it was narrowed to.
            let browser = try await Browser.signIn(client, "city")
            let page = try await browser.get("/problems?only=open&page=1").text
            #expect(page.contains("/api/v1/problems?only=open&amp;format=csv"))
            let file = try await browser.get("/api/v1/problems?only=open&format=csv").text
            #expect(file.split(separator: "\r\n").count == 4)
            #expect(
                try await browser.get("/api/v1/problems?stage=closed&format=csv").text.split(separator: "\r\n").count
                    == 1)
        }
    }

    @Test func `every page with a download gives it to whoever sees the page`() async throws {
        let bench = try await WebBench.make()
        _ = try await APIWorld.seed(bench)
        try await bench.test { client in
            for login in ["city", "jinqin", "admin"] {
                let browser = try await Browser.signIn(client, login)
                for (page, download) in APITable.downloads.sorted(by: { $0.key < $1.key }) {
                    let shown = try await browser.get(page)
                    guard shown.status == .ok, shown.text.contains("id=\"downloads\"") else { continue }
                    #expect(shown.text.contains("\(download.path)?format=csv"), "\(login) \(page)")
                    for format in ["csv", "xlsx"] {
                        let file = try await browser.get("\(download.path)?format=\(format)")
                        // An administrator of no office has to name one.
                        let isUnnamed = login == "admin" && file.status == .badRequest
                        #expect(file.status == .ok || isUnnamed, "\(login) \(page) \(format) \(file.text.prefix(200))")
                    }
                }
            }
        }
    }

    @Test func `a figure is the sum of its rows`() async throws {
        let bench = try await WebBench.make()
        _ = try await APIWorld.seed(bench)
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            let figures = try await city.get("/api/v1/figures?size=100").json["items"]?.array ?? []
            #expect(figures.count == FigureKind.allCases.count)
            var filled = 0
            for figure in figures {
                let address = try #require(figure["rows"]?.string)
                let rows = try await city.get(address + "&size=500").json["items"]?.array ?? []
                for part in ["numerator", "denominator"] {
                    let sum = rows.reduce(Int64(0)) { $0 + ($1["ratio"]?[part]?.integer ?? 0) }
                    #expect(figure["ratio"]?[part]?.integer == sum, "\(figure["kind"]?.string ?? "") \(part)")
                }
                if !rows.isEmpty { filled += 1 }
                if figure["ratio"]?["denominator"] == 0 { #expect(figure["ratio"]?["percent"] == .null) }
            }
            #expect(filled >= 5)
        }
    }
}
