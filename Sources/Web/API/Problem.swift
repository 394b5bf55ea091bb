import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// A refusal of the API: an RFC 9457 problem document.
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    /// The last part of the type's address: short, stable, in English.
    var kind: String
    var detail: String
    var retryAfterSeconds: Int?
    /// Of an address that knows other methods.
    var allowed: [String] = []
    /// The name of the rule that refuses, for programs.
    var code: String?
    /// What is wrong, field by field.
    var errors: [FieldError] = []

    init(_ status: HTTPResponse.Status, _ kind: String, _ detail: String, retryAfterSeconds: Int? = nil) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    func response(requestID: String) -> Response {
        var members: [JSON.Member] = [
            .init("type", .string("/problems/\(kind)")), .init("title", .string(status.reasonPhrase)),
            .init("status", .integer(Int64(status.code))), .init("detail", .string(detail)),
            .init("requestId", .string(requestID)),
        ]
        if let code { members.append(.init("code", .string(code))) }
        if !errors.isEmpty {
            let list = errors.map { error -> JSON in
                ["field": .string(error.field), "detail": .string(error.message)]
            }
            members.append(.init("errors", .array(list)))
        }
        var response = Response(
            status: status, headers: [.contentType: "application/problem+json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: JSON.object(members).text)))
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        if !allowed.isEmpty { response.headers[.allow] = allowed.joined(separator: ", ") }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
