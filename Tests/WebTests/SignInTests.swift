import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

@Suite struct SignInTests {
    @Test func `the right password opens a session whose token is stored only as a hash`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let answer = try await WebBench.signIn(client, "city")
            #expect(answer.status == .seeOther)
            let token = try #require(answer.cookie)
            #expect(token.count == 64)
            let hash = Tokens.sha256(Array(token.utf8))
            let kept = try await bench.store.read { session throws(StorageError) in
                try session.rows("SELECT token_hash FROM web_session") { row throws(StorageError) in
                    row.next() as [UInt8]
                }
            }
            #expect(kept == [hash])
        }
    }

    @Test(arguments: [("city", "/"), ("jinqin", "/e"), ("zhao", "/m")])
    func `each role begins on its own page`(login: String, home: String) async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, login)
            #expect(try await browser.get(home).status == .ok)
        }
    }

    @Test func `a page asks for a sign-in and comes back to itself`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let answer = try await client.execute(uri: "/warnings?level=red", method: .get)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/login?next=%2Fwarnings%3Flevel%3Dred")
        }
    }

    @Test func `five wrong passwords lock the account for half an hour`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            for _ in 1...5 {
                #expect(try await WebBench.signIn(client, "city", password: "wrong").status == .unprocessableContent)
            }
            let locked = try await WebBench.signIn(client, "city")
            #expect(locked.status == .tooManyRequests)
            #expect(locked.text.contains("账号已锁定"))
            bench.pass(.minutes(31))
            #expect(try await WebBench.signIn(client, "city").status == .seeOther)
        }
    }

    @Test func `an unknown account is refused in the same words as a wrong password`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let unknown = try await WebBench.signIn(client, "nobody")
            #expect(unknown.status == .unprocessableContent)
            #expect(unknown.text.contains("账号或口令不对"))
        }
    }

    @Test func `a session without a click ends after a quarter of an hour`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, "jinqin")
            bench.pass(.minutes(14))
            #expect(try await browser.get("/e").status == .ok)
            bench.pass(.minutes(14))
            #expect(try await browser.get("/e", headers: [.init("X-Live")!: "1"]).status == .ok)
            bench.pass(.minutes(2))
            #expect(try await browser.get("/e").status == .seeOther)
        }
    }

    @Test func `signing out ends the session`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            #expect(try await browser.post("/logout", "").status == .seeOther)
            #expect(try await browser.get("/").status == .seeOther)
        }
    }

    @Test func `a sign-in cannot be sent from elsewhere`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            let answer = try await client.execute(
                uri: "/login", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: "login=city&password=password&token=x"))
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `the address to go on to is never somebody else's`() async throws {
        let bench = try await WebBench.make()

        try await bench.test { client in
            for next in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example"] {
                let form = try await client.execute(uri: "/login", method: .get)
                let token = WebBench.cookie("fengsui_signin", in: form) ?? ""
                let answer = try await client.execute(
                    uri: "/login", method: .post,
                    headers: [.contentType: "application/x-www-form-urlencoded", .cookie: "fengsui_signin=\(token)"],
                    body: ByteBuffer(string: "login=city&password=password&token=\(token)&next=\(next)"))
                #expect(answer.headers[.location] == "/")
            }
        }
    }
}
