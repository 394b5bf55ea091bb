import Domain
import Kernel

/// Makes the equipment and the points of one hazard source.
struct HazardBuilder {
    let hazard: HazardID
    let enterprise: EnterpriseID
    let area: Int
    let samplingFactor: Int64
    private(set) var equipment: [EquipmentDesign] = []

    init(hazard: HazardID, enterprise: EnterpriseID, area: Int, samplingFactor: Int64) {
        self.hazard = hazard
        self.enterprise = enterprise
        self.area = area
        self.samplingFactor = samplingFactor
    }

    mutating func build(_ plan: HazardPlan) {
        switch plan.layout {
        case .ammoniaSynthesis: ammoniaSynthesis()
        case .tanks(let medium, let count, let celsius):
            for _ in 0..<count { tank(medium, celsius: celsius) }
        case .spheres(let medium, let count, let kept):
            for _ in 0..<count { sphere(medium, kept: kept) }
        case .cryogenic(let medium, let count):
            for _ in 0..<count { cryogenic(medium) }
        case .gasHolder(let count):
            for _ in 0..<count { gasHolder() }
        case .reactors(let medium, let name, let celsius, let megapascal, let reactors, let vessels):
            for _ in 0..<reactors { reactor(medium, name: name, celsius: celsius, megapascal: megapascal) }
            for index in 0..<vessels {
                let design = VesselDesign(
                    celsius: 60 + 12 * Double(index), megapascal: max(0.3, megapascal * 0.6), levelPercent: 50,
                    secondCelsius: 95 + 10 * Double(index), cubicMetersPerHour: 24)
                vessel(["产物分离罐", "精馏塔", "回流罐", "脱轻塔"][index % 4], medium, design)
            }
        case .warehouse(let medium, let rooms):
            for _ in 0..<rooms { warehouse(medium) }
        }
    }

    private mutating func ammoniaSynthesis() {
        reactor(.ammonia, name: "氨合成塔", celsius: 465, megapascal: 14.5)
        let separator = VesselDesign(celsius: -4, megapascal: 13.6, levelPercent: 48, cubicMetersPerHour: 32)
        vessel("氨分离器", .ammonia, separator, detectors: 5)
        // The letdown vessel of the story: 1.50 < 1.60 < 2.20 < 2.40 MPa around a working pressure of 1.9.
        let letdown = VesselDesign(celsius: 6, megapascal: 1.9, levelPercent: 52, cubicMetersPerHour: 30)
        let limits = PointLimits(rangeLow: 0, rangeHigh: 4, lowLow: 1.5, low: 1.6, high: 2.2, highHigh: 2.4)
        vessel("液氨中间槽", .ammonia, letdown, pressureLimits: limits, edgeHigh: 2.25, detectors: 6)
    }

    // MARK: equipment

