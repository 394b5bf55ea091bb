import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// The daily commitment: the regulator's lists, an enterprise's versions, and giving it.
enum CommitmentAPI {
    private static let offices: Set<AccountRole> = [.duty, .safety, .admin]

    static var routes: [APIRoute] { [list.route, contradictions.route, versions, submit, sign, judge, explain] }

    private static let list = APIListing(
        path: "/api/v1/commitments", operation: "listCommitments", tag: .commitments, title: "安全承诺",
        detail: "一天里应承诺的企业各一行。按时以系统收到为准，10:00:00 前。", roles: offices,
        filters: [
            .day,
            APIParameter(
                "state", "哪一部分，不写为应承诺的全部",
                .choice(CommitmentRegulator.lists.map { ($0.name, $0.title) })),
        ], record: CommitmentRecords.line, page: "/commitments"
    ) { call, range in
        let (scope, day) = (call.scope, call.day())
        let rate = try await call.read { session throws(StorageError) in
            try CommitmentStore.rate(day, scope: scope, in: &session)
        }
        let list = CommitmentRegulator.lists.first { $0.name == call.query["state"] }
        let lines = list.map { $0.lines(rate) } ?? rate.must
        return .init(lines.map { .init(line: $0, day: day) }, range)
    }

    private static let contradictions = APIListing(
        path: "/api/v1/commitment-contradictions", operation: "listContradictions", tag: .commitments,
        title: "承诺与数据不符", roles: offices, filters: [.day, .enterprise], record: CommitmentRecords.contradiction
    ) { call, range in
        let (scope, day) = (call.scope, call.day())
        let enterprise = call.query.value("enterprise").map { EnterpriseID($0) }
        let all = try await call.read { session throws(StorageError) in
            try ContradictionStore.list(
                enterprise: enterprise, from: day, until: day.next, scope: scope, limit: APIPaging.downloadMax + 1,
                in: &session)
        }
        return .init(all, range)
    }

    private static let versions = APIRoute(
        method: .get, path: "/api/v1/commitments/{id}", operation: "getCommitment", tag: .commitments,
        title: "一家企业一天的各版承诺，旧的在前", roles: offices,
        parameters: [APIParameter("id", "企业编号", place: .path), .day],
        answer: .object(
            APIShape(
                "CommitmentVersions", "各版承诺",
                [
                    .init(key: "enterprise", title: "企业编号", form: .text),
                    .init(key: "day", title: "日期", form: .day),
                    .init(key: "versions", title: "各版", form: .list(.object(CommitmentRecords.version.shape))),
                ])), problems: [.notFound]
    ) { call, _ in try await answer(call, EnterpriseID(call.id)) }

