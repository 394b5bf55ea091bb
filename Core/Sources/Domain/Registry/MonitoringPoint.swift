public import Kernel

/// One monitored quantity with its unit, range and limits (SJ-08…14).
public struct MonitoringPoint: Hashable, Sendable {
    public var id: PointID
    public var enterprise: EnterpriseID
    public var hazard: HazardID?
    public var equipment: EquipmentID?
    public var name: String
    public var tag: String?
    public var quantity: Quantity
    public var unit: String
    public var location: String?
    public var limits: PointLimits
    /// The limits as they are set at the enterprise's own system, for the missed-alarm check; its range is not used.
    public var edgeLimits: PointLimits
    public var onDelay: Interval
    public var offDelay: Interval
    public var deadband: Double
    /// 关键点位: bad data of it counts in the model.
    public var isKey: Bool
    public var isInUse: Bool

    /// Delays and deadband by default are our convention (domain §11): 5 s, gas at once; 1 % of the range.
    public init(
        id: PointID, enterprise: EnterpriseID, hazard: HazardID?, equipment: EquipmentID?, name: String,
        tag: String? = nil, quantity: Quantity, unit: String, location: String? = nil, limits: PointLimits,
        edgeLimits: PointLimits = PointLimits(), onDelay: Interval? = nil, offDelay: Interval? = nil,
        deadband: Double? = nil, isKey: Bool = false, isInUse: Bool = true
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.equipment = equipment
        self.name = name
        self.tag = tag
        self.quantity = quantity
        self.unit = unit
        self.location = location
        self.limits = limits
        self.edgeLimits = edgeLimits
        self.onDelay = onDelay ?? Self.usualOnDelay(quantity)
        self.offDelay = offDelay ?? Self.usualOffDelay
        self.deadband = deadband ?? Self.usualDeadband(limits)
        self.isKey = isKey
        self.isInUse = isInUse
    }

    public static func usualOnDelay(_ quantity: Quantity) -> Interval { quantity.isGas ? .seconds(0) : .seconds(5) }
    public static let usualOffDelay: Interval = .seconds(5)
    public static func usualDeadband(_ limits: PointLimits) -> Double {
        guard let low = limits.rangeLow, let high = limits.rangeHigh, high > low else { return 0 }
        return (high - low) / 100
    }

    public func violations(in index: RegistryIndex) -> [Violation] {
        var found = NameRules.codeViolations(id.rawValue) + NameRules.nameViolations(name)
        if index.enterprises[enterprise] == nil { found.append(Violation(.enterprise, "没有登记过“\(enterprise)”")) }
        found += identityViolations(in: index) + placeViolations(in: index)
        let units = quantity.units
        if unit.trimmedOfSpace.isEmpty {
            found.append(Violation(.unit, "没有填"))
        } else if !units.isEmpty, !units.contains(unit) {
            found.append(Violation(.unit, "\(quantity.label)没有单位“\(unit)”,可用:\(units.joined(separator: "、"))"))
        }
        found += limits.violations(for: quantity)
        found += GasAlarmSettings.violations(
            quantity: quantity, unit: unit, medium: equipment.flatMap { index.equipment[$0]?.medium }, limits: limits)
        return found + settingViolations
    }

    private func identityViolations(in index: RegistryIndex) -> [Violation] {
        var found: [Violation] = []
        if let other = index.points[id], other.enterprise != enterprise {
            found.append(Violation(.id, "已是另一家企业的点位"))
        }
        if let other = index.point(like: self), other.id != id {
            found.append(Violation(.name, "同一设备的\(quantity.label)已有同名点位 \(other.id),名称要加前缀或后缀区分"))
        }
        if let tag, let other = index.point(tagged: tag, of: enterprise), other.id != id {
            found.append(Violation(.tag, "位号“\(tag)”已用于 \(other.id)"))
        }
        return found
    }

    private func placeViolations(in index: RegistryIndex) -> [Violation] {
        var found: [Violation] = []
        if let hazard, index.hazards[hazard]?.enterprise != enterprise {
            found.append(Violation(.hazard, "本企业没有危险源“\(hazard)”"))
        }
        if hazard == nil { found.append(Violation(.hazard, "没有关联重大危险源,不参与它的风险计算", .caution)) }
        if let equipment {
            if let own = index.equipment[equipment], own.enterprise == enterprise {
                if let hazard, let theirs = own.hazard, hazard != theirs {
                    found.append(Violation(.hazard, "设备“\(own.name)”属于危险源 \(theirs),与点位的 \(hazard) 不一致"))
                }
            } else {
                found.append(Violation(.equipment, "本企业没有设备“\(equipment)”"))
            }
        } else {
            let weight: Violation.Weight = quantity.isGas ? .refusal : .caution
            found.append(Violation(.equipment, "没有关联设备", weight))
        }
        if quantity.isGas, (location ?? "").trimmedOfSpace.isEmpty {
            found.append(Violation(.location, "没有填,气体点位要写明安装位置"))
        }
        return found
    }

    private var settingViolations: [Violation] {
        var found: [Violation] = []
        for (field, delay) in [(Field.onDelay, onDelay), (.offDelay, offDelay)] {
            if delay.milliseconds < 0 || delay > .hours(1) { found.append(Violation(field, "应在 0–3600 秒之间")) }
        }
        if quantity.isGas, onDelay > .seconds(3) {
            found.append(Violation(.onDelay, "气体报警延时应在 3 秒以内(本系统约定)", .caution))
        }
        if !(deadband.isFinite && deadband >= 0) { found.append(Violation(.deadband, "不能小于 0")) }
        if let low = limits.rangeLow, let high = limits.rangeHigh, deadband >= (high - low) / 2, high > low {
            found.append(Violation(.deadband, "\(deadband.plainText) 超过量程的一半,报警会消不掉"))
        }
        let edges: [(Field, Double?, Double?)] = [
            (.edgeLowLow, edgeLimits.lowLow, limits.lowLow), (.edgeLow, edgeLimits.low, limits.low),
            (.edgeHigh, edgeLimits.high, limits.high), (.edgeHighHigh, edgeLimits.highHigh, limits.highHigh),
        ]
        for (field, edge, own) in edges {
            guard let edge, edge != own else { continue }
            let text = "前端设为 \(edge.plainText),平台为 \(own.map(\.plainText) ?? "空"),两边不一致"
            found.append(Violation(field, text, .caution))
        }
        return found
    }
}
