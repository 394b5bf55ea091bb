/// A value on its way into a statement. It carries its type even when empty: PostgreSQL cannot guess the type of a
/// parameter that is only compared with NULL.
public enum SQLValue: Hashable, Sendable {
    case integer(Int64?)
    case real(Double?)
    case text(String?)
    case bytes([UInt8]?)

    /// Why this value must not reach an engine: SQLite would cut a text at NUL and store NaN as NULL, silently.
    var objection: String? {
        switch self {
        case .integer, .bytes: nil
        case .real(let value): value?.isNaN == true ? "NaN cannot be stored" : nil
        case .text(let value): value?.utf8.contains(0) == true ? "a text with a NUL character cannot be stored" : nil
        }
    }
}
