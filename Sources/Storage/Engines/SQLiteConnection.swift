import Foundation
import GRDB

/// A SQLite database: a file in WAL mode with one writer and readers beside it, or memory, where all stand in line.
struct SQLiteConnection: Sendable {
    private let writer: any DatabaseWriter
    /// One connection for writers and readers.
    private let isSingle: Bool

    static func memory() throws(StorageError) -> SQLiteConnection {
        do {
            return SQLiteConnection(writer: try DatabaseQueue(configuration: configuration), isSingle: true)
        } catch {
            throw StorageError(sqlite: error, statement: "open memory")
        }
    }

    /// A file of its own that has no name any more and is gone with the process: nothing waits for the disk. For long
    /// simulations, where `memory` grows slow: SQLite walks through all pages that it keeps at every commit. So it
    /// keeps few, and the system's own cache has the rest.
    static func scratch() throws(StorageError) -> SQLiteConnection {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("fengsui-\(UUID().uuidString)").path
        var configuration = configuration
        configuration.prepareDatabase { database in
            for pragma in [
                "journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16384",
            ] {
                try database.execute(sql: "PRAGMA \(pragma)")
            }
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // A first write takes the lock for good; the name is needed until then.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 0") }
            try FileManager.default.removeItem(atPath: path)
            return SQLiteConnection(writer: queue, isSingle: true)
        } catch {
            throw StorageError(sqlite: error, statement: "open \(path)")
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
            return SQLiteConnection(writer: pool, isSingle: false)
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
                // As GRDB's own transactions, from statements that are compiled once.
                try database.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
                var session = Session(.sqlite(SQLiteSession(database: database, isReadOnly: false)))
                outcome = session.run(body)
                guard case .success = outcome else { return try database.rollback() }
                do {
                    try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
                } catch {
                    try? database.rollback()
                    throw error
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
        let visit = { (database: GRDB.Database) in
            var session = Session(.sqlite(SQLiteSession(database: database, isReadOnly: true)))
            outcome = session.run(body)
        }
        do {
            // In memory the line itself is the snapshot. GRDB would switch the connection to reading and back, and
            // each switch has SQLite compile every prepared statement anew.
            if isSingle { writer.writeWithoutTransaction(visit) } else { try writer.read(visit) }
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
