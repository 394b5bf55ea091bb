/// One step of the schema. Permanent name, run once, never edited once released.
public struct Migration: Sendable {
    public let name: String
    /// Statements with `<integer> <real> <text> <bytes>` for the engine's type names.
    let statements: [String]

    /// In the order in which they are run.
    public static let all: [Migration] = [foundation]
}
