import Foundation
import GRDB

/// A SQLite database: a file in WAL mode with one writer and readers beside it, or memory, where all stand in line.
struct SQLiteConnection: Sendable {
    private let writer: any DatabaseWriter

    static func memory() throws(StorageError) -> SQLiteConnection {
        do {
            return SQLiteConnection(writer: try DatabaseQueue(configuration: configuration))
        } catch {
            throw StorageError(sqlite: error, statement: "open memory")
        }
    }

    static func file(_ path: String) throws(StorageError) -> SQLiteConnection {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL while it opens, which may lose acknowledged commits at a power failure.
            let level = try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard level == 2 else {
                throw StorageError.other(
                    .init(message: "synchronous is \(level ?? -1), not 2 (FULL)", statement: "open \(path)"))
            }
            return SQLiteConnection(writer: pool)
        } catch let error as StorageError {
            throw error
        } catch {
            throw StorageError(sqlite: error, statement: "open \(path)")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(30)
        configuration.maximumReaderCount = 4
        return configuration
    }

    func write<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        var outcome: Result<T, E>?
        do {
            try writer.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    var session = Session(.sqlite(SQLiteSession(database: database)))
                    outcome = session.run(body)
                    return if case .success = outcome { .commit } else { .rollback }
                }
            }
        } catch {
            // A body that refused has its own error; what else fails is BEGIN or COMMIT.
            if case .failure(let refusal) = outcome { throw refusal }
            throw E(storage: StorageError(sqlite: error, statement: outcome == nil ? "BEGIN" : "COMMIT"))
        }
        guard let outcome else { preconditionFailure("the transaction did not run") }
        return try outcome.get()
    }

    /// In one snapshot; never waits for the writer where the database is a file.
    func read<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        var outcome: Result<T, E>?
        do {
            try writer.read { database in
                var session = Session(.sqlite(SQLiteSession(database: database)))
                outcome = session.run(body)
            }
        } catch {
            throw E(storage: StorageError(sqlite: error, statement: "BEGIN"))
        }
        guard let outcome else { preconditionFailure("the transaction did not run") }
        return try outcome.get()
    }

    func close() throws(StorageError) {
        do {
            try writer.close()
        } catch {
            throw StorageError(sqlite: error, statement: "close")
        }
    }
}
