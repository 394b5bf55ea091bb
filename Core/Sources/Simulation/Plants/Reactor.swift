import Kernel

/// A continuously stirred reactor with an exothermic first-order reaction:
///
///     dc/dt = (1 − c)/τ − k(T) c
///     dT/dt = (T₀ − T)/τ + ΔT k(T) c − u (T − Tc)          k(T) = (1/τ) exp(γ (1 − T₀/T))
///
/// The working point lies where heat is made faster than it flows off by itself: it stands only because the controller
/// moves the coolant's temperature. Without coolant it runs away; that is Arrhenius, not a script.
struct Reactor: ProcessModel {
    let design: ReactorDesign
    static let ticksPerStep = 1
    var disturbance: Disturbance?
    var disturbances: [Disturbance] { [.coolingLoss, .overpressure] }

    /// Concentration of what has not reacted, 1 in the feed.
    private(set) var concentration = 0.5
    private(set) var kelvin: Double
    private var integral = 0.0
    private var coolant: Double
    private var coolingShare = 1.0
    private var isQuenching = false
    private var foreignPart = 0.0
    private let load: Wander
    private let stirring: Wander

    private static let activation = 25.0
    private static let residenceSeconds = 1_500.0
    private static let transferPerResidence = 2.092

    init(design: ReactorDesign, generator: inout SeededGenerator) {
        self.design = design
        kelvin = design.celsius + 273.15
        coolant = design.celsius + 273.15 - 50 * (design.celsius + 273.15) / 350
        load = Wander(seed: generator.next(), period: .minutes(40))
        stirring = Wander(seed: generator.next(), period: .seconds(90))
    }

    mutating func advance(seconds: Double, at instant: Timestamp, weather: Weather.State) {
        if disturbance == .coolingLoss { isQuenching = true }
        let goal = disturbance == .coolingLoss ? 0.06 : 1
        let pieces = max(1, Int((seconds / 2.5).rounded(.up)))
        for _ in 0..<pieces {
            let piece = seconds / Double(pieces)
            coolingShare += (goal - coolingShare) * min(1, piece / 40)
            react(seconds: piece, feed: 1 + 0.02 * load.value(at: instant))
        }
        let foreign = disturbance == .overpressure ? 0.4 : 0
        foreignPart += (foreign - foreignPart) * min(1, seconds / (foreign > 0 ? 600 : 120))
    }

    private mutating func react(seconds: Double, feed: Double) {
        let normal = design.celsius + 273.15
        let pace = seconds / Self.residenceSeconds
        let rate = Elementary.exp(Self.activation * (1 - normal / kelvin))
        let adiabatic = 209.2 * normal / 350
        let error = kelvin - normal
        // After a loss of cooling the operator stops the feed until the reactor is down to its working temperature.
        let isRestored = isQuenching && disturbance != .coolingLoss
        if isRestored, error < 0.5 {
            isQuenching = false
            integral = 0
            concentration = 0.5
        }
        let inflow = isRestored ? 0 : feed
        if !isQuenching { integral = min(30, max(-30, integral + error * pace * 2)) }
        let wanted = normal - 50 * normal / 350 - 6 * error - integral
        coolant = min(normal, max(normal - 160, isRestored ? normal - 110 : wanted))
        // Implicit in the concentration, so that a runaway cannot overshoot below zero.
        concentration = (concentration + inflow * pace) / (1 + (inflow + rate) * pace)
        let made = adiabatic * rate * concentration * pace
        let lost = Self.transferPerResidence * coolingShare * (kelvin - coolant) * pace
        kelvin += (normal - kelvin) * inflow * pace + made - lost
        kelvin = min(normal + 260, max(normal - 30, kelvin))
    }

    func value(of variable: Variable, at instant: Timestamp) -> Double? {
        let above = kelvin - design.celsius - 273.15
        return switch variable {
        case .temperature: kelvin - 273.15
        case .secondTemperature: coolant - 273.15
        case .pressure:
            design.megapascal
                * (1 + 0.006 * load.value(at: instant) + max(-0.02, above / (design.celsius + 273.15)) * 1.6
                    + foreignPart)
        case .flow: design.coolantCubicMetersPerHour * coolingShare * (1 + 0.015 * stirring.value(at: instant))
        case .current: design.stirrerAmperes.map { $0 * (1 + 0.03 * stirring.value(at: instant)) }
        case .level: design.levelPercent.map { $0 + 4 * load.value(at: instant) }
        case .blanket, .oxygenContent, .humidity: nil
        }
    }
}
