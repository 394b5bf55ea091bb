public import Kernel

/// What a major hazard source is for GB 18218: a production unit between cut-off valves, or a storage unit – a tank
/// farm within one dike, or a warehouse of its own.
public enum HazardUnit: String, CaseIterable, Hashable, Sendable {
    case production, tankFarm, warehouse, other

    public var label: String {
        switch self {
        case .production: "生产单元"
        case .tankFarm: "储罐区"
        case .warehouse: "仓库"
        case .other: "其他"
        }
    }

    public init?(word: String) {
        let word = word.trimmedOfSpace
        let others: [String: HazardUnit] = ["装置": .production, "罐区": .tankFarm, "储存单元": .tankFarm, "库房": .warehouse]
        guard
            let found = HazardUnit.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() })
                ?? HazardUnit.allCases.first(where: { $0.label == word }) ?? others[word]
        else { return nil }
        self = found
    }
}

/// 重大危险源: a major hazard source. Its grade follows from its substances, nobody types it.
public struct Hazard: Hashable, Sendable {
    public var id: HazardID
    public var enterprise: EnterpriseID
    public var name: String
    public var unit: HazardUnit
    public var location: String?
    public var grading: HazardGrading
    public var isInUse: Bool

    public init(
        id: HazardID, enterprise: EnterpriseID, name: String, unit: HazardUnit, location: String? = nil,
        grading: HazardGrading, isInUse: Bool = true
    ) {
        self.id = id
        self.enterprise = enterprise
        self.name = name
        self.unit = unit
        self.location = location
        self.grading = grading
        self.isInUse = isInUse
    }

    public func violations(in index: RegistryIndex) -> [Violation] {
        var found = NameRules.codeViolations(id.rawValue) + NameRules.nameViolations(name)
        if index.enterprises[enterprise] == nil { found.append(Violation(.enterprise, "没有登记过“\(enterprise)”")) }
        if let other = index.hazards[id], other.enterprise != enterprise {
            found.append(Violation(.id, "已是另一家企业的危险源"))
        }
        if let other = index.hazard(named: name, of: enterprise), other.id != id {
            found.append(Violation(.name, "与本企业 \(other.id) 重名"))
        }
        if (location ?? "").trimmedOfSpace.isEmpty { found.append(Violation(.location, "没有填,位置要明确", .caution)) }
        if grading.exposedPeople < 0 { found.append(Violation(.exposedPeople, "不能小于 0")) }
        if grading.substances.isEmpty {
            found.append(Violation(.substance, "没有填,至少要有一种物质"))
        } else if grading.grade == nil {
            found.append(Violation(.quantityTonnes, grading.explanation))
        }
        return found
    }
}
