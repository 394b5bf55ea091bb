import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage
import Testing

@testable import Web

/// What administrators may do about other people's access, and never about their own.
@Suite struct AdminAccessTests {
    @Test func `nobody resets, frees, unlocks or disables the own account on the page of accounts`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            for act in ["password", "factor", "unlock", "disable"] {
                let answer = try await admin.post("/admin/account/A-admin/\(act)", "")
                #expect(answer.status == .conflict, "\(act)")
            }
            let kinds = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-admin").map(\.entry.kind)
            }
            #expect(Set(kinds) == ["signedIn"])
        }
    }

    @Test func `a lock is ended and a lost phone's factor taken away by another, with a line in the log`() async throws
    {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "A-city", ids: IdentifierSource(seed: 4))
            let key = try AccessOperations.enrol("A-city", context: &context, in: &session) ?? []
            let code = SecondFactorTests.code(key, now)
            _ = try AccessOperations.confirm(code, of: "A-city", context: &context, in: &session)
        }
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            #expect(try await admin.get("/admin/accounts").text.contains("取消两步验证"))
            for _ in 1...5 { _ = try await WebBench.signIn(client, "city", password: "wrong") }
            #expect(try await WebBench.signIn(client, "city").status == .tooManyRequests)
            #expect(try await admin.post("/admin/account/A-city/unlock", "").status == .seeOther)
            #expect(try await admin.post("/admin/account/A-city/factor", "").status == .seeOther)
            let officer = try await Browser.signIn(client, "city")
            #expect(try await officer.get("/").status == .ok)
            let log = try await bench.store.read { session throws(StorageError) in
                try session.stream(kind: "account", id: "A-city").map(\.entry)
            }
            for kind in ["locked", "unlocked", "factorRemoved"] { #expect(log.contains { $0.kind == kind }, "\(kind)") }
            #expect(log.filter { $0.kind == "unlocked" }.allSatisfy { $0.actor == "A-admin" })
            #expect(try await officer.post("/admin/account/A-qinshui/unlock", "").status == .forbidden)
        }
    }

    @Test func `a password that was reset is changed at the next sign-in`() async throws {
        let bench = try await WebBench.make()
        try await bench.test { client in
            let admin = try await Browser.signIn(client, "admin")
            let answer = try await admin.post("/admin/account/A-city/password", "")
            let start = try #require(answer.text.firstRange(of: "口令 "))
            let password = String(answer.text[start.upperBound...].prefix(12))
            #expect(PasswordRules.standard.objections(to: password, login: "city").isEmpty)
            let cookie = try #require(try await WebBench.signIn(client, "city", password: password).cookie)
            let home = try await client.execute(
                uri: "/", method: .get, headers: [.cookie: "fengsui_session=\(cookie)"])
            #expect(home.headers[.location]?.hasPrefix(SignInStep.path) == true)
            let back = try await PasswordTests.step(
                client, cookie, "present=\(password)&chosen=\(password)&again=\(password)")
            #expect(back.status == .unprocessableContent, "the same again")
        }
    }
}
