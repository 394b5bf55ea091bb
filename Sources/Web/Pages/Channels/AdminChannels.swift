import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// 推送通道: which ways out there are, whose they are, and how they do.
enum AdminChannels {
    static func list(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        let found = try await visit.read { session throws(StorageError) in
            (
                try ChannelStore.list(scope: scope, in: &session), try ChannelDeliveries.counts(in: &session),
                try Self.names(scope, in: &session), try WebhookStore.list(scope: scope, in: &session)
            )
        }
        let (channels, counts, names, webhooks) = found
        var page = AdminPage("推送通道", subtitle: "站内消息总是有；这里设置它之外的通道。一个通道慢或断，不影响别的。")
        page.sheets = [
            Sheet(
                "通道 \(channels.count)", id: "list",
                headers: ["名称", "种类", "归属", "接收", "何时用", "状态", "等待", "失败", "最近送达"],
                rows: channels.map { row($0, counts[$0.address] ?? .init(), names, visit.now) },
                empty: "还没有通道。先建一条，再按“发送测试”。",
                links: ChannelKind.allCases.map {
                    .init(title: "新建" + $0.label, address: "/admin/channel?kind=" + $0.rawValue)
                }),
            Sheet(
                "接口推送 \(webhooks.count)", id: "webhooks", headers: ["网址", "归属", "状态", "等待", "失败"],
                rows: webhooks.map { webhook in
                    let count = counts["webhook:" + webhook.id] ?? .init()
                    let owner = webhook.authority.map { "authority:\($0)" } ?? "enterprise:\(webhook.enterprise ?? "")"
                    return Sheet.Row([
                        .init(webhook.url), .init(names[owner] ?? owner), .init(webhook.isEnabled ? "在用" : "已停用"),
                        .init("\(count.waiting)", style: "num"), .init("\(count.failed)", style: "num"),
                    ])
                }, empty: "没有接口推送。"),
        ]
        page.help = [
            "群机器人代表一个单位或企业发言，@ 到包保责任人；短信、语音、邮件发给本人，就近用一条：企业自己的、主管部门的、上级的、全平台的。",
            "群消息里没有登录口令，链接打开后要登录。怎么接、各通道做不到什么，见安装目录的 docs/guides/channels.md。",
        ]
        return visit.admin(page, section: "channels")
    }

    private static func row(
        _ channel: ChannelRecord, _ count: ChannelDeliveries.Count, _ names: [String: String], _ now: Timestamp
    ) -> Sheet.Row {
        Sheet.Row([
            .init(channel.name, address: address(channel.id)), .init(channel.kind.label),
            .init(owner(channel.owner, names)), .init(taken(channel)), .init(channel.stage.label),
            .init(channel.isEnabled ? "在用" : "已停用", style: channel.isEnabled ? "" : "st"),
            .init("\(count.waiting)", style: "num"),
            .init("\(count.failed)", style: count.failed > 0 ? "num st" : "num"),
            .init(count.lastDeliveredAt.map { Wording.stamp($0, now: now) } ?? "—", style: "m"),
        ])
    }

    static func address(_ id: String) -> String { "/admin/channel?id=" + Form.encode(id) }

    static func owner(_ owner: ChannelRecord.Owner, _ names: [String: String]) -> String {
        switch owner {
        case .platform: "全平台"
        case .authority(let id): names["authority:\(id)"] ?? id.rawValue
        case .enterprise(let id): names["enterprise:\(id)"] ?? id.rawValue
        }
    }

    static func taken(_ channel: ChannelRecord) -> String {
        let levels = channel.levels.sorted(by: >).map(LevelMark.word)
        return (levels + (channel.takesNotices ? ["日常通知"] : [])).joined(separator: "、")
    }

    /// Authorities and enterprises of the scope, by `authority:<id>` and `enterprise:<id>`.
    static func names(_ scope: Scope, in session: inout Session) throws(StorageError) -> [String: String] {
        var names: [String: String] = [:]
        for authority in try RegistryQueries.authorities(scope: scope, in: &session) {
            names["authority:" + authority.id.rawValue] = authority.name
        }
        for enterprise in try RegistryQueries.enterprises(scope: scope, in: &session) {
            names["enterprise:" + enterprise.id.rawValue] = enterprise.name
        }
        return names
    }

    // MARK: Acts

    static func enable(_ visit: Visit) async throws -> Response { try await setEnabled(visit, true) }
    static func disable(_ visit: Visit) async throws -> Response { try await setEnabled(visit, false) }

    private static func setEnabled(_ visit: Visit, _ isEnabled: Bool) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try ChannelOperations.setEnabled(id, isEnabled, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved(address(id), isEnabled ? "通道已启用" : "通道已停用")
    }

    static func test(_ visit: Visit) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try ChannelOperations.test(id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved(address(id), "测试已排进队，结果在下面的投递里，几秒后刷新")
    }

    static func again(_ visit: Visit) async throws -> Response {
        let (id, key, editor) = (visit.parameter("id"), visit.query["key"], visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try ChannelOperations.sendAgain(key, on: id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved(address(id), "已重新排进队")
    }
}
