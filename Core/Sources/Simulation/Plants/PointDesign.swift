public import Domain
public import Kernel

/// A monitoring point as the registry has it, and how its instrument behaves.
public struct PointDesign: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        case variable(Variable)
        /// A gas detector at a place on the site, metres from the middle of its source.
        case detector(x: Double, y: Double)
    }

    public var registered: MonitoringPoint
    public var samplingPeriod: Interval

    var source: Source
    var medium: Medium
    /// Standard deviation of the noise, cut off at three times itself.
    var noise: Double
    var resolution: Double
    var lagSeconds: Double
    /// Below this the instrument shows this: no detector shows less than nothing.
    var floor: Double?

    var limits: PointLimits { registered.limits }
    var rangeLow: Double { limits.rangeLow ?? -.infinity }
    var rangeHigh: Double { limits.rangeHigh ?? .infinity }

    var isGasDetector: Bool {
        switch source {
        case .variable: false
        case .detector: true
        }
    }

    /// What a cloud adds to the reading of this detector.
    func response(to cloud: Medium, gramsPerCubicMeter grams: Double) -> Double {
        switch registered.quantity {
        case .combustibleGas: return cloud.percentOfLowerExplosive(gramsPerCubicMeter: grams) ?? 0
        case .toxicGas:
            guard cloud.name == medium.name else { return 0 }
            let isParts = registered.unit == "ppm"
            return isParts ? cloud.volumePercent(gramsPerCubicMeter: grams) * 10_000 : grams * 1_000
        case .oxygen:
            let share = min(1, cloud.volumePercent(gramsPerCubicMeter: grams) / 100)
            return cloud == .oxygen ? (100 - 20.9) * share : -20.9 * share
        case .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other: return 0
        }
    }
}
