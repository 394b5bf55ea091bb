/// The figures of one unit over one period.
public struct FigureSet: Hashable, Sendable {
    public var rates: [FigureKind: Ratio] = [:]
    /// Milliseconds until clear over alarms cleared.
    public var clearTime = Ratio.none
    /// Warnings raised, by their highest level.
    public var warnings: [Level: Int] = [:]
    /// Orange and red episodes that began (A25), by their highest level.
    public var episodes: [Level: Int] = [:]
    /// Enterprises that count, and those without a gateway.
    public var enterprises = 0
    public var unconnected = 0

    public init() {}

    public subscript(kind: FigureKind) -> Ratio {
        get { rates[kind] ?? .none }
        set { rates[kind] = newValue }
    }

    public var considerable: Int { (episodes[.orange] ?? 0) + (episodes[.red] ?? 0) }
    public var alarms: Int { Int(self[.alarmsCleared].denominator) }
    public var openAlarms: Int { Int(self[.alarmsCleared].missing) }

    public static func + (left: FigureSet, right: FigureSet) -> FigureSet {
        var sum = left
        sum.rates.merge(right.rates, uniquingKeysWith: +)
        sum.clearTime += right.clearTime
        sum.warnings.merge(right.warnings, uniquingKeysWith: +)
        sum.episodes.merge(right.episodes, uniquingKeysWith: +)
        sum.enterprises += right.enterprises
        sum.unconnected += right.unconnected
        return sum
    }
}
