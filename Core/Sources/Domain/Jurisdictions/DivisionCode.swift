/// A division code of GB/T 2260: six digits, province 2 + city 2 + county 2. Twelve-digit statistical codes are
/// accepted where they end in six zeros.
public struct DivisionCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let digits: String

    public init?(_ text: String) {
        let bytes = [UInt8](text.utf8)
        guard bytes.count == 6 || (bytes.count == 12 && bytes[6...].allSatisfy { $0 == UInt8(ascii: "0") }),
            bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), bytes[0] != UInt8(ascii: "0")
        else { return nil }
        digits = String(decoding: bytes[..<6], as: UTF8.self)
    }

    public enum Tier: Int, Comparable, Hashable, Sendable {
        case province, city, county
        public static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
    }

    public var tier: Tier {
        if digits.hasSuffix("0000") { return .province }
        return digits.hasSuffix("00") ? .city : .county
    }

    public var description: String { digits }

    /// Whether the other division is this one or lies in it.
    public func covers(_ other: DivisionCode) -> Bool {
        switch tier {
        case .province: digits.prefix(2) == other.digits.prefix(2)
        case .city: digits.prefix(4) == other.digits.prefix(4)
        case .county: self == other
        }
    }

    public static func < (left: DivisionCode, right: DivisionCode) -> Bool { left.digits < right.digits }
}
