import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import NIOCore
import Operations
import Storage

@testable import Web

/// A program that speaks for an account by a token.
struct Program: Sendable {
    struct Answer: Sendable {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var bytes: [UInt8]
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: JSON { (try? JSON.parse(text)) ?? .null }
    }

    let client: any TestClientProtocol
    let token: String

    /// Makes a token for an account, past the page.
    static func make(
        _ bench: WebBench, _ client: any TestClientProtocol, _ login: String, mayWrite: Bool = true
    ) async throws -> Program {
        let token = "test-" + login + (mayWrite ? "-w" : "-r")
        let (hash, now) = (Tokens.sha256(Array(token.utf8)), bench.now)
        let account = AccountID("A-" + login)
        try await bench.store.write { session throws(RegistryFailure) in
            var context = OperationContext(
                now: now, actor: account.rawValue,
                ids: IdentifierSource(seed: UInt64(token.utf8.reduce(7) { $0 &* 31 &+ Int($1) })))
            try APITokenOperations.make(
                name: "测试", mayWrite: mayWrite, days: 30, hash: hash, hint: "xxxxxx", of: account, context: &context,
                in: &session)
        }
        return Program(client: client, token: token)
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path, nil) }

    func post(_ path: String, _ body: JSON? = nil) async throws -> Answer { try await send(.post, path, body) }

    func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSON?) async throws -> Answer {
        var headers: HTTPFields = [.authorization: "Bearer " + token]
        if body != nil { headers[.contentType] = "application/json" }
        let answer = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0.text) })
        return Answer(
            status: answer.status, headers: answer.headers, bytes: Array(answer.body.readableBytesView))
    }
}
