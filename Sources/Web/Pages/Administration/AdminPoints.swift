import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Monitoring points: their settings, checked on entry; what would watch less goes to the regulator as a request.
enum AdminPoints {
    static func address(_ id: PointID) -> String { "/admin/point?id=" + Form.encode(id.rawValue) }

    static func row(_ point: MonitoringPoint, equipment: String?) -> Sheet.Row {
        let limit = { (value: Double?) in
            Sheet.Cell(value.map(\.plainText) ?? "—", style: value == nil ? "num m" : "num")
        }
        let range =
            "\(point.limits.rangeLow?.plainText ?? "—")–\(point.limits.rangeHigh?.plainText ?? "—") \(point.unit)"
        return Sheet.Row([
            .init(point.name, address: address(point.id)), .init(point.id.rawValue, style: "m"),
            .init(point.quantity.label), .init(equipment ?? "—"), .init(range, style: "m"), limit(point.limits.lowLow),
            limit(point.limits.low), limit(point.limits.high), limit(point.limits.highHigh),
            .init(point.isInUse ? "在用" : "停用", style: point.isInUse ? "m" : "st"),
        ])
    }

    /// One enterprise's points, or which enterprise to look at.
    static func list(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        let wanted = visit.query.value("enterprise").map { EnterpriseID($0) } ?? visit.officer.enterprise
        let found = try await visit.read { session throws(StorageError) in
            (
                try EnterpriseOverview.list(limit: 1_000, scope: scope, in: &session),
                try wanted.map { id throws(StorageError) in
                    try AdminEnterprises.Parts.read(id, scope: scope, in: &session)
                }
            )
        }
        var page = AdminPage("点位设置", subtitle: "放宽限值、停用点位、报警中改限值，都要由监管单位批准。")
        page.links = [
            .init(title: "变更申请", address: "/changes"), .init(title: "从文件导入", address: "/admin/import?kind=points"),
        ]
        if let parts = found.1, let enterprise = parts.enterprise {
            page.subtitle = enterprise.name
            let link = "/admin/point?enterprise=" + Form.encode(enterprise.id.rawValue)
            page.sheets = [AdminEnterprises.pointSheet(parts, link: link)]
        } else {
            page.sheets = [
                Sheet(
                    "先选企业", id: "list", headers: ["企业", "点位"],
                    rows: found.0.map { item in
                        Sheet.Row([
                            .init(item.name, address: "/admin/points?enterprise=" + Form.encode(item.id.rawValue)),
                            .init("\(item.pointCount)", style: "num"),
                        ])
                    })
            ]
        }
        return visit.admin(page, section: "points")
    }

    static func edit(_ visit: Visit) async throws -> Response { try await render(visit, violations: []) }

