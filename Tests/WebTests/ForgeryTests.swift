import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

@Suite struct ForgeryTests {
    @Test func `a form without the token is refused`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            #expect(try await browser.post("/logout", "", csrf: "").status == .forbidden)
            #expect(try await browser.post("/logout", "", csrf: String(repeating: "0", count: 64)).status == .forbidden)
            #expect(try await browser.get("/").status == .ok)
        }
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `what a browser says comes from elsewhere is refused even with the token`(origin: String) async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let answer = try await browser.post("/logout", "", headers: [.init("Sec-Fetch-Site")!: origin])
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `every answer carries the security headers and no page an inline script`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let answer = try await client.execute(
                uri: "/", method: .get, headers: [.cookie: "fengsui_session=\(browser.cookie)"])
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(policy.contains("script-src 'self'"))
            #expect(!policy.contains("script-src 'self' 'unsafe-inline'"))
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.cacheControl] == "no-store")
            let text = String(buffer: answer.body)
            #expect(!text.contains("<script>"))
            #expect(!text.contains(" onclick="))
        }
    }

    @Test func `the session's cookie is out of reach of scripts and of other sites`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let form = try await client.execute(uri: "/login", method: .get)
            let cookie = form.headers[values: .setCookie].joined()
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
        }
    }

    @Test func `what the API does not know is a problem document, what the pages do not know a page in Chinese`()
        async throws
    {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let api = try await client.execute(uri: "/api/v1/nothing", method: .get)
            #expect(api.status == .notFound)
            #expect(api.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(String(buffer: api.body).contains("requestId"))
            let page = try await client.execute(uri: "/nothing", method: .get)
            #expect(page.status == .notFound)
            #expect(String(buffer: page.body).contains("没有这一页"))
        }
    }

    @Test func `health, readiness and figures need no session`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
            let figures = String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
            #expect(figures.contains("fengsui_event_listeners 0"))
        }
    }

    @Test func `text a person typed cannot become markup`() async throws {
        let bench = try await WebBench.make()
        try await bench.store.write { session throws(StorageError) in
            try session.execute("UPDATE enterprise SET name = '<script>alert(1)</script>' WHERE id = 'E1'")
            try WebWorld.level("H1", .red, at: WebWorld.now, in: &session)
        }

        try await bench.test { client in
            let officer = try await Browser.signIn(client, "city")
            for page in ["/", "/warnings", "/enterprises", "/enterprise/E1", "/wall", "/map"] {
                let text = try await officer.get(page).text
                #expect(!text.contains("<script>alert"), "\(page)")
                #expect(text.contains("&lt;script&gt;") || page == "/map", "\(page)")
            }
        }
    }
}
