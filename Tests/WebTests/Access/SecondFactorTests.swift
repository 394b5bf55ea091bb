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

/// One-time codes (RFC 6238), recovery codes, and who must have them (domain §13).
@Suite struct SecondFactorTests {
    /// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `codes are those of the standard`(seconds: Int64, code: String) {
        let key = Array("12345678901234567890".utf8)
        let step = OneTimeCode.step(at: Timestamp(milliseconds: seconds * 1_000))
        #expect(OneTimeCode.text(of: SecondFactor.code(key: key, step: step)) == code)
    }

    static func code(_ key: [UInt8], _ now: Timestamp) -> String {
        OneTimeCode.text(of: SecondFactor.code(key: key, step: OneTimeCode.step(at: now)))
    }

    private static func key(_ bench: WebBench, _ account: AccountID) async throws -> [UInt8] {
        try await bench.store.read { session throws(StorageError) in
            try AccessStore.factor(of: account, in: &session)?.secret ?? []
        }
    }

    /// Sets a factor up by hand; its recovery codes.
    private static func enrol(_ bench: WebBench, _ browser: Browser, _ account: AccountID) async throws -> [String] {
        let page = try await browser.get("/account/factor").text
        let key = try await key(bench, account)
        #expect(page.contains(Base32.grouped(key)) && page.contains("otpauth://totp/"))
        #expect(try await browser.post("/account/factor", "code=000000").status == .unprocessableContent)
        let done = try await browser.post("/account/factor", "code=" + code(key, bench.now))
        return done.text.matches(of: #/[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}/#).map { String($0.output) }
    }

    @Test func `§13 with a factor the password alone opens nothing, a code opens it once`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let codes = try await Self.enrol(bench, browser, "A-city")
            #expect(codes.count == 10 && Set(codes).count == 10)
            let key = try await Self.key(bench, "A-city")
            #expect(!(try await browser.get("/account/factor").text.contains(Base32.grouped(key))), "never again")

            let first = try await WebBench.signIn(client, "city")
            let cookie = try #require(first.cookie)
            #expect(
                try await client.execute(uri: "/", method: .get, headers: [.cookie: "fengsui_session=\(cookie)"])
                    .headers[.location]?.hasPrefix(SignInStep.path) == true)
            // The code that set the factor up was used by that.
            let used = try await PasswordTests.step(client, cookie, "code=" + Self.code(key, bench.now))
            #expect(used.status == .unprocessableContent)
            bench.pass(.seconds(30))
            let code = Self.code(key, bench.now)
            let opened = try await PasswordTests.step(client, cookie, "code=" + code)
            #expect(opened.status == .seeOther && opened.location == "/")
            // A replay by another browser within the same step.
            let second = try #require(try await WebBench.signIn(client, "city").cookie)
            #expect(try await PasswordTests.step(client, second, "code=" + code).status == .unprocessableContent)
            // A recovery code works in its place, once, however it is typed.
            let typed = codes[0].lowercased().replacing("-", with: " ")
            let recovered = try await PasswordTests.step(client, second, "code=" + Form.encode(typed))
            #expect(recovered.status == .seeOther)
            let third = try #require(try await WebBench.signIn(client, "city").cookie)
            #expect(try await PasswordTests.step(client, third, "code=" + codes[0]).status == .unprocessableContent)
            let kinds = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-city").map(\.entry.kind)
            }
            #expect(kinds.contains("factorSet") && kinds.contains("recoveryCodeUsed"))
        }
    }

    @Test func `§13 wrong codes lock the account as wrong passwords do, however often the password was right`()
        async throws
    {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            _ = try await Self.enrol(bench, browser, "A-city")
            bench.pass(.minutes(2))
            for _ in 1...5 {
                let cookie = try #require(try await WebBench.signIn(client, "city").cookie)
                #expect(try await PasswordTests.step(client, cookie, "code=000000").status == .unprocessableContent)
            }
            #expect(try await WebBench.signIn(client, "city").status == .tooManyRequests)
        }
    }

    @Test func `§13 an administrator sets a factor up before anything else where the setting asks for it`()
        async throws
    {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try SettingStore.set(AccessSettings.key, AccessSettings.usual.json, at: now, in: &session)
        }
        try await bench.test { client in
            let officer = try await Browser.signIn(client, "city")
            #expect(try await officer.get("/").status == .ok, "others may, but need not")
            let cookie = try #require(try await WebBench.signIn(client, "admin").cookie)
            let pending: HTTPFields = [.cookie: "fengsui_session=\(cookie)"]
            let home = try await client.execute(uri: "/admin", method: .get, headers: pending)
            #expect(home.headers[.location]?.hasPrefix(SignInStep.path) == true)
            let key = try await Self.key(bench, "A-admin")
            #expect(key.isEmpty, "made when the form is opened")
            _ = try await client.execute(uri: SignInStep.path, method: .get, headers: pending)
            let made = try await Self.key(bench, "A-admin")
            #expect(made.count == 20)
            let done = try await PasswordTests.step(client, cookie, "code=" + Self.code(made, bench.now))
            #expect(done.status == .ok && done.text.contains("恢复码"))
            let browser = Browser(client: client, cookie: try #require(done.cookie))
            #expect(try await browser.get("/admin").status == .ok)
            // What the role must have cannot be taken away by its owner.
            bench.pass(.seconds(60))
            let removed = try await browser.post("/account/factor/remove", "code=" + Self.code(made, bench.now))
            #expect(removed.status == .conflict)
        }
    }

    @Test func `a factor goes only with a code of its own`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let codes = try await Self.enrol(bench, browser, "A-city")
            #expect(try await browser.post("/account/factor/remove", "code=000000").status == .conflict)
            #expect(try await browser.post("/account/factor/remove", "code=" + codes[1]).status == .seeOther)
            #expect(try await WebBench.signIn(client, "city").status == .seeOther)
            let fresh = try await Browser.signIn(client, "city")
            #expect(try await fresh.get("/").status == .ok)
        }
    }

    @Test func `whoever finds a desk unlocked gets five tries at a code, and the lock holds the owner's form too`()
        async throws
    {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let browser = try await Browser.signIn(client, "city")
            let codes = try await Self.enrol(bench, browser, "A-city")
            for _ in 0..<5 { _ = try await browser.post("/account/factor/remove", "code=000000") }
            for path in ["/account/factor/remove", "/account/factor/codes"] {
                let refused = try await browser.post(path, "code=" + codes[1])
                #expect(refused.status == .conflict && refused.text.contains("账号已锁定"), "\(path)")
            }
            let password = try await browser.post(
                "/account/password", "present=password&chosen=Abcdefg123&again=Abcdefg123")
            #expect(password.status == .unprocessableContent && password.text.contains("账号已锁定"))
        }
    }
}
