import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// An enterprise's equipment and people: one form each.
enum AdminParts {
    static func editEquipment(_ visit: Visit) async throws -> Response {
        try await renderEquipment(visit, violations: [])
    }

    static func saveEquipment(_ visit: Visit) async throws -> Response {
        let reader = EntryReader(visit.form)
        guard let category = EquipmentCategory(rawValue: reader.text(.kind)) else { throw PageRefusal.notFound }
        let item = Equipment(
            id: EquipmentID(reader.text(.id)), enterprise: EnterpriseID(reader.text(.enterprise)),
            hazard: reader.optional(.hazard).map { HazardID($0) }, name: reader.text(.name), category: category,
            medium: reader.optional(.medium), form: MaterialForm(rawValue: reader.text(.form)),
            location: reader.optional(.location), isInUse: reader.text(.inUse) != "0")
        let editor = visit.editor
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try RegistryOperations.save(item, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await renderEquipment(visit, violations: violations)
        } catch { throw error.refusal }
        return visit.saved(back(visit, item.enterprise) + "#equipment", item.name)
    }

    static func back(_ visit: Visit, _ enterprise: EnterpriseID) -> String {
        AdminEnterprises.address(enterprise)
    }

    private static func renderEquipment(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let (scope, wanted) = (visit.scope, visit.query.value("id").map { EquipmentID($0) })
        let owner = visit.query.value("enterprise").map { EnterpriseID($0) }
        let found = try await visit.read { session throws(StorageError) -> (Equipment?, AdminEnterprises.Parts)? in
            let item = try wanted.flatMap { id throws(StorageError) in
                try RegistryQueries.equipment(id, scope: scope, in: &session)
            }
            guard let at = item?.enterprise ?? owner, wanted == nil || item != nil else { return nil }
            return (item, try AdminEnterprises.Parts.read(at, scope: scope, in: &session))
        }
        guard let (item, parts) = found, let enterprise = parts.enterprise else { throw PageRefusal.notFound }
        var registered: [Field: String] = [.kind: EquipmentCategory.atmosphericTank.rawValue, .inUse: "1"]
        if let item {
            registered = [
                .id: item.id.rawValue, .name: item.name, .kind: item.category.rawValue,
                .hazard: item.hazard?.rawValue ?? "", .medium: item.medium ?? "", .form: item.form?.rawValue ?? "",
                .location: item.location ?? "", .inUse: item.isInUse ? "1" : "0",
            ]
        }
        let build = FormBuilder(visit, registered: registered, violations: violations)
        var page = AdminPage(
            item?.name ?? "登记设备", crumbs: [Crumb(title: enterprise.name, address: back(visit, enterprise.id))])
        page.form = EntryForm(
            title: "设备",
            action: visit.path + "?"
                + (item.map { "id=" + Form.encode($0.id.rawValue) }
                    ?? "enterprise=" + Form.encode(enterprise.id.rawValue)),
            csrf: visit.officer.csrf,
            hidden: [.init(name: Field.enterprise.rawValue, value: enterprise.id.rawValue)],
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.name, hint: "规范、可区分，如 T-101 液氨球罐"),
                        item == nil ? build.text(.id, hint: "设备编码") : build.fixed(.id),
                        build.choice(.kind, "类型", EquipmentCategory.allCases.map { ($0.rawValue, $0.label) }),
                        build.choice(.hazard, [("", "（不属于重大危险源）")] + parts.hazards.map { ($0.id.rawValue, $0.name) }),
                        build.text(.medium),
                        build.choice(.form, [("", "请选择")] + MaterialForm.allCases.map { ($0.rawValue, $0.label) }),
                        build.text(.location), build.choice(.inUse, "状态", [("1", "在用"), ("0", "停用")]),
                    ])
            ], errors: build.errors, hasErrors: !build.errors.isEmpty)
        page.help = ["设备类型、物料介质和形态都要填（《数据》第五条）。"]
        return visit.admin(page, section: "enterprises", status: violations.isEmpty ? .ok : .unprocessableContent)
    }

    static func editPerson(_ visit: Visit) async throws -> Response { try await renderPerson(visit, violations: []) }

    static func savePerson(_ visit: Visit) async throws -> Response {
        let reader = EntryReader(visit.form)
        let (scope, editor, now) = (visit.scope, visit.editor, visit.now)
        let wanted = reader.optional(.id).map { PersonID($0) }
        let known = try await visit.read { session throws(StorageError) in
            try wanted.flatMap { id throws(StorageError) in
                try RegistryQueries.person(id, scope: scope, in: &session)
            }
        }
        if wanted != nil, known == nil { throw PageRefusal.notFound }
        let employer = known?.employer ?? .enterprise(EnterpriseID(reader.text(.enterprise)))
        let (name, phone, title) = (reader.text(.name), reader.optional(.phone), reader.optional(.title))
        let email = reader.optional(.email)
        let hasLeft = reader.text(.inUse) == "0"
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                let person = Person(
                    id: wanted ?? PersonID(context.ids.next("u", at: context.now)), employer: employer, name: name,
                    phone: phone, title: title, email: email,
                    leftAt: hasLeft ? known?.leftAt ?? now : nil)
                return try RegistryOperations.save(person, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await renderPerson(visit, violations: violations)
        } catch { throw error.refusal }
        switch employer {
        case .enterprise(let enterprise): return visit.saved(back(visit, enterprise), name)
        case .authority: return visit.saved("/admin/organisations", name)
        }
    }

    private static func renderPerson(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let (scope, wanted) = (visit.scope, visit.query.value("id").map { PersonID($0) })
        let owner = visit.query.value("enterprise").map { EnterpriseID($0) }
        let found = try await visit.read { session throws(StorageError) -> (Person?, Enterprise?)? in
            let person = try wanted.flatMap { id throws(StorageError) in
                try RegistryQueries.person(id, scope: scope, in: &session)
            }
            if wanted != nil, person == nil { return nil }
            var at = owner
            if case .enterprise(let id) = person?.employer { at = id }
            return (
                person,
                try at.flatMap { id throws(StorageError) in
                    try RegistryQueries.enterprise(id, scope: scope, in: &session)
                }
            )
        }
        guard let (person, enterprise) = found, person != nil || enterprise != nil else { throw PageRefusal.notFound }
        var registered: [Field: String] = [.inUse: "1"]
        if let person {
            registered = [
                .id: person.id.rawValue, .name: person.name, .phone: person.phone ?? "", .title: person.title ?? "",
                .email: person.email ?? "",
                .inUse: person.leftAt == nil ? "1" : "0",
            ]
        }
        let build = FormBuilder(visit, registered: registered, violations: violations)
        var page = AdminPage(
            person?.name ?? "登记人员",
            crumbs: enterprise.map { [Crumb(title: $0.name, address: back(visit, $0.id))] } ?? [])
        var hidden = [EntryForm.Hidden(name: Field.enterprise.rawValue, value: enterprise?.id.rawValue ?? "")]
        if let person { hidden.append(.init(name: Field.id.rawValue, value: person.id.rawValue)) }
        page.form = EntryForm(
            title: "人员",
            action: visit.path + "?"
                + (person.map { "id=" + Form.encode($0.id.rawValue) }
                    ?? "enterprise=" + Form.encode(enterprise?.id.rawValue ?? "")),
            csrf: visit.officer.csrf,
            hidden: hidden,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.name, "姓名"), build.text(.phone, "手机", hint: "11 位；预警短信发到这里", mode: "tel"),
                        build.text(.title, "职务"),
                        build.text(.email, "邮箱", hint: "可不填；邮件通道发到这里", mode: "email"),
                        build.choice(.inUse, "状态", [("1", "在职"), ("0", "已离职")]),
                    ])
            ], errors: build.errors, hasErrors: !build.errors.isEmpty)
        return visit.admin(page, section: "enterprises", status: violations.isEmpty ? .ok : .unprocessableContent)
    }
}
