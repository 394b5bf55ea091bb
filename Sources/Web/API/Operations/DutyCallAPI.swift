import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// 查岗: call somebody's duty officer, and answer.
enum DutyCallAPI {
    static var routes: [APIRoute] { [list.route, one, create, answer] }

    private static let list = APIListing(
        path: "/api/v1/duty-calls", operation: "listDutyCalls", tag: .dutyCalls, title: "查岗", detail: "等应答的在前。",
        filters: [APIParameter("state", "状态", .words(DutyCall.State.self) { $0.title })],
        record: SpotCheckRecords.call, page: "/calls"
    ) { call, range in
        let (scope, state) = (call.scope, DutyCall.State(rawValue: call.query["state"]))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try DutyCallStore.all(
                    state: state, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                total: try DutyCallStore.count(state: state, scope: scope, in: &session))
        }
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/duty-calls/{id}", operation: "getDutyCall", tag: .dutyCalls, title: "一次查岗",
        answer: .object(SpotCheckRecords.call.shape), problems: [.notFound]
    ) { call, _ in try await read(call, DutyCallID(call.id)) }

    private static func read(_ call: APICall, _ id: DutyCallID) async throws -> Response {
        let scope = call.scope
        let found = try await call.read { session throws(StorageError) in
            try DutyCallStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(SpotCheckRecords.call, found)
    }

    private static let create = APIRoute(
        method: .post, path: "/api/v1/duty-calls", operation: "callDuty", tag: .dutyCalls, title: "查岗一家企业或一个下级单位",
        roles: [.duty],
        body: APIShape(
            "DutyCallDraft", "查岗",
            [
                .init(
                    key: "targetKind", title: "被查方", form: .choice([("enterprise", "企业"), ("authority", "下级单位")]),
                    example: "enterprise"),
                .init(key: "target", title: "被查方编号", form: .text, example: "140525001"),
                .init(
                    key: "minutes", title: "几分钟内应答",
                    form: .integer(
                        Int64(DutyCall.minutesAllowed.lowerBound)...Int64(DutyCall.minutesAllowed.upperBound)),
                    example: 5),
                .init(key: "question", title: "问题", form: .text, isOptional: true, example: "当班几人，谁带班？"),
            ]),
        answer: .object(SpotCheckRecords.call.shape), status: .created, problems: [.notFound, .fields, .refused]
    ) { call, _ in
        let (office, body) = (try call.office(), call.body)
        let target: DutyCall.Target =
            body.text("targetKind") == "authority"
            ? .authority(AuthorityID(body.text("target"))) : .enterprise(EnterpriseID(body.text("target")))
        let (minutes, question) = (Int(body.integer("minutes") ?? 0), body.text("question"))
        let id = try await call.write { context, session throws(SpotCheckFailure) in
            try DutyCallOperations.call(
                target, minutes: minutes, question: question, office: office, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let answer = APIRoute(
        method: .post, path: "/api/v1/duty-calls/{id}/answer", operation: "answerDutyCall", tag: .dutyCalls,
        title: "应答查岗", roles: [.duty, .safety, .responsible],
        body: APIShape(
            "DutyCallAnswer", "应答",
            [
                .init(key: "name", title: "在岗人员姓名", form: .text, example: "陶然"),
                .init(key: "text", title: "应答内容", form: .text, isOptional: true, example: "三人在岗，一切正常"),
            ]),
        answer: .object(SpotCheckRecords.call.shape), problems: [.notFound, .refused]
    ) { call, _ in
        let (id, scope) = (DutyCallID(call.id), call.scope)
        let (name, text) = (call.body.text("name"), call.body.text("text"))
        try await call.write { context, session throws(SpotCheckFailure) in
            _ = try DutyCallOperations.answer(
                id, name: name, text: text, scope: scope, context: &context, in: &session)
        }
        return try await read(call, id)
    }
}
