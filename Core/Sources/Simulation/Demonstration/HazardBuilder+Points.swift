import Domain
import Kernel

extension HazardBuilder {
    func begin(
        _ name: String, letter: String, _ category: EquipmentCategory, _ medium: Medium, form: MaterialForm
    ) -> EquipmentDesign {
        let number = equipment.count + 1
        let mark = "\(letter)-\(area)\(number < 10 ? "0" : "")\(number)"
        let id = EquipmentID("\(hazard)G\(String(repeating: "0", count: number < 10 ? 3 : 2))\(number)")
        let registered = Equipment(
            id: id, enterprise: enterprise, hazard: hazard, name: "\(name) \(mark)", category: category,
            medium: medium.name, form: form, location: "\(area) 区第 \(number) 台位")
        return EquipmentDesign(registered: registered, mark: mark, medium: medium, process: .warehouse, points: [])
    }

    func point(
        _ item: EquipmentDesign, _ name: String, _ variable: Variable, _ quantity: Quantity, _ unit: String,
        _ limits: PointLimits, noise: Double, resolution: Double = 0.001, isKey: Bool = false
    ) -> PointDesign {
        let (letter, tag) = Self.letters(quantity)
        let number = item.points.count { Self.letters($0.registered.quantity).code == letter } + 1
        let digits = String(item.mark.dropFirst(2))
        var edge = limits
        edge.rangeLow = nil
        edge.rangeHigh = nil
        let registered = MonitoringPoint(
            id: PointID("\(item.registered.id)\(letter)\(number < 10 ? "0" : "")\(number)"), enterprise: enterprise,
            hazard: hazard,
            equipment: item.registered.id, name: name, tag: "\(tag)-\(digits)\(number)", quantity: quantity, unit: unit,
            location: item.mark, limits: limits, edgeLimits: edge, isKey: isKey)
        return PointDesign(
            registered: registered, samplingPeriod: period(quantity), source: .variable(variable), medium: item.medium,
            noise: noise, resolution: resolution, lagSeconds: quantity == .temperature ? 20 : 3, floor: nil)
    }

    /// Gas detectors around the equipment, 6 to 8 metres off, as GB/T 50493 would have them.
    func detectors(on item: inout EquipmentDesign, count: Int) {
        let medium = item.medium
        let center = Double(equipment.count) * 16
        for index in 0..<count {
            let angle = (Double(index) + 0.25) / Double(count) * 2 * Double.pi
            let distance = 6 + Double(index % 3)
            let side = ["东侧", "北侧", "西侧", "南侧"][min(3, Int((Double(index) + 0.25) / Double(count) * 4))]
            let quantity: Quantity
            if medium == .oxygen || (medium.toxicLimit == nil && medium.lowerExplosivePercent == nil) {
                quantity = .oxygen
            } else if medium.toxicLimit != nil, medium.lowerExplosivePercent == nil || index % 4 != 3 {
                quantity = .toxicGas
            } else {
                quantity = .combustibleGas
            }
            item.points.append(
                detector(
                    item, quantity, place: "\(item.mark) \(side) \(Int(distance)) m",
                    x: center + distance * Elementary.cosine(angle), y: distance * Elementary.sine(angle)))
        }
    }

    private func detector(
        _ item: EquipmentDesign, _ quantity: Quantity, place: String, x: Double, y: Double
    ) -> PointDesign {
        let number = item.points.count { $0.isGasDetector } + 1
        let letter = Self.letters(quantity).code
        let digits = String(item.mark.dropFirst(2))
        let tag = "GT-\(digits)\(number)"
        let limits: PointLimits
        let unit: String
        var noise: Double
        switch quantity {
        case .oxygen:
            (limits, unit, noise) = (PointLimits(rangeLow: 0, rangeHigh: 30, low: 19.5, high: 23.5), "%VOL", 0.04)
        case .toxicGas:
            let first = item.medium.toxicLimit ?? 10
            limits = PointLimits(rangeLow: 0, rangeHigh: first * 8, high: first, highHigh: first * 2)
            (unit, noise) = (item.medium.toxicUnit, first * 0.012)
        case .combustibleGas, .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other:
            (limits, unit) = (PointLimits(rangeLow: 0, rangeHigh: 100, high: 25, highHigh: 50), "%LEL")
            noise = 0.4
        }
        var edge = limits
        edge.rangeLow = nil
        edge.rangeHigh = nil
        let name = quantity == .oxygen ? "氧气探测器" : "\(item.medium.name)\(quantity.label)探测器"
        let registered = MonitoringPoint(
            id: PointID("\(item.registered.id)\(letter)\(number < 10 ? "0" : "")\(number)"), enterprise: enterprise,
            hazard: hazard,
            equipment: item.registered.id, name: "\(name) \(number)", tag: tag, quantity: quantity, unit: unit,
            location: place, limits: limits, edgeLimits: edge, isKey: number == 1)
        return PointDesign(
            registered: registered, samplingPeriod: period(quantity), source: .detector(x: x, y: y),
            medium: item.medium, noise: noise, resolution: quantity == .combustibleGas ? 0.1 : 0.01, lagSeconds: 12,
            floor: 0)
    }

    private func period(_ quantity: Quantity) -> Interval {
        switch quantity {
        case .pressure, .combustibleGas, .toxicGas, .oxygen: .seconds(5 * samplingFactor)
        case .level, .temperature, .flow: .seconds(10 * samplingFactor)
        case .composition, .current, .wind, .humidity, .other: .seconds(30 * samplingFactor)
        }
    }

    /// The letter in the point's code and the letters of its tag.
    private static func letters(_ quantity: Quantity) -> (code: String, tag: String) {
        switch quantity {
        case .level: ("L", "LT")
        case .temperature: ("T", "TI")
        case .pressure: ("P", "PT")
        case .flow: ("F", "FT")
        case .combustibleGas: ("Q", "GT")
        case .toxicGas: ("D", "GT")
        case .oxygen: ("O", "AT")
        case .composition: ("C", "AT")
        case .current: ("A", "IT")
        case .wind: ("W", "WT")
        case .humidity: ("H", "HT")
        case .other: ("X", "XT")
        }
    }
}
