/// What must run outside a transaction.
public enum PostgresAdministration {
    /// Creates a database as the system wants it: UTF-8, texts ordered by code point. `template` must be nobody's
    /// current database.
    public static func createDatabase(
        _ name: String, template: String = "template0", at conninfo: String
    ) throws(StorageError) {
        let connection = PostgresConnection(conninfo)
        try connection.connect()
        defer { connection.close() }
        try connection.outsideTransaction(
            """
            CREATE DATABASE \(quoted(name)) TEMPLATE \(quoted(template)) ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
            """)
    }

    private static func quoted(_ name: String) -> String {
        precondition(!name.contains("\0") && !name.isEmpty, "no name of a database")
        return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
