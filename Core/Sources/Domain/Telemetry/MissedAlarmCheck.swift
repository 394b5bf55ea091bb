/// 漏报: whether the edge (the enterprise's own system) keeps silent about what our limits call an alarm, and whether
/// it watches with limits laxer than ours (domain §5.1 `isUnderreporting`, §11; data-quality Art. 8, SJ-23).
public enum MissedAlarmCheck {
    /// The state that our limits call for, delays and deadband left aside.
    public static func expected(value: Double, limits: PointLimits) -> PointState {
        if let limit = limits.highHigh, value >= limit { return .highHigh }
        if let limit = limits.lowLow, value <= limit { return .lowLow }
        if let limit = limits.high, value >= limit { return .high }
        if let limit = limits.low, value <= limit { return .low }
        return .normal
    }

    /// The edge reported a state that is less than what the value calls for. Bad values tell nothing.
    public static func isMissed(value: Double, quality: Quality, reported: PointState, limits: PointLimits) -> Bool {
        guard quality.mayRaise, !value.isNaN else { return false }
        return reported.severity < expected(value: value, limits: limits).severity
    }

    /// The limits that are laxer at the edge than ours, or missing there, by name. A point whose edge limits were
    /// never told has none to compare.
    public static func laxerAtEdge(ours: PointLimits, edge: PointLimits) -> [PointState] {
        guard edge.hasLimit else { return [] }
        var found: [PointState] = []
        if let limit = ours.lowLow, (edge.lowLow ?? -.infinity) < limit { found.append(.lowLow) }
        if let limit = ours.low, (edge.low ?? -.infinity) < limit { found.append(.low) }
        if let limit = ours.high, (edge.high ?? .infinity) > limit { found.append(.high) }
        if let limit = ours.highHigh, (edge.highHigh ?? .infinity) > limit { found.append(.highHigh) }
        return found
    }
}
