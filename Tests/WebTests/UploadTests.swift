import Compression
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Synchronization
import Testing

@testable import Web

/// The edge of the upload contract: key, form and size. What stands in the values is the intake's.
@Suite struct UploadTests {
    final class Intake: UploadIntake {
        let seen = Mutex<[(body: [UInt8], gateway: GatewayID)]>([])
        let outcome: UploadOutcome
        init(_ outcome: UploadOutcome = .accepted(document: Array("{\"accepted\":1}".utf8))) { self.outcome = outcome }
        func accept(_ body: [UInt8], from gateway: GatewayID, of enterprise: EnterpriseID) async -> UploadOutcome {
            seen.withLock { $0.append((body, gateway)) }
            return outcome
        }
    }

    private func bench(_ intake: Intake) async throws -> WebBench {
        let bench = try await WebBench.make(uploads: intake)
        let hash = Tokens.sha256(Array(WebWorld.gatewayKey.utf8))
        try await bench.store.write { session throws(StorageError) in
            try session.execute("UPDATE gateway SET key_hash = \(hash) WHERE id = 'GW1'")
        }
        return bench
    }

    private func upload(
        _ client: any TestClientProtocol, _ body: [UInt8], key: String? = WebWorld.gatewayKey,
        type: String = "application/json", encoding: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: type]
        if let key { headers[.authorization] = "Bearer " + key }
        if let encoding { headers[.contentEncoding] = encoding }
        return try await client.execute(
            uri: "/api/v1/upload", method: .post, headers: headers, body: ByteBuffer(bytes: body))
    }

    private func expectProblem(_ answer: TestResponse, _ status: HTTPResponse.Status) {
        #expect(answer.status == status)
        #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        #expect(String(buffer: answer.body).contains("\"status\":\(status.code)"))
    }

    @Test func `an upload with the right key reaches the intake as it was sent`() async throws {
        let intake = Intake()
        let bench = try await bench(intake)

        try await bench.test { client in
            let body = Array("{\"seq\":1}".utf8)
            #expect(try await upload(client, body).status == .ok)
            let packed = try #require(Gzip.compressed(body, level: 4))
            #expect(try await upload(client, packed, encoding: "gzip").status == .ok)
            let seen = intake.seen.withLock { $0 }
            #expect(seen.map(\.body) == [body, body])
            #expect(seen.map(\.gateway) == ["GW1", "GW1"])
        }
    }

    @Test func `no key and a wrong key are 401`() async throws {
        let bench = try await bench(Intake())

        try await bench.test { client in
            expectProblem(try await upload(client, [], key: nil), .unauthorized)
            expectProblem(try await upload(client, [], key: "wrong"), .unauthorized)
        }
    }

    @Test func `a revoked key is refused within ten seconds`() async throws {
        let bench = try await bench(Intake())

        try await bench.test { client in
            #expect(try await upload(client, Array("{}".utf8)).status == .ok)
            let now = bench.now
            try await bench.store.write { session throws(StorageError) in
                try session.execute("UPDATE gateway SET revoked_at = \(now) WHERE id = 'GW1'")
            }
            bench.pass(.seconds(11))
            expectProblem(try await upload(client, Array("{}".utf8)), .unauthorized)
        }
    }

    @Test func `another type of content is 415`() async throws {
        let bench = try await bench(Intake())

        try await bench.test { client in
            expectProblem(try await upload(client, [], type: "text/plain"), .unsupportedMediaType)
            expectProblem(try await upload(client, [], encoding: "br"), .unsupportedMediaType)
        }
    }

    @Test func `more than 1 MiB as sent and more than 8 MiB inflated are 413`() async throws {
        let bench = try await bench(Intake())

        try await bench.test { client in
            let large = [UInt8](repeating: 32, count: 1_024 * 1_024 + 1)
            expectProblem(try await upload(client, large), .contentTooLarge)
            let bomb = try #require(Gzip.compressed([UInt8](repeating: 32, count: 9 * 1_024 * 1_024), level: 4))
            #expect(bomb.count < 100_000)
            expectProblem(try await upload(client, bomb, encoding: "gzip"), .contentTooLarge)
        }
    }

    @Test func `gzip that is none is 400`() async throws {
        let bench = try await bench(Intake())

        try await bench.test { client in
            expectProblem(try await upload(client, Array("nonsense".utf8), encoding: "gzip"), .badRequest)
        }
    }

    @Test(arguments: [400, 403, 409, 422, 429, 503])
    func `a refusal of the intake is a problem document`(status: Int) async throws {
        let refusal = UploadProblem(status: status, kind: "k", detail: "d", retryAfterSeconds: status == 503 ? 2 : nil)
        let bench = try await bench(Intake(.refused(refusal)))

        try await bench.test { client in
            let answer = try await upload(client, Array("{}".utf8))
            expectProblem(answer, .init(code: status))
            #expect((answer.headers[.retryAfter] == "2") == (status == 503))
        }
    }
}
