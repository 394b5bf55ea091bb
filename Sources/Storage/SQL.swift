/// A statement or a part of one, the same text for both engines. Interpolated values are bound, never pasted:
/// `"SELECT name FROM hazard WHERE id = \(id)"`. Interpolated `SQL` is composed; parameters are numbered only when the
/// whole is rendered, so that parts may be put together freely.
public struct SQL: Hashable, Sendable {
    /// Always one more than `values`.
    private var literals: [String]
    public private(set) var values: [SQLValue]

    /// The text with `$1 $2 …`, ascending and each used once.
    public var text: String {
        guard literals.count > 1 else { return literals[0] }
        var text = literals[0]
        text.reserveCapacity(literals.reduce(3 * literals.count) { $0 + $1.utf8.count })
        for number in 1..<literals.count {
            text += "$"
            text += String(number)
            text += literals[number]
        }
        return text
    }

    /// Text of our own that is known only at run time, such as a column's name. Never anything that came from outside.
    public init(raw text: String) {
        literals = [text]
        values = []
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    public mutating func append(_ other: SQL) {
        literals[literals.count - 1] += other.literals[0]
        literals += other.literals.dropFirst()
        values += other.values
    }

    fileprivate mutating func append(literal: String) { literals[literals.count - 1] += literal }

    fileprivate mutating func append(value: SQLValue) {
        values.append(value)
        literals.append("")
    }
}

extension [SQL] {
    public func joined(separator: SQL) -> SQL {
        var sum: SQL = ""
        for (position, part) in enumerated() {
            if position > 0 { sum.append(separator) }
            sum.append(part)
        }
        return sum
    }
}

extension SQL: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(raw: value) }
    public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(raw: "")

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { sql.append(literal: literal) }

        public mutating func appendInterpolation(_ value: some SQLBindable) { sql.append(value: value.sqlValue) }

        /// Spelled out because the compiler takes any other optional in an interpolation for a slip.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            sql.append(value: value.sqlValue)
        }

        public mutating func appendInterpolation(_ value: SQLValue) { sql.append(value: value) }

        public mutating func appendInterpolation(_ part: SQL) { sql.append(part) }

        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value)
        where Value.RawValue == String {
            sql.append(value: .text(value.rawValue))
        }

        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value?)
        where Value.RawValue == String {
            sql.append(value: .text(value?.rawValue))
        }

        /// `WHERE id IN (\(list: ids))`; an empty list is an empty set, also under NOT IN.
        public mutating func appendInterpolation<Value: SQLBindable>(list values: [Value]) {
            append(list: values.map(\.sqlValue), null: Value.sqlNull)
        }

        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(list values: [Value])
        where Value.RawValue == String {
            append(list: values.map { .text($0.rawValue) }, null: .text(nil))
        }

        private mutating func append(list values: [SQLValue], null: SQLValue) {
            if values.isEmpty {
                sql.append(literal: "SELECT ")
                sql.append(value: null)
                sql.append(literal: " WHERE 1 = 0")
            }
            for (position, value) in values.enumerated() {
                if position > 0 { sql.append(literal: ", ") }
                sql.append(value: value)
            }
        }
    }
}
