import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Warnings: read them, and what the law asks of each role.
enum WarningAPI {
    static var routes: [APIRoute] { [list.route, one] + acts }

    private static let list = APIListing(
        path: "/api/v1/warnings", operation: "listWarnings", tag: .warnings, title: "预警",
        detail: "次序与值守页相同：未确认的在前，再按级别、时限。",
        filters: [
            APIParameter("level", "级别", .choice([("red", "红"), ("orange", "橙"), ("yellow", "黄")])),
            APIParameter("phase", "状态", .words(Warning.Phase.self) { WarningRow.word($0) }),
            .mark("open", "只要未闭环的；与 level 同用时只要未解除的"), .mark("supervision", "有督办待反馈的"),
            APIParameter("region", "属地区划代码的前几位"), .enterprise, APIParameter("q", "企业或危险源名称里的字"),
            APIParameter("day", "today：今日办结的", .choice([("today", "今日办结")])),
        ], record: WarningRecords.warning, page: "/warnings"
    ) { call, range in
        let (scope, filter) = (call.scope, WarningListPage.filter(call.query, now: call.now))
        var found = try await call.read { session throws(StorageError) in
            (
                try WarningList.rows(filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                try WarningList.count(filter, scope: scope, in: &session)
            )
        }
        call.site.freshen(&found.0)
        return .init(rows: found.0, total: found.1)
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/warnings/{id}", operation: "getWarning", tag: .warnings, title: "一条预警的全部",
        answer: .object(WarningRecords.dossier.shape), problems: [.notFound]
    ) { call, _ in try await dossier(call) }

    private static func dossier(_ call: APICall) async throws -> Response {
        let (id, scope) = (WarningID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) in
            try WarningDossier.read(id, scope: scope, in: &session)
        }
        guard var dossier = found else { throw Problem(.notFound) }
        call.site.freshen(&dossier)
        return call.answer(WarningRecords.dossier, .init(dossier: dossier, now: call.now))
    }

    // MARK: Acts

    private static var acts: [APIRoute] {
        [
            hands.act(
                "sign", "signWarning", "签收：值守员已看到；可附一句话，记入时间线", [.duty],
                [.init(key: "note", title: "附言", form: .text, isOptional: true)], sign),
            hands.act(
                "acknowledge", "acknowledgeWarning", "确认，由该危险源的三级包保责任人之一（《处置》第八条）",
                [.responsible, .safety], [.init(key: "note", title: "附言", form: .text, isOptional: true)]
            ) { call, request in
                guard let person = call.officer.person else {
                    throw Problem(.forbidden, "要三级包保责任人之一确认（《处置》第八条）。")
                }
                return try await perform(.acknowledge(by: person, note: call.body.text("note")), call)
            },
            hands.act(
                "progress", "tellProgress", "处置进展", [.responsible, .safety, .duty],
                [.init(key: "text", title: "正在做什么", form: .text, example: "已到现场，正在降压")]
            ) { call, request in
                try await perform(.progress(by: call.officer.actor, text: call.body.text("text")), call)
            },
            hands.act(
                "report", "reportDisposal", "三要素上报（《处置》第九条）", [.responsible, .safety],
                [
                    .init(key: "result", title: "处置结果", form: .text, example: "切换备用泵，压力回到 1.9 MPa"),
                    .init(key: "cause", title: "原因分析", form: .text, example: "调节阀卡涩"),
                    .init(key: "measures", title: "整改措施", form: .text, example: "更换阀芯，纳入月检"),
                ]
            ) { call, request in
                let body = call.body
                return try await perform(
                    .report(
                        by: call.officer.actor, result: body.text("result"), cause: body.text("cause"),
                        measures: body.text("measures")), call)
            },
            hands.act("approve", "approveReport", "审核通过，由日常监管单位", [.duty], []) { call, request in
                try await decide(.approveReport(by: call.officer.actor), call)
            },
            hands.act(
                "return", "returnReport", "退回上报，由日常监管单位", [.duty],
                [.init(key: "note", title: "理由", form: .text, example: "原因没有分析到设备")]
            ) { call, request in
                try await decide(.returnReport(by: call.officer.actor, note: call.body.text("note")), call)
            },
            hands.act(
                "feedback", "feedBackSupervision", "现场核查督办的反馈", [.duty],
                [.init(key: "text", title: "核查情况", form: .text)]
            ) { call, request in
                try await perform(.feedBack(by: try call.office(), text: call.body.text("text")), call)
            },
            hands.act(
                "annotate", "annotateWarning", "批注，由安科院预警中心和部级作出（YJ-23）", [.duty],
                [.init(key: "text", title: "批注", form: .text)]
            ) { call, request in
                guard WarningActions.mayAnnotate(call.officer) else {
                    throw Problem(.forbidden, "批注由安科院预警中心和部级作出。")
                }
                return try await perform(.annotate(by: call.officer.actor, text: call.body.text("text")), call)
            },
        ]
    }

    private static let hands = APIActs(
        path: "/api/v1/warnings/{id}", tag: .warnings, answer: WarningRecords.dossier.shape)

    private static func sign(_ call: APICall, _ request: Request) async throws -> Response {
        let (id, note, scope) = (WarningID(call.id), call.body.text("note"), call.scope)
        let account = call.officer.account
        try await call.write { context, session throws(WarningFailure) in
            try WarningActions.sign(id, note: note, account: account, scope: scope, context: &context, in: &session)
        }
        return try await dossier(call)
    }

    /// Only the enterprise's regulator decides on a report (主责单位审核).
    private static func decide(_ command: WarningCommand, _ call: APICall) async throws -> Response {
        try await WarningActions.checkRegulator(WarningID(call.id), call.visit)
        return try await perform(command, call)
    }

    private static func perform(_ command: WarningCommand, _ call: APICall) async throws -> Response {
        let (id, scope) = (WarningID(call.id), call.scope)
        try await call.write { context, session throws(WarningFailure) in
            try WarningOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
        }
        return try await dossier(call)
    }
}
