import Domain
import Hummingbird
import Kernel
import Storage

/// 消息: what was sent to the caller's office, enterprise or person, and the receipt for it.
enum InboxAPI {
    static var routes: [APIRoute] { [list.route, read] }

    private static let message = APIRecord<Inbox.Message>("InboxMessage", "一条消息") { record in
        record.code("id", "编号") { $0.key }
        record.text("title", "标题") { $0.title.isEmpty ? Receipts.step($0.kind) : $0.title }
        record.text("text", "内容") { $0.text }
        record.id("warning", "有关的预警；与预警无关的没有") { $0.warning.rawValue.isEmpty ? nil : $0.warning }
        record.level("level", "预警的级别；与预警无关的没有") { $0.address.isEmpty ? $0.level : nil }
        record.code("page", "说的是哪一页；关于预警的没有") { $0.address.isEmpty ? nil : $0.address }
        record.text("enterpriseName", "企业") { $0.enterpriseName.isEmpty ? nil : $0.enterpriseName }
        record.text("hazardName", "重大危险源") { $0.hazardName.isEmpty ? nil : $0.hazardName }
        record.instant("createdAt", "发出") { $0.createdAt }
        record.instant("deliveredAt", "送达") { $0.deliveredAt }
        record.instant("readAt", "已读；没有读为空") { $0.readAt }
        record.flag("isLate", "晚于时限送出") { $0.isLate }
    }

    private static let list = APIListing(
        path: "/api/v1/inbox", operation: "listInbox", tag: .inbox, title: "消息，新的在前", detail: "只有调用者自己的。",
        filters: [.mark("unread", "只要没有读的")], record: message, page: "/inbox"
    ) { call, range in
        let (scope, isUnreadOnly) = (call.scope, call.query.has("unread"))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try Inbox.messages(
                    scope: scope, isUnreadOnly: isUnreadOnly, limit: range.limit, offset: range.offset, in: &session),
                total: try Inbox.count(scope: scope, isUnreadOnly: isUnreadOnly, in: &session))
        }
    }

    private static let read = APIRoute(
        method: .post, path: "/api/v1/inbox/{id}/read", operation: "readInboxMessage", tag: .inbox,
        title: "一条消息已读：送达人的回执", answer: .object(message.shape), problems: [.notFound]
    ) { call, _ in
        let (scope, key, now, account) = (call.scope, call.id, call.now, call.officer.account)
        let found = try await call.write { _, session throws(StorageError) in
            try Inbox.markRead(key: key, scope: scope, by: account, now: now, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(message, found)
    }
}
