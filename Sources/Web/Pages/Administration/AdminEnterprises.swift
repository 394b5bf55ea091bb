import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Enterprises: the list, and the page of one with everything that belongs to it.
enum AdminEnterprises {
    static func address(_ id: EnterpriseID) -> String { "/admin/enterprise?id=" + Form.encode(id.rawValue) }

    static func list(_ visit: Visit) async throws -> Response {
        let (scope, search) = (visit.scope, visit.query.value("q"))
        let offset = Pager.offset(visit.query)
        let found = try await visit.read { session throws(StorageError) in
            (
                try EnterpriseOverview.list(
                    search: search, limit: Pager.size, offset: offset, scope: scope, in: &session),
                try EnterpriseOverview.count(search: search, scope: scope, in: &session)
            )
        }
        var page = AdminPage("企业登记", subtitle: "企业归哪个单位监管、在哪个园区，决定预警送给谁。")
        page.links = [
            .init(title: "登记企业", address: "/admin/enterprise"),
            .init(title: "从文件导入", address: "/admin/import?kind=enterprises"),
        ]
        page.sheets = [
            Sheet(
                "企业 \(found.1)", id: "list", headers: ["名称", "编码", "属地", "日常监管", "园区", "危险源", "点位", "网关", "最近数据"],
                rows: found.0.map { item in
                    Sheet.Row([
                        .init(item.name, address: address(item.id), note: item.isInUse ? nil : "停用"),
                        .init(item.id.rawValue, style: "m"), .init(item.region, style: "m"),
                        .init(item.regulatorName), .init(item.parkName ?? "—"),
                        .init("\(item.hazardCount)", style: "num"), .init("\(item.pointCount)", style: "num"),
                        .init("\(item.gatewayCount)", style: "num"),
                        .init(item.lastSeenAt.map { Wording.stamp($0, now: visit.now) } ?? "—", style: "m"),
                    ])
                })
        ]
        page.pager = Pager(
            page: Pager.number(visit.query), total: found.1,
            address: Pager.address("/admin/enterprises", visit.query, keeping: ["q"]))
        return visit.admin(page, section: "enterprises")
    }

    static func edit(_ visit: Visit) async throws -> Response { try await render(visit, violations: []) }