    private static func answer(_ call: APICall, _ id: EnterpriseID) async throws -> Response {
        let (scope, day) = (call.scope, call.day())
        let found = try await call.read { session throws(StorageError) -> [CommitmentRecord]? in
            guard try RegistryQueries.enterprise(id, scope: scope, in: &session) != nil else { return nil }
            return try CommitmentStore.versions(of: id, day: day, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer([
            "enterprise": .string(id.rawValue), "day": .string(ChinaTime.date(day)),
            "versions": .array(found.map { CommitmentRecords.version.json($0) }),
        ])
    }

    // MARK: Acts

    private static let submit = APIRoute(
        method: .post, path: "/api/v1/commitments", operation: "submitCommitment", tag: .commitments,
        title: "填报今天的承诺，送签或代签", detail: "与页面同一套校验：缺一项即拒收，与昨日相同的要列入 confirmed。", roles: [.safety],
        body: CommitmentRecords.body, answer: versions.answer, problems: [.fields, .refused]
    ) { call, _ in
        let (enterprise, scope, now) = (try call.enterprise(), call.scope, call.now)
        let last = try await call.read { session throws(StorageError) in
            try CommitmentStore.latest(of: enterprise, before: Day(now), scope: scope, in: &session)
        }
        var read = CommitmentDraft(json: call.body.whole)
        read.signer = nil
        if (read.texts[.notice] ?? "").isEmpty {
            let (counts, flags) = (read.counts, read.flags)
            read.texts[.notice] = CommitmentContent.announcement({ counts[$0] }, { flags[$0] })
        }
        let (draft, confirmed) = (read, Set(call.body.texts("confirmed")))
        let waiting = CommitmentActions.unconfirmed(draft, confirmed: confirmed, yesterday: last?.content)
        let (account, editor) = (call.officer.account, call.visit.editor)
        let isSigned = call.body.text("act") == "sign"
        try await call.write { context, session throws(CommitmentFailure) in
            guard waiting.isEmpty else { throw .problems(waiting) }
            if isSigned {
                try CommitmentOperations.submit(
                    CommitmentSubmission(
                        enterprise: enterprise, draft: draft, signer: .account(account), source: "page", scope: scope),
                    context: &context, in: &session)
            } else {
                try CommitmentOperations.prepare(
                    draft, confirmed: confirmed, isSent: true, enterprise: enterprise, by: editor, context: &context,
                    in: &session)
            }
        }
        return try await answer(call, enterprise)
    }

    private static let sign = APIRoute(
        method: .post, path: "/api/v1/commitments/sign", operation: "signCommitment", tag: .commitments,
        title: "主要负责人或受托人签名，承诺由此提交", roles: [.responsible],
        answer: .object(
            APIShape("CommitmentSigned", "签名", [.init(key: "signed", title: "已签", form: .flag, example: true)])),
        problems: [.notFound, .fields, .refused]
    ) { call, _ in
        guard let enterprise = try await CommitmentPhone.enterprise(of: call.visit), let person = call.officer.person
        else { throw Problem(.notFound) }
        try await call.write { context, session throws(CommitmentFailure) in
            try CommitmentOperations.sign(
                enterprise, as: .person(person), scope: .enterprise(enterprise), context: &context, in: &session)
        }
        return call.answer(["signed": true])
    }

    private static let judge = APIRoute(
        method: .post, path: "/api/v1/commitments/judgements", operation: "recordJudgement", tag: .commitments,
        title: "记录一级研判：班组、车间、企业（QY-06）", detail: "送签以前三级都要有，次序自下而上。", roles: [.safety],
        body: APIShape(
            "JudgementDraft", "一级研判",
            [
                .init(key: "tier", title: "哪一级", form: .words(Judgement.Tier.self) { $0.label }, example: "team"),
                .init(key: "unit", title: "班组、车间的名称", form: .text, isOptional: true, example: "甲班"),
                .init(key: "name", title: "研判人", form: .text, example: "周启明"),
                .init(
                    key: "at", title: "研判时刻；不写为现在", form: .instant, isOptional: true,
                    example: "2026-11-23T07:40:00+08:00"),
            ]),
        answer: .object(
            APIShape("JudgementRecorded", "研判", [.init(key: "recorded", title: "已记入", form: .flag, example: true)])),
        problems: [.fields, .refused]
    ) { call, _ in
        guard let tier = Judgement.Tier(rawValue: call.body.text("tier")) else { throw Problem(.fields) }
        let (enterprise, editor, body) = (try call.enterprise(), call.visit.editor, call.body)
        try await call.write { context, session throws(CommitmentFailure) in
            try CommitmentOperations.judge(
                tier, unit: body.text("unit"), name: body.text("name"), at: body.instant("at"),
                enterprise: enterprise, by: editor, context: &context, in: &session)
        }
        return call.answer(["recorded": true])
    }

    private static let explain = APIRoute(
        method: .post, path: "/api/v1/commitment-contradictions/{id}/explain", operation: "explainContradiction",
        tag: .commitments, title: "说明与数据不符的原因；不符仍然保留", roles: [.safety, .responsible],
        body: APIShape("Explanation", "说明", [.init(key: "text", title: "原因", form: .text)]),
        answer: .object(
            APIShape("Explained", "说明", [.init(key: "explained", title: "已记入", form: .flag, example: true)])),
        problems: [.notFound, .refused]
    ) { call, _ in
        let (id, text, editor) = (call.id, call.body.text("text"), call.visit.editor)
        try await call.write { context, session throws(CommitmentFailure) in
            try CommitmentOperations.explain(id, text: text, by: editor, context: &context, in: &session)
        }
        return call.answer(["explained": true])
    }
}
