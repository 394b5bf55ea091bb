/// A table as a database has it: what its columns hold and in which order its rows are taken along.
public struct TableLayout: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case integer, real, text, bytes

        /// A cell on its way into a column of this kind.
        func bound(_ cell: Cell) -> SQLValue? {
            switch (cell, self) {
            case (.null, .integer): .integer(nil)
            case (.null, .real): .real(nil)
            case (.null, .text): .text(nil)
            case (.null, .bytes): .bytes(nil)
            case (.integer(let value), .integer): .integer(value)
            case (.real(let value), .real): .real(value)
            case (.text(let value), .text): .text(value)
            case (.bytes(let value), .bytes): .bytes(value)
            case (.integer, _), (.real, _), (.text, _), (.bytes, _): nil
            }
        }
    }

    public struct Column: Hashable, Sendable {
        public let name: String
        public let kind: Kind

        public init(name: String, kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    public let name: String
    public let columns: [Column]
    /// The primary key's columns in its order; without a key, all columns.
    public let order: [String]

    public init(name: String, columns: [Column], order: [String]) {
        self.name = name
        self.columns = columns
        self.order = order
    }

    static func quoted(_ name: String) -> SQL {
        precondition(!name.contains("\"") && !name.isEmpty, "no name of ours")
        return SQL(raw: "\"\(name)\"")
    }

    static func list(_ names: [String]) -> SQL { names.map(quoted).joined(separator: ", ") }

    /// All rows, in an order that both engines agree on: texts are compared by code point on both.
    var everything: SQL {
        """
        SELECT \(Self.list(columns.map(\.name))) FROM \(Self.quoted(name)) ORDER BY \(Self.list(order))
        """
    }
}

extension Session {
    /// The tables of our schema by name, whatever the version of the schema is.
    public mutating func tableLayouts() throws(StorageError) -> [TableLayout] {
        switch engine {
        case .sqlite: try sqliteLayouts()
        case .postgres: try postgresLayouts()
        }
    }

    public mutating func rowCount(of table: TableLayout) throws(StorageError) -> Int64 {
        try first("SELECT count(*) FROM \(TableLayout.quoted(table.name))") { row throws(StorageError) in
            row.next() as Int64
        } ?? 0
    }

    private struct Found {
        let table: String
        let column: TableLayout.Column
        /// From 1; 0 where the column is no part of the key.
        let place: Int64
    }

    private mutating func sqliteLayouts() throws(StorageError) -> [TableLayout] {
        let found = try rows(
            """
            SELECT t.name, c.name, c.type, c.pk FROM sqlite_master AS t, pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid
            """, Self.found)
        return Self.layouts(found)
    }

    private mutating func postgresLayouts() throws(StorageError) -> [TableLayout] {
        let found = try rows(
            """
            SELECT CAST(t.relname AS TEXT) COLLATE "C", CAST(c.attname AS TEXT),
                format_type(c.atttypid, c.atttypmod),
                CAST(COALESCE(array_position(k.conkey, c.attnum), 0) AS BIGINT)
            FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid
            LEFT JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'p'
            WHERE t.relkind = 'r' AND t.relnamespace = CAST(current_schema() AS regnamespace)
                AND c.attnum > 0 AND NOT c.attisdropped
            ORDER BY 1, c.attnum
            """, Self.found)
        return Self.layouts(found)
    }

    private static func found(_ row: inout Row) throws(StorageError) -> Found {
        let (table, column, type) = (row.next() as String, row.next() as String, row.next() as String)
        let kind: TableLayout.Kind
        switch type.uppercased() {
        case "INTEGER", "BIGINT": kind = .integer
        case "REAL", "DOUBLE PRECISION": kind = .real
        case "TEXT": kind = .text
        case "BLOB", "BYTEA": kind = .bytes
        case let other:
            throw .other(.init(message: "\(table).\(column) is of type \(other)", statement: "table layouts"))
        }
        return Found(table: table, column: .init(name: column, kind: kind), place: row.next())
    }

    private static func layouts(_ found: [Found]) -> [TableLayout] {
        var tables: [String: [Found]] = [:]
        for column in found { tables[column.table, default: []].append(column) }
        return tables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
            let all = tables[name] ?? []
            let key = all.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.column.name)
            return TableLayout(
                name: name, columns: all.map(\.column), order: key.isEmpty ? all.map(\.column.name) : key)
        }
    }
}