    static func save(_ visit: Visit) async throws -> Response {
        var reader = EntryReader(visit.form)
        let enterprise = Enterprise(
            id: EnterpriseID(reader.text(.id)), name: reader.text(.name),
            jurisdiction: Jurisdiction(
                region: reader.text(.region), regulator: AuthorityID(reader.text(.regulator)),
                coRegulators: visit.form.all(Field.coRegulators.rawValue).filter { !$0.isEmpty }
                    .map { AuthorityID($0) },
                park: reader.optional(.park).map { AuthorityID($0) }),
            creditCode: reader.optional(.creditCode), group: reader.optional(.group),
            industry: reader.optional(.industry), address: reader.optional(.address),
            longitude: reader.number(.longitude), latitude: reader.number(.latitude), phone: reader.optional(.phone),
            isInUse: reader.text(.inUse) != "0")
        if let divisions = visit.site.divisions, let code = DivisionCode(enterprise.jurisdiction.region),
            divisions[code] == nil
        {
            reader.refuse(.region, "区划表里没有 \(code)")
        }
        guard reader.violations.isEmpty else { return try await render(visit, violations: reader.violations) }
        let editor = visit.editor
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try RegistryOperations.save(enterprise, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations)
        } catch { throw error.refusal }
        return visit.saved(address(enterprise.id), enterprise.name)
    }

    private static func render(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let (scope, wanted) = (visit.scope, visit.query.value("id").map { EnterpriseID($0) })
        let found = try await visit.read { session throws(StorageError) in
            try Parts.read(wanted, scope: scope, in: &session)
        }
        if wanted != nil, found.enterprise == nil { throw PageRefusal.notFound }
        var page = AdminPage(
            found.enterprise?.name ?? "登记企业", crumbs: [Crumb(title: "企业登记", address: "/admin/enterprises")])
        page.form = form(visit, found, violations)
        if let enterprise = found.enterprise { page.sheets = sheets(visit, enterprise, found) }
        return visit.admin(page, section: "enterprises", status: violations.isEmpty ? .ok : .unprocessableContent)
    }

    /// An enterprise with what belongs to it.
    struct Parts: Sendable {
        var enterprise: Enterprise?
        var authorities: [Authority] = []
        var hazards: [Hazard] = []
        var equipment: [Equipment] = []
        var points: [MonitoringPoint] = []
        var people: [Person] = []
        var gateways: [GatewayRecord] = []

        static func read(
            _ id: EnterpriseID?, scope: Scope, in session: inout Session
        ) throws(StorageError) -> Parts {
            var parts = Parts()
            parts.authorities = try RegistryQueries.authorities(scope: scope, in: &session)
            guard let id else { return parts }
            parts.enterprise = try RegistryQueries.enterprise(id, scope: scope, in: &session)
            parts.hazards = try RegistryQueries.hazards(of: id, scope: scope, in: &session)
            parts.equipment = try RegistryQueries.equipment(of: id, scope: scope, in: &session)
            parts.points = try RegistryQueries.points(of: id, scope: scope, in: &session)
            parts.people = try RegistryQueries.people(of: id, scope: scope, in: &session)
            parts.gateways = try GatewayStore.list(of: id, scope: scope, in: &session)
            return parts
        }
    }

    private static func form(_ visit: Visit, _ found: Parts, _ violations: [Violation]) -> EntryForm {
        var registered: [Field: String] = [.inUse: "1"]
        if let item = found.enterprise {
            registered = [
                .id: item.id.rawValue, .name: item.name, .region: item.jurisdiction.region,
                .regulator: item.jurisdiction.regulator.rawValue, .park: item.jurisdiction.park?.rawValue ?? "",
                .creditCode: item.creditCode ?? "", .group: item.group ?? "", .industry: item.industry ?? "",
                .address: item.address ?? "", .longitude: item.longitude.map(\.plainText) ?? "",
                .latitude: item.latitude.map(\.plainText) ?? "", .phone: item.phone ?? "",
                .inUse: item.isInUse ? "1" : "0",
            ]
        }
        let build = FormBuilder(visit, registered: registered, violations: violations)
        let sent = visit.form.has(Field.name.rawValue) ? visit.form.all(Field.coRegulators.rawValue) : nil
        let others = Set(sent ?? found.enterprise?.jurisdiction.coRegulators.map(\.rawValue) ?? [])
        let regulators = found.authorities.filter { $0.level.depth >= 2 }.map { ($0.id.rawValue, $0.name) }
        let parks = [("", "（不在园区）")] + found.authorities.filter { $0.level == .park }.map { ($0.id.rawValue, $0.name) }
        return EntryForm(
            title: "登记", action: visit.path + (found.enterprise.map { "?id=" + Form.encode($0.id.rawValue) } ?? ""),
            csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.name),
                        found.enterprise == nil ? build.text(.id, hint: "企业编码，通常为 6 位区划 + 3 位序号") : build.fixed(.id),
                        build.text(.region, "属地", hint: "厂址所在县的 6 位区划代码"),
                    ]),
                .init(
                    groupTitle: "监管",
                    inputs: [
                        build.choice(.regulator, "日常监管单位", regulators, hint: "唯一；跟踪它的黄色预警，审核处置上报"),
                        build.many(.coRegulators, "协管单位", regulators, selected: others, hint: "可选几个；按住 Ctrl 点选或取消"),
                        build.choice(.park, "化工园区", parks, hint: "在园区的企业，县和园区都收预警"),
                    ]),
                .init(
                    groupTitle: "资料",
                    inputs: [
                        build.text(.creditCode), build.text(.group), build.text(.industry), build.text(.address),
                        build.number(.longitude), build.number(.latitude), build.text(.phone, "24 小时值班电话"),
                        build.choice(.inUse, "状态", [("1", "在用"), ("0", "停用")]),
                    ]),
            ], errors: build.errors, hasErrors: !build.errors.isEmpty)
    }

    private static func sheets(_ visit: Visit, _ enterprise: Enterprise, _ found: Parts) -> [Sheet] {
        let at = "enterprise=" + Form.encode(enterprise.id.rawValue)
        return [
            hazardSheet(found, link: "/admin/hazard?" + at),
            Sheet(
                "设备 \(found.equipment.count)", id: "equipment", headers: ["名称", "类型", "介质", "形态", "位置", "缺少的监测"],
                rows: found.equipment.map { item in
                    let missing = item.missingQuantities(among: found.points).map(\.label)
                    return Sheet.Row([
                        .init(item.name, address: "/admin/equipment?id=" + Form.encode(item.id.rawValue)),
                        .init(item.category.label), .init(item.medium ?? "—"), .init(item.form?.label ?? "—"),
                        .init(item.location ?? "—"),
                        .init(
                            missing.isEmpty ? "—" : missing.joined(separator: "、"),
                            style: missing.isEmpty ? "m" : "st"),
                    ])
                }, links: [.init(title: "登记设备", address: "/admin/equipment?" + at)]),
            pointSheet(found, link: "/admin/point?" + at),
            Sheet(
                "人员 \(found.people.count)", id: "people", headers: ["姓名", "职务", "手机", "人员编码", "状态"],
                rows: found.people.map { person in
                    Sheet.Row([
                        .init(person.name, address: "/admin/person?id=" + Form.encode(person.id.rawValue)),
                        .init(person.title ?? "—"),
                        .init(person.phone ?? "没有填", style: person.phone == nil ? "st" : ""),
                        .init(person.id.rawValue, style: "m"), .init(person.leftAt == nil ? "在职" : "已离职"),
                    ])
                }, links: [.init(title: "登记人员", address: "/admin/person?" + at)]),
            Sheet(
                "网关 \(found.gateways.count)", id: "gateways",
                headers: ["编码", "企业", "名称", "密钥开头", "最近数据", "状态", ""],
                rows: visit.officer.role == .admin ? found.gateways.map { AdminGateways.row($0, visit) } : [],
                links: visit.officer.role == .admin
                    ? [.init(title: "登记网关", address: "/admin/gateways?" + at + "#entry")] : []),
        ]
    }

    static func hazardSheet(_ found: Parts, link: String) -> Sheet {
        Sheet(
            "重大危险源 \(found.hazards.count)", id: "hazards", headers: ["名称", "单元", "级别", "R", "物质", "位置"],
            rows: found.hazards.map { hazard in
                Sheet.Row([
                    .init(hazard.name, address: AdminHazards.address(hazard.id)), .init(hazard.unit.label),
                    .init(hazard.grading.grade?.label ?? "—"),
                    .init(Wording.figure(hazard.grading.rValue), style: "num"),
                    .init(
                        hazard.grading.substances.map { "\($0.name) \($0.quantityTonnes.plainText) t" }
                            .joined(separator: "、")),
                    .init(hazard.location ?? "—"),
                ])
            }, links: [.init(title: "登记危险源", address: link)])
    }

    static func pointSheet(_ found: Parts, link: String) -> Sheet {
        let names = Dictionary(found.equipment.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return Sheet(
            "监测点位 \(found.points.count)", id: "points",
            headers: ["名称", "编码", "类型", "设备", "量程", "低低", "低", "高", "高高", "状态"],
            rows: found.points.map { point in
                AdminPoints.row(point, equipment: point.equipment.flatMap { names[$0] })
            }, links: [.init(title: "登记点位", address: link)])
    }
}
