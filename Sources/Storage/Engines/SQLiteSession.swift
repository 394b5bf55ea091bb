import GRDB
import GRDBSQLite

/// Statements on one SQLite connection inside a transaction. GRDB opens, pools, begins and ends, and keeps prepared
/// statements; values are bound and columns read on the statement itself, for its own rows are copied cell by cell.
struct SQLiteSession {
    let database: GRDB.Database
    /// Refuses statements that change something, whatever the connection allows.
    let isReadOnly: Bool

    func execute(_ text: String, _ values: [SQLValue]) throws(StorageError) -> Int {
        let statement = unsafe try prepare(text, values)
        defer { unsafe sqlite3_reset(statement) }
        let connection = unsafe database.sqliteConnection
        let before = unsafe sqlite3_total_changes(connection)
        while unsafe try step(statement, text) {}
        return unsafe sqlite3_total_changes(connection) == before ? 0 : Int(sqlite3_changes(connection))
    }

    /// Calls `visit` for each row until it answers false.
    func query(
        _ text: String, _ values: [SQLValue], _ visit: (inout Row) throws(StorageError) -> Bool
    ) throws(StorageError) {
        let statement = unsafe try prepare(text, values)
        defer { unsafe sqlite3_reset(statement) }
        let isReadOnly = unsafe sqlite3_stmt_readonly(statement) != 0
        var isWanted = true
        while isWanted || !isReadOnly, unsafe try step(statement, text) {
            // A statement that changes something and answers rows is run to its end.
            guard isWanted else { continue }
            var row = unsafe Row(.sqlite(SQLiteRow(statement: statement)), statement: text)
            isWanted = try visit(&row)
        }
    }

    /// Whether there is one more row.
    private func step(_ statement: OpaquePointer, _ text: String) throws(StorageError) -> Bool {
        switch unsafe sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure(text)
        }
    }

    private func prepare(_ text: String, _ values: [SQLValue]) throws(StorageError) -> OpaquePointer {
        let statement: OpaquePointer
        do {
            unsafe statement = try database.cachedStatement(sql: text).sqliteStatement
        } catch { throw StorageError(sqlite: error, statement: text) }
        guard unsafe !isReadOnly || sqlite3_stmt_readonly(statement) != 0 else {
            throw .other(.init(message: "a reader must not write", statement: text))
        }
        // A visit that threw, or a body that went on after an error, may have left it standing.
        unsafe sqlite3_reset(statement)
        let wanted = unsafe Int(sqlite3_bind_parameter_count(statement))
        guard wanted == values.count else {
            throw .other(.init(message: "\(wanted) parameters are wanted, \(values.count) given", statement: text))
        }
        for (position, value) in values.enumerated() {
            guard unsafe bind(value, to: statement, at: Int32(position + 1)) == SQLITE_OK else { throw failure(text) }
        }
        return unsafe statement
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at position: Int32) -> Int32 {
        switch value {
        case .integer(let value?): unsafe sqlite3_bind_int64(statement, position, value)
        case .real(let value?): unsafe sqlite3_bind_double(statement, position, value)
        case .text(var value?):
            value.withUTF8 { bytes in
                // An empty buffer may have no address, and no address means NULL to SQLite.
                unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                    unsafe characters.baseAddress.map {
                        unsafe sqlite3_bind_text(statement, position, $0, Int32(bytes.count), Self.copied)
                    } ?? sqlite3_bind_text(statement, position, "", 0, Self.copied)
                }
            }
        case .bytes(let value?):
            if value.isEmpty {
                unsafe sqlite3_bind_zeroblob(statement, position, 0)
            } else {
                unsafe sqlite3_bind_blob(statement, position, value, Int32(value.count), Self.copied)
            }
        case .integer(nil), .real(nil), .text(nil), .bytes(nil): unsafe sqlite3_bind_null(statement, position)
        }
    }

    /// Tells SQLite to copy what is bound: SQLITE_TRANSIENT, a macro that Swift does not see.
    private static var copied: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func failure(_ text: String) -> StorageError {
        let connection = unsafe database.sqliteConnection
        let message = unsafe String(cString: sqlite3_errmsg(connection))
        return StorageError(
            sqlite: DatabaseError(
                resultCode: ResultCode(rawValue: unsafe sqlite3_extended_errcode(connection)), message: message),
            statement: text)
    }
}

/// The row on which a statement stands; it lives only while the row is visited.
@safe struct SQLiteRow {
    private let statement: OpaquePointer

    init(statement: OpaquePointer) { unsafe self.statement = unsafe statement }

    var columnCount: Int { unsafe Int(sqlite3_data_count(statement)) }

    func cell(_ column: Int32) -> Cell {
        switch unsafe sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .bytes(bytes(column))
        default: .null
        }
    }

    private func text(_ column: Int32) -> String {
        let start = unsafe sqlite3_column_text(statement, column)
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func bytes(_ column: Int32) -> [UInt8] {
        let start = unsafe sqlite3_column_blob(statement, column)
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}

extension StorageError {
    init(sqlite error: any Error, statement: String) {
        guard let error = error as? DatabaseError else {
            self = .other(Detail(message: String(describing: error), statement: statement))
            return
        }
        let detail = Detail(message: error.message ?? String(describing: error.resultCode), statement: statement)
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .conflict(detail)
        default:
            switch error.resultCode {
            case .SQLITE_CONSTRAINT: self = .constraint(detail)
            case .SQLITE_FULL: self = .full(detail)
            case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_INTERRUPT:
                self = .unavailable(detail)
            default: self = .other(detail)
            }
        }
    }
}
