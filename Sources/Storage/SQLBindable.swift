public import Domain
public import Kernel

/// What may stand in an interpolation of `SQL`.
public protocol SQLBindable: Sendable {
    var sqlValue: SQLValue { get }
    /// The NULL of this type.
    static var sqlNull: SQLValue { get }
}

extension Int64: SQLBindable {
    public var sqlValue: SQLValue { .integer(self) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension Int: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .real(self) }
    public static var sqlNull: SQLValue { .real(nil) }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
    public static var sqlNull: SQLValue { .text(nil) }
}

extension Bool: SQLBindable {
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension [UInt8]: SQLBindable {
    public var sqlValue: SQLValue { .bytes(self) }
    public static var sqlNull: SQLValue { .bytes(nil) }
}

extension Timestamp: SQLBindable {
    public var sqlValue: SQLValue { .integer(milliseconds) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension Interval: SQLBindable {
    public var sqlValue: SQLValue { .integer(milliseconds) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension Day: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(number)) }
    public static var sqlNull: SQLValue { .integer(nil) }
}

extension JSON: SQLBindable {
    public var sqlValue: SQLValue { .text(text) }
    public static var sqlNull: SQLValue { .text(nil) }
}

extension Level: SQLBindable {
    public var sqlValue: SQLValue { .text(name) }
    public static var sqlNull: SQLValue { .text(nil) }
}

extension Identifier: SQLBindable {
    public var sqlValue: SQLValue { .text(rawValue) }
    public static var sqlNull: SQLValue { .text(nil) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    public var sqlValue: SQLValue {
        switch self {
        case .some(let value): value.sqlValue
        case .none: Wrapped.sqlNull
        }
    }
    public static var sqlNull: SQLValue { Wrapped.sqlNull }
}
