public import Kernel

/// Kinds of equipment, with what each has to be watched by (domain §4.1, SJ-08).
public enum EquipmentCategory: String, CaseIterable, Hashable, Sendable {
    case atmosphericTank, pressureTank, gasHolder, processUnit, warehouse, loading, weather, other

    public var label: String {
        switch self {
        case .atmosphericTank: "常压储罐"
        case .pressureTank: "压力(低温)储罐"
        case .gasHolder: "气柜"
        case .processUnit: "装置"
        case .warehouse: "仓库"
        case .loading: "装卸设施"
        case .weather: "气象"
        case .other: "其他"
        }
    }

    /// Quantities without which such equipment is not watched.
    public var requiredQuantities: [Quantity] {
        switch self {
        case .atmosphericTank: [.level, .temperature]
        case .pressureTank: [.level, .temperature, .pressure]
        case .gasHolder: [.level, .pressure, .temperature, .oxygen]
        case .processUnit: [.temperature, .pressure]
        case .warehouse: [.temperature, .humidity]
        case .loading, .weather, .other: []
        }
    }

    public init?(word: String) {
        let word = word.foldedForComparison
        let others: [String: EquipmentCategory] = [
            "储罐": .atmosphericTank, "压力储罐": .pressureTank, "低温储罐": .pressureTank, "球罐": .pressureTank,
            "生产装置": .processUnit, "反应釜": .processUnit, "库房": .warehouse, "装卸": .loading,
        ]
        guard
            let found = EquipmentCategory.allCases.first(where: { $0.rawValue.lowercased() == word })
                ?? EquipmentCategory.allCases.first(where: { $0.label.foldedForComparison == word }) ?? others[word]
        else { return nil }
        self = found
    }
}

/// 物料形态.
public enum MaterialForm: String, CaseIterable, Hashable, Sendable {
    case gas, liquid, solid, liquefiedGas

    public var label: String {
        switch self {
        case .gas: "气体"
        case .liquid: "液体"
        case .solid: "固体"
        case .liquefiedGas: "液化气体"
        }
    }

    public init?(word: String) {
        let word = word.trimmedOfSpace
        let others: [String: MaterialForm] = [
            "气": .gas, "液": .liquid, "固": .solid, "气态": .gas, "液态": .liquid, "固态": .solid,
        ]
        guard
            let found = MaterialForm.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() })
                ?? MaterialForm.allCases.first(where: { $0.label == word }) ?? others[word]
        else { return nil }
        self = found
    }
}

/// A tank, a unit, a warehouse: what points are attached to (SJ-07, 09, 13).
public struct Equipment: Hashable, Sendable {
    public var id: EquipmentID
    public var enterprise: EnterpriseID
    public var hazard: HazardID?
    public var name: String
    public var category: EquipmentCategory
    public var medium: String?
    public var form: MaterialForm?
    public var location: String?
    public var isInUse: Bool

    public init(
        id: EquipmentID, enterprise: EnterpriseID, hazard: HazardID?, name: String, category: EquipmentCategory,
        medium: String? = nil, form: MaterialForm? = nil, location: String? = nil, isInUse: Bool = true
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.name = name
        self.category = category
        self.medium = medium
        self.form = form
        self.location = location
        self.isInUse = isInUse
    }

    public func violations(in index: RegistryIndex) -> [Violation] {
        var found = NameRules.codeViolations(id.rawValue) + NameRules.nameViolations(name)
        if index.enterprises[enterprise] == nil { found.append(Violation(.enterprise, "没有登记过“\(enterprise)”")) }
        if let other = index.equipment[id], other.enterprise != enterprise {
            found.append(Violation(.id, "已是另一家企业的设备"))
        }
        if let other = index.equipment(named: name, of: enterprise), other.id != id {
            found.append(Violation(.name, "与本企业 \(other.id) 重名"))
        }
        if let hazard {
            if index.hazards[hazard]?.enterprise != enterprise {
                found.append(Violation(.hazard, "本企业没有危险源“\(hazard)”"))
            }
        } else {
            found.append(Violation(.hazard, "没有关联重大危险源", .caution))
        }
        if (medium ?? "").trimmedOfSpace.isEmpty { found.append(Violation(.medium, "没有填")) }
        if form == nil { found.append(Violation(.form, "没有填")) }
        if (location ?? "").trimmedOfSpace.isEmpty { found.append(Violation(.location, "没有填,位置要明确")) }
        return found
    }

    /// Quantities that equipment of this kind lacks (SJ-08).
    public func missingQuantities(among points: [MonitoringPoint]) -> [Quantity] {
        let present = Set(points.filter { $0.equipment == id && $0.isInUse }.map(\.quantity))
        return category.requiredQuantities.filter { !present.contains($0) }
    }
}