    static func save(_ visit: Visit) async throws -> Response {
        var reader = EntryReader(visit.form)
        guard let point = read(&reader) else { throw PageRefusal.notFound }
        guard reader.violations.isEmpty else { return try await render(visit, violations: reader.violations) }
        let (editor, isRequest, reason) = (visit.editor, visit.form["do"] == "request", reader.text(.reason))
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                if isRequest {
                    _ = try PointChangeOperations.request(
                        point, reason: reason, by: editor, context: &context, in: &session)
                } else {
                    _ = try RegistryOperations.save(point, by: editor, context: &context, in: &session)
                }
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations)
        } catch .refused(let words) where isRequest {
            return try await render(visit, violations: [Violation(.reason, words)])
        } catch { throw error.refusal }
        return isRequest
            ? visit.saved("/changes", "\(point.name) 的变更申请已送监管单位") : visit.saved(address(point.id), point.name)
    }

    private static func read(_ reader: inout EntryReader) -> MonitoringPoint? {
        guard let quantity = Quantity(rawValue: reader.text(.kind)) else { return nil }
        let limits = PointLimits(
            rangeLow: reader.number(.rangeLow), rangeHigh: reader.number(.rangeHigh), lowLow: reader.number(.lowLow),
            low: reader.number(.low), high: reader.number(.high), highHigh: reader.number(.highHigh))
        let edge = PointLimits(
            lowLow: reader.number(.edgeLowLow), low: reader.number(.edgeLow), high: reader.number(.edgeHigh),
            highHigh: reader.number(.edgeHighHigh))
        let seconds = { (value: Double) in Interval.milliseconds(Int64((min(max(value, -1), 1e6) * 1_000).rounded())) }
        return MonitoringPoint(
            id: PointID(reader.text(.id)), enterprise: EnterpriseID(reader.text(.enterprise)),
            hazard: reader.optional(.hazard).map { HazardID($0) },
            equipment: reader.optional(.equipment).map { EquipmentID($0) }, name: reader.text(.name),
            tag: reader.optional(.tag), quantity: quantity, unit: Quantity.unit(written: reader.text(.unit)),
            location: reader.optional(.location), limits: limits, edgeLimits: edge,
            onDelay: reader.number(.onDelay).map(seconds), offDelay: reader.number(.offDelay).map(seconds),
            deadband: reader.number(.deadband), isKey: reader.flag(.isKey), isInUse: reader.text(.inUse) != "0")
    }

    private static func render(_ visit: Visit, violations: [Violation]) async throws -> Response {
        let (scope, wanted) = (visit.scope, visit.query.value("id").map { PointID($0) })
        let owner = visit.query.value("enterprise").map { EnterpriseID($0) }
        let found = try await visit.read { session throws(StorageError) -> Found? in
            let point = try wanted.flatMap { id throws(StorageError) in
                try RegistryQueries.point(id, scope: scope, in: &session)
            }
            guard let at = point?.enterprise ?? owner, wanted == nil || point != nil else { return nil }
            return Found(
                point: point, parts: try AdminEnterprises.Parts.read(at, scope: scope, in: &session),
                changes: try wanted.map { id throws(StorageError) in
                    try LimitChangeStore.list(of: id, limit: 20, scope: scope, in: &session)
                } ?? [])
        }
        guard let found, let enterprise = found.parts.enterprise else { throw PageRefusal.notFound }
        var page = AdminPage(
            found.point?.name ?? "登记点位",
            crumbs: [Crumb(title: enterprise.name, address: AdminEnterprises.address(enterprise.id))])
        if let point = found.point {
            page.links = [.init(title: "曲线与报警", address: "/point/" + Form.encode(point.id.rawValue))]
            page.cautions = point.violations(in: index(found)).cautions.map(\.line)
        }
        page.form = form(visit, found, enterprise, violations)
        if !found.changes.isEmpty {
            page.sheets = [AdminChanges.sheet(found.changes, visit: visit, names: [:], title: "变更申请")]
        }
        page.help = [
            "量程下限 < 低低报 < 低报 < 高报 < 高高报 < 量程上限；空的跳过（《数据》第五条）。",
            "气体点位：高报填一级，高高报填二级；氧气：低报填欠氧，高报填富氧（GB/T 50493-2019）。",
            "放宽限值、停用点位、延长报警延时，或点位正在报警时改限值，请填理由并“申请变更”，由监管单位批准。",
        ]
        return visit.admin(page, section: "points", status: violations.isEmpty ? .ok : .unprocessableContent)
    }

    private struct Found: Sendable {
        var point: MonitoringPoint?
        var parts: AdminEnterprises.Parts
        var changes: [LimitChange]
    }

    private static func index(_ found: Found) -> RegistryIndex {
        var index = RegistryIndex(authorities: found.parts.authorities)
        if let enterprise = found.parts.enterprise { index.add(enterprise) }
        for hazard in found.parts.hazards { index.add(hazard) }
        for item in found.parts.equipment { index.add(item) }
        for point in found.parts.points { index.add(point) }
        return index
    }

    private static func values(_ point: MonitoringPoint) -> [Field: String] {
        let number = { (value: Double?) in value.map(\.plainText) ?? "" }
        return [
            .id: point.id.rawValue, .name: point.name, .tag: point.tag ?? "", .kind: point.quantity.rawValue,
            .unit: point.unit, .hazard: point.hazard?.rawValue ?? "", .equipment: point.equipment?.rawValue ?? "",
            .location: point.location ?? "", .rangeLow: number(point.limits.rangeLow),
            .rangeHigh: number(point.limits.rangeHigh), .lowLow: number(point.limits.lowLow),
            .low: number(point.limits.low), .high: number(point.limits.high), .highHigh: number(point.limits.highHigh),
            .edgeLowLow: number(point.edgeLimits.lowLow), .edgeLow: number(point.edgeLimits.low),
            .edgeHigh: number(point.edgeLimits.high), .edgeHighHigh: number(point.edgeLimits.highHigh),
            .onDelay: number(Double(point.onDelay.milliseconds) / 1_000),
            .offDelay: number(Double(point.offDelay.milliseconds) / 1_000), .deadband: number(point.deadband),
            .isKey: point.isKey ? "1" : "0", .inUse: point.isInUse ? "1" : "0",
        ]
    }

    private static func form(
        _ visit: Visit, _ found: Found, _ enterprise: Enterprise, _ violations: [Violation]
    ) -> EntryForm {
        let registered = found.point.map(values) ?? [.kind: Quantity.level.rawValue, .inUse: "1", .isKey: "0"]
        let build = FormBuilder(visit, registered: registered, violations: violations)
        let hazards = [("", "（没有）")] + found.parts.hazards.map { ($0.id.rawValue, $0.name) }
        let equipment = [("", "（没有）")] + found.parts.equipment.map { ($0.id.rawValue, $0.name) }
        let kinds = Quantity.allCases.map { kind in
            (kind.rawValue, kind.units.isEmpty ? kind.label : "\(kind.label)（\(kind.units.joined(separator: "、"))）")
        }
        var form = EntryForm(
            title: "点位",
            action: visit.path + "?"
                + (found.point.map { "id=" + Form.encode($0.id.rawValue) }
                    ?? "enterprise=" + Form.encode(enterprise.id.rawValue)),
            csrf: visit.officer.csrf,
            hidden: [.init(name: Field.enterprise.rawValue, value: enterprise.id.rawValue)],
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.name, hint: "同一设备的同类点位要加前缀或后缀区分"),
                        found.point == nil ? build.text(.id, "编码（targetCode）") : build.fixed(.id), build.text(.tag),
                        build.choice(.kind, "类型", kinds), build.text(.unit), build.choice(.equipment, equipment),
                        build.choice(.hazard, hazards), build.text(.location, hint: "气体点位必填"),
                    ]),
                .init(
                    groupTitle: "量程与限值",
                    inputs: [
                        build.number(.rangeLow), build.number(.rangeHigh), build.number(.lowLow), build.number(.low),
                        build.number(.high, "高报（气体一级）"), build.number(.highHigh, "高高报（气体二级）"),
                    ]),
                .init(
                    groupTitle: "报警",
                    inputs: [
                        build.number(.onDelay, hint: "不填：5 秒，气体 0 秒（本系统约定）"), build.number(.offDelay, hint: "不填：5 秒"),
                        build.number(.deadband, hint: "不填：量程的 1%"),
                        build.choice(.isKey, [("0", "否"), ("1", "是")]),
                        build.choice(.inUse, "状态", [("1", "在用"), ("0", "停用")]),
                    ]),
                .init(
                    groupTitle: "企业端系统里的限值（用来发现漏报和擅自改动）",
                    inputs: [
                        build.number(.edgeLowLow), build.number(.edgeLow), build.number(.edgeHigh),
                        build.number(.edgeHighHigh),
                    ]),
            ], errors: build.errors, hasErrors: !build.errors.isEmpty)
        if found.point != nil {
            form.groups.append(
                .init(groupTitle: "需要批准的变更", inputs: [build.area(.reason, hint: "为什么要改；监管单位会看到")]))
            form.otherButton = "申请变更"
            form.otherHint = "送监管单位批准，批准后生效"
        }
        return form
    }
}
