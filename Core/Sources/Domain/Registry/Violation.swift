/// Something wrong with what somebody wants to register: where it is, and what it is, in the reader's words.
public struct Violation: Hashable, Sendable {
    public enum Weight: String, Hashable, Sendable {
        /// The entry is refused.
        case refusal
        /// The entry stands, and a person should look at it.
        case caution
    }

    public var field: Field
    public var text: String
    public var weight: Weight

    public init(_ field: Field, _ text: String, _ weight: Weight = .refusal) {
        self.field = field
        self.text = text
        self.weight = weight
    }

    /// `「高报」:9.5 不小于高高报 9`.
    public var line: String { "「\(field.label)」:\(text)" }
}

extension [Violation] {
    public var refusals: [Violation] { filter { $0.weight == .refusal } }
    public var cautions: [Violation] { filter { $0.weight == .caution } }
    public var isRefused: Bool { contains { $0.weight == .refusal } }
}
