import Domain
import Kernel
import Storage

/// Who was told, when it came, who has read it.
struct Receipts: Sendable {
    struct Line: Sendable {
        var recipient: String
        var channel: String
        var delivered: String
        var trouble: String?
        var read: String?
        var step: String
    }

    var lines: [Line]
    var delivered: Int
    var total: Int
    var read: Int
    var levelWord: String

    /// The receipts of the latest rise; the older ones stand on the timeline.
    init(_ dossier: WarningDossier, now: Timestamp) {
        let sent = dossier.receipts.filter { $0.kind == "sent" }
        let latest = sent.map(\.createdAt).max()
        let current = sent.filter { $0.createdAt == latest }
        let portal = current.filter { $0.channel == "portal" }
        lines = current.map { Self.line($0, dossier: dossier, now: now) }
        total = portal.count
        delivered = portal.count { $0.deliveredAt != nil }
        read = portal.count { $0.readAt != nil }
        levelWord = current.first.map { LevelMark.word($0.level) } ?? ""
    }

    static func line(_ receipt: WarningDossier.Receipt, dossier: WarningDossier, now: Timestamp) -> Line {
        let role = dossier.responsible.first { $0.person.rawValue == receipt.recipientID }
        let name = receipt.recipientName ?? receipt.recipientID
        return Line(
            recipient: role.map { Wording.role($0.role) + " " + name } ?? name,
            channel: channel(receipt.channel),
            delivered: receipt.deliveredAt.map { Wording.stamp($0, now: now) } ?? "未送达",
            trouble: receipt.state == "failed" ? "送达失败" : nil,
            read: receipt.readAt.map { Wording.stamp($0, now: now) }, step: step(receipt.kind))
    }

    static func channel(_ channel: String) -> String {
        if channel == "portal" { return "站内" }
        let word = String(channel.prefix { $0 != ":" })
        return word == "webhook" ? "接口" : ChannelKind(rawValue: word)?.label ?? channel
    }

    static func step(_ kind: String) -> String {
        switch kind {
        case "sent": "预警"
        case "caution": "警示通报"
        case "supervision": "核查督办"
        case "reportOverdue": "上报逾期"
        default: "通知"
        }
    }
}
