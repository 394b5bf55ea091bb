import Domain
import Hummingbird
import Kernel
import Storage

/// 消息: what was sent to this authority, enterprise or person, when it came and when it was read.
struct InboxPage: Sendable {
    struct Line: Sendable {
        var step: String
        var level: LevelMark?
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
                    step: message.title.isEmpty ? Receipts.step(message.kind) : message.title,
                    level: message.address.isEmpty
                        ? LevelMark(message.level, state: message.readAt == nil ? .open : .closed) : nil,
                    text: message.text,
                    address: message.address.isEmpty
                        ? "/warning/" + Form.encode(message.warning.rawValue)
                        : "/inbox/open?key=" + Form.encode(message.key),
                    place: "\(message.enterpriseName) \(message.hazardName)",
                    came: Wording.stamp(message.deliveredAt ?? message.createdAt, now: now),
                    read: message.readAt.map { Wording.stamp($0, now: now) }, isLate: message.isLate)
            },
            unread: found.1, isUnreadOnly: isUnreadOnly, csrf: visit.officer.csrf)
        return visit.page(
            visit.officer.role == .responsible ? "phone-inbox" : "inbox", page, title: "消息", section: .inbox,
            frame: visit.officer.role == .responsible ? .phone : .shell)
    }

    /// Opens what a notice leads to; it is read by that.
    static func open(_ visit: Visit) async throws -> Response {
        let (scope, now, key, account) = (visit.scope, visit.now, visit.query["key"], visit.officer.account)
        let address = try await visit.site.store.write { session throws(StorageError) in
            try Inbox.open(key: key, scope: scope, by: account, now: now, in: &session)
        }
        guard let address else { throw PageRefusal.notFound }
        visit.site.events.committed()
        return visit.redirect(address)
    }
}
