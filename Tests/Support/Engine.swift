import Glibc
import Kernel
public import Storage

/// The engines a storage test runs on: SQLite always, PostgreSQL where `FENGSUI_TEST_POSTGRES` names a server on which
/// we may create databases (`scripts/test-postgres.sh` starts one). On CI it must be there: `FENGSUI_TEST_ENGINES=all`.
public enum Engine: String, CaseIterable, Sendable {
    case sqlite, sqliteFile, postgres

    public static let underTest: [Engine] = {
        let isRequired = environment("FENGSUI_TEST_ENGINES") == "all" || environment("CI") != nil
        if environment("FENGSUI_TEST_POSTGRES") == nil {
            precondition(!isRequired, "FENGSUI_TEST_POSTGRES is not set: the tests on PostgreSQL would be left out")
            return [.sqlite, .sqliteFile]
        }
        return allCases
    }()

    /// The engine's own kind of database, empty of data but with our schema, for one test.
    public func location() throws -> DatabaseLocation {
        switch self {
        case .sqlite: .memory
        case .sqliteFile: .file(try TemporaryFolder.make() + "/test.sqlite")
        case .postgres: .postgres(try PostgresServer.shared.makeDatabase(migrated: false))
        }
    }

    /// A database with our schema.
    public func database() throws -> Database {
        if self == .postgres { return try Database.open(.postgres(PostgresServer.shared.makeDatabase(migrated: true))) }
        let database = try Database.open(location())
        try database.migrate()
        return database
    }

    /// A store with our schema.
    public func store() async throws -> Store {
        if self == .postgres {
            return try await Store.open(.postgres(PostgresServer.shared.makeDatabase(migrated: true)))
        }
        let store = try await Store.open(location())
        try await store.migrate()
        return store
    }

    static func environment(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        let value = unsafe String(cString: text)
        return value.isEmpty ? nil : value
    }
}
