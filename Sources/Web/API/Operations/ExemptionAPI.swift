import Domain
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// 豁免: the enterprise asks that a point counts no longer for a time, the regulator decides, either ends it.
enum ExemptionAPI {
    static var routes: [APIRoute] {
        [
            list.route, one, request,
            hands.act("decide", "decideExemption", "批准或退回，由监管部门；申请人不能批自己的", [.duty], decision) { call, _ in
                let (id, editor) = (call.id, call.visit.editor)
                let (isApproved, note) = (call.body.text("decision") == "approve", call.body.value("note"))
                try await call.intake { table, context, session throws(AlarmFailure) in
                    try ExemptionOperations.decide(
                        id, isApproved: isApproved, note: note, by: editor, table: &table, context: &context,
                        in: &session)
                }
                return try await read(call, id)
            },
            hands.act("end", "endExemption", "提前结束", [.duty, .safety, .admin], []) { call, _ in
                let (id, editor) = (call.id, call.visit.editor)
                try await call.intake { table, context, session throws(AlarmFailure) in
                    try ExemptionOperations.end(id, by: editor, table: &table, context: &context, in: &session)
                }
                return try await read(call, id)
            },
        ]
    }

    private static let hands = APIActs(
        path: "/api/v1/exemptions/{id}", tag: .exemptions, answer: ExemptionRecords.exemption.shape,
        problems: [.notFound, .refused, .busy])

    private static let list = APIListing(
        path: "/api/v1/exemptions", operation: "listExemptions", tag: .exemptions, title: "报警豁免",
        detail: "待批准的在前。生效期间报警照常记录，只是不计数。",
        filters: [APIParameter("state", "状态", .words(ExemptionListing.State.self) { ExemptionRecords.title($0) })],
        record: ExemptionRecords.exemption, page: "/exemptions"
    ) { call, range in
        let (scope, now, state) = (call.scope, call.now, ExemptionListing.State(rawValue: call.query["state"]))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try ExemptionListing.all(
                    state: state, scope: scope, now: now, limit: range.limit, offset: range.offset, in: &session
                ).map { .init(item: $0, now: now) },
                total: try ExemptionListing.count(state: state, scope: scope, now: now, in: &session))
        }
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/exemptions/{id}", operation: "getExemption", tag: .exemptions, title: "一份豁免申请",
        answer: .object(ExemptionRecords.exemption.shape), problems: [.notFound]
    ) { call, _ in try await read(call, call.id) }

    private static func read(_ call: APICall, _ id: String) async throws -> Response {
        let (scope, now) = (call.scope, call.now)
        let found = try await call.read { session throws(StorageError) in
            try ExemptionListing.all(id: id, state: nil, scope: scope, now: now, limit: 1, in: &session).first
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(ExemptionRecords.exemption, .init(item: found, now: now))
    }

    private static let request = APIRoute(
        method: .post, path: "/api/v1/exemptions", operation: "requestExemption", tag: .exemptions,
        title: "申请豁免一个点位的报警；批准以前一切照常", roles: [.safety],
        body: APIShape(
            "ExemptionDraft", "一份豁免申请",
            [
                .init(key: "kind", title: "种类", form: .words(Exemption.Kind.self) { $0.label }, example: "filing"),
                .init(key: "point", title: "点位编码", form: .text, example: "140525001001G0001L01"),
                .init(key: "alarm", title: "因哪一条报警", form: .text, isOptional: true),
                .init(key: "reason", title: "理由", form: .text, example: "更换探头"),
                .init(key: "from", title: "起", form: .instant, example: "2026-11-24T09:00:00+08:00"),
                .init(
                    key: "until", title: "止；只有点位停用可以不写", form: .instant, isOptional: true,
                    example: "2026-11-24T17:00:00+08:00"),
            ]),
        answer: .object(ExemptionRecords.exemption.shape), status: .created, problems: [.notFound, .fields, .refused]
    ) { call, _ in
        let (body, editor) = (call.body, call.visit.editor)
        guard let kind = Exemption.Kind(rawValue: body.text("kind")), let from = body.instant("from") else {
            throw Problem(.fields)
        }
        let (until, alarm) = (body.instant("until"), body.value("alarm").map { AlarmID($0) })
        let (point, reason) = (PointID(body.text("point")), body.text("reason"))
        let id = try await call.write { context, session throws(AlarmFailure) in
            try ExemptionOperations.request(
                kind, point: point, alarm: alarm, reason: reason, from: from, until: until, by: editor,
                context: &context, in: &session)
        }
        return try await read(call, id)
    }

    private static let decision: [APIShape.Field] = [
        .init(
            key: "decision", title: "approve 批准，refuse 退回", form: .choice([("approve", "批准"), ("refuse", "退回")]),
            example: "approve"),
        .init(key: "note", title: "理由，退回必填", form: .text, isOptional: true),
    ]
}
