import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// One channel: its form, its switches, and what went out through it. A secret is never shown again.
enum AdminChannelPage {
    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil) }

    static func save(_ visit: Visit) async throws -> Response {
        guard let kind = ChannelKind(rawValue: visit.form["kind"]) else { throw PageRefusal.notFound }
        let draft: ChannelOperations.Draft
        do throws(ChannelFormFailure) { draft = try ChannelForm(kind: kind, form: visit.form).draft() } catch {
            return try await render(visit, message: error.text)
        }
        let (id, editor) = (visit.form.value("id"), visit.editor)
        do throws(RegistryFailure) {
            let saved = try await visit.register { context, session throws(RegistryFailure) in
                try ChannelOperations.save(draft, id: id, by: editor, context: &context, in: &session)
            }
            return visit.saved(AdminChannels.address(saved), draft.name)
        } catch .refused(let words) {
            return try await render(visit, message: words)
        } catch { throw error.refusal }
    }

    private static func render(_ visit: Visit, message: String?) async throws -> Response {
        let scope = visit.scope
        let wanted = visit.form.value("id") ?? visit.query.value("id")
        let found = try await visit.read { session throws(StorageError) in
            let channel = try wanted.flatMap { id throws(StorageError) in
                try ChannelStore.channel(id, scope: scope, in: &session)
            }
            return (
                channel, try AdminChannels.names(scope, in: &session),
                try channel.map { channel throws(StorageError) in
                    try ChannelDeliveries.list(channel: channel.address, limit: 100, in: &session)
                } ?? [],
                try channel.map { channel throws(StorageError) in
                    try ChannelDeliveries.counts(channel: channel.address, in: &session)
                } ?? [:]
            )
        }
        let (channel, names, deliveries, counts) = found
        if wanted != nil, channel == nil { throw PageRefusal.notFound }
        let asked = visit.form.value("kind") ?? visit.query.value("kind")
        guard let kind = channel?.kind ?? asked.flatMap(ChannelKind.init(rawValue:)) else { throw PageRefusal.notFound }
        var page = AdminPage(
            channel?.name ?? "新建" + kind.label, subtitle: channel == nil ? nil : kind.label,
            crumbs: [Crumb(title: "推送通道", address: "/admin/channels")])
        page.issues = [message].compactMap { $0 }
        if let channel {
            let count = counts[channel.address] ?? .init()
            page.sheets = [switches(channel, count, names, visit), list(channel, deliveries, visit)]
        }
        page.form = ChannelForm(kind: kind, form: visit.form).page(
            channel: channel, names: names, scope: scope, csrf: visit.officer.csrf)
        page.help = ChannelForm.help(kind)
        return visit.admin(page, section: "channels", status: message == nil ? .ok : .unprocessableContent)
    }

    private static func switches(
        _ channel: ChannelRecord, _ count: ChannelDeliveries.Count, _ names: [String: String], _ visit: Visit
    ) -> Sheet {
        let base = "/admin/channel/" + Form.encode(channel.id)
        let csrf = visit.officer.csrf
        let toggle = Sheet.Act(
            title: channel.isEnabled ? "停用" : "启用", action: base + (channel.isEnabled ? "/disable" : "/enable"),
            csrf: csrf)
        return Sheet(
            "现在", id: "now", headers: ["归属", "接收", "何时用", "状态", "等待", "失败", "最近送达", ""],
            rows: [
                Sheet.Row([
                    .init(AdminChannels.owner(channel.owner, names)), .init(AdminChannels.taken(channel)),
                    .init(channel.stage.label), .init(channel.isEnabled ? "在用" : "已停用"),
                    .init("\(count.waiting)", style: "num"), .init("\(count.failed)", style: "num"),
                    .init(count.lastDeliveredAt.map { Wording.stamp($0, now: visit.now) } ?? "还没有", style: "m"),
                    .init("", acts: [Sheet.Act(title: "发送测试", action: base + "/test", csrf: csrf), toggle]),
                ])
            ])
    }

    private static func list(
        _ channel: ChannelRecord, _ deliveries: [ChannelDeliveries.Line], _ visit: Visit
    ) -> Sheet {
        let base = "/admin/channel/" + Form.encode(channel.id)
        return Sheet(
            "投递（最近 \(deliveries.count) 条）", id: "deliveries",
            headers: ["时间", "收件", "内容", "状态", "次数", "送达", "下次", "说明", ""],
            rows: deliveries.map { line in
                var acts: [Sheet.Act] = []
                if line.state == "failed" {
                    let action = base + "/again?key=" + Form.encode(line.key)
                    acts = [Sheet.Act(title: "再发", action: action, csrf: visit.officer.csrf)]
                }
                return Sheet.Row([
                    .init(Wording.stamp(line.createdAt, now: visit.now), style: "m"),
                    .init(line.recipient.isEmpty ? "—" : line.recipient),
                    .init(line.title.isEmpty ? line.message : line.title + "：" + line.message),
                    .init(
                        state(line.state), note: line.isMerged ? "合并" : nil, style: line.state == "failed" ? "st" : ""),
                    .init("\(line.attempts)", style: "num"),
                    .init(line.deliveredAt.map { Wording.stamp($0, now: visit.now) } ?? "", style: "m"),
                    .init(line.nextAttemptAt.map { Wording.stamp($0, now: visit.now) } ?? "", style: "m"),
                    .init(line.lastError ?? "", style: "m"), .init("", acts: acts),
                ])
            }, empty: "还没有发过。按“发送测试”试一条。")
    }

    private static func state(_ word: String) -> String {
        switch word {
        case "pending": "等待"
        case "delivered": "已送达"
        default: "已放弃"
        }
    }
}