    private mutating func tank(_ medium: Medium, celsius: Double?) {
        let height = 12.0 + Double(equipment.count % 3) * 1.5
        var item = begin("\(medium.name)储罐", letter: "T", .atmosphericTank, medium, form: .liquid)
        item.process = .storageTank(heightMeters: height, heatedTo: celsius)
        item.points.append(
            point(item, "液位", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.18, 0.82, 0.90), noise: 0.006))
        item.points.append(
            point(item, "液位 B", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.18, 0.82, 0.90), noise: 0.008))
        let warm = celsius.map { max(40, $0 + 12) } ?? 42
        let limits = PointLimits(rangeLow: -40, rangeHigh: 150, high: warm, highHigh: warm + 10)
        item.points.append(point(item, "温度", .temperature, .temperature, "℃", limits, noise: 0.1, resolution: 0.1))
        if medium.lowerExplosivePercent != nil {
            let blanket = PointLimits(rangeLow: -1, rangeHigh: 3, low: 0.2, high: 1.6, highHigh: 1.9)
            item.points.append(point(item, "氮封压力", .blanket, .pressure, "kPa", blanket, noise: 0.01))
        }
        detectors(on: &item, count: 7)
        equipment.append(item)
    }

    private mutating func sphere(_ medium: Medium, kept: Double?) {
        let height = 14.0
        var item = begin("液化\(medium.name)储罐".tidied, letter: "V", .pressureTank, medium, form: .liquefiedGas)
        item.process = .pressureTank(heightMeters: height, kept: kept)
        item.points.append(
            point(
                item, "液位", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.18, 0.85, 0.90), noise: 0.006,
                isKey: true))
        item.points.append(
            point(item, "液位 B", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.18, 0.85, 0.90), noise: 0.008))
        let temperature =
            kept.map { PointLimits(rangeLow: -50, rangeHigh: 100, high: $0 + 8, highHigh: $0 + 14) }
            ?? PointLimits(rangeLow: -50, rangeHigh: 100, high: 42, highHigh: 50)
        item.points.append(
            point(item, "温度", .temperature, .temperature, "℃", temperature, noise: 0.08, resolution: 0.1))
        item.points.append(
            point(item, "上部温度", .temperature, .temperature, "℃", temperature, noise: 0.1, resolution: 0.1))
        let pressure =
            medium == .ammonia
            ? PointLimits(rangeLow: 0, rangeHigh: 1.6, high: 0.55, highHigh: 0.68)
            : PointLimits(
                rangeLow: 0, rangeHigh: 2.5, high: medium == .chlorine ? 1.0 : 1.1,
                highHigh: medium == .chlorine ? 1.2 : 1.35)
        item.points.append(point(item, "压力", .pressure, .pressure, "MPa", pressure, noise: 0.002, isKey: true))
        detectors(on: &item, count: 6)
        equipment.append(item)
    }

    private mutating func cryogenic(_ medium: Medium) {
        let height = 10.0
        let name = medium == .oxygen ? "液氧储罐" : "液化天然气储罐"
        var item = begin(name, letter: "T", .pressureTank, medium, form: .liquefiedGas)
        item.process = .cryogenicTank(heightMeters: height)
        item.points.append(
            point(item, "液位", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.20, 0.86, 0.92), noise: 0.006))
        item.points.append(
            point(item, "液位 B", .level, .level, "m", PointLimits.ladder(height, 0.10, 0.20, 0.86, 0.92), noise: 0.008))
        let top = medium == .oxygen ? -152.0 : -123.0
        let temperature = PointLimits(rangeLow: -210, rangeHigh: 60, high: top, highHigh: top + 4)
        item.points.append(
            point(item, "温度", .temperature, .temperature, "℃", temperature, noise: 0.08, resolution: 0.1))
        let pressure = PointLimits(rangeLow: 0, rangeHigh: 2, low: 0.45, high: 0.9, highHigh: 1.05)
        item.points.append(point(item, "压力", .pressure, .pressure, "MPa", pressure, noise: 0.002, isKey: true))
        detectors(on: &item, count: 6)
        equipment.append(item)
    }

    private mutating func gasHolder() {
        var item = begin("煤气柜", letter: "V", .gasHolder, .carbonMonoxide, form: .gas)
        item.process = .gasHolder(heightMeters: 32)
        item.points.append(
            point(
                item, "柜位", .level, .level, "m", PointLimits.ladder(32, 0.15, 0.25, 0.82, 0.90), noise: 0.02,
                isKey: true))
        let pressure = PointLimits(rangeLow: 0, rangeHigh: 6, lowLow: 1.8, low: 2.2, high: 4.0, highHigh: 4.5)
        item.points.append(point(item, "压力", .pressure, .pressure, "kPa", pressure, noise: 0.01, isKey: true))
        let temperature = PointLimits(rangeLow: -30, rangeHigh: 100, high: 55, highHigh: 65)
        item.points.append(
            point(item, "出口温度", .temperature, .temperature, "℃", temperature, noise: 0.1, resolution: 0.1))
        let oxygen = PointLimits(rangeLow: 0, rangeHigh: 5, high: 1.0)
        item.points.append(point(item, "氧含量", .oxygenContent, .oxygen, "%VOL", oxygen, noise: 0.01))
        detectors(on: &item, count: 8)
        equipment.append(item)
    }

    private mutating func reactor(_ medium: Medium, name: String, celsius: Double, megapascal: Double) {
        var item = begin(name, letter: "R", .processUnit, medium, form: .gas)
        let design = ReactorDesign(
            celsius: celsius, megapascal: megapascal, coolantCubicMetersPerHour: 120, stirrerAmperes: 46,
            levelPercent: 50)
        item.process = .reactor(design)
        let bed = PointLimits(
            rangeLow: max(-50, celsius - 150), rangeHigh: celsius + 150, lowLow: celsius - 25, low: celsius - 15,
            high: celsius + 12, highHigh: celsius + 20)
        item.points.append(
            point(item, "反应温度", .temperature, .temperature, "℃", bed, noise: 0.2, resolution: 0.1, isKey: true))
        item.points.append(
            point(item, "反应温度 B", .temperature, .temperature, "℃", bed, noise: 0.25, resolution: 0.1))
        let coolant = PointLimits(rangeLow: -200, rangeHigh: celsius + 100, high: celsius + 10)
        item.points.append(
            point(item, "冷却介质温度", .secondTemperature, .temperature, "℃", coolant, noise: 0.2, resolution: 0.1))
        let pressure = PointLimits.around(megapascal, 0.82, 0.88, 1.10, 1.18, range: 0...(megapascal * 1.6))
        item.points.append(
            point(item, "压力", .pressure, .pressure, "MPa", pressure, noise: megapascal * 0.001, isKey: true))
        let flow = PointLimits.around(120, 0.4, 0.6, 1.3, nil, range: 0...200)
        item.points.append(point(item, "冷却流量", .flow, .flow, "m³/h", flow, noise: 0.3, resolution: 0.1))
        let current = PointLimits.around(46, nil, 0.6, 1.3, nil, range: 0...100)
        item.points.append(point(item, "搅拌电流", .current, .current, "A", current, noise: 0.1, resolution: 0.1))
        let level = PointLimits.ladder(100, 0.15, 0.25, 0.75, 0.85)
        item.points.append(point(item, "液位", .level, .level, "%", level, noise: 0.1, resolution: 0.1))
        detectors(on: &item, count: 6)
        equipment.append(item)
    }

    private mutating func vessel(
        _ name: String, _ medium: Medium, _ design: VesselDesign, pressureLimits: PointLimits? = nil,
        edgeHigh: Double? = nil, detectors count: Int = 6
    ) {
        var item = begin(name, letter: "V", .processUnit, medium, form: .liquid)
        item.process = .vessel(design)
        let limits =
            pressureLimits
            ?? PointLimits.around(
                design.megapascal, 0.80, 0.86, 1.12, 1.24, range: 0...((design.megapascal * 20).rounded(.up) / 10))
        var pressure = point(
            item, "压力", .pressure, .pressure, "MPa", limits, noise: design.megapascal * 0.0008, isKey: true)
        if let edgeHigh { pressure.registered.edgeLimits.high = edgeHigh }
        item.points.append(pressure)
        let warm = PointLimits(
            rangeLow: -50, rangeHigh: 250, low: design.celsius - 10, high: design.celsius + 10,
            highHigh: design.celsius + 18)
        item.points.append(point(item, "温度", .temperature, .temperature, "℃", warm, noise: 0.1, resolution: 0.1))
        if let second = design.secondCelsius {
            let bottom = PointLimits(rangeLow: -50, rangeHigh: 300, low: second - 12, high: second + 12)
            item.points.append(
                point(item, "釜底温度", .secondTemperature, .temperature, "℃", bottom, noise: 0.1, resolution: 0.1))
        }
        let level = PointLimits.ladder(100, 0.15, 0.25, 0.75, 0.85)
        item.points.append(point(item, "液位", .level, .level, "%", level, noise: 0.1, resolution: 0.1))
        if let normal = design.cubicMetersPerHour {
            let flow = PointLimits.around(normal, 0.4, 0.6, 1.4, nil, range: 0...(normal * 2))
            item.points.append(point(item, "流量", .flow, .flow, "m³/h", flow, noise: normal * 0.002))
        }
        detectors(on: &item, count: count)
        equipment.append(item)
    }

    private mutating func warehouse(_ medium: Medium) {
        let form: MaterialForm = medium == .ammoniumNitrate ? .solid : .liquid
        var item = begin("\(medium.name)库房", letter: "W", .warehouse, medium, form: form)
        item.process = .warehouse
        let temperature = PointLimits(rangeLow: -30, rangeHigh: 80, high: 36, highHigh: 40)
        item.points.append(point(item, "温度", .temperature, .temperature, "℃", temperature, noise: 0.1, resolution: 0.1))
        let humidity = PointLimits(rangeLow: 0, rangeHigh: 100, high: 85, highHigh: 92)
        item.points.append(point(item, "湿度", .humidity, .humidity, "%RH", humidity, noise: 0.3, resolution: 0.1))
        if medium != .ammoniumNitrate { detectors(on: &item, count: 10) }
        equipment.append(item)
    }
}

extension String {
    /// 液化液化石油气 → 液化石油气, 液化氨 → 液氨.
    fileprivate var tidied: String {
        if hasPrefix("液化液化") { return String(dropFirst(2)) }
        if hasPrefix("液化氨") || hasPrefix("液化氯") { return "液" + dropFirst(2) }
        return self
    }
}
