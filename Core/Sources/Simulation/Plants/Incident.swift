public import Kernel

/// Something that goes wrong in a plant.
public struct Incident: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case overfill, coolingLoss, overpressure, leak
        case sensorFreeze, sensorDrift, sensorDropout, badQuality
        case gatewayDropout
    }

    /// How long it takes until somebody acts, and how much escapes. Most end in blue or yellow.
    public enum Severity: String, CaseIterable, Hashable, Sendable {
        case mild, moderate, severe, extreme
    }

    public var kind: Kind
    public var severity: Severity
    /// Index of the equipment in its plant; nil where the whole plant is meant.
    public var equipment: Int?
    public var startsAt: Timestamp

    public init(kind: Kind, severity: Severity, equipment: Int?, startsAt: Timestamp) {
        self.kind = kind
        self.severity = severity
        self.equipment = equipment
        self.startsAt = startsAt
    }
}

extension Incident.Kind {
    public var label: String {
        switch self {
        case .overfill: "满罐溢流"
        case .coolingLoss: "冷却中断"
        case .overpressure: "超压"
        case .leak: "泄漏"
        case .sensorFreeze: "仪表死值"
        case .sensorDrift: "仪表漂移"
        case .sensorDropout: "仪表断线"
        case .badQuality: "仪表质量差"
        case .gatewayDropout: "网关断线"
        }
    }

    var disturbance: Disturbance? {
        switch self {
        case .overfill: .overfill
        case .coolingLoss: .coolingLoss
        case .overpressure: .overpressure
        case .leak, .sensorFreeze, .sensorDrift, .sensorDropout, .badQuality, .gatewayDropout: nil
        }
    }
}

extension Incident.Severity {
    /// From the first point beyond its limit until somebody has done the right thing.
    func reaction(_ generator: inout SeededGenerator) -> Interval {
        let minutes: ClosedRange<Int> =
            switch self {
            case .mild: 1...4
            case .moderate: 6...14
            case .severe: 15...35
            case .extreme: 45...80
            }
        return .seconds(Int64(generator.integer(minutes.lowerBound * 60...minutes.upperBound * 60)))
    }

    /// How long a fault of an instrument or a gateway lasts.
    func outage(_ generator: inout SeededGenerator) -> Interval {
        let minutes: ClosedRange<Int> =
            switch self {
            case .mild: 4...9
            case .moderate: 12...40
            case .severe: 40...120
            case .extreme: 120...300
            }
        return .minutes(Int64(generator.integer(minutes)))
    }

    /// The concentration at the detector beneath the wind, in parts of its first limit (the second is two of them).
    var leakOverFirstLimit: Double {
        switch self {
        case .mild: 1.25
        case .moderate: 1.5
        case .severe: 3.2
        case .extreme: 4.5
        }
    }
}
