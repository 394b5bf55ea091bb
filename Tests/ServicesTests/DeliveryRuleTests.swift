import Domain
import Kernel
import Operations
import Services
import Storage
import Support
import Testing

@Suite struct DeliveryRuleTests {
    @Test func `HMAC-SHA256 as in RFC 4231`() {
        let code = WebhookSignature.code(
            key: [UInt8]("Jefe".utf8), message: [UInt8]("what do ya want for nothing?".utf8))

        #expect(Hash.hexadecimal(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func `the pause doubles up to its cap, and is spread`() {
        let rule = RetryRule()

        #expect(rule.delay(afterAttempts: 1, jitter: 0) == .seconds(1))
        #expect((1...5).map { rule.delay(afterAttempts: $0, jitter: 0.999_999) }.map(\.seconds) == [1, 3, 7, 15, 31])
        #expect(rule.delay(afterAttempts: 10_000, jitter: 0) == .minutes(5))
    }

    @Test(
        arguments: [
            ("https://example.cn/hook", nil), ("http://10.1.2.3:8080/a?b=c", nil), ("HTTPS://example.cn", nil),
            ("http://[::1]:80/", nil), ("ftp://example.cn", .notHTTP), ("file:///etc/passwd", .notHTTP),
            ("http+unix://socket/x", .notHTTP), ("http://", .noHost), ("http:///x", .noHost),
            ("http://user:word@example.cn", .withCredentials), ("http://example.cn@evil.cn/", .withCredentials),
            ("http://169.254.169.254/latest", .forbiddenHost), ("http://[fe80::1]/", .forbiddenHost),
            ("http://0.0.0.0/", .forbiddenHost), ("http://a b", .badCharacter), ("http://a\r\nX: y", .badCharacter),
            ("http://例子.cn", .badCharacter), ("http://a:99999/", .noHost), ("http://a:b", .noHost),
        ] as [(String, WebhookAddress.Refusal?)])
    func `only addresses of the web are taken`(url: String, expected: WebhookAddress.Refusal?) {
        var refusal: WebhookAddress.Refusal?
        do throws(WebhookAddress.Refusal) { try WebhookAddress.check(url) } catch { refusal = error }

        #expect(refusal == expected)
    }

    @Test(arguments: Engine.underTest)
    func `after a day the delivery is given up, stays visible, and can be sent again`(engine: Engine) throws {
        let database = try engine.database()
        let start = Timestamp(milliseconds: 1_000)
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO outbox (key, warning_id, enterprise_id, step, kind, level, recipient_kind, recipient_id,
                    channel, message, target, created_at, state, next_attempt_at)
                VALUES ('k', 'w', 'e', 's', 'sent', 'red', 'authority', 'a', 'webhook:h', 'm', 'h', \(start), 'pending',
                    \(start))
                """)
        }

        var context = OperationContext(now: start, actor: "system", ids: IdentifierSource(seed: 1))
        var attempts = 0
        var last: DeliveryOperations.State?
        while attempts < 1_000 {
            let now = context.now
            let pending = try database.read { session throws(StorageError) in
                try DeliveryStore.pending(in: &session)
            }
            guard let next = pending.first else { break }
            context.now = max(now, next.nextAttemptAt)
            attempts += 1
            last = try database.write { session throws(StorageError) in
                let due = try DeliveryStore.due(channel: "webhook:h", through: context.now, limit: 10, in: &session)
                return try DeliveryOperations.recordAttempt(
                    due[0], outcome: .refused(detail: "HTTP 500"), rule: RetryRule(), jitter: 0.5, context: &context,
                    in: &session)
            }
        }

        #expect(last == .failed)
        #expect(context.now == start + .hours(24))
        #expect((150...300).contains(attempts))
        #expect(context.journal.map(\.kind) == ["failed"])
        let figures = try database.read { session throws(StorageError) in
            try AuditStore.figures(dueBefore: start, pendingBefore: context.now, in: &session)
        }
        #expect(figures.failedCount == 1)
        #expect(figures.pending.count == 0)

        let reopened = try database.write { session throws(StorageError) in
            try DeliveryOperations.sendAgain(key: "k", context: &context, in: &session)
        }
        #expect(reopened)
        let pending = try database.read { session throws(StorageError) in try DeliveryStore.pending(in: &session) }
        #expect(pending.map(\.nextAttemptAt) == [context.now])
    }

    @Test(arguments: Engine.underTest) func `an attempt that two noted counts once`(engine: Engine) throws {
        let database = try engine.database()
        let now = Timestamp(milliseconds: 1_000)
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO outbox (key, warning_id, enterprise_id, step, kind, level, recipient_kind, recipient_id,
                    channel, message, target, created_at, state, next_attempt_at)
                VALUES ('k', 'w', 'e', 's', 'sent', 'red', 'authority', 'a', 'webhook:h', 'm', 'h', \(now), 'pending',
                    \(now))
                """)
        }
        let due = try database.read { session throws(StorageError) in
            try DeliveryStore.due(channel: "webhook:h", through: now, limit: 10, in: &session)
        }

        var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 1))
        let states = try (0..<2).map { _ in
            try database.write { session throws(StorageError) in
                try DeliveryOperations.recordAttempt(
                    due[0], outcome: .delivered(detail: "HTTP 200"), rule: RetryRule(), jitter: 0, context: &context,
                    in: &session)
            }
        }

        #expect(states == [.delivered, .superseded])
        #expect(context.journal.map(\.kind) == ["delivered"])
    }
}
