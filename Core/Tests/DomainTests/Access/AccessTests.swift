import Kernel
import Testing

@testable import Domain

/// Passwords, one-time codes, stages of a sign-in and rate limits (domain §13).
@Suite struct AccessTests {
    private let now = Timestamp(milliseconds: 1_795_410_521_000)

    @Test(
        arguments: [
            ("Abcdefg123", []), ("abcdefg123", [.tooPlain(3)]), ("Abcdefg12", [.tooShort(10)]),
            ("abcdefghijkl", [.tooPlain(3)]), ("abc-456-789", []), ("Safe-1405-xyz", []),
            ("A1b2!", [.tooShort(10)]), ("", [.tooShort(10), .tooPlain(3)]), ("MyWangmin-2026", [.holdsLogin]),
            (String(repeating: "Ab1-", count: 33), [.tooLong(128)]),
        ] as [(String, [PasswordRules.Objection])])
    func `§13 a password has ten characters of three classes and not the login`(
        password: String, objections: [PasswordRules.Objection]
    ) {
        #expect(PasswordRules.standard.objections(to: password, login: "wangmin") == objections)
    }

    @Test func `§13 a password is too old on the ninetieth day`() {
        let rules = PasswordRules.standard
        #expect(!rules.isExpired(changedAt: now, at: now + .days(90) - .milliseconds(1)))
        #expect(rules.isExpired(changedAt: now, at: now + .days(90)))
    }

    /// RFC 4226 §5.4.
    @Test func `a code is cut from where the last byte says`() {
        let code: [UInt8] = [
            0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85, 0x50, 0xef, 0x7f, 0x19, 0xda, 0x8e, 0x94, 0x5b,
            0x55, 0x5a,
        ]
        #expect(OneTimeCode.text(of: code) == "872921")
        #expect(OneTimeCode.message(0x0123_4567_89AB_CDEF) == [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF])
    }

    @Test func `a code holds one step around and never twice`() {
        func code(_ step: Int64) -> [UInt8] {
            [UInt8](repeating: 0, count: 12) + OneTimeCode.message(step)[4...] + [0, 0, 0, 12]
        }
        let step = OneTimeCode.step(at: now)
        func accepted(_ sent: Int64, after last: Int64? = nil) -> Int64? {
            OneTimeCode.accepted(OneTimeCode.text(of: code(sent)), at: now, after: last, code: code)
        }
        for offset in -3...3 as ClosedRange<Int64> {
            #expect(accepted(step + offset) == (abs(offset) <= 1 ? step + offset : nil), "\(offset)")
        }
        #expect(accepted(step, after: step) == nil, "a replay")
        #expect(accepted(step - 1, after: step) == nil)
        #expect(accepted(step + 1, after: step) == step + 1)
        for nonsense in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            #expect(OneTimeCode.accepted(nonsense, at: now, after: nil, code: code) == nil, "\(nonsense)")
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `keys are written as RFC 4648 says`(plain: String, text: String) {
        #expect(Base32.text(Array(plain.utf8)) == text)
    }

    @Test func `a key's address names the issuer, the login and the numbers`() {
        let address = OneTimeCode.address(key: Array("foobar".utf8), login: "wang min", issuer: "烽燧")
        #expect(address.hasPrefix("otpauth://totp/%E7%83%BD%E7%87%A7:wang%20min?secret=MZXW6YTBOI&issuer="))
        #expect(address.hasSuffix("&algorithm=SHA1&digits=6&period=30"))
        #expect(Base32.grouped(Array("foobar".utf8)) == "MZXW 6YTB OI")
    }

    @Test func `a sign-in shows the factor before anything else`() {
        func next(_ has: Bool, _ shown: Bool, _ required: Bool, _ change: Bool) -> SignInStage {
            .next(
                .init(hasFactor: has, isFactorShown: shown, isFactorRequired: required, mustChangePassword: change))
        }
        #expect(next(true, false, true, true) == .factor)
        #expect(next(true, true, true, true) == .password)
        #expect(next(false, false, true, true) == .password)
        #expect(next(false, false, true, false) == .enrolment)
        #expect(next(false, false, false, false) == .open)
        #expect(next(true, true, false, false) == .open)
    }

    @Test func `a limit lets through so many at once and then as many as time allows`() {
        let limit = RateLimit(5, within: .minutes(1))
        var bucket = RateLimit.Bucket(limit, at: now)
        for _ in 1...5 { #expect(bucket.take(limit, at: now) == nil) }
        #expect(bucket.take(limit, at: now) == .seconds(12))
        #expect(bucket.take(limit, at: now + .seconds(11)) == .seconds(1))
        #expect(bucket.take(limit, at: now + .seconds(12)) == nil)
        #expect(bucket.take(limit, at: now + .seconds(12)) != nil)
        #expect(!bucket.isFull(limit, at: now + .seconds(60)))
        #expect(bucket.isFull(limit, at: now + .seconds(72)))
        // A clock that steps back gives nothing and takes nothing.
        #expect(bucket.take(limit, at: now) != nil)
    }
}
