public import AsyncHTTPClient
import Domain
public import Kernel
public import NIOCore
import NIOHTTP1
public import Operations
public import Storage

/// Posts a notice as JSON to the address that an administrator has entered. Follows no redirect.
public struct WebhookChannel: Channel {
    private let store: Store
    private let client: HTTPClient
    private let timeout: TimeAmount

    /// - Parameter client: made with `configuration`.
    public init(store: Store, client: HTTPClient, timeout: TimeAmount = .seconds(10)) {
        self.store = store
        self.client = client
        self.timeout = timeout
    }

    /// A redirect could lead to where no administrator has sent us.
    public static var configuration: HTTPClient.Configuration {
        HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: .seconds(10)))
    }

    public func send(_ delivery: Delivery, at now: Timestamp) async -> DeliveryOutcome {
        let webhook: Webhook?
        do {
            let id = delivery.target ?? ""
            webhook = try await store.read { session throws(StorageError) in
                try WebhookStore.webhook(id, in: &session)
            }
        } catch {
            return .unreachable(detail: "数据库不可用: \(error)")
        }
        guard let webhook, webhook.isEnabled else { return .impossible(detail: "目标已删除或停用") }
        do throws(WebhookAddress.Refusal) { try WebhookAddress.check(webhook.url) } catch {
            return .impossible(detail: error.description)
        }
        do {
            let request = Self.request(for: delivery, to: webhook, at: now)
            let response = try await client.execute(request, timeout: timeout)
            let status = Int(response.status.code)
            // The body is of no use, but unread it would hold the connection.
            _ = try? await response.body.collect(upTo: 64 * 1_024)
            let detail = "HTTP \(status)"
            return (200..<300).contains(status) ? .delivered(detail: detail) : .refused(detail: detail)
        } catch {
            return .unreachable(detail: String(String(describing: error).prefix(300)))
        }
    }

    static func request(for delivery: Delivery, to webhook: Webhook, at now: Timestamp) -> HTTPClientRequest {
        let body = [UInt8](body(of: delivery).text.utf8)
        var request = HTTPClientRequest(url: webhook.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        request.headers.add(name: "User-Agent", value: "fengsui")
        request.headers.add(name: "Idempotency-Key", value: delivery.key)
        request.headers.add(
            name: "X-Fengsui-Signature", value: WebhookSignature.header(secret: webhook.secret, at: now, body: body))
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }

    static func body(of delivery: Delivery) -> JSON {
        [
            "key": .string(delivery.key), "kind": .string(delivery.kind), "warning": .string(delivery.warning.rawValue),
            "enterprise": .string(delivery.enterprise.rawValue), "step": .string(delivery.step),
            "level": .string(delivery.level.name),
            "recipient": ["kind": .string(delivery.recipientKind), "id": .string(delivery.recipientID)],
            "message": .string(delivery.message), "isLate": .bool(delivery.isLate),
            "createdAt": .string(ChinaTime.rfc3339(delivery.createdAt)), "subject": .string(delivery.subject),
            "title": .string(delivery.title), "address": .string(delivery.address),
        ]
    }
}
