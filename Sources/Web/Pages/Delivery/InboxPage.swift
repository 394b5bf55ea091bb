import Domain
import Hummingbird
import Kernel
import Storage

/// 消息: what was sent to this authority, enterprise or person, when it came and when it was read.
struct InboxPage: Sendable {
    struct Line: Sendable {
        var step: String
        var level: LevelMark
        var text: String
        var address: String
        var place: String
        var came: String
        var read: String?
        var isLate: Bool
    }

    var lines: [Line]
    var unread: Int
    var isUnreadOnly: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let isUnreadOnly = visit.query.has("unread")
        let found = try await visit.read { session throws(StorageError) in
            (
                try Inbox.messages(scope: scope, isUnreadOnly: isUnreadOnly, limit: 100, in: &session),
                try Inbox.unreadCount(scope: scope, in: &session)
            )
        }
        let page = InboxPage(
            lines: found.0.map { message in
                Line(
                    step: Receipts.step(message.kind),
                    level: LevelMark(message.level, state: message.readAt == nil ? .open : .closed),
                    text: message.text, address: "/warning/" + Form.encode(message.warning.rawValue),
                    place: "\(message.enterpriseName) \(message.hazardName)",
                    came: Wording.stamp(message.deliveredAt ?? message.createdAt, now: now),
                    read: message.readAt.map { Wording.stamp($0, now: now) }, isLate: message.isLate)
            },
            unread: found.1, isUnreadOnly: isUnreadOnly, csrf: visit.officer.csrf)
        return visit.page(
            visit.officer.role == .responsible ? "phone-inbox" : "inbox", page, title: "消息", section: .inbox,
            frame: visit.officer.role == .responsible ? .phone : .shell)
    }
}
