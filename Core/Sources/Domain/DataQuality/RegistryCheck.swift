public import Kernel

/// What is missing or wrong in an enterprise's own entries, found without looking at a value (data-quality measures
/// Art. 4–6). Pure: the caller brings the register.
public struct RegistryCheck: Sendable {
    /// Something found, and of what.
    public struct Found: Hashable, Sendable {
        public var rule: QualityRule
        public var hazard: HazardID?
        public var equipment: EquipmentID?
        public var point: PointID?
        public var detail: String

        public init(
            _ rule: QualityRule, hazard: HazardID? = nil, equipment: EquipmentID? = nil, point: PointID? = nil,
            detail: String
        ) {
            self.rule = rule
            self.hazard = hazard
            self.equipment = equipment
            self.point = point
            self.detail = detail
        }
    }

    /// A camera as far as this check goes.
    public struct Camera: Hashable, Sendable {
        public var hazard: HazardID?
        public var showsControlRoom: Bool

        public init(hazard: HazardID?, showsControlRoom: Bool) {
            self.hazard = hazard
            self.showsControlRoom = showsControlRoom
        }
    }

    public var hazards: [Hazard]
    public var equipment: [Equipment]
    public var points: [MonitoringPoint]
    /// Points that have ever sent a value.
    public var connected: Set<PointID>
    /// Nil where cameras are not registered at all: nothing is said of them.
    public var cameras: [Camera]?
    /// Gas detectors that the enterprise's own ledger counts; nil where it told none.
    public var gasLedger: Int?
    /// The roles that nobody holds, by hazard source (A29).
    public var vacancies: [HazardID: [ResponsibleRole]]

    public init(
        hazards: [Hazard], equipment: [Equipment], points: [MonitoringPoint], connected: Set<PointID>,
        cameras: [Camera]? = nil, gasLedger: Int? = nil, vacancies: [HazardID: [ResponsibleRole]] = [:]
    ) {
        self.hazards = hazards.filter(\.isInUse)
        self.equipment = equipment.filter(\.isInUse)
        self.points = points.filter(\.isInUse)
        self.connected = connected
        self.cameras = cameras
        self.gasLedger = gasLedger
        self.vacancies = vacancies
    }

    public func run() -> [Found] {
        hazards.flatMap(check) + watchedControlRoom() + ledger() + equipment.flatMap(check) + aliases()
            + points.flatMap(check) + duplicates()
    }

    private func check(_ hazard: Hazard) -> [Found] {
        var found: [Found] = []
        if !points.contains(where: { $0.hazard == hazard.id }) {
            found.append(Found(.hazardWithoutPoints, hazard: hazard.id, detail: "“\(hazard.name)”没有一个在用点位"))
        }
        if let cameras, !cameras.contains(where: { $0.hazard == hazard.id }) {
            found.append(Found(.hazardWithoutCamera, hazard: hazard.id, detail: "“\(hazard.name)”没有一路摄像机"))
        }
        if let missing = vacancies[hazard.id], !missing.isEmpty {
            let words = missing.map(\.label).joined(separator: "、")
            found.append(Found(.responsibleMissing, hazard: hazard.id, detail: "“\(hazard.name)”缺\(words)"))
        }
        return found
    }

    private func watchedControlRoom() -> [Found] {
        guard let cameras, !hazards.isEmpty, !cameras.contains(where: \.showsControlRoom) else { return [] }
        return [Found(.noControlRoomCamera, detail: "没有一路摄像机标明覆盖中控室")]
    }

    /// Registered against connected (SJ-05), and both against what the enterprise counts itself.
    private func ledger() -> [Found] {
        guard let gasLedger else { return [] }
        let sending = points.count { $0.quantity.isGas && connected.contains($0.id) }
        guard sending < gasLedger else { return [] }
        return [Found(.gasLedgerGap, detail: "台账 \(gasLedger) 个气体探测器,接入 \(sending) 个,少 \(gasLedger - sending) 个")]
    }

    private func check(_ item: Equipment) -> [Found] {
        var found: [Found] = []
        let missing = item.missingQuantities(among: points)
        if !missing.isEmpty {
            let words = missing.map(\.label).joined(separator: "、")
            found.append(
                Found(
                    .missingQuantity, hazard: item.hazard, equipment: item.id,
                    detail: "\(item.category.label)“\(item.name)”缺 \(words)"))
        }
        var lacks: [String] = []
        if (item.medium ?? "").trimmedOfSpace.isEmpty { lacks.append("物料介质") }
        if item.form == nil { lacks.append("物料形态") }
        if (item.location ?? "").trimmedOfSpace.isEmpty { lacks.append("位置") }
        if !lacks.isEmpty {
            found.append(
                Found(
                    .equipmentIncomplete, hazard: item.hazard, equipment: item.id,
                    detail: "“\(item.name)”没有填\(lacks.joined(separator: "、"))"))
        }
        if NameRules.isVague(item.name) {
            found.append(
                Found(.vagueName, hazard: item.hazard, equipment: item.id, detail: "设备名称“\(item.name)”太笼统"))
        }
        return found
    }

