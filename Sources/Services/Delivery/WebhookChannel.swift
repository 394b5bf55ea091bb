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
    private let sender: HTTPSender

    /// - Parameter client: made with `configuration`.
    public init(store: Store, client: HTTPClient, timeout: TimeAmount = .seconds(10)) {
        self.store = store
        sender = HTTPSender(client: client, hosts: HostGuard(), timeout: timeout)
    }

    /// A redirect could lead to where no administrator has sent us.
    public static var configuration: HTTPClient.Configuration {
        HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: .seconds(20)))
    }

    public func send(_ parcel: Parcel, at now: Timestamp) async -> DeliveryOutcome {
        // Never merged: its pace is free.
        let delivery = parcel.first
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
        let body = [UInt8](Self.body(of: delivery).text.utf8)
        let answer = await sender.send(
            .POST, webhook.url, headers: Self.headers(for: delivery, to: webhook, body: body, at: now), body: body)
        switch answer {
        case .failed(let outcome): return outcome
        case .answered(let status, _):
            let detail = "HTTP \(status)"
            return (200..<300).contains(status) ? .delivered(detail: detail) : .refused(detail: detail)
        }
    }

    private static func headers(
        for delivery: Delivery, to webhook: Webhook, body: [UInt8], at now: Timestamp
    ) -> [(String, String)] {
        [
            ("Content-Type", "application/json; charset=utf-8"), ("Idempotency-Key", delivery.key),
            ("X-Fengsui-Signature", WebhookSignature.header(secret: webhook.secret, at: now, body: body)),
        ]
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
