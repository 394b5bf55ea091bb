import Kernel

/// What can be measured on a piece of equipment.
public enum Variable: String, CaseIterable, Hashable, Sendable {
    case level, temperature, secondTemperature, pressure, blanket, flow, current, oxygenContent, humidity
}

/// A fault of the process itself. Instruments have their own (`SensorFault`).
public enum Disturbance: String, Hashable, Sendable {
    case overfill, coolingLoss, overpressure
}

/// A piece of equipment whose state follows physics. It is a value: stepping it twice from the same state gives the
/// same result.
protocol ProcessModel: Sendable {
    /// The faults that this kind of equipment can have.
    var disturbances: [Disturbance] { get }
    /// The fault at work now; its end is the operator's doing, after which the controls bring the state back.
    var disturbance: Disturbance? { get set }
    /// How many ticks pass between two steps of the equations; slow things need not be reckoned every five seconds.
    static var ticksPerStep: Int { get }
    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State)
    /// nil where this equipment has no such variable.
    func value(of variable: Variable, at instant: Timestamp) -> Double?
}
