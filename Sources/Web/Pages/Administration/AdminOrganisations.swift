import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Authorities and parks: the tree, and the form of one.
enum AdminOrganisations {
    static func list(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        let directory = try await visit.read { session throws(StorageError) in
            AuthorityDirectory(try RegistryQueries.authorities(scope: scope, in: &session))
        }
        var rows: [Sheet.Row] = []
        let all = directory.authorities.values.sorted { ($0.level.depth, $0.id) < ($1.level.depth, $1.id) }
        func add(_ authority: Authority, depth: Int) {
            rows.append(
                Sheet.Row([
                    .init(
                        String(repeating: "　", count: depth) + authority.name,
                        address: "/admin/organisation?id=" + Form.encode(authority.id.rawValue)),
                    .init(authority.level.label), .init(authority.id.rawValue, style: "m"),
                    .init(authority.region ?? "—", style: "m"),
                    .init(authority.coversRegion ? "按区划" : authority.level == .park ? "按企业清单" : "按指派或全国"),
                    .init(authority.phone ?? "—", style: "m"),
                ]))
            for child in all where child.parent == authority.id && depth < 8 { add(child, depth: depth + 1) }
        }
        for root in all where root.parent.map({ directory[$0] == nil }) ?? true { add(root, depth: 0) }
        var page = AdminPage("组织与辖区", subtitle: "谁看得见哪家企业，由这棵树和企业的监管单位、园区一起决定。")
        page.links = [
            .init(title: "登记单位或园区", address: "/admin/organisation"),
            .init(title: "从文件导入", address: "/admin/import?kind=authorities"),
        ]
        page.sheets = [
            Sheet(
                "单位 \(rows.count)", id: "list", headers: ["名称", "层级", "编码", "区划", "管辖方式", "电话"], rows: rows,
                empty: "还没有单位。先登记省、市，再登记县和园区。")
        ]
        return visit.admin(page, section: "organisations")
    }

    static func edit(_ visit: Visit) async throws -> Response { try await render(visit, violations: []) }

    static func save(_ visit: Visit) async throws -> Response {
        let reader = EntryReader(visit.form)
        guard let level = AuthorityLevel(rawValue: reader.text(.level)) else { throw PageRefusal.notFound }
        let authority = Authority(
            id: AuthorityID(reader.text(.id)), level: level, name: reader.text(.name), region: reader.optional(.region),
            parent: reader.optional(.parent).map { AuthorityID($0) }, phone: reader.optional(.phone),
            coversRegion: reader.flag(.coversRegion))
        let editor = visit.editor
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try RegistryOperations.save(authority, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations)
        } catch { throw error.refusal }
        return visit.saved("/admin/organisations", authority.name)
    }

    private static func render(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let (scope, wanted) = (visit.scope, visit.query.value("id"))
        let all = try await visit.read { session throws(StorageError) in
            try RegistryQueries.authorities(scope: scope, in: &session)
        }
        let known = wanted.flatMap { id in all.first { $0.id.rawValue == id } }
        if wanted != nil, known == nil { throw PageRefusal.notFound }
        var registered: [Field: String] = [.level: AuthorityLevel.county.rawValue, .coversRegion: "1"]
        if let known {
            registered = [
                .id: known.id.rawValue, .name: known.name, .level: known.level.rawValue, .region: known.region ?? "",
                .parent: known.parent?.rawValue ?? "", .phone: known.phone ?? "",
                .coversRegion: known.coversRegion ? "1" : "0",
            ]
        }
        let build = FormBuilder(visit, registered: registered, violations: violations)
        let parents = [("", "（没有）")] + all.filter { $0.level.depth < 3 }.map { ($0.id.rawValue, $0.name) }
        let inputs = [
            build.text(.name), build.choice(.level, AuthorityLevel.allCases.map { ($0.rawValue, $0.label) }),
            known == nil
                ? build.text(.id, hint: "区划代码；园区用 P + 6 位区划 + 3 位序号（本系统约定）") : build.fixed(.id),
            build.text(.region, hint: "6 位区划代码；园区可不填"), build.choice(.parent, parents),
            build.choice(
                .coversRegion, "管辖方式", [("1", "按区划：本区划内的企业都看得见"), ("0", "按指派：只看得见指派给它的企业")],
                hint: "园区和第二个县级监管单位（如县能源局）选“按指派”"),
            build.text(.phone, "值班电话"),
        ]
        var page = AdminPage(
            known?.name ?? "登记单位", crumbs: [Crumb(title: "组织与辖区", address: "/admin/organisations")])
        page.form = EntryForm(
            title: "单位", action: visit.path + (wanted.map { "?id=" + Form.encode($0) } ?? ""),
            csrf: visit.officer.csrf, groups: [.init(groupTitle: nil, inputs: inputs)], errors: build.errors,
            hasErrors: !build.errors.isEmpty)
        return visit.admin(page, section: "organisations", status: violations.isEmpty ? .ok : .unprocessableContent)
    }
}
