/// Runs what is missing of the migrations, in order, each in a transaction of its own.
struct Migrator {
    let connection: Connection
    let migrations: [Migration]

    func run() throws(MigrationFailure) {
        try connection.write { session throws(MigrationFailure) in
            do throws(StorageError) { try createTable(in: &session) } catch { throw .storage(error) }
        }
        for (position, migration) in migrations.enumerated() {
            try connection.write { session throws(MigrationFailure) in
                let done = try recorded(in: &session)
                try check(done)
                guard done.count == position else { return }
                do throws(StorageError) {
                    try apply(migration, position: position, in: &session)
                } catch {
                    throw .failed(name: migration.name, error)
                }
            }
        }
        if migrations.isEmpty {
            try connection.write { session throws(MigrationFailure) in try check(try recorded(in: &session)) }
        }
    }

    static let table = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            position <integer> PRIMARY KEY, name <text> NOT NULL UNIQUE, digest <bytes> NOT NULL)
        """

    private struct Record {
        let name: String
        let digest: [UInt8]
    }

    private func createTable(in session: inout Session) throws(StorageError) {
        try lock(in: &session)
        try session.execute(SQL(raw: Migration.rendered(Self.table, isPostgres: isPostgres)))
    }

    private func recorded(in session: inout Session) throws(MigrationFailure) -> [Record] {
        do throws(StorageError) {
            try lock(in: &session)
            return try session.rows("SELECT name, digest FROM schema_migration ORDER BY position") {
                row throws(StorageError) in
                Record(name: row.next(), digest: row.next())
            }
        } catch {
            throw .storage(error)
        }
    }

    private func check(_ done: [Record]) throws(MigrationFailure) {
        let known = Set(migrations.map(\.name))
        let unknown = done.map(\.name).filter { !known.contains($0) }
        guard unknown.isEmpty else { throw .newerDatabase(names: unknown) }
        for (record, migration) in zip(done, migrations)
        where record.name != migration.name || record.digest != migration.digest {
            throw .edited(name: record.name)
        }
    }

    private func apply(_ migration: Migration, position: Int, in session: inout Session) throws(StorageError) {
        for statement in migration.statements {
            try session.execute(SQL(raw: Migration.rendered(statement, isPostgres: isPostgres)))
        }
        try session.execute(
            """
            INSERT INTO schema_migration (position, name, digest)
            VALUES (\(position), \(migration.name), \(migration.digest))
            """)
    }

    /// Two processes that start together migrate one after the other; SQLite's write transaction does so anyway.
    private func lock(in session: inout Session) throws(StorageError) {
        guard isPostgres else { return }
        try session.execute("SELECT pg_advisory_xact_lock(7310470514)")
    }

    private var isPostgres: Bool {
        switch connection {
        case .sqlite: false
        case .postgres: true
        }
    }
}
