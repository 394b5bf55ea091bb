import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// A finding of data quality from hand to hand: assigned, put right, checked again (SJ-27, XC-36).
enum QualityActAPI {
    private static let regulator: Set<AccountRole> = [.duty, .admin]
    private static let note = APIShape.Field(key: "note", title: "说明", form: .text, isOptional: true)
    private static func words(_ title: String) -> APIShape.Field { .init(key: "note", title: title, form: .text) }

    private static let hands = APIActs(
        path: "/api/v1/quality-findings/{id}", tag: .quality, answer: QualityRecords.whole.shape)

    static var routes: [APIRoute] {
        let days = APIShape.Field(
            key: "days", title: "几天内整改，不写为 \(QualityFinding.usualDays) 天（本项目约定）", form: .integer(1...30),
            isOptional: true, example: 3)
        return [
            hands.act("assign", "assignFinding", "交办企业，或重新交办", regulator, [days, note]) { call, _ in
                let deadline = call.body.integer("days").map { call.now + .days($0) }
                return try await perform(.assign(deadline: deadline, advice: call.body.text("note")), call)
            },
            hands.act("advise", "adviseFinding", "提意见，企业会收到", regulator, [words("意见")]) { call, _ in
                try await perform(.advise(call.body.text("note")), call)
            },
            hands.act("rectify", "rectifyFinding", "报告整改，由企业", [.safety], [words("做了什么，现在怎样")]) { call, _ in
                try await perform(.rectify(call.body.text("note")), call)
            },
            hands.act(
                "recheck", "recheckFinding", "复核；整改的人不能自己复核", regulator,
                [
                    .init(
                        key: "result", title: "结论", form: .choice([("passed", "通过"), ("failed", "退回重改")]),
                        example: "passed"), .init(key: "note", title: "意见，退回必填", form: .text, isOptional: true),
                ]
            ) { call, _ in
                let isPassed = call.body.text("result") == "passed"
                return try await perform(.recheck(isPassed: isPassed, note: call.body.text("note")), call)
            },
            hands.act("dismiss", "dismissFinding", "认定误判，由监管部门", regulator, [words("为什么不是问题")]) { call, _ in
                try await perform(.dismiss(call.body.text("note")), call)
            },
            hands.act("reopen", "reopenFinding", "重新打开，由监管部门", regulator, [words("理由")]) { call, _ in
                try await perform(.reopen(call.body.text("note")), call)
            },
            hands.act("supervise", "superviseFinding", "转为督办问题；登记中心没有督办权（XC-36）", regulator, [note]) { call, _ in
                try await perform(.supervise(call.body.text("note")), call)
            },
        ]
    }

    private static func perform(_ command: QualityFinding.Command, _ call: APICall) async throws -> Response {
        let (id, scope, actor) = (QualityFindingID(call.id), call.scope, call.officer.qualityActor)
        try await call.write { context, session throws(QualityFailure) in
            try QualityOperations.perform(command, on: id, by: actor, scope: scope, context: &context, in: &session)
        }
        return try await QualityAPI.read(call)
    }
}
