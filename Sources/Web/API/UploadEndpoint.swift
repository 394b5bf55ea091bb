import Compression
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Storage
import Synchronization

/// `POST /api/v1/upload` as the upload contract says it: key, size and form are checked here, everything else is the
/// intake's.
final class UploadEndpoint: Sendable {
    static let sentBytesMax = 1_024 * 1_024
    static let inflatedBytesMax = 8 * 1_024 * 1_024
    /// A key that was taken back is refused at the latest after this.
    static let keyKeptFor = Interval.seconds(10)
    static let keysKeptMax = 10_000

    private struct Kept: Sendable {
        var gateway: GatewayKeys.Gateway
        var until: Timestamp
    }

    private let site: Site
    private let intake: any UploadIntake
    private let keys = Mutex<[[UInt8]: Kept]>([:])

    init(site: Site, intake: any UploadIntake) {
        self.site = site
        self.intake = intake
    }

    func handle(_ request: Request, _ context: WebContext) async throws -> Response {
        let gateway = try await gateway(request)
        try Self.checkType(request)
        var bytes = try await Self.body(request)
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": break
        case "gzip":
            do {
                bytes = try Gzip.inflated(bytes, limit: Self.inflatedBytesMax)
            } catch .tooLarge {
                throw Problem(.contentTooLarge, "too-large", "解开后超过 8 MiB")
            } catch .corrupt {
                throw Problem(.badRequest, "bad-gzip", "gzip 内容损坏")
            }
        default:
            throw Problem(.unsupportedMediaType, "encoding", "Content-Encoding 只能是 gzip 或不写")
        }
        switch await intake.accept(bytes, from: gateway.id, of: gateway.enterprise) {
        case .accepted(let document):
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: document)))
        case .refused(let refusal):
            throw Problem(
                .init(code: refusal.status), refusal.kind, refusal.detail,
                retryAfterSeconds: refusal.retryAfterSeconds)
        }
    }

    private func gateway(_ request: Request) async throws -> GatewayKeys.Gateway {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            throw Problem(.unauthorized, "no-key", "请带网关密钥：Authorization: Bearer <密钥>")
        }
        let hash = Tokens.sha256(Array(header.dropFirst(7).utf8.filter { $0 != UInt8(ascii: " ") }))
        let now = site.now
        if let kept = keys.withLock({ $0[hash] }), kept.until > now { return kept.gateway }
        let found = try await site.store.read { session throws(StorageError) in
            try GatewayKeys.find(keyHash: hash, in: &session)
        }
        guard let found else {
            keys.withLock { $0[hash] = nil }
            throw Problem(.unauthorized, "wrong-key", "网关密钥不认识或已撤销")
        }
        keys.withLock { keys in
            if keys.count >= Self.keysKeptMax { keys = keys.filter { $0.value.until > now } }
            keys[hash] = Kept(gateway: found, until: now + Self.keyKeptFor)
        }
        return found
    }

    /// A key was revoked: no further upload with it is taken.
    func forgetKeys() { keys.withLock { $0 = [:] } }

    private static func checkType(_ request: Request) throws {
        let type = request.headers[.contentType]?.lowercased().split(separator: ";").first.map(String.init) ?? ""
        guard type == "application/json" else {
            throw Problem(.unsupportedMediaType, "type", "Content-Type 只能是 application/json")
        }
    }

    private static func body(_ request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: sentBytesMax).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "too-large", "发送的内容超过 1 MiB")
        }
    }
}
