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

    init(_ status: HTTPResponse.Status, _ kind: String, _ detail: String, retryAfterSeconds: Int? = nil) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    func response(requestID: String) -> Response {
        let document: JSON = .object([
            .init("type", .string("/problems/\(kind)")), .init("title", .string(status.reasonPhrase)),
            .init("status", .integer(Int64(status.code))), .init("detail", .string(detail)),
            .init("requestId", .string(requestID)),
        ])
        var response = Response(
            status: status, headers: [.contentType: "application/problem+json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: document.text)))
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
