public import AsyncHTTPClient
public import Domain
public import Kernel
public import NIOCore
import NIOHTTP1
public import Operations
public import Storage

/// One kind of channel as administrators set it up: reads the channel anew for each message, so that a change holds at
/// once.
public struct ConfiguredChannel: Channel {
    private let kind: ChannelKind
    private let store: Store
    private let sender: HTTPSender
    private let mail: MailTransport
    /// The address under which people open the pages; nil where none is set.
    private let site: String?

    /// - Parameter client: made with `WebhookChannel.configuration`.
    public init(
        _ kind: ChannelKind, store: Store, client: HTTPClient, mail: MailTransport = MailTransport(),
        hosts: HostGuard = HostGuard(), site: String?, timeout: TimeAmount = .seconds(15)
    ) {
        self.kind = kind
        self.store = store
        sender = HTTPSender(client: client, hosts: hosts, timeout: timeout)
        self.mail = mail
        self.site = site.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// All kinds, by the word before the colon.
    public static func all(
        store: Store, client: HTTPClient, mail: MailTransport = MailTransport(), site: String?,
        timeout: TimeAmount = .seconds(15)
    ) -> [String: any Channel] {
        ChannelKind.allCases.reduce(into: [:]) { channels, kind in
            channels[kind.rawValue] = ConfiguredChannel(
                kind, store: store, client: client, mail: mail, site: site, timeout: timeout)
        }
    }

    public func pace(of target: String) async -> DispatchPlan.Pace {
        let record = try? await store.read { session throws(StorageError) in
            try ChannelStore.channel(target, scope: .system, in: &session)
        }
        return (record ?? nil)?.pace ?? kind.pace(limitPerMinute: nil)
    }

    public func send(_ parcel: Parcel, at now: Timestamp) async -> DeliveryOutcome {
        let id = parcel.first.target ?? ""
        let found: (ChannelRecord?, [String: ContactStore.Reach])
        do {
            found = try await store.read { session throws(StorageError) in
                (
                    try ChannelStore.channel(id, scope: .system, in: &session),
                    try ContactStore.reach(of: parcel.deliveries, in: &session)
                )
            }
        } catch {
            return .unreachable(detail: "数据库不可用")
        }
        guard let channel = found.0, channel.kind == kind else { return .impossible(detail: "通道已删除") }
        guard channel.isEnabled || parcel.first.isTest else { return .impossible(detail: "通道已停用") }
        let message = ChannelMessage(parcel, site: site)
        let outcome: DeliveryOutcome
        switch kind {
        case .dingtalk, .wecom, .feishu:
            outcome = await post(message, to: channel, reach: parcel.deliveries.compactMap { found.1[$0.key] }, at: now)
        case .email: outcome = await post(parcel, message, to: channel, reach: found.1[parcel.first.key])
        case .sms, .voice: outcome = await call(parcel, message, to: channel, reach: found.1[parcel.first.key])
        }
        return Self.redacted(outcome, channel.secrets)
    }

    private func post(
        _ message: ChannelMessage, to channel: ChannelRecord, reach: [ContactStore.Reach], at now: Timestamp
    ) async -> DeliveryOutcome {
        let phones = reach.filter(\.isPerson).compactMap(\.phone).map(ChannelSettings.dialled)
        let request = RobotRequest(message, channel: channel, phones: phones, at: now)
        let answer = await sender.send(
            .POST, request.url, headers: [("Content-Type", "application/json; charset=utf-8")],
            body: [UInt8](request.body.text.utf8))
        switch answer {
        case .failed(let outcome): return outcome
        case .answered(let status, let body):
            return RobotRequest.outcome(kind: channel.kind, status: status, body: body)
        }
    }

    private func call(
        _ parcel: Parcel, _ message: ChannelMessage, to channel: ChannelRecord, reach: ContactStore.Reach?
    ) async -> DeliveryOutcome {
        let phone = parcel.first.isTest ? channel.settings.testAddress : reach?.phone ?? ""
        guard ChannelSettings.isPhone(phone) else { return .impossible(detail: "没有登记可用的电话号码") }
        let request = GatewayRequest(parcel, message: message, channel: channel, phone: phone)
        let answer = await sender.send(
            HTTPMethod(rawValue: request.method), request.url, headers: request.headers.map { ($0.name, $0.value) },
            body: request.body.map { [UInt8]($0.utf8) })
        switch answer {
        case .failed(let outcome): return outcome
        case .answered(let status, let body):
            return GatewayRequest.outcome(channel.settings, status: status, body: body)
        }
    }

    private func post(
        _ parcel: Parcel, _ message: ChannelMessage, to channel: ChannelRecord, reach: ContactStore.Reach?
    ) async -> DeliveryOutcome {
        let settings = channel.settings
        let recipients: [String] =
            if parcel.first.isTest {
                settings.testAddress.isEmpty ? settings.addresses : [settings.testAddress]
            } else if let reach, reach.isPerson {
                reach.email.map { [$0] } ?? []
            } else {
                settings.addresses
            }
        guard !recipients.isEmpty, recipients.allSatisfy(ChannelSettings.isMailAddress) else {
            return .impossible(detail: "没有登记可用的邮箱")
        }
        guard await sender.hosts.permits(settings.host) else { return .refused(detail: "邮件服务器指向不允许的地址") }
        let letter = MailMessage(
            sender: settings.sender, recipients: recipients, subject: message.subject, text: message.text,
            key: parcel.key, date: parcel.first.createdAt)
        return await mail.send(letter, settings: settings, password: channel.secrets["password"] ?? "")
    }

    /// What goes wrong is kept and shown: no secret may stand in it.
    private static func redacted(_ outcome: DeliveryOutcome, _ secrets: [String: String]) -> DeliveryOutcome {
        func clean(_ text: String) -> String {
            secrets.values.filter { $0.count >= 4 }.sorted { $0.count > $1.count }.reduce(text) { text, secret in
                text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
            }
        }
        switch outcome {
        case .delivered(let detail): return .delivered(detail: clean(detail))
        case .refused(let detail): return .refused(detail: clean(detail))
        case .limited(let detail, let after): return .limited(detail: clean(detail), retryAfter: after)
        case .unreachable(let detail): return .unreachable(detail: clean(detail))
        case .impossible(let detail): return .impossible(detail: clean(detail))
        }
    }
}
