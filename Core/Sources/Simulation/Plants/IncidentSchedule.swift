public import Kernel

/// Lets incidents happen over a whole city, some an hour, at times and places that the seed decides.
public struct IncidentSchedule: Sendable {
    public let perHour: Double
    private var generator: SeededGenerator
    private var nextAt: Timestamp

    public init(perHour: Double, seed: UInt64, startingAt start: Timestamp) {
        precondition(perHour >= 0, "a rate of incidents below zero")
        self.perHour = perHour
        generator = SeededGenerator(seed: seed)
        nextAt = start
        nextAt = following(start)
    }

    /// What is to begin up to and including `end`: the plant's index, kind and severity. The plant picks the equipment.
    public mutating func due(to end: Timestamp, plants: Int) -> [(plant: Int, incident: Incident)] {
        var found: [(plant: Int, incident: Incident)] = []
        while nextAt <= end, plants > 0 {
            let incident = Incident(
                kind: Self.kind(generator.unit()), severity: Self.severity(generator.unit()), equipment: nil,
                startsAt: nextAt)
            found.append((generator.integer(0...plants - 1), incident))
            nextAt = following(nextAt)
        }
        return found
    }

    private mutating func following(_ instant: Timestamp) -> Timestamp {
        guard perHour > 0 else { return .distantFuture }
        let hours = -Elementary.log(1 - generator.unit()) / perHour
        return instant + .milliseconds(Int64(min(10_000, hours) * 3_600_000) + 1)
    }

    private static func kind(_ draw: Double) -> Incident.Kind {
        switch draw {
        case ..<0.26: .leak
        case ..<0.44: .overfill
        case ..<0.60: .overpressure
        case ..<0.70: .coolingLoss
        case ..<0.76: .sensorFreeze
        case ..<0.82: .sensorDrift
        case ..<0.88: .sensorDropout
        case ..<0.93: .badQuality
        default: .gatewayDropout
        }
    }

    private static func severity(_ draw: Double) -> Incident.Severity {
        switch draw {
        case ..<0.62: .mild
        case ..<0.92: .moderate
        case ..<0.99: .severe
        default: .extreme
        }
    }
}
