import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Making a patrol: its sheet with what the system reads now, handing it in, and the office's own items.
enum PatrolActAPI {
    static var routes: [APIRoute] { [sheet, submit, items.route, addItem, retireItem] }

    private static let sheet = APIRoute(
        method: .get, path: "/api/v1/patrol-sheets/{id}", operation: "getPatrolSheet", tag: .patrols,
        title: "一张待填的巡查表：逐项为系统现在读到的", detail: "只有直接下级单位或园区有表，不能越级（《巡查》第三条）。", roles: [.duty],
        parameters: [APIParameter("id", "被巡查单位编号", place: .path)],
        answer: .object(InspectionRecords.patrolSheet.shape), problems: [.notFound]
    ) { call, _ in
        let (office, subject, now) = (try call.office(), AuthorityID(call.id), call.now)
        let found = try await call.read { session throws(StorageError) in
            try PatrolForm.read(office, subject: subject, followed: nil, at: now, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(InspectionRecords.patrolSheet, .init(read: found, at: now))
    }

    private static let body = APIShape(
        "PatrolDraft", "一次巡查",
        [
            .init(key: "kind", title: "形式", form: .words(PatrolKind.self) { $0.label }, example: "routine"),
            .init(key: "subject", title: "被巡查单位编号", form: .text, example: "140525-yj"),
            .init(
                key: "answers", title: "逐项结果，法定四项和本单位的项缺一不可", form: .list(.object(answer)),
                example: .array(
                    PatrolTopic.allCases.map { ["item": .string($0.rawValue), "state": "normal"] })),
            .init(key: "inspector", title: "巡查人，不写为账号的姓名", form: .text, isOptional: true, example: "王敏"),
            .init(key: "contact", title: "联系方式", form: .text, isOptional: true),
            .init(key: "problem", title: "跟踪的问题编号，问题跟踪巡查必填", form: .text, isOptional: true),
            .init(
                key: "conclusion", title: "跟踪结论，问题跟踪巡查必填", form: .words(RecheckResult.self) { $0.label },
                isOptional: true),
            .init(key: "conclusionNote", title: "跟踪结论的说明", form: .text, isOptional: true),
        ])

    private static let answer = APIShape(
        "PatrolAnswer", "一项的结果",
        [
            .init(key: "item", title: "项的编号，见待填的表", form: .text, example: "systemOnline"),
            .init(
                key: "state", title: "结果",
                form: .choice([("normal", "正常"), ("general", "一般问题"), ("serious", "重大问题，立即发送")]),
                example: "normal"),
            .init(key: "note", title: "什么问题，不正常必填", form: .text, isOptional: true),
        ])

    private static let submit = APIRoute(
        method: .post, path: "/api/v1/patrols", operation: "submitPatrol", tag: .patrols,
        title: "提交一次巡查；重大问题随即发出，带回执（XC-18）", detail: "系统读数在提交时由系统取，随表存证。", roles: [.duty], body: body,
        answer: .object(InspectionRecords.patrolReceipt.shape), status: .created,
        problems: [.notFound, .fields, .refused, .conflict]
    ) { call, _ in
        let (office, body, now, officer) = (try call.office(), call.body, call.now, call.officer)
        guard let kind = PatrolKind(rawValue: body.text("kind")) else { throw Problem(.fields) }
        let draft = PatrolSheet(
            kind: kind, subject: AuthorityID(body.text("subject")), answers: try answers(body),
            inspector: body.value("inspector") ?? officer.name, contact: body.text("contact"),
            followed: body.value("problem").map { ProblemID($0) },
            conclusion: RecheckResult(rawValue: body.text("conclusion")),
            conclusionNote: body.text("conclusionNote"))
        let id = try await call.write { context, session throws(ProblemFailure) in
            let sheet = try filled(draft, by: office, at: now, in: &session)
            return try PatrolOperations.submit(sheet, by: office, context: &context, in: &session)
        }
        let scope = call.scope
        let receipt = try await call.read { session throws(StorageError) -> InspectionRecords.PatrolReceipt? in
            var filter = ProblemListing.Filter()
            (filter.source, filter.sourceID) = ("patrol", id.rawValue)
            guard let patrol = try PatrolListing.find(id, scope: scope, in: &session) else { return nil }
            return .init(
                patrol: patrol, problems: try ProblemListing.all(filter, scope: scope, limit: 100, in: &session))
        }
        guard let receipt else { throw Problem(.notFound) }
        return call.answer(InspectionRecords.patrolReceipt, receipt)
    }

    private static func answers(_ body: APIBody) throws(Problem) -> [PatrolAnswer] {
        var answers: [PatrolAnswer] = []
        for (index, item) in body.items("answers").enumerated() {
            let (id, state) = (item["item"]?.string ?? "", item["state"]?.string ?? "")
            guard !answers.contains(where: { $0.item == id }) else {
                throw Problem(fields: [FieldError(field: "answers[\(index)].item", message: "“\(id)”出现两次")])
            }
            let severity: ProblemSeverity? = state == "normal" ? nil : state == "serious" ? .serious : .general
            answers.append(
                PatrolAnswer(
                    item: id, title: "", isNormal: state == "normal", severity: severity,
                    note: item["note"]?.string?.trimmedOfSpace ?? ""))
        }
        return answers
    }

    /// The sheet with the titles and the readings of the system: a program cannot write its own evidence.
    private static func filled(
        _ draft: PatrolSheet, by office: AuthorityID, at now: Timestamp, in session: inout Session
    ) throws(ProblemFailure) -> PatrolSheet {
        let read: PatrolForm.Read?
        do throws(StorageError) {
            read = try PatrolForm.read(
                office, subject: draft.subject, followed: draft.followed, at: now, in: &session)
        } catch { throw .storage(error) }
        guard let read else { throw .unsuitable(PatrolRefusal.notDirect.reason) }
        var sheet = draft
        for index in sheet.answers.indices {
            let id = sheet.answers[index].item
            if let topic = read.prefill.first(where: { $0.topic.rawValue == id }) {
                sheet.answers[index].title = topic.topic.label
                sheet.answers[index].prefilled = topic.text
            } else if let own = read.own.first(where: { $0.id == id }) {
                sheet.answers[index].title = own.title
            } else {
                throw .unsuitable("没有“\(id)”这一项巡查内容")
            }
        }
        return sheet
    }

    // MARK: The office's own items

    private static let item = APIRecord<PatrolItem>("PatrolItem", "本单位自己加的巡查项（XC-38）") { record in
        record.code("id", "项的编号") { $0.id }
        record.text("title", "内容") { $0.title }
    }

    private static let items = APIListing(
        path: "/api/v1/patrol-items", operation: "listPatrolItems", tag: .patrols, title: "本单位自己加的巡查项",
        detail: "法定四项之外的；法定四项不能删。", roles: [.duty], record: item
    ) { call, range in
        let office = try call.office()
        return .init(
            try await call.read { session throws(StorageError) in try PatrolItem.all(of: office, in: &session) }, range)
    }

    private static let addItem = APIRoute(
        method: .post, path: "/api/v1/patrol-items", operation: "addPatrolItem", tag: .patrols, title: "加一个巡查项",
        roles: [.duty],
        body: APIShape(
            "AddPatrolItem", "巡查项", [.init(key: "title", title: "内容，1 到 40 个字", form: .text, example: "夜间值守")]),
        answer: .object(item.shape), status: .created, problems: [.refused]
    ) { call, _ in
        let (office, title) = (try call.office(), call.body.text("title"))
        let added = try await call.write { context, session throws(ProblemFailure) in
            let before: Set<String>
            do throws(StorageError) {
                before = Set(try PatrolItem.all(of: office, in: &session).map(\.id))
            } catch { throw .storage(error) }
            try PatrolOperations.addItem(title, to: office, context: &context, in: &session)
            do throws(StorageError) {
                return try PatrolItem.all(of: office, in: &session).first { !before.contains($0.id) }
            } catch { throw .storage(error) }
        }
        guard let added else { throw Problem(.notFound) }
        return call.answer(item, added)
    }

    private static let retireItem = APIRoute(
        method: .post, path: "/api/v1/patrol-items/{id}/retire", operation: "retirePatrolItem", tag: .patrols,
        title: "停用一个自己加的巡查项", roles: [.duty], answer: .object(item.shape), problems: [.notFound]
    ) { call, _ in
        let (office, id) = (try call.office(), call.id)
        let found = try await call.read { session throws(StorageError) in
            try PatrolItem.all(of: office, in: &session).first { $0.id == id }
        }
        guard let found else { throw Problem(.notFound) }
        try await call.write { context, session throws(ProblemFailure) in
            try PatrolOperations.retireItem(id, of: office, context: &context, in: &session)
        }
        return call.answer(item, found)
    }
}
