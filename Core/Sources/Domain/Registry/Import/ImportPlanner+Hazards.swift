import Kernel

extension ImportPlanner {
    /// One row a substance; rows with the same enterprise and name are one source.
    mutating func planHazards(_ lines: [Line]) {
        struct Draft {
            let line: Line
            let enterprise: EnterpriseID
            let name: String
            var substances: [HazardSubstance] = []
            var isSound = true
        }
        var drafts: [Draft] = []
        var places: [String: Int] = [:]
        for line in lines {
            guard let owner = enterprise(line), let name = required(line, .name) else { continue }
            let key = owner.rawValue + "\n" + name.foldedForComparison
            let place = places[key] ?? drafts.count
            if place == drafts.count {
                drafts.append(Draft(line: line, enterprise: owner, name: name))
                places[key] = place
            }
            if let found = substance(line) {
                drafts[place].substances.append(found)
            } else {
                drafts[place].isSound = false
            }
        }
        for draft in drafts where draft.isSound {
            planHazard(draft.line, enterprise: draft.enterprise, name: draft.name, substances: draft.substances)
        }
    }

    private mutating func substance(_ line: Line) -> HazardSubstance? {
        let name = required(line, .substance)
        let quantity = number(line, .quantityTonnes, isRequired: true)
        var category: HazardCategory?
        if let word = line.text(.category) {
            category = HazardCategory(word: word)
            if category == nil {
                refuse(line, .category, "“\(word)”不是表 2 的符号(J1–J5、W1.1–W11)")
                return nil
            }
        }
        guard let name, let quantity else { return nil }
        switch HazardSubstance.lookUp(
            name: name, cas: line.text(.cas), category: category, quantityTonnes: quantity)
        {
        case .success(let found): return found
        case .failure(let refusal):
            _ = note(refusal.violations, at: line.row)
            return nil
        }
    }

    private mutating func planHazard(
        _ line: Line, enterprise: EnterpriseID, name: String, substances: [HazardSubstance]
    ) {
        let old = line.text(.id).flatMap { index.hazards[HazardID($0)] } ?? index.hazard(named: name, of: enterprise)
        let people = number(line, .exposedPeople, isRequired: true)
        let inUse = flag(line, .inUse, old?.isInUse ?? true)
        guard let word = required(line, .kind), let people else { return }
        guard let unit = HazardUnit(word: word) else {
            return refuse(line, .kind, "“\(word)”不是单元类型,应为 生产单元、储罐区、仓库、其他")
        }
        guard people >= 0, people == people.rounded(), people < 1e9 else {
            return refuse(line, .exposedPeople, "“\(people.plainText)”不是人数")
        }
        let taken = index
        let code =
            line.text(.id) ?? old?.id.rawValue
            ?? freeCode(enterprise.rawValue, digits: 3) { taken.hazards[HazardID($0)] != nil }
        guard isFirst(code, .id, line) else { return }
        let hazard = Hazard(
            id: HazardID(code), enterprise: enterprise, name: name, unit: unit,
            location: kept(line, .location, old?.location),
            grading: HazardGrading(substances, exposedPeople: Int(people)), isInUse: inUse)
        var violations = hazard.violations(in: index)
        if let written = line.text(.level), let grade = hazard.grading.grade,
            written != grade.label, written != String(grade.rawValue)
        {
            violations.append(Violation(.level, "填的是“\(written)”,按物质计算:\(hazard.grading.explanation)", .caution))
        }
        if let old, old.isInUse, !inUse { violations.append(Violation(.inUse, "停用要由监管单位批准,不能用导入")) }
        guard note(violations, at: line.row) else { return }
        index.add(hazard)
        write(.hazard(hazard), isNew: old == nil, row: line.row)
    }

    mutating func planEquipment(_ line: Line) {
        let before = issues.count
        guard let owner = enterprise(line), let name = required(line, .name), let word = required(line, .kind) else {
            return
        }
        let old =
            line.text(.id).flatMap { index.equipment[EquipmentID($0)] } ?? index.equipment(named: name, of: owner)
        guard let category = EquipmentCategory(word: word) else {
            let words = EquipmentCategory.allCases.map(\.label).joined(separator: "、")
            return refuse(line, .kind, "“\(word)”不是设备类型,应为 \(words)")
        }
        var form: MaterialForm?
        if let word = line.text(.form) {
            form = MaterialForm(word: word)
            if form == nil { refuse(line, .form, "“\(word)”不是物料形态,应为 气体、液体、固体、液化气体") }
        }
        let source =
            columns.contains(.hazard) ? line.text(.hazard).flatMap { hazard($0, of: owner, line) } : old?.hazard
        let inUse = flag(line, .inUse, old?.isInUse ?? true)
        guard issues[before...].allSatisfy({ $0.weight == .caution }) else { return }
        let taken = index
        let code =
            line.text(.id) ?? old?.id.rawValue
            ?? freeCode(owner.rawValue + "E", digits: 4) { taken.equipment[EquipmentID($0)] != nil }
        guard isFirst(code, .id, line) else { return }
        let item = Equipment(
            id: EquipmentID(code), enterprise: owner, hazard: source, name: name, category: category,
            medium: line.text(.medium), form: form, location: line.text(.location), isInUse: inUse)
        guard note(item.violations(in: index), at: line.row) else { return }
        index.add(item)
        write(.equipment(item), isNew: old == nil, row: line.row)
    }
}
