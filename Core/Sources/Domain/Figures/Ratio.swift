public import Kernel

/// A rate as its two numbers (domain §9: 百分比存分子分母). Without a denominator there is no rate: neither 0 nor 100 per
/// cent, shown as "—", and no place in a ranking. Sums are sums of the numbers, never means of percentages.
public struct Ratio: Hashable, Sendable {
    public var numerator: Int64
    public var denominator: Int64

    public static let none = Ratio(0, 0)

    public init(_ numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public init(_ counts: Bool) { self.init(counts ? 1 : 0, 1) }

    public var isCountable: Bool { denominator > 0 }
    /// What is missing to the whole.
    public var missing: Int64 { denominator - numerator }
    public var isWhole: Bool { denominator > 0 && numerator == denominator }

    public static func + (left: Ratio, right: Ratio) -> Ratio {
        Ratio(left.numerator + right.numerator, left.denominator + right.denominator)
    }
    public static func += (left: inout Ratio, right: Ratio) { left = left + right }

    /// Exactly, without rounding and without overflow; a ratio with nothing to count is below none.
    public func isBelow(_ other: Ratio) -> Bool {
        guard isCountable, other.isCountable else { return false }
        let left = numerator.multipliedFullWidth(by: other.denominator)
        let right = other.numerator.multipliedFullWidth(by: denominator)
        return left.high != right.high ? left.high < right.high : left.low < right.low
    }

    public func equals(_ other: Ratio) -> Bool {
        isCountable == other.isCountable && !isBelow(other) && !other.isBelow(self)
    }

    /// Hundredths of a per cent, half up: 9884 for 98.84 %. nil without a denominator.
    public var hundredths: Int64? {
        guard isCountable else { return nil }
        let scaled = numerator.multipliedFullWidth(by: 20_000)
        let sum = scaled.low.addingReportingOverflow(denominator.magnitude)
        let high = scaled.high + (sum.overflow ? 1 : 0)
        let twice = denominator.multipliedReportingOverflow(by: 2)
        guard !twice.overflow, high.magnitude < twice.partialValue.magnitude else { return nil }
        return twice.partialValue.dividingFullWidth((high, sum.partialValue)).quotient
    }

    /// Of milliseconds over a count, the mean; nil without a count.
    public var meanTime: Interval? { isCountable ? .milliseconds(numerator / denominator) : nil }

    /// `98.84%`, or `—`.
    public var percentText: String { hundredths.map(PercentText.percent) ?? "—" }
    /// `84/86`.
    public var pairText: String { "\(numerator)/\(denominator)" }
    public var value: Double? { isCountable ? Double(numerator) / Double(denominator) : nil }
}

/// Figures in hundredths of a per cent, as they are written.
public enum PercentText {
    /// `98.84%`.
    public static func percent(_ hundredths: Int64) -> String { number(hundredths) + "%" }

    /// `98.84`.
    public static func number(_ hundredths: Int64) -> String {
        let size = hundredths.magnitude
        let rest = size % 100
        return (hundredths < 0 ? "-" : "") + "\(size / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }

    /// `较前一日上升 1.16 个百分点`, `持平`; nil where one of the two does not exist.
    public static func change(_ now: Ratio, from before: Ratio, since word: String) -> String? {
        guard let current = now.hundredths, let earlier = before.hundredths else { return nil }
        if current == earlier { return "与\(word)持平" }
        return "较\(word)\(current > earlier ? "上升" : "下降")\(number(abs(current - earlier)))个百分点"
    }
}
