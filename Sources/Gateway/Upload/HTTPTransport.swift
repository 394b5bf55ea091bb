public import AsyncHTTPClient
import Compression
import Kernel
import NIOCore
import NIOHTTP1

/// `POST /api/v1/upload` with the gateway's key.
public struct HTTPTransport: UploadTransport {
    private let client: HTTPClient
    private let url: String
    private let compresses: Bool

    /// A server that is not there is found out at once: waiting and trying again is the uploader's work.
    public static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(3), read: .seconds(30)))
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    public init(client: HTTPClient, server: String, compresses: Bool) {
        self.client = client
        url = (server.hasSuffix("/") ? String(server.dropLast()) : server) + "/api/v1/upload"
        self.compresses = compresses
    }

    public func send(_ body: [UInt8], key: String) async -> UploadAnswer {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(key)")
        request.headers.add(name: "content-type", value: "application/json")
        if compresses, let small = Gzip.compressed(body, level: 5) {
            request.headers.add(name: "content-encoding", value: "gzip")
            request.body = .bytes(ByteBuffer(bytes: small))
        } else {
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await client.execute(request, timeout: .seconds(30))
            let answer = try await response.body.collect(upTo: 4 * 1_024 * 1_024)
            return Self.answer(
                status: response.status.code, retryAfter: response.headers.first(name: "retry-after"),
                body: Array(answer.readableBytesView))
        } catch {
            return .later(after: nil, reason: String(describing: error))
        }
    }

    /// Reads status, `Retry-After` and the body, whatever server wrote them.
    static func answer(status: UInt, retryAfter: String?, body: [UInt8]) -> UploadAnswer {
        let json = try? JSON.parse(body)
        let text =
            json?["detail"]?.string ?? json?["title"]?.string ?? String(decoding: body.prefix(200), as: UTF8.self)
        let said = "\(status) \(text)"
        switch status {
        case 200..<300:
            guard let json, let accepted = json["accepted"]?.integer else {
                return .later(after: nil, reason: "\(status), but no receipt in the answer")
            }
            let rejected = (json["rejected"]?.array ?? []).map { item in
                UploadReceipt.Rejection(
                    index: Int(item["index"]?.integer ?? -1), reason: item["reason"]?.string ?? "no reason given")
            }
            return .accepted(
                UploadReceipt(
                    accepted: Int(accepted), isDuplicate: json["duplicate"]?.bool ?? false, rejected: rejected))
        case 401, 403: return .keyRefused(said)
        case 409: return .sequenceTaken
        case 413: return .tooLarge
        case 408, 425, 429, 500...: return .later(after: retryAfter.flatMap(seconds), reason: said)
        default: return .refused(said)
        }
    }

    private static func seconds(_ text: String) -> Interval? {
        Int64(text).flatMap { $0 >= 0 && $0 <= 86_400 ? .seconds($0) : nil }
    }
}
