import Kernel

extension ImportPlanner {
    mutating func planPoint(_ line: Line) {
        let before = issues.count
        guard let owner = enterprise(line), let code = required(line, .id), let name = required(line, .name),
            let word = required(line, .kind), isFirst(code, .id, line)
        else { return }
        guard let quantity = Quantity(word: word) else {
            let words = Quantity.allCases.map(\.label).joined(separator: "、")
            return refuse(line, .kind, "“\(word)”不是指标类型,应为 \(words)")
        }
        let old = index.points[PointID(code)]
        let limits = readLimits(line, old?.limits)
        let edge = readEdgeLimits(line, old?.edgeLimits)
        var item = old?.equipment
        if columns.contains(.equipment) { item = line.text(.equipment).flatMap { equipment($0, of: owner, line) } }
        var source = old?.hazard
        if columns.contains(.hazard) { source = line.text(.hazard).flatMap { hazard($0, of: owner, line) } }
        if source == nil, let item { source = index.equipment[item]?.hazard }
        let delays = (number(line, .onDelay), number(line, .offDelay))
        let deadband = keptNumber(line, .deadband, old?.deadband)
        let isKey = flag(line, .isKey, old?.isKey ?? false)
        let inUse = flag(line, .inUse, old?.isInUse ?? true)
        guard issues[before...].allSatisfy({ $0.weight == .caution }) else { return }
        let point = MonitoringPoint(
            id: PointID(code), enterprise: owner, hazard: source, equipment: item, name: name,
            tag: kept(line, .tag, old?.tag), quantity: quantity, unit: Quantity.unit(written: line.text(.unit) ?? ""),
            location: kept(line, .location, old?.location), limits: limits, edgeLimits: edge,
            onDelay: delays.0.map(Self.interval) ?? old?.onDelay,
            offDelay: delays.1.map(Self.interval) ?? old?.offDelay, deadband: deadband, isKey: isKey, isInUse: inUse)
        var violations = point.violations(in: index)
        if let old, old.enterprise == owner {
            violations += old.loosenings(by: point).map { found in
                Violation(found.field, found.text + ",要由监管单位批准,请在点位页提出申请")
            }
        }
        guard note(violations, at: line.row) else { return }
        index.add(point)
        write(.point(point), isNew: old == nil, row: line.row)
    }

    private static func interval(_ seconds: Double) -> Interval {
        .milliseconds(Int64((min(max(seconds, -1), 1e6) * 1000).rounded()))
    }

    private mutating func readLimits(_ line: Line, _ old: PointLimits?) -> PointLimits {
        PointLimits(
            rangeLow: keptNumber(line, .rangeLow, old?.rangeLow),
            rangeHigh: keptNumber(line, .rangeHigh, old?.rangeHigh),
            lowLow: keptNumber(line, .lowLow, old?.lowLow), low: keptNumber(line, .low, old?.low),
            high: keptNumber(line, .high, old?.high), highHigh: keptNumber(line, .highHigh, old?.highHigh))
    }

    private mutating func readEdgeLimits(_ line: Line, _ old: PointLimits?) -> PointLimits {
        PointLimits(
            lowLow: keptNumber(line, .edgeLowLow, old?.lowLow), low: keptNumber(line, .edgeLow, old?.low),
            high: keptNumber(line, .edgeHigh, old?.high), highHigh: keptNumber(line, .edgeHighHigh, old?.highHigh))
    }

    mutating func planResponsible(_ line: Line) {
        guard let owner = enterprise(line), let sourceText = required(line, .hazard),
            let word = required(line, .role), let name = required(line, .person)
        else { return }
        guard let source = hazard(sourceText, of: owner, line) else { return }
        guard let role = ResponsibleRole(word: word) else {
            return refuse(line, .role, "“\(word)”不是包保角色,应为 主要负责人、技术负责人、操作负责人")
        }
        guard isFirst("\(source) \(role.label)", .role, line) else { return }
        let before = issues.count
        let from = instant(line, .from) ?? now
        guard issues.count == before, let person = responsiblePerson(line, name: name, of: owner) else { return }
        if from > now { return refuse(line, .from, "晚于现在") }
        var history = index.responsibilities[source] ?? ResponsibilityHistory()
        if history.inOffice[role] == person { return }
        if let violation = history.appoint(person, as: role, at: from) {
            return refuse(line, violation.field, violation.text)
        }
        index.set(history, of: source)
        let appointment = ImportPlan.Appointment(hazard: source, role: role, person: person, from: from)
        write(.appointment(appointment), isNew: true, row: line.row)
    }

    /// Somebody known by name and phone, or a new person.
    private mutating func responsiblePerson(_ line: Line, name: String, of owner: EnterpriseID) -> PersonID? {
        let phone = line.text(.phone)
        let namesakes = index.people(named: name, of: owner)
        let matching = phone.map { phone in namesakes.filter { $0.phone == phone } } ?? namesakes
        if matching.count == 1 { return matching[0].id }
        if matching.count > 1 {
            refuse(line, .person, "本企业有 \(matching.count) 位“\(name)”,要填手机号区分")
            return nil
        }
        var person = Person(id: PersonID(ids.next("u", at: now)), employer: .enterprise(owner), name: name)
        let unreachable = namesakes.filter { $0.phone == nil }
        let isNew = unreachable.count != 1
        if !isNew { person = unreachable[0] }
        person.phone = phone
        person.title = line.text(.title) ?? person.title
        guard note(person.violations(in: index), at: line.row) else { return nil }
        index.add(person)
        write(.person(person), isNew: isNew, row: line.row)
        return person.id
    }
}
