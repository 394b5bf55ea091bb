import Kernel

/// Liquid oxygen or natural gas in a vacuum-insulated tank. The heat that leaks in raises the pressure; a regulator
/// lets vapour off to the consumer. The liquid boils at the temperature that belongs to the pressure.
struct CryogenicTank: ProcessModel {
    let medium: Medium
    let heightMeters: Double
    static let ticksPerStep = 6
    var disturbance: Disturbance?
    var disturbances: [Disturbance] { [.overfill, .overpressure] }

    private(set) var fill: Double
    private(set) var megapascal: Double
    private var isRelieving = false
    private var isFilling = false
    private let drawPerHour: Double
    private let risePerHour: Double

    init(medium: Medium, heightMeters: Double, generator: inout SeededGenerator) {
        precondition(medium.vapour != nil, "\(medium.name) has no vapour curve")
        self.medium = medium
        self.heightMeters = heightMeters
        fill = 0.4 + 0.3 * generator.unit()
        megapascal = 0.62 + 0.1 * generator.unit()
        drawPerHour = 0.012 + 0.02 * generator.unit()
        risePerHour = 0.015 + 0.02 * generator.unit()
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        let hours = seconds / 3_600
        if disturbance == .overfill {
            fill += max(0.02, (0.86 - fill) / 10) * seconds / 60
        } else if fill > 0.8 {
            fill -= 0.01 * seconds / 60
            isFilling = false
        } else {
            if fill <= 0.34 { isFilling = true }
            if fill >= 0.74 { isFilling = false }
            fill += isFilling ? 0.35 * hours : -drawPerHour * hours
        }
        fill = min(0.985, max(0.01, fill))
        if disturbance == .overpressure {
            // The vacuum is gone: twenty times the heat, and the regulator does not follow.
            megapascal += 0.035 * seconds / 60
        } else {
            if megapascal >= 0.74 { isRelieving = true }
            if megapascal <= 0.63 { isRelieving = false }
            let fall = megapascal > 0.78 ? -1.2 : -0.16
            megapascal += (isRelieving ? fall : risePerHour) * hours
        }
        megapascal = min(1.9, max(0.3, megapascal))
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        switch variable {
        case .level: fill * heightMeters
        case .temperature: medium.vapour?.celsius(megapascalGauge: megapascal)
        case .pressure: megapascal
        case .secondTemperature, .blanket, .flow, .current, .oxygenContent, .humidity: nil
        }
    }
}
