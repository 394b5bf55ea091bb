public import Domain
public import Kernel
public import Storage

/// Entries into the register: checked, written, logged in stream `registry` with the whole entry, and whoever may see
/// an enterprise kept up to date in the same transaction. The result is the list of cautions.
public enum RegistryOperations {
    @discardableResult
    public static func save(
        _ authority: Authority, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        let index = try load(.organisationsOnly, in: &session)
        try requireAuthority(authority, editor: editor, directory: index.authorities)
        let violations =
            NameRules.codeViolations(authority.id.rawValue) + index.authorities.violations(of: authority)
        guard !violations.isRefused else { throw .violations(violations) }
        var writer = RegistryWriter(index: index)
        try writer.write([.authority(authority)], context: &context, in: &session)
        return violations.cautions
    }

    @discardableResult
    public static func save(
        _ enterprise: Enterprise, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        guard editor.mayEditOrganisations else { throw .forbidden("企业由管理员登记") }
        var index = try load(.organisationsOnly, in: &session)
        if index.enterprises[enterprise.id] != nil { try requireEnterprise(enterprise.id, editor, in: &session) }
        let violations = enterprise.violations(in: index)
        guard !violations.isRefused else { throw .violations(violations) }
        index.add(enterprise)
        // Nobody may register an enterprise that they would then not see.
        if case .authority(let own) = editor.scope,
            !index.authorities.visibility(of: enterprise.jurisdiction).contains(own)
        {
            throw .forbidden("这家企业不在本单位辖区内")
        }
        var writer = RegistryWriter(index: index)
        try writer.write([.enterprise(enterprise)], context: &context, in: &session)
        return violations.cautions
    }

    @discardableResult
    public static func save(
        _ hazard: Hazard, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        guard editor.mayEditOrganisations else { throw .forbidden("重大危险源由管理员登记") }
        try requireEnterprise(hazard.enterprise, editor, in: &session)
        let index = try load(.enterprise(hazard.enterprise), in: &session)
        try requireOwn(isElsewhere("hazard", hazard.id.rawValue, hazard.enterprise, in: &session))
        let violations = hazard.violations(in: index)
        guard !violations.isRefused else { throw .violations(violations) }
        var writer = RegistryWriter(index: index)
        try writer.write([.hazard(hazard)], context: &context, in: &session)
        return violations.cautions
    }

