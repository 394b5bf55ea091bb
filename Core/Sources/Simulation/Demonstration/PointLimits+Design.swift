import Domain

extension PointLimits {
    /// Limits as parts of a height, rounded to centimetres.
    static func ladder(_ top: Double, _ lowLow: Double, _ low: Double, _ high: Double, _ highHigh: Double)
        -> PointLimits
    {
        PointLimits(
            rangeLow: 0, rangeHigh: top, lowLow: cut(top * lowLow), low: cut(top * low), high: cut(top * high),
            highHigh: cut(top * highHigh))
    }

    /// Limits as multiples of the working value.
    static func around(
        _ normal: Double, _ lowLow: Double?, _ low: Double?, _ high: Double?, _ highHigh: Double?,
        range: ClosedRange<Double>
    ) -> PointLimits {
        PointLimits(
            rangeLow: range.lowerBound, rangeHigh: cut(range.upperBound), lowLow: lowLow.map { cut($0 * normal) },
            low: low.map { cut($0 * normal) }, high: high.map { cut($0 * normal) },
            highHigh: highHigh.map { cut($0 * normal) })
    }

    private static func cut(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
