import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Making a spot check: begin the record, fill it in, take the system's columns anew, submit it. What was found is
/// handed down by the submission (XC-30).
enum SpotCheckActAPI {
    static var routes: [APIRoute] {
        [
            open,
            hands.act("save", "saveSpotCheckRecord", "存下已填的；没有写的字段不变", [.duty], fields) { call, _ in
                let (id, scope) = (SpotCheckID(call.id), call.scope)
                let edit = try edit(call.body)
                try await call.write { context, session throws(SpotCheckFailure) in
                    try SpotCheckRecordOperations.save(id, edit, scope: scope, context: &context, in: &session)
                }
                return try await read(call, id)
            },
            hands.act("refresh", "refreshSpotCheckRecord", "重取系统填的各列；人工填的不变", [.duty], []) { call, _ in
                let (id, scope) = (SpotCheckID(call.id), call.scope)
                try await call.write { context, session throws(SpotCheckFailure) in
                    try SpotCheckRecordOperations.refresh(id, scope: scope, context: &context, in: &session)
                }
                return try await read(call, id)
            },
            hands.act(
                "submit", "submitSpotCheckRecord", "提交；有问题的项逐级交办给日常监管单位（XC-30）", [.duty], fields + [finding]
            ) { call, _ in
                let (id, scope) = (SpotCheckID(call.id), call.scope)
                let edit = try edit(call.body)
                let finding = SpotCheckRecordOperations.Finding(rawValue: call.body.text("finding")) ?? .none
                try await call.write { context, session throws(SpotCheckFailure) in
                    try SpotCheckRecordOperations.submit(
                        id, edit, finding: finding, scope: scope, context: &context, in: &session)
                }
                return try await read(call, id)
            },
        ]
    }

    private static let hands = APIActs(
        path: "/api/v1/spot-check-records/{id}", tag: .spotChecks, answer: SpotCheckRecords.record.shape,
        problems: [.notFound, .fields, .refused, .conflict])

    private static let open = APIRoute(
        method: .post, path: "/api/v1/spot-check-records", operation: "openSpotCheckRecord", tag: .spotChecks,
        title: "开始一份今天的抽查记录，系统填好能填的各列", detail: "同一家企业当天只有一份；不在名单上的按人工选定列入。", roles: [.duty],
        body: APIShape(
            "OpenSpotCheckRecord", "抽查哪家",
            [.init(key: "enterprise", title: "企业编号", form: .text, example: "140525001")]),
        answer: .object(SpotCheckRecords.record.shape), problems: [.notFound, .refused]
    ) { call, _ in
        let (office, enterprise) = (try call.office(), EnterpriseID(call.body.text("enterprise")))
        let inspector = call.officer.name
        let id = try await call.write { context, session throws(SpotCheckFailure) in
            try SpotCheckActions.open(
                enterprise, office: office, inspector: inspector, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static func read(_ call: APICall, _ id: SpotCheckID) async throws -> Response {
        let scope = call.scope
        let found = try await call.read { session throws(StorageError) in
            try SpotCheckRecordStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(SpotCheckRecords.record, found)
    }

    private static let verdict = APIShape(
        "SpotCheckVerdict", "一项的判定",
        [
            .init(key: "item", title: "哪一项", form: .words(SpotCheckContent.self) { $0.title }, example: "online"),
            .init(
                key: "verdict", title: "判定", form: .words(SpotCheckContent.Verdict.self) { $0.title },
                example: "sound"),
            .init(key: "note", title: "什么问题，有问题必填", form: .text, isOptional: true),
        ])

    private static let fields: [APIShape.Field] = [
        .init(
            key: "verdicts", title: "五项的判定", form: .list(.object(verdict)), isOptional: true,
            example: .array(
                SpotCheckContent.allCases.map { ["item": .string($0.rawValue), "verdict": "sound"] })),
        .init(key: "videoNote", title: "第 9 列，视频里看到的；没有写“无”", form: .text, isOptional: true, example: "无"),
        .init(key: "hasCameraViolation", title: "视频中发现违规违章（SZ-07）", form: .flag, isOptional: true),
        .init(key: "watch", title: "第 10 列，值班值守", form: .text, isOptional: true, example: "带班领导在岗"),
        .init(key: "other", title: "第 12 列；没有写“无”", form: .text, isOptional: true, example: "无"),
        .init(key: "inspectors", title: "抽查人员", form: .text, isOptional: true),
        .init(key: "contact", title: "联系方式", form: .text, isOptional: true, example: "0356-000-7119"),
    ]

    private static let finding = APIShape.Field(
        key: "finding", title: "发现的问题怎样交办",
        form: .choice([("none", "没有问题"), ("problem", "交办"), ("majorHiddenDanger", "重大隐患，督办")]), example: "none")

    /// Only what was sent is written.
    private static func edit(_ body: APIBody) throws(Problem) -> @Sendable (inout SpotCheckRecord) -> Void {
        var seen: Set<String> = []
        for (index, item) in body.items("verdicts").enumerated() {
            guard seen.insert(item["item"]?.string ?? "").inserted else {
                throw Problem(fields: [FieldError(field: "verdicts[\(index)].item", message: "同一项出现两次")])
            }
        }
        return { record in
            if body.has("videoNote") { record.videoNote = body.text("videoNote") }
            if body.has("hasCameraViolation") { record.hasCameraViolation = body.flag("hasCameraViolation") }
            if body.has("watch") { record.watch = body.text("watch") }
            if body.has("other") { record.other = body.text("other") }
            if body.has("inspectors") { record.inspectors = body.text("inspectors") }
            if body.has("contact") { record.contact = body.text("contact") }
            for item in body.items("verdicts") {
                guard let content = item["item"]?.string.flatMap(SpotCheckContent.init(rawValue:)) else { continue }
                record.verdicts[content] = item["verdict"]?.string.flatMap(SpotCheckContent.Verdict.init(rawValue:))
                let note = item["note"]?.string?.trimmedOfSpace ?? ""
                record.notes[content] = note.isEmpty ? nil : note
            }
        }
    }
}
