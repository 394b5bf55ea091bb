import Kernel

/// A sphere or drum of liquefied gas. Its pressure is that of the saturated vapour at the temperature of the liquid,
/// and what foreign gas got into it on top.
struct PressureTank: ProcessModel {
    let medium: Medium
    let heightMeters: Double
    static let ticksPerStep = 6
    var disturbance: Disturbance?
    var disturbances: [Disturbance] {
        kept == nil ? [.overfill, .overpressure] : [.overfill, .coolingLoss, .overpressure]
    }

    /// Held at this temperature by refrigeration; nil: follows the weather, with water on the shell when it is hot.
    let kept: Double?
    private(set) var fill: Double
    private(set) var celsius: Double
    private(set) var foreignMegapascal = 0.0
    private var isFilling: Bool
    private let fillPerHour: Double
    private let drawPerHour: Double
    private let swing: Wander

    init(medium: Medium, heightMeters: Double, kept: Double?, generator: inout SeededGenerator) {
        precondition(medium.vapourMegapascal(celsius: 20) != nil, "\(medium.name) is not kept under its own vapour")
        self.medium = medium
        self.heightMeters = heightMeters
        self.kept = kept
        celsius = kept ?? 15
        fill = 0.36 + 0.3 * generator.unit()
        isFilling = generator.chance(0.5)
        fillPerHour = 0.02 + 0.04 * generator.unit()
        drawPerHour = 0.03 + 0.05 * generator.unit()
        swing = Wander(seed: generator.next(), period: .minutes(47))
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        let hours = seconds / 3_600
        if disturbance == .overfill {
            fill += max(0.02, (0.85 - fill) / 12) * seconds / 60
        } else if fill > 0.79 {
            fill -= 0.01 * seconds / 60
            isFilling = false
        } else {
            if fill >= 0.74 { isFilling = false }
            if fill <= 0.32 { isFilling = true }
            fill += isFilling ? fillPerHour * hours : -drawPerHour * hours
        }
        fill = min(0.985, max(0.01, fill))
        if disturbance == .coolingLoss {
            // Warm product keeps coming from the plant and nothing takes its heat away.
            celsius += 0.9 * seconds / 60
        } else {
            let outside = min(30, weather.temperatureCelsius + 2 * weather.sun)
            let target = kept.map { $0 + 0.8 * swing.value(at: instant) } ?? outside
            let pull = celsius > target + 2 ? 10.0 / 60 : (kept == nil ? 14 : 1.5)
            celsius += (target - celsius) * min(1, hours / pull)
        }
        if disturbance == .overpressure {
            foreignMegapascal += (medium == .ammonia ? 0.045 : 0.09) * seconds / 60
        } else {
            foreignMegapascal -= foreignMegapascal * min(1, seconds / 240)
        }
        foreignMegapascal = min(2.5, foreignMegapascal)
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        switch variable {
        case .level: fill * heightMeters
        case .temperature: celsius
        case .pressure: (medium.vapourMegapascal(celsius: celsius) ?? 0) + foreignMegapascal
        case .secondTemperature, .blanket, .flow, .current, .oxygenContent, .humidity: nil
        }
    }
}
