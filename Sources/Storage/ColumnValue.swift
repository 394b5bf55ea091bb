public import Domain
public import Kernel

/// A value as an engine gave it.
public enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// What a column can be read as.
public protocol ColumnValue {
    /// nil where the cell holds something else, NULL included.
    init?(cell: Cell)
}

extension Int64: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell else { return nil }
        self = value
    }
}

extension Int: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell else { return nil }
        self = Int(value)
    }
}

extension Double: ColumnValue {
    public init?(cell: Cell) {
        switch cell {
        case .real(let value): self = value
        case .integer(let value): self = Double(value)
        case .null, .text, .bytes: return nil
        }
    }
}

extension String: ColumnValue {
    public init?(cell: Cell) {
        guard case .text(let value) = cell else { return nil }
        self = value
    }
}

extension [UInt8]: ColumnValue {
    public init?(cell: Cell) {
        guard case .bytes(let value) = cell else { return nil }
        self = value
    }
}

extension Bool: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell else { return nil }
        self = value != 0
    }
}

extension Timestamp: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell else { return nil }
        self.init(milliseconds: value)
    }
}

extension Interval: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell else { return nil }
        self.init(milliseconds: value)
    }
}

extension Day: ColumnValue {
    public init?(cell: Cell) {
        guard case .integer(let value) = cell, let number = Int32(exactly: value) else { return nil }
        self.init(number: number)
    }
}

extension JSON: ColumnValue {
    public init?(cell: Cell) {
        guard case .text(let text) = cell, let value = try? JSON.parse(text) else { return nil }
        self = value
    }
}

extension Level: ColumnValue {
    public init?(cell: Cell) {
        guard case .text(let name) = cell else { return nil }
        self.init(name: name)
    }
}

extension Identifier: ColumnValue {
    public init?(cell: Cell) {
        guard case .text(let value) = cell else { return nil }
        self.init(rawValue: value)
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    public init?(cell: Cell) {
        if case .null = cell {
            self = Optional<Wrapped>.none
        } else if let value = Wrapped(cell: cell) {
            self = Optional<Wrapped>.some(value)
        } else {
            return nil
        }
    }
}
