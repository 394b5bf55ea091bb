import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 专人, 运维保障, 专业技术人员, and the names under which offices inspect (SZ-01, XC-35…37, JC-01, JC-06).
enum AdminInspectors {
    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil) }

    static func name(_ visit: Visit) async throws -> Response {
        let (account, scope, day) = (AccountID(visit.form["account"]), visit.scope, Day(visit.now))
        let office = visit.form.value("office").map { AuthorityID($0) } ?? visit.officer.authority ?? ""
        return try await act(visit, "专人") { context, session throws(ProblemFailure) in
            try AttendanceOperations.name(
                account, for: office, from: day, scope: scope, context: &context, in: &session)
        }
    }

    static func dismiss(_ visit: Visit) async throws -> Response {
        let (id, scope) = (visit.parameter("id"), visit.scope)
        return try await act(visit, "今天起不再是专人") { context, session throws(ProblemFailure) in
            try AttendanceOperations.dismiss(id, scope: scope, context: &context, in: &session)
        }
    }

    static func addPerson(_ visit: Visit) async throws -> Response {
        let (form, editor) = (visit.form, visit.editor)
        guard let kind = OfficePerson.Kind(rawValue: form["kind"]) else { throw PageRefusal.notFound }
        let office = form.value("office").map { AuthorityID($0) } ?? visit.officer.authority ?? ""
        let person = OfficePerson(
            id: "", authority: office, kind: kind, organization: form.value("organization"), name: form["name"],
            title: form.value("title"), skill: form.value("skill"), phone: form.value("phone"))
        return try await act(visit, person.name) { context, session throws(ProblemFailure) in
            try InspectionSetup.add(person, by: editor, context: &context, in: &session)
        }
    }

    static func removePerson(_ visit: Visit) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        return try await act(visit, "已离岗") { context, session throws(ProblemFailure) in
            try InspectionSetup.removePerson(id, by: editor, context: &context, in: &session)
        }
    }

    static func saveProfile(_ visit: Visit) async throws -> Response {
        let (form, editor) = (visit.form, visit.editor)
        let profile = OfficeProfile(
            authority: form.value("office").map { AuthorityID($0) } ?? visit.officer.authority ?? "",
            actingName: form.value("actingName"), isTechnical: form["isTechnical"] == "yes")
        return try await act(visit, "巡查抽查机构") { context, session throws(ProblemFailure) in
            try InspectionSetup.save(profile, by: editor, context: &context, in: &session)
        }
    }

    private static func act(
        _ visit: Visit, _ what: String,
        _ body: @Sendable (inout OperationContext, inout Session) throws(ProblemFailure) -> Void
    ) async throws -> Response {
        do throws(ProblemFailure) { try await visit.inspect(body) } catch {
            return try await render(visit, message: error.text)
        }
        return visit.saved("/admin/inspectors", what)
    }

    private static func render(_ visit: Visit, message: String?) async throws -> Response {
        let (scope, day) = (visit.scope, Day(visit.now))
        let found = try await visit.read { session throws(StorageError) in
            let accounts = try session.rows(
                """
                SELECT a.id, a.name, o.name FROM account AS a JOIN authority AS o ON o.id = a.authority_id
                WHERE a.role = 'duty' AND a.disabled_at IS NULL AND \(scope.offices(column: "a.authority_id"))
                ORDER BY o.id, a.name LIMIT 500
                """
            ) { row throws(StorageError) in
                (row.next() as String, "\(row.next() as String)(\(row.next() as String))")
            }
            let offices = try session.rows(
                "SELECT a.id, a.name FROM authority AS a WHERE \(scope.offices(column: "a.id")) ORDER BY a.id LIMIT 500"
            ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
            return (
                try AttendanceStore.inspectors(on: day, scope: scope, in: &session),
                try OfficeStore.people(scope: scope, in: &session),
                try OfficeStore.profiles(scope: scope, in: &session), accounts, offices
            )
        }
        let names = Dictionary(found.4, uniquingKeysWith: { first, _ in first })
        let csrf = visit.officer.csrf
        var page = AdminPage("专人与运维", subtitle: "每个单位指定专人每日登录系统;登记运维保障和专业技术人员。")
        page.issues = [message].compactMap { $0 }
        page.sheets = [
            Sheet(
                "每日登录的专人", id: "inspectors", headers: ["单位", "姓名", "从", ""],
                rows: found.0.map { item in
                    let end = Sheet.Act(
                        title: "不再是", action: "/admin/inspector/\(Form.encode(item.id))/end", csrf: csrf)
                    return Sheet.Row([
                        .init(item.authorityName), .init(item.name), .init(ChinaTime.date(item.from)),
                        .init(item.until == nil ? "" : "到今天", acts: item.until == nil ? [end] : []),
                    ])
                }, empty: "还没有指定专人:当日会记为考勤异常。"),
            Sheet(
                "人员台账", id: "people", headers: ["单位", "类别", "所属", "姓名", "职务", "专业", "电话", ""],
                rows: found.1.map { person in
                    let end = Sheet.Act(
                        title: "离岗", action: "/admin/inspectors/person/\(Form.encode(person.id))/end", csrf: csrf)
                    return Sheet.Row([
                        .init(person.authorityName), .init(person.kind.label), .init(person.organization ?? "—"),
                        .init(person.name), .init(person.title ?? "—"), .init(person.skill ?? "—"),
                        .init(person.phone ?? "—"), .init("", acts: [end]),
                    ])
                }),
            Sheet(
                "巡查抽查机构", id: "profiles", headers: ["单位", "以什么名义", "技术支持单位"],
                rows: found.2.values.sorted { $0.authority < $1.authority }.map { profile in
                    Sheet.Row([
                        .init(names[profile.authority.rawValue] ?? profile.authority.rawValue),
                        .init(profile.actingName ?? "—"), .init(profile.isTechnical ? "是,没有督办、处罚权" : "否"),
                    ])
                }),
        ]
        let forms = forms(accounts: found.3, offices: found.4, visit)
        page.form = forms.first
        page.moreForms = forms.dropFirst().filter { visit.officer.role == .admin || $0.id != "profile" }
        return visit.admin(page, section: "inspectors", status: message == nil ? .ok : .unprocessableContent)
    }

    private static func forms(
        accounts: [(String, String)], offices: [(String, String)], _ visit: Visit
    ) -> [EntryForm] {
        let csrf = visit.officer.csrf
        func choice(_ id: String, _ label: String, _ pairs: [(String, String)]) -> EntryForm.Input {
            EntryForm.Input(
                id: id, label: label, value: visit.form[id], isChoice: true,
                choices: Choice.list(pairs, selected: visit.form[id]))
        }
        func text(_ id: String, _ label: String) -> EntryForm.Input {
            EntryForm.Input(id: id, label: label, value: visit.form[id], isText: true)
        }
        return [
            EntryForm(
                title: "指定专人", action: "/admin/inspectors", csrf: csrf,
                groups: [
                    .init(
                        groupTitle: nil,
                        inputs: [choice("office", "单位", offices), choice("account", "值守员账号", accounts)])
                ], button: "指定"),
            EntryForm(
                id: "person", title: "登记人员", action: "/admin/inspectors/person", csrf: csrf,
                groups: [
                    .init(
                        groupTitle: nil,
                        inputs: [
                            choice("office", "单位", offices),
                            choice("kind", "类别", OfficePerson.Kind.allCases.map { ($0.rawValue, $0.label) }),
                            text("organization", "所属单位(运维单位)"), text("name", "姓名"), text("title", "职务"),
                            text("skill", "专业"), text("phone", "电话"),
                        ])
                ], button: "登记"),
            EntryForm(
                id: "profile", title: "巡查抽查机构", action: "/admin/inspectors/profile", csrf: csrf,
                groups: [
                    .init(
                        groupTitle: nil,
                        inputs: [
                            choice("office", "单位", offices), text("actingName", "以什么名义巡查抽查"),
                            choice("isTechnical", "是不是技术支持单位", [("no", "不是"), ("yes", "是(没有督办、处罚权)")]),
                        ])
                ]),
        ]
    }
}