    @discardableResult
    public static func save(
        _ item: Equipment, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("设备由企业安全员或管理员登记") }
        try requireEnterprise(item.enterprise, editor, in: &session)
        let index = try load(.enterprise(item.enterprise), in: &session)
        try requireOwn(isElsewhere("equipment", item.id.rawValue, item.enterprise, in: &session))
        let violations = item.violations(in: index)
        guard !violations.isRefused else { throw .violations(violations) }
        var writer = RegistryWriter(index: index)
        try writer.write([.equipment(item)], context: &context, in: &session)
        return violations.cautions
    }

    /// A new point, or a change that watches no less than before. What loosens, or touches alarming while an alarm is
    /// open, is refused here: see `PointChangeOperations.request`.
    @discardableResult
    public static func save(
        _ point: MonitoringPoint, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("点位由企业安全员或管理员登记") }
        try requireEnterprise(point.enterprise, editor, in: &session)
        let index = try load(.enterprise(point.enterprise), in: &session)
        try requireOwn(isElsewhere("point", point.id.rawValue, point.enterprise, in: &session))
        var violations = point.violations(in: index)
        if let old = index.points[point.id] {
            violations += old.loosenings(by: point).map { Violation($0.field, $0.text + ",要由监管单位批准") }
            if old.changesAlarming(point), try hasOpenAlarm(point.id, in: &session) {
                violations.append(Violation(.high, "点位正在报警,限值、延时和死区的改动要由监管单位批准"))
            }
        }
        guard !violations.isRefused else { throw .violations(violations) }
        var writer = RegistryWriter(index: index)
        try writer.write([.point(point)], context: &context, in: &session)
        return violations.cautions
    }

    @discardableResult
    public static func save(
        _ person: Person, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> [Violation] {
        let index: RegistryIndex
        switch person.employer {
        case .enterprise(let enterprise):
            guard editor.mayEditEnterpriseParts else { throw .forbidden("人员由企业安全员或管理员登记") }
            try requireEnterprise(enterprise, editor, in: &session)
            index = try load(.enterprise(enterprise), in: &session)
        case .authority(let authority):
            guard editor.mayEditOrganisations else { throw .forbidden("人员由管理员登记") }
            index = try load(.organisationsOnly, in: &session)
            guard isBelow(authority, editor, index.authorities) else { throw .notFound }
        }
        let violations = person.violations(in: index)
        guard !violations.isRefused else { throw .violations(violations) }
        var writer = RegistryWriter(index: index)
        try writer.write([.person(person)], context: &context, in: &session)
        return violations.cautions
    }

    /// Puts a person into office as one of the three responsible persons; whoever was there leaves it at that instant.
    public static func appoint(
        _ person: PersonID, as role: ResponsibleRole, of hazard: HazardID, from: Timestamp, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        let (source, index) = try responsibilityTarget(hazard, editor, in: &session)
        guard let found = index.people[person], found.employer == .enterprise(source.enterprise) else {
            throw .violations([Violation(.person, "不是本企业的人员")])
        }
        guard found.leftAt == nil else { throw .violations([Violation(.person, "\(found.name)已离职")]) }
        guard from <= context.now else { throw .violations([Violation(.from, "晚于现在")]) }
        let appointment = ImportPlan.Appointment(hazard: hazard, role: role, person: person, from: from)
        var writer = RegistryWriter(index: index)
        try writer.write([.appointment(appointment)], context: &context, in: &session)
    }

    /// Leaves a role empty; a finding until somebody fills it.
    public static func vacate(
        _ role: ResponsibleRole, of hazard: HazardID, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        let (_, index) = try responsibilityTarget(hazard, editor, in: &session)
        var history = index.responsibilities[hazard] ?? ResponsibilityHistory()
        guard let person = history.inOffice[role] else { throw .refused("\(role.label)本来就空缺") }
        history.vacate(role, at: context.now)
        var writer = RegistryWriter(index: index)
        try writer.vacate(role, person: person, history: history, of: hazard, context: &context, in: &session)
    }

    /// What a file would do. Reads only.
    public static func dryRun(
        _ kind: ImportKind, file: [UInt8], by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> ImportPlan {
        guard editor.mayEditOrganisations else { throw .forbidden("导入由管理员做") }
        let index = try load(.everything, in: &session)
        let plan = ImportPlan.make(kind, file: file, index: index, ids: &context.ids, now: context.now)
        try require(plan, lieWithin: editor, index: index, in: &session)
        return plan
    }

    /// All of a file, or – with a single refusal – none of it.
    @discardableResult
    public static func importFile(
        _ kind: ImportKind, file: [UInt8], by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> ImportPlan {
        let plan = try dryRun(kind, file: file, by: editor, context: &context, in: &session)
        guard plan.isApplicable else { throw .file(plan.issues) }
        for change in plan.changes {
            guard case .point(let point) = change.entry, !change.isNew,
                try hasOpenAlarm(point.id, in: &session),
                let old = try query(
                    { session throws(StorageError) in
                        try RegistryQueries.point(point.id, scope: .system, in: &session)
                    }, in: &session), old.changesAlarming(point)
            else { continue }
            throw .refused("第 \(change.row) 行:点位 \(point.id) 正在报警,限值、延时和死区的改动要由监管单位批准")
        }
        try install(plan.changes.map(\.entry), context: &context, in: &session)
        return plan
    }

    /// Entries that were checked before, in an order in which each finds what it names: an import, the demonstration
    /// city.
    public static func install(
        _ entries: [ImportPlan.Entry], context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        var writer = RegistryWriter(index: try load(.everything, in: &session))
        try writer.write(entries, context: &context, in: &session)
    }
}
