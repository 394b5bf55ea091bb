import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Storage
import Testing

@testable import Web

/// Who knocks too often waits (429 with Retry-After).
@Suite struct RateLimitTests {
    @Test func `sign-ins from one address are limited, whatever the account`() async throws {
        let bench = try await WebBench.make(signInLimit: RateLimit(6, within: .minutes(1)))
        try await bench.test { client in
            for number in 1...6 {
                let answer = try await WebBench.signIn(client, "nobody\(number)", password: "wrong")
                #expect(answer.status == .unprocessableContent)
            }
            let held = try await WebBench.signIn(client, "city")
            #expect(held.status == .tooManyRequests && held.cookie == nil)
            #expect(held.text.contains("秒后再试"))
            bench.pass(.seconds(10))
            #expect(try await WebBench.signIn(client, "city").status == .seeOther)
        }
    }

    @Test func `a token that asks too often is told when to come again, another is not held`() async throws {
        let bench = try await WebBench.make(apiLimit: RateLimit(10, within: .seconds(10)))
        try await bench.test { client in
            let city = try await Program.make(bench, client, "city")
            for _ in 1...10 { #expect(try await city.get("/api/v1/me").status == .ok) }
            let held = try await city.get("/api/v1/me")
            #expect(held.status == .tooManyRequests && held.headers[.retryAfter] == "1")
            #expect(held.json["type"] == "/problems/too-often")
            #expect(held.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            let county = try await Program.make(bench, client, "qinshui")
            #expect(try await county.get("/api/v1/me").status == .ok)
            bench.pass(.seconds(1))
            #expect(try await city.get("/api/v1/me").status == .ok)
        }
    }

    @Test func `wrong tokens from one address are limited, too`() async throws {
        let bench = try await WebBench.make(apiLimit: RateLimit(10, within: .seconds(10)))
        try await bench.test { client in
            let stranger = Program(client: client, token: "nonsense")
            for _ in 1...10 {
                let refused = try await stranger.get("/api/v1/me")
                #expect(refused.status == .unauthorized)
            }
            let held = try await stranger.get("/api/v1/me")
            #expect(held.status == .tooManyRequests)
        }
    }

    @Test func `the document names the refusal`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let text = try await client.execute(uri: "/openapi.json", method: .get).body
            let answers = try JSON.parse(String(buffer: text))["paths"]?["/api/v1/me"]?["get"]?["responses"]
            #expect(answers?["429"]?["headers"]?["Retry-After"] != nil)
        }
    }
}
