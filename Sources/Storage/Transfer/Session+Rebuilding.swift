extension Session {
    /// Makes the schema as it was after some of our migrations, in a database without tables, within this transaction.
    public mutating func buildSchema(_ migrations: [Migration]) throws(StorageError) {
        try execute(SQL(raw: Migration.rendered(Migrator.table, isPostgres: isPostgres)))
        for migration in migrations {
            for statement in migration.statements {
                try execute(SQL(raw: Migration.rendered(statement, isPostgres: isPostgres)))
            }
        }
    }

    /// From here to `endFilling` rows may come in any order: what they refer to is looked for at the end.
    public mutating func beginFilling() throws(StorageError) {
        switch engine {
        case .sqlite: try execute("PRAGMA defer_foreign_keys = ON")
        case .postgres: try alterReferences("DEFERRABLE INITIALLY DEFERRED")
        }
    }

    /// Fails where a row refers to one that is not there.
    public mutating func endFilling() throws(StorageError) {
        switch engine {
        case .sqlite:
            let lost = try first("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check") {
                row throws(StorageError) in
                "\(row.next() as String) → \(row.next() as String)"
            }
            if let lost {
                throw .constraint(.init(message: "a reference leads nowhere: \(lost)", statement: "foreign_key_check"))
            }
        case .postgres:
            try execute("SET CONSTRAINTS ALL IMMEDIATE")
            try alterReferences("NOT DEFERRABLE")
            // Until the server has counted by itself it would plan every query as if the tables were empty.
            try execute("ANALYZE")
        }
    }

    private mutating func alterReferences(_ wish: String) throws(StorageError) {
        let found = try rows(
            """
            SELECT CAST(t.relname AS TEXT), CAST(k.conname AS TEXT) FROM pg_constraint AS k
            JOIN pg_class AS t ON t.oid = k.conrelid
            WHERE k.contype = 'f' AND k.connamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2
            """
        ) { row throws(StorageError) in (table: row.next() as String, name: row.next() as String) }
        for reference in found {
            try execute(
                """
                ALTER TABLE \(TableLayout.quoted(reference.table))
                ALTER CONSTRAINT \(TableLayout.quoted(reference.name)) \(SQL(raw: wish))
                """)
        }
    }

    private var isPostgres: Bool {
        switch engine {
        case .sqlite: false
        case .postgres: true
        }
    }
}
