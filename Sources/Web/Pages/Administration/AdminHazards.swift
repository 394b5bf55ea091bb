import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// A major hazard source: its substances, from which the grade follows, and its three responsible persons.
enum AdminHazards {
    private static let substancesMax = 40

    static func address(_ id: HazardID) -> String { "/admin/hazard?id=" + Form.encode(id.rawValue) }

    static func edit(_ visit: Visit) async throws -> Response { try await render(visit, violations: []) }

    static func save(_ visit: Visit) async throws -> Response {
        var reader = EntryReader(visit.form)
        guard let unit = HazardUnit(rawValue: reader.text(.kind)) else { throw PageRefusal.notFound }
        let people = reader.required(.exposedPeople) ?? 0
        if people < 0 || people != people.rounded() || people > 1e8 { reader.refuse(.exposedPeople, "应为人数") }
        var substances: [HazardSubstance] = []
        for row in substanceRows(visit.form) where !row.isEmpty {
            guard let tonnes = Double(row.quantity) else {
                reader.refuse(.quantityTonnes, "“\(row.quantity)”不是一个数")
                continue
            }
            let category = row.category.isEmpty ? nil : HazardCategory(rawValue: row.category)
            switch HazardSubstance.lookUp(name: row.name, cas: row.cas, category: category, quantityTonnes: tonnes) {
            case .success(let substance): substances.append(substance)
            case .failure(let refusal):
                for violation in refusal.violations { reader.refuse(violation.field, violation.text) }
            }
        }
        let hazard = Hazard(
            id: HazardID(reader.text(.id)), enterprise: EnterpriseID(reader.text(.enterprise)),
            name: reader.text(.name),
            unit: unit, location: reader.optional(.location),
            grading: HazardGrading(substances, exposedPeople: Int(people)), isInUse: reader.text(.inUse) != "0")
        guard reader.violations.isEmpty else { return try await render(visit, violations: reader.violations) }
        let editor = visit.editor
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try RegistryOperations.save(hazard, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations)
        } catch { throw error.refusal }
        return visit.saved(address(hazard.id), "\(hazard.name)，\(hazard.grading.explanation)")
    }

    static func appoint(_ visit: Visit) async throws -> Response {
        guard let role = ResponsibleRole(rawValue: visit.form["role"]) else { throw PageRefusal.notFound }
        let (hazard, person) = (HazardID(visit.form["hazard"]), PersonID(visit.form["person"]))
        let editor = visit.editor
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                if person.rawValue.isEmpty {
                    try RegistryOperations.vacate(role, of: hazard, by: editor, context: &context, in: &session)
                } else {
                    try RegistryOperations.appoint(
                        person, as: role, of: hazard, from: context.now, by: editor, context: &context, in: &session)
                }
            }
        } catch { throw error.refusal }
        return visit.saved(address(hazard), "\(role.label)已更换")
    }

    /// One row of the substances in the form: `substance`, `cas`, `category`, `quantityTonnes`, several times each.
    private struct SubstanceRow {
        var name = ""
        var cas = ""
        var category = ""
        var quantity = ""
        var isEmpty: Bool { name.isEmpty && cas.isEmpty && quantity.isEmpty }
    }

    private static func substanceRows(_ form: Form) -> [SubstanceRow] {
        let columns = [Field.substance, .cas, .category, .quantityTonnes].map { form.all($0.rawValue) }
        let count = min(substancesMax, columns[0].count)
        return (0..<count).map { index in
            let cell = { (column: Int) in index < columns[column].count ? columns[column][index] : "" }
            return SubstanceRow(name: cell(0), cas: cell(1), category: cell(2), quantity: cell(3))
        }
    }

    private struct Found: Sendable {
        var hazard: Hazard?
        var enterprise: Enterprise
        var people: [Person]
        var history: ResponsibilityHistory
    }

    private static func render(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let scope = visit.scope
        let wanted = visit.query.value("id").map { HazardID($0) }
        let owner = visit.query.value("enterprise").map { EnterpriseID($0) }
        let found = try await visit.read { session throws(StorageError) -> Found? in
            let hazard = try wanted.flatMap { id throws(StorageError) in
                try RegistryQueries.hazard(id, scope: scope, in: &session)
            }
            guard let at = hazard?.enterprise ?? owner, wanted == nil || hazard != nil,
                let enterprise = try RegistryQueries.enterprise(at, scope: scope, in: &session)
            else { return nil }
            return Found(
                hazard: hazard, enterprise: enterprise,
                people: try RegistryQueries.people(of: at, scope: scope, in: &session),
                history: try hazard.map { hazard throws(StorageError) in
                    try RegistryQueries.history(of: hazard.id, scope: scope, in: &session)
                } ?? ResponsibilityHistory())
        }
        guard let found else { throw PageRefusal.notFound }
        var page = AdminPage(
            found.hazard?.name ?? "登记重大危险源", subtitle: found.hazard?.grading.explanation,
            crumbs: [Crumb(title: found.enterprise.name, address: AdminEnterprises.address(found.enterprise.id))])
        if visit.officer.role == .admin { page.form = form(visit, found, violations) }
        if let hazard = found.hazard {
            page.moreForms = ResponsibleRole.allCases.map { appointForm($0, hazard, found, visit) }
            page.sheets = [historySheet(found)]
        }
        page.help = [
            "S = Σ 设计最大量 ÷ 临界量，≥ 1 即为重大危险源；R = α × Σ β × 设计最大量 ÷ 临界量（GB 18218-2018）。",
            "临界量按表 1、表 2，β 按表 3、表 4 自动取；级别由系统计算，不能填写。",
        ]
        return visit.admin(page, section: "enterprises", status: violations.isEmpty ? .ok : .unprocessableContent)
    }

    private static func form(_ visit: Visit, _ found: Found, _ violations: [Violation]) -> EntryForm {
        var registered: [Field: String] = [
            .enterprise: found.enterprise.id.rawValue, .kind: HazardUnit.tankFarm.rawValue, .inUse: "1",
            .exposedPeople: "",
        ]
        var rows: [SubstanceRow] = []
        if let hazard = found.hazard {
            registered = [
                .id: hazard.id.rawValue, .enterprise: hazard.enterprise.rawValue, .name: hazard.name,
                .kind: hazard.unit.rawValue, .location: hazard.location ?? "",
                .exposedPeople: "\(hazard.grading.exposedPeople)", .inUse: hazard.isInUse ? "1" : "0",
            ]
            rows = hazard.grading.substances.map {
                SubstanceRow(
                    name: $0.name, cas: $0.cas ?? "", category: $0.category?.rawValue ?? "",
                    quantity: $0.quantityTonnes.plainText)
            }
        }
        if visit.form.has(Field.substance.rawValue) { rows = substanceRows(visit.form).filter { !$0.isEmpty } }
        let blank = SubstanceRow()
        rows += Array(repeating: blank, count: max(1, min(2, substancesMax - rows.count)))
        let build = FormBuilder(visit, registered: registered, violations: violations)
        let categories =
            [("", "（按表 1、表 3）")] + HazardCategory.allCases.map { ($0.rawValue, "\($0.rawValue) \($0.label)") }
        let substanceGroups = rows.prefix(substancesMax).enumerated().map { number, row in
            EntryForm.Group(
                groupTitle: "物质 \(number + 1)",
                inputs: [
                    input(build.text(.substance), row.name, number),
                    input(build.text(.cas, hint: "如 7664-41-7"), row.cas, number),
                    input(build.number(.quantityTonnes, "设计最大量（吨）"), row.quantity, number),
                    choice(build.choice(.category, categories), row.category, categories, number),
                ])
        }
        return EntryForm(
            title: "登记",
            action: visit.path + "?"
                + (found.hazard.map { "id=" + Form.encode($0.id.rawValue) }
                    ?? "enterprise=" + Form.encode(found.enterprise.id.rawValue)),
            csrf: visit.officer.csrf,
            hidden: [.init(name: Field.enterprise.rawValue, value: found.enterprise.id.rawValue)],
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.name),
                        found.hazard == nil
                            ? build.text(.id, hint: "企业编码 + 3 位，如 \(found.enterprise.id)001") : build.fixed(.id),
                        build.choice(.kind, "单元", HazardUnit.allCases.map { ($0.rawValue, $0.label) }),
                        build.text(.location), build.number(.exposedPeople, hint: "边界外扩 500 米的常住人数"),
                        build.choice(.inUse, "状态", [("1", "在用"), ("0", "停用")]),
                    ])
            ] + substanceGroups, errors: build.errors, hasErrors: !build.errors.isEmpty, button: "保存并计算级别")
    }

    private static func input(_ input: EntryForm.Input, _ value: String, _ number: Int) -> EntryForm.Input {
        var input = input
        input.value = value
        if number > 0 { input.error = nil }
        return input
    }

    private static func choice(
        _ input: EntryForm.Input, _ value: String, _ pairs: [(String, String)], _ number: Int
    ) -> EntryForm.Input {
        var input = Self.input(input, value, number)
        input.choices = Choice.list(pairs, selected: value)
        return input
    }

    private static func appointForm(
        _ role: ResponsibleRole, _ hazard: Hazard, _ found: Found, _ visit: Visit
    ) -> EntryForm {
        let now = found.history.inOffice[role]
        let choices =
            [("", "（空缺）")]
            + found.people.filter { $0.leftAt == nil || $0.id == now }
            .map { ($0.id.rawValue, $0.name + ($0.phone.map { " " + $0 } ?? "（没有手机）")) }
        var input = EntryForm.Input(
            id: "person", label: role.label, hint: now == nil ? "空缺：预警改送企业管理员" : nil, error: nil,
            value: now?.rawValue ?? "")
        input.isChoice = true
        input.choices = Choice.list(choices, selected: now?.rawValue ?? "")
        return EntryForm(
            id: "role-" + role.rawValue, title: role.label, action: "/admin/hazard/appoint", csrf: visit.officer.csrf,
            hidden: [
                .init(name: "role", value: role.rawValue), .init(name: "hazard", value: hazard.id.rawValue),
            ], groups: [.init(groupTitle: nil, inputs: [input])], button: "更换，即时生效")
    }

    private static func historySheet(_ found: Found) -> Sheet {
        let names = Dictionary(found.people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return Sheet(
            "包保责任人历次", id: "history", headers: ["角色", "姓名", "起", "止"],
            rows: found.history.terms.reversed().map { term in
                Sheet.Row([
                    .init(term.role.label), .init(names[term.person] ?? term.person.rawValue),
                    .init(ChinaTime.dateTime(term.from), style: "m"),
                    .init(term.until.map { ChinaTime.dateTime($0) } ?? "在任", style: "m"),
                ])
            })
    }
}
