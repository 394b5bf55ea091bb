/// One row of an answer, read column by column in the order of the SELECT.
public struct Row: ~Copyable {
    enum Source {
        case sqlite(SQLiteRow)
        case postgres(PostgresResult, row: Int32)
    }

    private let source: Source
    private let statement: String
    private var column = 0

    init(_ source: Source, statement: String) {
        self.source = source
        self.statement = statement
    }

    /// The next column. A column of another type, or NULL where no optional is asked for, is a fault of ours and traps.
    public mutating func next<Value: ColumnValue>() -> Value {
        let cell = cell()
        guard let value = Value(cell: cell) else { mismatch(cell, Value.self) }
        return value
    }

    @_disfavoredOverload
    public mutating func next<Value: RawRepresentable>() -> Value where Value.RawValue == String {
        let cell = cell()
        guard case .text(let text) = cell, let value = Value(rawValue: text) else { mismatch(cell, Value.self) }
        return value
    }

    @_disfavoredOverload
    public mutating func next<Value: RawRepresentable>() -> Value? where Value.RawValue == String {
        let cell = cell()
        if case .null = cell { return nil }
        guard case .text(let text) = cell, let value = Value(rawValue: text) else { mismatch(cell, Value.self) }
        return value
    }

    /// The next column where its content is not ours to vouch for: a mismatch is an error instead of a trap.
    public mutating func read<Value: ColumnValue>(_ type: Value.Type = Value.self) throws(StorageError) -> Value {
        let cell = cell()
        guard let value = Value(cell: cell) else {
            throw .other(.init(message: "column \(column) is no \(Value.self): \(cell)", statement: statement))
        }
        return value
    }

    public mutating func skip() { column += 1 }

    /// The next column, whatever it holds.
    public mutating func cell() -> Cell {
        defer { column += 1 }
        switch source {
        case .sqlite(let row):
            precondition(column < row.columnCount, "the statement has only \(row.columnCount) columns: \(statement)")
            return row.cell(Int32(column))
        case .postgres(let result, let row):
            precondition(
                column < result.columnCount, "the statement has only \(result.columnCount) columns: \(statement)")
            return result.cell(row: row, column: Int32(column), statement: statement)
        }
    }

    private func mismatch(_ cell: Cell, _ type: Any.Type) -> Never {
        fatalError("column \(column) is no \(type): \(cell) in \(statement)")
    }
}
