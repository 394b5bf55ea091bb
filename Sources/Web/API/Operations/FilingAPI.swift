import Domain
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// 报备: file, confirm or return, take back, end, extend.
enum FilingAPI {
    private static let offices: Set<AccountRole> = [.duty, .safety, .admin]

    static var routes: [APIRoute] { [list.route, one, submit, decide, decideExtension, withdraw, end, ask] }

    private static let list = APIListing(
        path: "/api/v1/filings", operation: "listFilings", tag: .filings, title: "报备", detail: "等确认的在前。",
        roles: offices,
        filters: [APIParameter("state", "状态", .words(Filing.State.self) { $0.label }), .enterprise],
        record: FilingRecords.filing, page: "/filings"
    ) { call, range in
        let (scope, now) = (call.scope, call.now)
        let state = Filing.State(rawValue: call.query["state"])
        let enterprise = call.query.value("enterprise").map { EnterpriseID($0) }
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try FilingListing.all(
                    enterprise: enterprise, state: state, scope: scope, now: now, limit: range.limit,
                    offset: range.offset, in: &session
                ).map { .init(item: $0, now: now) },
                total: try FilingListing.count(
                    enterprise: enterprise, state: state, scope: scope, now: now, in: &session))
        }
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/filings/{id}", operation: "getFiling", tag: .filings, title: "一份报备",
        roles: offices, answer: .object(FilingRecords.filing.shape), problems: [.notFound]
    ) { call, _ in try await read(call, FilingID(call.id)) }

    private static func read(_ call: APICall, _ id: FilingID) async throws -> Response {
        let (scope, now) = (call.scope, call.now)
        let found = try await call.read { session throws(StorageError) in
            try FilingListing.all(id: id, scope: scope, now: now, limit: 1, in: &session).first
        }
        guard let item = found else { throw Problem(.notFound) }
        return call.answer(FilingRecords.filing, .init(item: item, now: now))
    }

    // MARK: Acts

    private static let submit = APIRoute(
        method: .post, path: "/api/v1/filings", operation: "submitFiling", tag: .filings, title: "提交报备",
        detail: "确认以前一切照常计算；确认后从提交时起有效。", roles: [.safety], body: FilingRecords.body,
        answer: .object(FilingRecords.filing.shape), status: .created, problems: [.fields, .refused]
    ) { call, _ in
        let (enterprise, body, editor) = (try call.enterprise(), call.body, call.visit.editor)
        let files = try body.items("attachments").map { item throws(Problem) in
            guard let bytes = Base64.decoded(item["content"]?.string ?? "") else {
                throw Problem(fields: [FieldError(field: "attachments", message: "附件的内容不是 Base64")])
            }
            return FilingAttachment(name: String((item["name"]?.string ?? "").suffix(100)), content: bytes)
        }
        guard let kind = FilingKind(rawValue: body.text("kind")), let from = body.instant("from"),
            let until = body.instant("until")
        else { throw Problem(.fields) }
        let draft = FilingDraft(
            kind: kind,
            coverage: FilingCoverage(
                isWhole: body.flag("isWhole"), hazards: body.texts("hazards").sorted().map { HazardID($0) },
                points: body.texts("points").sorted().map { PointID($0) },
                cameras: body.texts("cameras").sorted().map { CameraID($0) }), reason: body.text("reason"),
            measures: body.text("measures"), from: from, until: until, foundAt: body.instant("foundAt"))
        let id = try await call.write { context, session throws(FilingFailure) in
            try FilingOperations.submit(
                draft, attachments: files, of: enterprise, by: editor, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let decision = APIShape(
        "FilingDecision", "确认或退回",
        [
            .init(
                key: "decision", title: "confirm 确认，return 退回",
                form: .choice([("confirm", "确认"), ("return", "退回")]), example: "confirm"),
            .init(key: "note", title: "理由，退回必填", form: .text, isOptional: true),
        ])

    private static let decide = hands.act("decide", "decideFiling", "确认或退回，由监管部门", [.duty], decision) { call, _ in
        let (id, editor) = (FilingID(call.id), call.visit.editor)
        let (isConfirmed, note) = (call.body.text("decision") == "confirm", call.body.value("note"))
        try await call.intake { table, context, session throws(FilingFailure) in
            try FilingOperations.decide(
                id, isConfirmed: isConfirmed, note: note, by: editor, table: &table, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let decideExtension = hands.act(
        "extension/decide", "decideExtension", "确认或退回延期，由监管部门", [.duty], decision
    ) { call, _ in
        let (id, editor) = (FilingID(call.id), call.visit.editor)
        let (isConfirmed, note) = (call.body.text("decision") == "confirm", call.body.value("note"))
        try await call.intake { table, context, session throws(FilingFailure) in
            try FilingOperations.decideExtension(
                id, isConfirmed: isConfirmed, note: note, by: editor, table: &table, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let withdraw = hands.act("withdraw", "withdrawFiling", "撤回，决定以前", [.safety], nil) { call, _ in
        let (id, editor) = (FilingID(call.id), call.visit.editor)
        try await call.intake { _, context, session throws(FilingFailure) in
            try FilingOperations.withdraw(id, by: editor, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let end = hands.act("end", "endFiling", "提前结束", [.safety, .duty], nil) { call, _ in
        let (id, editor) = (FilingID(call.id), call.visit.editor)
        try await call.intake { table, context, session throws(FilingFailure) in
            try FilingOperations.end(id, by: editor, table: &table, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let ask = hands.act(
        "extension", "askExtension", "申请延期", [.safety],
        APIShape(
            "ExtensionWish", "延期",
            [
                .init(key: "until", title: "延到", form: .instant, example: "2026-11-25T17:00:00+08:00"),
                .init(key: "reason", title: "理由", form: .text),
            ])
    ) { call, _ in
        let (id, editor, reason) = (FilingID(call.id), call.visit.editor, call.body.text("reason"))
        guard let until = call.body.instant("until") else { throw Problem(.fields) }
        try await call.intake { _, context, session throws(FilingFailure) in
            try FilingOperations.ask(id, until: until, reason: reason, by: editor, context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let hands = APIActs(
        path: "/api/v1/filings/{id}", tag: .filings, answer: FilingRecords.filing.shape,
        problems: [.notFound, .refused, .busy])
}
