import Kernel

/// An atmospheric tank: filled by a pump until the upper mark, drawn down to the lower one, its contents following the
/// outer air slowly, nitrogen kept above it.
struct StorageTank: ProcessModel {
    let heightMeters: Double
    static let ticksPerStep = 6
    var disturbance: Disturbance?
    var disturbances: [Disturbance] { [.overfill, .overpressure] }

    /// Level as a part of the height.
    private(set) var fill: Double
    private(set) var celsius: Double?
    private var isFilling: Bool
    private var blanketExcess = 0.0
    private let fillPerHour: Double
    private let drawPerHour: Double
    private let warmthHours: Double
    private let heatedTo: Double?
    private let breath: Wander

    static let lowMark = 0.30
    static let highMark = 0.72

    init(heightMeters: Double, heatedTo: Double? = nil, generator: inout SeededGenerator) {
        self.heightMeters = heightMeters
        self.heatedTo = heatedTo
        fill = 0.34 + 0.34 * generator.unit()
        isFilling = generator.chance(0.5)
        fillPerHour = 0.03 + 0.06 * generator.unit()
        drawPerHour = 0.04 + 0.08 * generator.unit()
        warmthHours = 30 + 40 * generator.unit()
        breath = Wander(seed: generator.next(), period: .minutes(17))
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        let hours = seconds / 3_600
        if disturbance == .overfill {
            // A transfer from a larger tank with the stop valve left open.
            fill += max(0.022, (0.82 - fill) / 12) * seconds / 60
        } else if fill > 0.76 {
            fill -= 0.012 * seconds / 60
            isFilling = false
        } else {
            if fill >= Self.highMark { isFilling = false }
            if fill <= Self.lowMark { isFilling = true }
            let isLoading = weather.hourOfDay > 7 && weather.hourOfDay < 19
            fill += isFilling ? fillPerHour * hours : (isLoading ? -drawPerHour * hours : -0.01 * hours)
        }
        fill = min(0.985, max(0.01, fill))
        let outside = heatedTo ?? weather.temperatureCelsius + 4 * weather.sun
        let now = celsius ?? outside
        celsius = now + (outside - now) * min(1, hours / warmthHours)
        let target = disturbance == .overpressure ? 1.9 : 0
        blanketExcess += (target - blanketExcess) * min(1, seconds / (target > 0 ? 420 : 150))
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        switch variable {
        case .level: fill * heightMeters
        case .temperature: celsius
        case .blanket: 0.8 + 0.12 * breath.value(at: instant) + (isFilling ? 0.1 : -0.1) + blanketExcess
        case .secondTemperature, .pressure, .flow, .current, .oxygenContent, .humidity: nil
        }
    }
}
