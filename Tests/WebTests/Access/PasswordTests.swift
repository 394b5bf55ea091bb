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

/// Passwords that their owners choose (domain §13).
@Suite struct PasswordTests {
    static func step(
        _ client: any TestClientProtocol, _ cookie: String, _ fields: String
    ) async throws -> (status: HTTPResponse.Status, cookie: String?, location: String?, text: String) {
        let headers: HTTPFields = [.cookie: "fengsui_session=\(cookie)"]
        let page = String(buffer: try await client.execute(uri: SignInStep.path, method: .get, headers: headers).body)
        let csrf = page.firstMatch(of: #/name="csrf" value="([0-9a-f]+)"/#)?.1 ?? ""
        let answer = try await client.execute(
            uri: SignInStep.path, method: .post,
            headers: [
                .cookie: "fengsui_session=\(cookie)", .contentType: "application/x-www-form-urlencoded",
            ], body: .init(string: fields + "&csrf=\(csrf)"))
        return (
            answer.status, WebBench.cookie("fengsui_session", in: answer), answer.headers[.location],
            String(buffer: answer.body)
        )
    }

    @Test func `§13 a first password opens nothing but the form for a new one`() async throws {
        let bench = try await WebBench.make()
        try await bench.store.write { session throws(StorageError) in
            try session.execute("UPDATE account SET must_change = 1 WHERE login = 'city'")
        }
        try await bench.test { client in
            let signedIn = try await WebBench.signIn(client, "city")
            let cookie = try #require(signedIn.cookie)
            let pending: HTTPFields = [.cookie: "fengsui_session=\(cookie)"]
            for path in ["/", "/warnings", "/account", "/inbox"] {
                let answer = try await client.execute(uri: path, method: .get, headers: pending)
                #expect(answer.headers[.location]?.hasPrefix(SignInStep.path) == true, "\(path)")
            }
            #expect(try await client.execute(uri: "/api/v1/me", method: .get, headers: pending).status == .unauthorized)
            #expect(try await client.execute(uri: "/events", method: .get, headers: pending).status != .ok)
            for (fields, words) in [
                ("present=wrong&chosen=Abcdefg123&again=Abcdefg123", "现在的口令不对"),
                ("present=password&chosen=abc&again=abc", "至少 10 位"),
                ("present=password&chosen=Abcdefg123&again=Abcdefg124", "不一样"),
            ] {
                let refused = try await Self.step(client, cookie, fields)
                #expect(refused.status == .unprocessableContent && refused.text.contains(words), "\(words)")
            }
            let done = try await Self.step(client, cookie, "present=password&chosen=Abcdefg123&again=Abcdefg123")
            #expect(done.status == .seeOther && done.location == "/", "\(done.text)")
            let fresh = try #require(done.cookie)
            #expect(fresh != cookie, "rights grew: a new token")
            #expect(
                try await client.execute(uri: "/", method: .get, headers: [.cookie: "fengsui_session=\(fresh)"]).status
                    == .ok)
            #expect(
                try await client.execute(uri: "/", method: .get, headers: pending).headers[.location]?.hasPrefix(
                    "/login")
                    == true, "the old one is over")
            #expect(try await WebBench.signIn(client, "city").status == .unprocessableContent)
            let kinds = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-city").map(\.entry.kind)
            }
            #expect(kinds.contains("passwordChanged") && kinds.last == "signInFailed")
        }
    }

    @Test func `§13 after ninety days a new password is due, and none of the last five will do`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            var present = WebWorld.password
            for number in 1...5 {
                bench.pass(.days(90))
                let signedIn = try await WebBench.signIn(client, "jinqin", password: present)
                let cookie = try #require(signedIn.cookie)
                let chosen = "Fengsui-000\(number)"
                let again = try await Self.step(
                    client, cookie, "present=\(present)&chosen=Fengsui-0001&again=Fengsui-0001")
                if number == 1 {
                    #expect(again.status == .seeOther)
                } else {
                    #expect(again.text.contains("最近 5 次"), "\(number)")
                    let done = try await Self.step(
                        client, cookie, "present=\(present)&chosen=\(chosen)&again=\(chosen)")
                    #expect(done.status == .seeOther)
                }
                present = chosen
            }
            bench.pass(.days(90))
            let cookie = try #require(try await WebBench.signIn(client, "jinqin", password: present).cookie)
            // The first of all is six back by now, and 0001 is the fifth.
            let fifth = try await Self.step(
                client, cookie, "present=\(present)&chosen=Fengsui-0001&again=Fengsui-0001")
            #expect(fifth.status == .unprocessableContent)
            let sixth = try await Self.step(
                client, cookie, "present=\(present)&chosen=Fengsui-0006&again=Fengsui-0006")
            #expect(sixth.status == .seeOther)
        }
    }

    @Test func `a person changes the password by hand: other sessions and all tokens end, this browser goes on`()
        async throws
    {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let here = try await Browser.signIn(client, "qinshui")
            let elsewhere = try await Browser.signIn(client, "qinshui")
            let program = try await Program.make(bench, client, "qinshui")
            #expect(try await program.get("/api/v1/me").status == .ok)
            let answer = try await client.execute(
                uri: "/account/password", method: .post,
                headers: [
                    .cookie: "fengsui_session=\(here.cookie)", .contentType: "application/x-www-form-urlencoded",
                ],
                body: .init(
                    string: "present=password&chosen=Abcdefg123&again=Abcdefg123&csrf=\(try await here.csrf())"))
            #expect(answer.status == .seeOther)
            let fresh = Browser(client: client, cookie: WebBench.cookie("fengsui_session", in: answer) ?? "")
            #expect(try await fresh.get("/").status == .ok)
            #expect(try await elsewhere.get("/").status == .seeOther)
            #expect(try await here.get("/").status == .seeOther)
            #expect(try await program.get("/api/v1/me").status == .unauthorized)
        }
    }

    @Test func `five wrong passwords on the form for a new one lock the account`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            for _ in 1...5 {
                _ = try await browser.post("/account/password", "present=x&chosen=Abcdefg123&again=Abcdefg123")
            }
            #expect(try await WebBench.signIn(client, "city").status == .tooManyRequests)
        }
    }
}
