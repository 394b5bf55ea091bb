/// How far an office is with its day (domain §9): the share of checks and the share of must-checks. Both must be full:
/// one must-check missed and the day fails (XC-20).
public struct SpotCheckCompletion: Hashable, Sendable {
    public let minimum: Int
    public let must: Int
    public let mustChecked: Int
    /// Enterprises with a submitted record that day, each once.
    public let checked: Int

    public init(minimum: Int, must: Int, mustChecked: Int, checked: Int) {
        self.minimum = minimum
        self.must = must
        self.mustChecked = mustChecked
        self.checked = checked
    }

    /// Denominator of 抽查完成率.
    public var required: Int { max(minimum, must) }
    /// Numerator of 抽查完成率: more than required does not raise it above 100 %.
    public var counted: Int { min(checked, required) }
    public var missing: Int { required - counted }
    public var mustMissing: Int { must - mustChecked }
    public var isQualified: Bool { missing == 0 && mustMissing == 0 }

    /// What the office is told.
    public var shortfall: String? {
        guard !isQualified else { return nil }
        var parts: [String] = []
        if mustMissing > 0 { parts.append("必抽还差 \(mustMissing) 家(共 \(must) 家)") }
        if missing > 0 { parts.append("定额还差 \(missing) 家(共 \(required) 家)") }
        return parts.joined(separator: ",")
    }
}
