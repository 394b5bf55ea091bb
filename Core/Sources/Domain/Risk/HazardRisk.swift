public import Kernel

/// The risk level of one source over time (domain §6, 防抖): it rises at once, and falls below a level only after the
/// score has stayed under that level's threshold less 3, and the hard rules under that level, for five minutes without
/// a break. While a point of the source is offline or bad it does not fall, and the five minutes start again after.
///
/// Each level has its own five minutes, so a score that sinks step by step is not held at the top longer than the text
/// says, and one that drops to the ground falls in one step.
public struct HazardRisk: Hashable, Sendable {
    public private(set) var level: Level
    /// Since when the score has been low enough to leave yellow, orange, red; nil where it is not.
    public private(set) var belowSince: [Level: Timestamp]
    public private(set) var isFrozen: Bool

    public init(level: Level = .blue, belowSince: [Level: Timestamp] = [:], isFrozen: Bool = false) {
        self.level = level
        self.belowSince = belowSince
        self.isFrozen = isFrozen
    }

    public struct Change: Hashable, Sendable {
        public var from: Level
        public var to: Level

        public init(from: Level, to: Level) {
            self.from = from
            self.to = to
        }
    }

    /// Takes the assessment of an instant; answers the change of level that it makes.
    public mutating func update(
        _ assessment: RiskAssessment, isFrozen isNowFrozen: Bool, by model: RiskModel, at instant: Timestamp
    ) -> Change? {
        let previous = level
        isFrozen = isNowFrozen
        level = max(level, assessment.level(by: model))
        let floor = assessment.floor?.level ?? .blue
        for warning in Level.warnings {
            let threshold = model.levels.threshold(of: warning) - model.levels.hysteresis
            if warning <= level, !isFrozen, assessment.score < threshold, floor < warning {
                belowSince[warning] = belowSince[warning] ?? instant
            } else {
                belowSince[warning] = nil
            }
        }
        let hold = Interval.minutes(model.levels.holdMinutes)
        while let since = belowSince[level], instant - since >= hold, let lower = Level(rawValue: level.rawValue - 1) {
            belowSince[level] = nil
            level = lower
        }
        return level == previous ? nil : Change(from: previous, to: level)
    }

    /// When the present level's five minutes end.
    public func holdEndsAt(by model: RiskModel) -> Timestamp? {
        belowSince[level].map { $0 + .minutes(model.levels.holdMinutes) }
    }

    /// The next instant at which the level can change by itself.
    public func nextChangeAt(_ assessment: RiskAssessment, by model: RiskModel) -> Timestamp? {
        [assessment.nextChangeAt, holdEndsAt(by: model)].compactMap(\.self).min()
    }
}
