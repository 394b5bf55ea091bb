public import Domain
import Kernel
public import Storage

/// Channels as administrators set them up. Each function runs inside one transaction of the caller.
public enum ChannelOperations {
    /// What an administrator wrote. A secret that was left empty stays what it was.
    public struct Draft: Sendable {
        public var kind: ChannelKind
        public var name: String
        public var owner: ChannelRecord.Owner
        public var levels: Set<Level>
        public var takesNotices: Bool
        public var stage: ChannelStage
        public var limitPerMinute: Int?
        public var settings: ChannelSettings
        public var secrets: [String: String]

        public init(
            kind: ChannelKind, name: String, owner: ChannelRecord.Owner, levels: Set<Level>, takesNotices: Bool,
            stage: ChannelStage, limitPerMinute: Int?, settings: ChannelSettings, secrets: [String: String]
        ) {
            self.kind = kind
            self.name = name
            self.owner = owner
            self.levels = levels
            self.takesNotices = takesNotices
            self.stage = stage
            self.limitPerMinute = limitPerMinute
            self.settings = settings
            self.secrets = secrets
        }
    }

    /// The secrets of a kind: name, label, whether it must be there.
    public static func secrets(of kind: ChannelKind) -> [(name: String, label: String, isNeeded: Bool)] {
        switch kind {
        case .dingtalk: [("address", "机器人的 Webhook 地址", true), ("sign", "加签密钥（SEC 开头）", false)]
        case .wecom: [("address", "机器人的 Webhook 地址", true)]
        case .feishu: [("address", "机器人的 Webhook 地址", true), ("sign", "签名校验密钥", false)]
        case .email: [("password", "SMTP 密码或授权码", false)]
        case .sms, .voice: [("secret", "网关密钥，模板里写 {secret}", false)]
        }
    }