    private func check(_ point: MonitoringPoint) -> [Found] {
        var found: [Found] = []
        func add(_ rule: QualityRule, _ detail: String) {
            found.append(Found(rule, hazard: point.hazard, point: point.id, detail: detail))
        }
        if !connected.contains(point.id) { add(.neverConnected, "登记为在用,还没有收到过一条数据") }
        let limits = point.limits.violations(for: point.quantity)
        let empty = limits.filter { point.limits[$0.field] == nil && $0.weight == .refusal }
        if !empty.isEmpty { add(.limitsMissing, empty.map(\.line).joined(separator: ";")) }
        let wrong = limits.filter { point.limits[$0.field] != nil && $0.weight == .refusal }
        if !wrong.isEmpty { add(.limitsIllogical, wrong.map(\.line).joined(separator: ";")) }
        if let top = point.limits.rangeHigh, point.limits.high == top {
            add(.highAtRangeTop, "高报 \(top.plainText) 等于量程上限")
        }
        let medium = equipment.first { $0.id == point.equipment }?.medium
        let gas = GasAlarmSettings.violations(
            quantity: point.quantity, unit: point.unit, medium: medium, limits: point.limits
        ).filter { $0.text.contains("GB/T 50493 的") }
        if !gas.isEmpty { add(.gasLimitBeyondStandard, gas.map(\.text).joined(separator: ";")) }
        let units = point.quantity.units
        if point.unit.trimmedOfSpace.isEmpty || !(units.isEmpty || units.contains(point.unit)) {
            add(.unitMissing, point.unit.isEmpty ? "没有填单位" : "单位“\(point.unit)”不在字典内")
        }
        if NameRules.isVague(point.name) { add(.vagueName, "点位名称“\(point.name)”太笼统") }
        if point.quantity.isGas, point.equipment == nil || (point.location ?? "").trimmedOfSpace.isEmpty {
            add(.gasWithoutPlace, point.equipment == nil ? "没有关联设备" : "没有填安装位置")
        }
        let laxer = MissedAlarmCheck.laxerAtEdge(ours: point.limits, edge: point.edgeLimits)
        if !laxer.isEmpty {
            add(.laxerEdgeLimit, laxer.map { $0.label(for: point.quantity) }.joined(separator: "、"))
        }
        return found
    }

    /// Two points of one quantity on one piece of equipment under one name (SJ-12).
    private func duplicates() -> [Found] {
        struct Key: Hashable {
            var equipment: EquipmentID?
            var hazard: HazardID?
            var quantity: Quantity
            var name: String
        }
        var first: [Key: PointID] = [:]
        return points.sorted { $0.id < $1.id }.compactMap { point in
            let key = Key(
                equipment: point.equipment, hazard: point.equipment == nil ? point.hazard : nil,
                quantity: point.quantity, name: point.name.foldedForComparison)
            guard let other = first[key] else {
                first[key] = point.id
                return nil
            }
            return Found(.duplicateName, hazard: point.hazard, point: point.id, detail: "与 \(other) 同设备同类型同名")
        }
    }

    /// One device under several names (SJ-13): names that are the same once signs, spaces and words for the kind of
    /// thing are left out.
    private func aliases() -> [Found] {
        var first: [String: Equipment] = [:]
        return equipment.sorted { $0.id < $1.id }.compactMap { item in
            let core = Self.core(of: item.name)
            guard core.count >= 2 else { return nil }
            let key = core + "|" + (item.hazard?.rawValue ?? "")
            guard let other = first[key] else {
                first[key] = item
                return nil
            }
            return Found(
                .deviceAlias, hazard: item.hazard, equipment: item.id,
                detail: "“\(item.name)”与“\(other.name)”(\(other.id))像是同一台设备")
        }
    }

    /// The device's own mark, `v203` of `V-203 液氨球罐`; the whole name where it has none.
    static func core(of name: String) -> String {
        let folded = name.foldedForComparison
        var mark = ""
        for scalar in folded.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": mark.unicodeScalars.append(scalar)
            case "-", "_", "#", "/", ".": continue
            default: if mark.contains(where: \.isNumber), mark.contains(where: \.isLetter) { return mark }
            }
        }
        let isMark = mark.contains(where: \.isNumber) && mark.contains(where: \.isLetter)
        return isMark ? mark : folded
    }
}
