import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Operations

/// One HTTP request to an address that an administrator has entered, and what came back.
struct HTTPSender: Sendable {
    enum Answer {
        case answered(status: Int, body: String)
        /// Nothing came, or it may not be sent there.
        case failed(DeliveryOutcome)
    }

    let client: HTTPClient
    let hosts: HostGuard
    let timeout: TimeAmount

    func send(
        _ method: HTTPMethod, _ url: String, headers: [(String, String)], body: [UInt8]?
    ) async -> Answer {
        do throws(WebhookAddress.Refusal) { try WebhookAddress.check(url) } catch {
            return .failed(.impossible(detail: error.description))
        }
        guard await hosts.permits(HostGuard.host(of: url)) else {
            return .failed(.refused(detail: "该主机名指向不允许的地址"))
        }
        var request = HTTPClientRequest(url: url)
        request.method = method
        request.headers.add(name: "User-Agent", value: "fengsui")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await client.execute(request, timeout: timeout)
            // Unread, the body would hold the connection.
            let bytes = try? await response.body.collect(upTo: 64 * 1_024)
            return .answered(status: Int(response.status.code), body: bytes.map { String(buffer: $0) } ?? "")
        } catch {
            return .failed(.unreachable(detail: String(String(describing: error).prefix(300))))
        }
    }
}
