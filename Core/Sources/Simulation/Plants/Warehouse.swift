import Kernel

/// A warehouse: its air follows the outer air half a day late.
struct Warehouse: ProcessModel {
    static let ticksPerStep = 60
    var disturbance: Disturbance?
    var disturbances: [Disturbance] { [] }

    private var celsius: Double?
    private var humidity: Double?

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        let share = min(1, seconds / 28_000)
        let now = celsius ?? 14
        celsius = now + (max(6, weather.temperatureCelsius) - now) * share
        let damp = humidity ?? 50
        humidity = damp + (weather.humidityPercent * 0.8 - damp) * share
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        switch variable {
        case .temperature: celsius
        case .humidity: humidity
        case .level, .secondTemperature, .pressure, .blanket, .flow, .current, .oxygenContent: nil
        }
    }
}
