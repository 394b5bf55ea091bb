import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Duties: a month's tasks, one with its record, and doing it.
enum DutyAPI {
    static var routes: [APIRoute] { [list.route, one, complete, causes.route] }

    private static let list = APIListing(
        path: "/api/v1/duties", operation: "listDuties", tag: .duties, title: "包保履职",
        detail: "一个月里到期的任务按结果分开；running 为现在进行中的。",
        filters: [
            APIParameter("month", "月份，如 2026-11；不写为本月", .month),
            APIParameter(
                "state", "哪一部分，不写为进行中", .choice(DutyDesk.Tasks.parts.map { ($0.name, $0.title) })),
        ], record: DutyRecords.duty, page: "/duties"
    ) { call, range in
        if let text = call.query.value("month"), Month(text: text) == nil {
            throw Problem(.parameter, "参数 month：月份写成 2026-11")
        }
        let (scope, now, month) = (call.scope, call.now, DutyDesk.month(call.visit))
        let tasks = try await call.read { session throws(StorageError) in
            try DutyDesk.Tasks.read(month, scope: scope, now: now, in: &session)
        }
        let parts = DutyDesk.Tasks.parts
        let part = parts.first { $0.name == call.query["state"] } ?? parts[0]
        return .init(part.tasks(tasks).map { .init(item: $0, now: now) }, range)
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/duties/{id}", operation: "getDuty", tag: .duties, title: "一项履职任务与记录",
        answer: .object(DutyRecords.duty.shape), problems: [.notFound]
    ) { call, _ in try await read(call) }

    private static func read(_ call: APICall) async throws -> Response {
        let (id, scope, now) = (call.id, call.scope, call.now)
        let found = try await call.read { session throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.id = id
            return try DutyStore.list(filter, scope: scope, limit: 1, in: &session).first
        }
        guard let item = found else { throw Problem(.notFound) }
        return call.answer(DutyRecords.duty, .init(item: item, now: now))
    }

    private static let complete = APIRoute(
        method: .post, path: "/api/v1/duties/{id}/complete", operation: "completeDuty", tag: .duties,
        title: "完成一项履职：逐项结果、情况、照片", detail: "要答哪几项由任务种类定；约定要求照片时至少一张 JPEG 或 PNG。", roles: [.responsible],
        body: APIShape(
            "DutyCompletion", "履职记录",
            [
                .init(
                    key: "answers", title: "逐项结果，如 {\"noLeak\": \"good\"}",
                    form: .object(
                        APIShape(
                            "DutyAnswers", "按任务种类逐项",
                            DutyItem.allCases.map {
                                .init(
                                    key: $0.rawValue, title: $0.label,
                                    form: .words(DutyAnswer.self) { $0.label }, isOptional: true)
                            }))),
                .init(key: "text", title: "检查情况", form: .text, example: "现场无泄漏"),
                .init(key: "measures", title: "有问题时的措施", form: .text, isOptional: true),
                .init(key: "photos", title: "照片，Base64，最多 3 张", form: .list(.text), isOptional: true),
            ]),
        answer: .object(DutyRecords.duty.shape), problems: [.notFound, .fields, .refused]
    ) { call, _ in
        guard let person = call.officer.person else { throw Problem(.forbidden) }
        var answers: [DutyItem: DutyAnswer] = [:]
        for item in DutyItem.allCases {
            answers[item] = call.body.whole["answers"]?[item.rawValue]?.string.flatMap(DutyAnswer.init(rawValue:))
        }
        let record = DutyRecord(
            answers: answers, text: call.body.text("text"), measures: call.body.text("measures"))
        let photos = try call.body.texts("photos").map { text throws(Problem) in
            guard let bytes = Base64.decoded(text) else {
                throw Problem(fields: [FieldError(field: "photos", message: "照片不是 Base64")])
            }
            return bytes
        }
        let (id, scope) = (call.id, call.scope)
        try await call.write { context, session throws(DutyFailure) in
            try DutyOperations.complete(
                id, record: record, photos: photos, person: person, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static let causes = APIListing(
        path: "/api/v1/root-causes", operation: "listRootCauses", tag: .duties, title: "根因分析",
        filters: [.mark("open", "只要没有完成的")], record: DutyRecords.cause
    ) { call, range in
        let (scope, isOpenOnly) = (call.scope, call.query.value("open") != nil)
        let all = try await call.read { session throws(StorageError) in
            try RootCauseStore.list(
                isOpenOnly: isOpenOnly, scope: scope, limit: APIPaging.downloadMax + 1, in: &session)
        }
        return .init(all, range)
    }
}
