/// What a file may hold, with its columns.
public enum ImportKind: String, CaseIterable, Hashable, Sendable {
    case authorities, enterprises, hazards, equipment, points, people, responsible

    public var label: String {
        switch self {
        case .authorities: "监管单位与园区"
        case .enterprises: "企业"
        case .hazards: "重大危险源与物质"
        case .equipment: "设备"
        case .points: "监测点位"
        case .people: "人员"
        case .responsible: "三级包保责任人"
        }
    }

    /// Columns that must be there.
    public var required: [Field] {
        switch self {
        case .authorities: [.id, .level, .name]
        case .enterprises: [.name, .region, .regulator]
        case .hazards: [.enterprise, .name, .kind, .exposedPeople, .substance, .quantityTonnes]
        case .equipment: [.enterprise, .name, .kind, .medium, .form, .location]
        case .points: [.enterprise, .id, .name, .kind, .unit, .rangeLow, .rangeHigh]
        case .people: [.name]
        case .responsible: [.enterprise, .hazard, .role, .person]
        }
    }

    public var optional: [Field] {
        switch self {
        case .authorities: [.region, .parent, .phone, .coversRegion]
        case .enterprises:
            [
                .id, .park, .coRegulators, .creditCode, .group, .industry, .address, .longitude, .latitude, .phone,
                .inUse,
            ]
        case .hazards: [.id, .location, .cas, .category, .level, .inUse]
        case .equipment: [.id, .hazard, .inUse]
        case .points:
            [
                .hazard, .equipment, .tag, .location, .lowLow, .low, .high, .highHigh, .edgeLowLow, .edgeLow, .edgeHigh,
                .edgeHighHigh, .onDelay, .offDelay, .deadband, .isKey, .inUse,
            ]
        case .people: [.enterprise, .authority, .phone, .title, .email]
        case .responsible: [.phone, .title, .from]
        }
    }

    /// The column that a header names in a file of this kind.
    func field(header: String) -> Field? {
        let folded = header.foldedForComparison
        let found = ownHeaders[folded] ?? Field(header: header)
        return found.flatMap { (required + optional).contains($0) ? $0 : nil }
    }

    /// Headers that mean another thing here than elsewhere.
    private var ownHeaders: [String: Field] {
        switch self {
        case .authorities: ["单位编码": .id, "单位名称": .name, "单位": .name]
        case .enterprises: ["企业编码": .id, "companycode": .id, "企业名称": .name, "企业": .name]
        case .hazards: ["危险源编码": .id, "hazardcode": .id, "危险源名称": .name, "重大危险源": .name, "危险源": .name]
        case .equipment: ["设备编码": .id, "equipcode": .id, "设备名称": .name, "设备": .name, "危险源名称": .hazard]
        case .points:
            [
                "点位编码": .id, "指标编码": .id, "targetcode": .id, "点位名称": .name, "指标名称": .name, "targetname": .name,
                "targettype": .kind, "设备名称": .equipment, "危险源名称": .hazard,
            ]
        case .people: ["监管单位": .authority, "单位": .authority]
        case .responsible: ["姓名": .person, "危险源名称": .hazard]
        }
    }
}
