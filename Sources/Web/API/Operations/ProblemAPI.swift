import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Problems from hand to hand until they are closed.
enum ProblemAPI {
    private static let involved: Set<AccountRole> = [.duty, .safety, .admin]

    static var routes: [APIRoute] { [list.route, one] + acts }

    private static let list = APIListing(
        path: "/api/v1/problems", operation: "listProblems", tag: .problems, title: "问题", detail: "未闭环的在前。",
        roles: involved,
        filters: [
            APIParameter("stage", "状态", .words(Domain.Problem.Stage.self) { $0.label }),
            APIParameter("severity", "轻重", .words(ProblemSeverity.self) { $0.label }),
            APIParameter("source", "来源", .choice(ProblemListPage.sources)),
            APIParameter("only", "只要哪些", .choice(ProblemListPage.parts)), .enterprise,
        ], record: InspectionRecords.problem, page: "/problems"
    ) { call, range in
        let (scope, filter) = (call.scope, ProblemListPage.filter(call.query, officer: call.officer))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try ProblemListing.all(
                    filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                total: try ProblemListing.count(filter, scope: scope, in: &session))
        }
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/problems/{id}", operation: "getProblem", tag: .problems, title: "一个问题与流转",
        roles: involved, answer: .object(InspectionRecords.whole.shape), problems: [.notFound]
    ) { call, _ in try await read(call) }

    private static func read(_ call: APICall) async throws -> Response {
        let (id, scope) = (ProblemID(call.id), call.scope)
        let facts = try await call.read { session throws(StorageError) in
            try ProblemFacts.load(id, scope: scope, in: &session)
        }
        guard let facts else { throw Problem(.notFound) }
        return call.answer(InspectionRecords.whole, .init(facts: facts, now: call.now))
    }

    // MARK: Acts

    private static let note = APIShape.Field(key: "note", title: "说明", form: .text, isOptional: true)
    private static let order: [APIShape.Field] = [
        .init(
            key: "mode", title: "atOnce 立即整改，limited 限期整改",
            form: .choice([("atOnce", "立即"), ("limited", "限期")]), isOptional: true, example: "limited"),
        .init(key: "measures", title: "限期的管控措施", form: .text, isOptional: true, example: "专人看守"),
        .init(
            key: "deadline", title: "限期的期限", form: .instant, isOptional: true, example: "2026-11-26T18:00:00+08:00"),
    ]

    private static func readOrder(_ body: APIBody) throws(Problem) -> Rectification {
        guard body.text("mode") == "limited" else { return .atOnce }
        guard let deadline = body.instant("deadline") else {
            throw Problem(fields: [FieldError(field: "deadline", message: ProblemRefusal.deadlineMissing.reason)])
        }
        return .limited(measures: body.text("measures"), deadline: deadline)
    }

    private static var acts: [APIRoute] {
        let next = APIShape.Field(key: "next", title: "交给哪个直接下级", form: .text, example: "140525-yj")
        return [
            hands.act("hand-down", "handDownProblem", "交办给直接下一级", [.duty], [next, note]) { call, _ in
                let body = call.body
                return try await perform(
                    .handDown(to: AuthorityID(body.text("next")), note: body.text("note"), by: try call.office()), call)
            },
            hands.act("order", "orderRectification", "责令立即或限期整改", [.duty], order) { call, _ in
                try await perform(.order(try readOrder(call.body), by: try call.office()), call)
            },
            hands.act("feedback", "feedBackProblem", "反馈，或报整改完成", [.duty, .safety], answer, feedBack),
            hands.act("recheck", "recheckProblem", "复查", [.duty], recheckFields) { call, _ in
                guard let result = RecheckResult(rawValue: call.body.text("result")) else { throw Problem(.fields) }
                let next = result == .rectified ? nil : try readOrder(call.body)
                return try await perform(
                    .recheck(result, note: call.body.text("note"), next: next, by: try call.office()), call)
            },
            hands.act("close", "closeProblem", "销号", [.duty], [note]) { call, _ in
                try await perform(.close(note: call.body.text("note"), by: try call.office()), call)
            },
            hands.act(
                "major", "judgeMajor", "判为重大隐患并挂牌督办", [.duty],
                [.init(key: "requirement", title: "督办要求", form: .text, example: "停用该罐，更换紧急切断阀")], judgeMajor),
            hands.act("lift", "liftSupervision", "解除督办", [.duty], [note]) { call, _ in
                try await perform(.liftSupervision(note: call.body.text("note"), by: try call.office()), call)
            },
            hands.act(
                "penalty", "registerPenalty", "处罚登记", [.duty],
                [
                    .init(key: "number", title: "文号", form: .text, example: "（晋市）应急罚〔2026〕8号"),
                    .init(key: "cause", title: "事由", form: .text),
                    .init(key: "amountYuan", title: "金额，元", form: .positive, example: 50_000),
                ]
            ) { call, _ in
                let body = call.body
                return try await perform(
                    .penalise(
                        number: body.text("number"), cause: body.text("cause"),
                        amountYuan: body.integer("amountYuan") ?? 0, by: try call.office()), call)
            },
            hands.act("urge", "urgeProblem", "催办", [.duty], [note]) { call, _ in
                try await perform(.urge(note: call.body.text("note"), by: try call.office()), call)
            },
        ]
    }

    private static let recheckFields: [APIShape.Field] =
        [.init(key: "result", title: "结论", form: .words(RecheckResult.self) { $0.label }, example: "rectified"), note]
        + order

    private static let answer: [APIShape.Field] = [
        .init(key: "measures", title: "采取的措施", form: .text, example: "已更换阀门"),
        .init(key: "proof", title: "完成的凭证", form: .text, isOptional: true, example: "试压记录 3 号"),
        .init(
            key: "finishedAt", title: "整改完成的时刻；没有完成不写", form: .instant, isOptional: true,
            example: "2026-11-23T16:30:00+08:00"),
        .init(key: "attachments", title: "附件", form: .list(.object(FilingRecords.attachment)), isOptional: true),
    ]

    private static func feedBack(_ call: APICall, _ request: Request) async throws -> Response {
        let (id, scope, body) = (ProblemID(call.id), call.scope, call.body)
        let party: ProblemParty
        if let enterprise = call.officer.enterprise, call.officer.role == .safety {
            party = .enterprise(enterprise)
        } else {
            party = .authority(try call.office())
        }
        let files = try body.items("attachments").map { item throws(Problem) in
            guard let bytes = Base64.decoded(item["content"]?.string ?? "") else {
                throw Problem(fields: [FieldError(field: "attachments", message: "附件的内容不是 Base64")])
            }
            return InspectionFiles.Incoming(
                name: item["name"]?.string ?? "附件", bytes: bytes, hash: Tokens.sha256(bytes))
        }
        try await call.write { context, session throws(ProblemFailure) in
            try ProblemActions.feedBack(
                id, files: files, measures: body.text("measures"), proof: body.text("proof"),
                finishedAt: body.instant("finishedAt"), by: party, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static func judgeMajor(_ call: APICall, _ request: Request) async throws -> Response {
        let (id, scope, office) = (ProblemID(call.id), call.scope, try call.office())
        let requirement = call.body.text("requirement")
        try await call.write { context, session throws(ProblemFailure) in
            _ = try ProblemOperations.judgeMajor(
                id, requirement: requirement, by: office, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static func perform(_ command: ProblemCommand, _ call: APICall) async throws -> Response {
        let (id, scope) = (ProblemID(call.id), call.scope)
        try await call.write { context, session throws(ProblemFailure) in
            _ = try ProblemOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static let hands = APIActs(
        path: "/api/v1/problems/{id}", tag: .problems, answer: InspectionRecords.whole.shape,
        problems: [.notFound, .fields, .refused, .conflict])
}
