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
}
