import Compression
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Compresses answers of text that are whole buffers. Streams pass untouched.
struct CompressionMiddleware: RouterMiddleware {
    typealias Context = WebContext
    static let sizeMin = 1_200

    func handle(
        _ request: Request, context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.headers[.acceptEncoding]?.contains("gzip") == true, request.method != .head,
            response.headers[.contentEncoding] == nil, let size = response.body.contentLength, size >= Self.sizeMin,
            let type = response.headers[.contentType], Self.isText(type)
        else { return response }
        let collector = Collector()
        try await response.body.write(collector)
        if let packed = Gzip.compressed(Array(collector.buffer.readableBytesView), level: 4) {
            response.body = .init(byteBuffer: ByteBuffer(bytes: packed))
            response.headers[.contentEncoding] = "gzip"
        } else {
            response.body = .init(byteBuffer: collector.buffer)
        }
        response.headers[.vary] = "Accept-Encoding"
        return response
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") && !type.hasPrefix("text/event-stream") || type.contains("json")
            || type.contains("javascript") || type.contains("svg")
    }

    private final class Collector: ResponseBodyWriter {
        var buffer = ByteBuffer()
        func write(_ buffer: ByteBuffer) async throws { self.buffer.writeImmutableBuffer(buffer) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
