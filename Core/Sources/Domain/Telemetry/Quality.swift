/// What a gateway says about a value. Only a good value may cancel a rising alarm or clear a standing one; any but a
/// bad one may raise.
public enum Quality: String, CaseIterable, Hashable, Sendable {
    case good = "GOOD"
    case uncertain = "UNCERTAIN"
    case bad = "BAD"
    case outOfRange = "OUT_OF_RANGE"

    public var mayRaise: Bool { self != .bad }
    public var mayClear: Bool { self == .good }

    /// 质量差: the source's level is frozen while one of its points is so.
    public var isBad: Bool { self == .bad || self == .outOfRange }

    /// One byte for the compact encoding of an upload.
    public var code: UInt8 {
        switch self {
        case .good: 0
        case .uncertain: 1
        case .bad: 2
        case .outOfRange: 3
        }
    }

    public init?(code: UInt8) {
        guard let quality = Quality.allCases.first(where: { $0.code == code }) else { return nil }
        self = quality
    }
}
