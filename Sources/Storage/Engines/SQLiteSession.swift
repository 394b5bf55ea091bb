import Foundation
import GRDB

/// Statements on one SQLite connection inside a transaction.
struct SQLiteSession {
    let database: GRDB.Database

    func execute(_ text: String, _ values: [SQLValue]) throws(StorageError) -> Int {
        try mapped(text) {
            let statement = try prepare(text, values)
            let before = database.totalChangesCount
            try statement.execute()
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
    }

    /// Calls `visit` for each row until it answers false.
    func query(
        _ text: String, _ values: [SQLValue], _ visit: (inout Row) throws(StorageError) -> Bool
    ) throws(StorageError) {
        try mapped(text) {
            let statement = try prepare(text, values)
            let cursor = try GRDB.Row.fetchCursor(statement)
            var isWanted = true
            while isWanted || !statement.isReadonly, let found = try cursor.next() {
                // A statement that changes something and answers rows is run to its end.
                guard isWanted else { continue }
                var row = Row(.sqlite(found), statement: text)
                isWanted = try visit(&row)
            }
        }
    }

    private func prepare(_ text: String, _ values: [SQLValue]) throws -> GRDB.Statement {
        let statement = try database.cachedStatement(sql: text)
        try statement.setArguments(StatementArguments(values.map(Self.databaseValue)))
        return statement
    }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .integer(let value): value?.databaseValue ?? .null
        case .real(let value): value?.databaseValue ?? .null
        case .text(let value): value?.databaseValue ?? .null
        case .bytes(let value): value.map { Data($0).databaseValue } ?? .null
        }
    }

    private func mapped<T>(_ text: String, _ body: () throws -> T) throws(StorageError) -> T {
        do {
            return try body()
        } catch let error as StorageError {
            throw error
        } catch {
            throw StorageError(sqlite: error, statement: text)
        }
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
