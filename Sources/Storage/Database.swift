/// The database for one thread: drill, simulation, commands and tests. The server uses `Store`.
public final class Database {
    let connection: Connection

    private init(_ connection: Connection) { self.connection = connection }

    /// Opens, but does not migrate.
    public static func open(_ location: DatabaseLocation) throws(StorageError) -> Database {
        switch location {
        case .memory: return Database(.sqlite(try .memory()))
        case .file(let path): return Database(.sqlite(try .file(path)))
        case .postgres(let conninfo):
            let connection = PostgresConnection(conninfo)
            try connection.connect()
            return Database(.postgres(connection))
        }
    }

    /// A SQLite database for one long simulation; gone when it is closed.
    public static func scratch() throws(StorageError) -> Database { Database(.sqlite(try .scratch())) }

    /// One transaction: committed when the body returns, rolled back when it throws.
    @discardableResult
    public func write<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        try connection.write(body)
    }

    /// Reads in one snapshot; statements that write are refused.
    public func read<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        try connection.read(body)
    }

    public func migrate(_ migrations: [Migration] = Migration.all) throws(MigrationFailure) {
        try Migrator(connection: connection, migrations: migrations).run()
    }

    public func close() throws(StorageError) {
        switch connection {
        case .sqlite(let connection): try connection.close()
        case .postgres(let connection): connection.close()
        }
    }
}
