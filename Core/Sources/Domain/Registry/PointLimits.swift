/// The range of a point and its four limits (domain §4.1, data-quality measures Art. 5; SJ-11). Gas points use `high`
/// for 一级 and `highHigh` for 二级; oxygen uses `low` for 欠氧 and `high` for 富氧.
public struct PointLimits: Hashable, Sendable {
    public var rangeLow: Double?
    public var rangeHigh: Double?
    public var lowLow: Double?
    public var low: Double?
    public var high: Double?
    public var highHigh: Double?

    public init(
        rangeLow: Double? = nil, rangeHigh: Double? = nil, lowLow: Double? = nil, low: Double? = nil,
        high: Double? = nil, highHigh: Double? = nil
    ) {
        self.rangeLow = rangeLow
        self.rangeHigh = rangeHigh
        self.lowLow = lowLow
        self.low = low
        self.high = high
        self.highHigh = highHigh
    }

    public var hasLimit: Bool { lowLow != nil || low != nil || high != nil || highHigh != nil }

    /// `rangeLow < LL < L < H < HH < rangeHigh`, empty ones skipped; H equal to the range's top is a caution.
    public func violations(for quantity: Quantity) -> [Violation] {
        var found: [Violation] = []
        let written = ladder.compactMap { field, value in value.map { (field, $0) } }
        for (field, value) in written where !value.isFinite { found.append(Violation(field, "不是一个数")) }
        guard found.isEmpty else { return found }
        for ((field, value), (nextField, nextValue)) in zip(written, written.dropFirst()) where value >= nextValue {
            if field == .high, nextField == .rangeHigh, value == nextValue {
                found.append(Violation(.high, "等于量程上限 \(value.plainText),越限时量程已到顶", .caution))
            } else {
                let text = "\(value.plainText) 不小于\(nextField.label) \(nextValue.plainText)"
                found.append(Violation(field, text))
            }
        }
        if !hasLimit {
            let weight: Violation.Weight = quantity.needsLimit ? .refusal : .caution
            found.append(Violation(.high, "低低报、低报、高报、高高报都没有填,未正确设置", weight))
        }
        return found + missingRange(for: quantity) + misplaced(for: quantity)
    }

    /// The limits that would alarm later in `new` than in these: gone, or moved outwards. A loosened limit needs the
    /// regulator (SJ-22).
    public func loosened(by new: PointLimits) -> [Field] {
        func isLater(_ old: Double?, _ new: Double?, _ isOutward: (Double, Double) -> Bool) -> Bool {
            guard let old else { return false }
            return new.map { isOutward($0, old) } ?? true
        }
        var fields: [Field] = []
        if isLater(lowLow, new.lowLow, <) { fields.append(.lowLow) }
        if isLater(low, new.low, <) { fields.append(.low) }
        if isLater(high, new.high, >) { fields.append(.high) }
        if isLater(highHigh, new.highHigh, >) { fields.append(.highHigh) }
        return fields
    }

    public subscript(field: Field) -> Double? { ladder.first { $0.0 == field }?.1 }

    /// Whether the value lies beyond one of the limits.
    public func isBeyond(_ value: Double) -> Bool {
        if let high, value >= high { return true }
        if let highHigh, value >= highHigh { return true }
        if let low, value <= low { return true }
        if let lowLow, value <= lowLow { return true }
        return false
    }

    private var ladder: [(Field, Double?)] {
        [
            (.rangeLow, rangeLow), (.lowLow, lowLow), (.low, low), (.high, high), (.highHigh, highHigh),
            (.rangeHigh, rangeHigh),
        ]
    }

    private func missingRange(for quantity: Quantity) -> [Violation] {
        guard quantity.needsLimit else { return [] }
        var found: [Violation] = []
        if rangeLow == nil { found.append(Violation(.rangeLow, "没有填")) }
        if rangeHigh == nil { found.append(Violation(.rangeHigh, "没有填")) }
        return found
    }

    private func misplaced(for quantity: Quantity) -> [Violation] {
        switch quantity {
        case .combustibleGas, .toxicGas:
            var found: [Violation] = []
            if low != nil { found.append(Violation(.low, "\(quantity.label)只有一级、二级报警,没有低报")) }
            if lowLow != nil { found.append(Violation(.lowLow, "\(quantity.label)只有一级、二级报警,没有低低报")) }
            if high == nil, highHigh != nil { found.append(Violation(.high, "只有二级报警,没有一级报警")) }
            return found
        case .oxygen:
            var found: [Violation] = []
            if lowLow != nil { found.append(Violation(.lowLow, "氧气不分级:欠氧填低报")) }
            if highHigh != nil { found.append(Violation(.highHigh, "氧气不分级:富氧填高报")) }
            return found
        case .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other: return []
        }
    }
}
