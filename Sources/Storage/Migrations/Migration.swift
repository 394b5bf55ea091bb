/// One step of the schema. Permanent name, run once, never edited once released.
public struct Migration: Sendable {
    public let name: String
    /// Statements with `<integer> <real> <text> <bytes>` for the engine's type names.
    let statements: [String]

    public init(name: String, statements: [String]) {
        self.name = name
        self.statements = statements
    }

    /// In the order in which they are run.
    public static let all: [Migration] = [
        foundation, notices, presence, filings, commitments, duties, inspections, spotChecks, quality, bulletins,
        letters, apiTokens, access, channels, peopleOfOffices,
    ]

    /// Tells whether a migration was edited after it ran.
    public var digest: [UInt8] {
        var hash = Hash(purpose: "fengsui migration 1")
        for statement in statements { hash.add(statement) }
        return hash.digest
    }

    /// SQLite tables are STRICT, so that a text never ends up in a number's column. PostgreSQL texts are compared by
    /// code point, as SQLite does, whatever the database's own collation.
    static func rendered(_ statement: String, isPostgres: Bool) -> String {
        let types =
            isPostgres
            ? ["BIGINT", "DOUBLE PRECISION", "TEXT COLLATE \"C\"", "BYTEA"] : ["INTEGER", "REAL", "TEXT", "BLOB"]
        var text = statement
        for (token, type) in zip(["<integer>", "<real>", "<text>", "<bytes>"], types) {
            text = text.split(separator: token, omittingEmptySubsequences: false).joined(separator: type)
        }
        let isTable = text.hasPrefix("CREATE TABLE")
        return isTable && !isPostgres ? text + " STRICT" : text
    }
}
