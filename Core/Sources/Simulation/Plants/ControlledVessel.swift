import Kernel

/// A vessel or column under control: everything stays near its set point; gas that breaks through from the
/// high-pressure side raises its pressure until somebody closes the valve.
struct ControlledVessel: ProcessModel {
    let design: VesselDesign
    static let ticksPerStep = 6
    var disturbance: Disturbance?
    var disturbances: [Disturbance] {
        design.levelPercent == nil ? [.overpressure] : [.overfill, .overpressure]
    }

    private var excessPressure = 0.0
    private var excessLevel = 0.0
    private let slow: Wander
    private let fast: Wander

    init(design: VesselDesign, generator: inout SeededGenerator) {
        self.design = design
        slow = Wander(seed: generator.next(), period: .minutes(38))
        fast = Wander(seed: generator.next(), period: .minutes(4))
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        if disturbance == .overpressure {
            excessPressure = min(design.megapascal * 0.7, excessPressure + design.megapascal * 0.014 * seconds / 60)
        } else {
            excessPressure -= excessPressure * min(1, seconds / 260)
        }
        if disturbance == .overfill {
            excessLevel = min(48, excessLevel + 4.5 * seconds / 60)
        } else {
            excessLevel -= excessLevel * min(1, seconds / 300)
        }
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        let sway = 0.75 * slow.value(at: instant) + 0.25 * fast.value(at: instant)
        return switch variable {
        case .pressure: design.megapascal * (1 + 0.045 * sway) + excessPressure
        case .temperature: design.celsius + 2 * sway + excessPressure / design.megapascal * 9
        case .secondTemperature: design.secondCelsius.map { $0 + 1.5 * fast.value(at: instant) }
        case .level: design.levelPercent.map { $0 + 9 * sway + excessLevel }
        case .flow: design.cubicMetersPerHour.map { $0 * (1 + 0.05 * fast.value(at: instant)) }
        case .blanket, .current, .oxygenContent, .humidity: nil
        }
    }
}

/// The set points of a vessel.
public struct VesselDesign: Hashable, Sendable {
    public var celsius: Double
    public var megapascal: Double
    public var levelPercent: Double?
    public var secondCelsius: Double?
    public var cubicMetersPerHour: Double?
}
