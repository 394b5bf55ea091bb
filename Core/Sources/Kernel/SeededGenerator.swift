/// Randomness that a seed decides (SplitMix64): the same seed gives the same run on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// In [0, 1).
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// In the range, ends included; a modulo bias of 2⁻⁵³ is of no matter here.
    public mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() >> 11) % (range.upperBound - range.lowerBound + 1)
    }

    public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Normal distribution with mean 0 and deviation 1, by the sum of twelve uniform values.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    public mutating func pick<C: RandomAccessCollection>(_ items: C) -> C.Element {
        precondition(!items.isEmpty, "nothing to pick from")
        return items[items.index(items.startIndex, offsetBy: integer(0...items.count - 1))]
    }

    /// A generator for a part of the world that does not shift the draws of another part.
    public mutating func fork() -> SeededGenerator { SeededGenerator(seed: next()) }
}