    /// - Parameter id: nil for a new one.
    @discardableResult
    public static func save(
        _ draft: Draft, id: String?, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> String {
        try check(editor)
        let known = try id.map { id throws(RegistryFailure) in try Self.channel(id, by: editor, in: &session) }
        if let known {
            guard known.kind == draft.kind, known.owner == draft.owner else { throw .refused("种类和归属不能改，请另建一条") }
        } else {
            try check(draft.owner, kind: draft.kind, by: editor, in: &session)
        }
        var secrets = known?.secrets ?? [:]
        for (name, value) in draft.secrets where !value.isEmpty { secrets[name] = value }
        let objections = Self.objections(to: draft, secrets: secrets)
        guard objections.isEmpty else { throw .refused(objections.joined(separator: "；")) }
        let channel = ChannelRecord(
            id: known?.id ?? context.ids.next("C", at: context.now), kind: draft.kind, name: draft.name,
            owner: draft.owner, isEnabled: known?.isEnabled ?? true, levels: draft.levels,
            takesNotices: draft.takesNotices, stage: draft.stage, limitPerMinute: draft.limitPerMinute,
            settings: draft.settings, secrets: secrets)
        do throws(StorageError) {
            try ChannelStore.save(channel, at: context.now, by: context.actor, in: &session)
            let changed = secrets.keys.filter { secrets[$0] != known?.secrets[$0] }.sorted()
            try context.log(
                stream: "registry", channel.id, known == nil ? "channelAdded" : "channelChanged",
                [
                    "before": known.map(json) ?? .null, "after": json(channel),
                    "secretsChanged": .array(changed.map { .string($0) }),
                ], in: &session)
        } catch { throw .storage(error) }
        return channel.id
    }

    /// What still waits for a channel that is switched off is given up at its next attempt.
    public static func setEnabled(
        _ id: String, _ isEnabled: Bool, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        try check(editor)
        var channel = try Self.channel(id, by: editor, in: &session)
        guard channel.isEnabled != isEnabled else { return }
        channel.isEnabled = isEnabled
        do throws(StorageError) {
            try ChannelStore.save(channel, at: context.now, by: context.actor, in: &session)
            let event = isEnabled ? "channelEnabled" : "channelDisabled"
            try context.log(stream: "registry", id, event, [:], in: &session)
        } catch { throw .storage(error) }
    }

    /// Puts a test into the channel's queue; its outcome stands among the deliveries.
    public static func test(
        _ id: String, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        try check(editor)
        let channel = try Self.channel(id, by: editor, in: &session)
        let hasAddress = !channel.settings.testAddress.isEmpty || !channel.settings.addresses.isEmpty
        guard channel.kind.isGroup || hasAddress else { throw .refused("先填测试接收的号码或邮箱") }
        do throws(StorageError) {
            let test = context.ids.next("T", at: context.now)
            try OutboxStore.postTest(of: channel, id: test, at: context.now, in: &session)
            try context.log(stream: "registry", id, "channelTested", ["test": .string(test)], in: &session)
        } catch { throw .storage(error) }
    }

    /// Sends once more what this channel gave up.
    public static func sendAgain(
        _ key: String, on id: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        try check(editor)
        let channel = try Self.channel(id, by: editor, in: &session)
        let isOurs: Bool
        do throws(StorageError) {
            isOurs = try ChannelDeliveries.holds(key, channel: channel.address, in: &session)
        } catch { throw .storage(error) }
        guard isOurs else { throw .notFound }
        do throws(StorageError) {
            _ = try DeliveryOperations.sendAgain(key: key, context: &context, in: &session)
        } catch { throw .storage(error) }
    }

    private static func check(_ editor: RegistryEditor) throws(RegistryFailure) {
        guard editor.role == .admin else { throw .forbidden("通道由管理员设置") }
    }

    private static func channel(
        _ id: String, by editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> ChannelRecord {
        let found: ChannelRecord?
        do throws(StorageError) { found = try ChannelStore.channel(id, scope: editor.scope, in: &session) } catch {
            throw .storage(error)
        }
        guard let found else { throw .notFound }
        return found
    }

    private static func check(
        _ owner: ChannelRecord.Owner, kind: ChannelKind, by editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) {
        if owner == .platform, kind.isGroup { throw .refused("群机器人要归一个单位或企业") }
        let isAllowed: Bool
        do throws(StorageError) {
            switch owner {
            case .platform: isAllowed = editor.scope == .system
            case .authority(let id):
                let known = try RegistryQueries.authorities(scope: editor.scope, in: &session)
                isAllowed =
                    editor.scope == .authority(id) || (editor.scope == .system && known.contains { $0.id == id })
            case .enterprise(let id):
                isAllowed = try RegistryQueries.enterprise(id, scope: editor.scope, in: &session) != nil
            }
        } catch { throw .storage(error) }
        guard isAllowed else { throw .notFound }
    }

    private static func objections(to draft: Draft, secrets: [String: String]) -> [String] {
        var found = draft.settings.objections(for: draft.kind)
        if draft.name.isEmpty || draft.name.count > 40 { found.append("名称要有 1–40 个字") }
        if draft.levels.isEmpty, !draft.takesNotices { found.append("至少接收一种预警或日常通知") }
        if draft.levels.contains(.blue) { found.append("蓝色不推送") }
        if let limit = draft.limitPerMinute, !(1...600).contains(limit) { found.append("每分钟条数应在 1–600 之间") }
        for secret in Self.secrets(of: draft.kind) where secret.isNeeded && secrets[secret.name] == nil {
            found.append("没有填：\(secret.label)")
        }
        if let address = secrets["address"] { found += addressObjections(address) }
        switch draft.kind {
        case .sms, .voice:
            let host = draft.settings.url.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
            if host.contains("{") { found.append("主机名里不能有占位符") }
            let values = ChannelTemplate.Name.allCases.reduce(into: [:]) { $0[$1] = "1" }
            found += addressObjections(ChannelTemplate.filled(draft.settings.url, values, place: .percent))
        case .dingtalk, .wecom, .feishu, .email: break
        }
        return found
    }

    private static func addressObjections(_ address: String) -> [String] {
        do throws(WebhookAddress.Refusal) {
            try WebhookAddress.check(address)
            return []
        } catch { return [error.description] }
    }

    /// For the log: everything but the secrets.
    private static func json(_ channel: ChannelRecord) -> JSON {
        let owner: JSON =
            switch channel.owner {
            case .platform: "platform"
            case .authority(let id): ["authority": .string(id.rawValue)]
            case .enterprise(let id): ["enterprise": .string(id.rawValue)]
            }
        return [
            "kind": .string(channel.kind.rawValue), "name": .string(channel.name), "owner": owner,
            "levels": .string(channel.levelWords), "notices": .bool(channel.takesNotices),
            "stage": .string(channel.stage.rawValue),
            "limitPerMinute": channel.limitPerMinute.map { .integer(Int64($0)) } ?? .null,
            "settings": channel.settings.json,
        ]
    }
}
