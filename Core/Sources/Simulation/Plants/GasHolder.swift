import Kernel

/// A gas holder between the producers' and the consumers' fans: its volume breathes, its pressure is the weight of the
/// piston, a little oxygen is always in the gas.
struct GasHolder: ProcessModel {
    let heightMeters: Double
    static let ticksPerStep = 6
    var disturbance: Disturbance?
    var disturbances: [Disturbance] { [.overfill, .overpressure] }

    private let breathing: Wander
    private let ripple: Wander
    private let air: Wander
    private var excessFill = 0.0
    private var excessKilopascal = 0.0
    private var celsius: Double?

    init(heightMeters: Double, generator: inout SeededGenerator) {
        self.heightMeters = heightMeters
        breathing = Wander(seed: generator.next(), period: .minutes(75))
        ripple = Wander(seed: generator.next(), period: .minutes(6))
        air = Wander(seed: generator.next(), period: .hours(2))
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        if disturbance == .overfill {
            excessFill = min(0.42, excessFill + 0.045 * seconds / 60)
        } else {
            excessFill -= excessFill * min(1, seconds / 300)
        }
        let target = disturbance == .overpressure ? 2.2 : 0
        excessKilopascal += (target - excessKilopascal) * min(1, seconds / (target > 0 ? 500 : 150))
        let now = celsius ?? weather.temperatureCelsius + 8
        celsius = now + (weather.temperatureCelsius + 8 - now) * min(1, seconds / 7_200)
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        switch variable {
        case .level:
            heightMeters
                * min(0.99, 0.52 + 0.16 * breathing.value(at: instant) + 0.03 * ripple.value(at: instant) + excessFill)
        case .pressure: 3.0 + 0.15 * ripple.value(at: instant) + excessKilopascal
        case .temperature: celsius
        case .oxygenContent: 0.35 + 0.12 * air.value(at: instant)
        case .secondTemperature, .blanket, .flow, .current, .humidity: nil
        }
    }
}
