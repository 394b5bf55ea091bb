/// One way to the database. Not for two threads at once where it is PostgreSQL.
enum Connection {
    case sqlite(SQLiteConnection)
    case postgres(PostgresConnection)

    func write<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        switch self {
        case .sqlite(let connection): try connection.write(body)
        case .postgres(let connection): try connection.write(body)
        }
    }

    func read<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        switch self {
        case .sqlite(let connection): try connection.read(body)
        case .postgres(let connection): try connection.read(body)
        }
    }
}

/// Where a database is.
public enum DatabaseLocation: Hashable, Sendable {
    case memory
    case file(String)
    /// A libpq URL (`postgresql://…`) or connection string.
    case postgres(String)

    /// From configuration: a PostgreSQL URL, or the path of a SQLite file.
    public init(_ text: String) {
        let isPostgres = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
        self = isPostgres ? .postgres(text) : text == ":memory:" ? .memory : .file(text)
    }
}
