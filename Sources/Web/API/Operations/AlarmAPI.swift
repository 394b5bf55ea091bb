import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Alarms, as their page lists them.
enum AlarmAPI {
    static var routes: [APIRoute] { [list.route, one, acknowledge, clear] }

    private static let list = APIListing(
        path: "/api/v1/alarms", operation: "listAlarms", tag: .alarms, title: "报警", detail: "未消警的在前，新的在上。",
        filters: [
            APIParameter("state", "状态", .choice([("open", "未消警"), ("cleared", "已消警")])),
            APIParameter("level", "所在危险源现在的级别，只含未消警的", .level), .enterprise,
        ], record: WarningRecords.alarm, page: "/alarms"
    ) { call, range in
        let (scope, filter) = (call.scope, AlarmListPage.filter(call.query))
        var found = try await call.read { session throws(StorageError) in
            (
                try AlarmListing.all(filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                try AlarmListing.count(filter, scope: scope, in: &session)
            )
        }
        call.site.freshen(&found.0)
        return .init(rows: found.0, total: found.1)
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/alarms/{id}", operation: "getAlarm", tag: .alarms, title: "一条报警",
        answer: .object(WarningRecords.alarm.shape), problems: [.notFound]
    ) { call, _ in try await read(call) }

    private static let acknowledge = APIRoute(
        method: .post, path: "/api/v1/alarms/{id}/acknowledge", operation: "acknowledgeAlarm", tag: .alarms,
        title: "知悉：有人看到了；不改变别的", roles: [.safety, .responsible],
        answer: .object(WarningRecords.alarm.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (AlarmID(call.id), call.scope)
        try await call.write { context, session throws(AlarmFailure) in
            try AlarmOperations.acknowledge(id, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static let clear = APIRoute(
        method: .post, path: "/api/v1/alarms/{id}/clear", operation: "clearAlarm", tag: .alarms,
        title: "人工处置后消警：最近的可信值须已回到限内", roles: [.safety, .responsible],
        body: APIShape("ClearAlarm", "消警", [.init(key: "note", title: "处置情况", form: .text, example: "已更换探头")]),
        answer: .object(WarningRecords.alarm.shape), problems: [.notFound, .refused, .busy]
    ) { call, _ in
        let (id, note, scope) = (AlarmID(call.id), call.body.text("note"), call.scope)
        try await call.intake { table, context, session throws(AlarmFailure) in
            try AlarmOperations.clearByHand(
                id, note: note, scope: scope, table: &table, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static func read(_ call: APICall) async throws -> Response {
        var filter = AlarmListing.Filter()
        filter.id = AlarmID(call.id)
        let (wanted, scope) = (filter, call.scope)
        var found = try await call.read { session throws(StorageError) in
            try AlarmListing.all(wanted, scope: scope, limit: 1, in: &session)
        }
        call.site.freshen(&found)
        guard let alarm = found.first else { throw Problem(.notFound) }
        return call.answer(WarningRecords.alarm, alarm)
    }
}
