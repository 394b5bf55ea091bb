public import Kernel

extension Session {
    /// Rows of a table as they are, for evidence: each an object by column, bytes as hexadecimal digits. The condition
    /// is on the table's own name. Columns that hold secrets are left out by name.
    public mutating func dump(
        _ layout: TableLayout, where condition: SQL, without secrets: Set<String> = []
    ) throws(StorageError) -> [JSON] {
        let columns = layout.columns.map(\.name).filter { !secrets.contains($0) }
        return try rows(
            """
            SELECT \(TableLayout.list(columns)) FROM \(TableLayout.quoted(layout.name)) WHERE \(condition)
            ORDER BY \(TableLayout.list(layout.order))
            """
        ) { row throws(StorageError) in
            var members: [JSON.Member] = []
            for column in columns {
                let value: JSON =
                    switch row.cell() {
                    case .null: .null
                    case .integer(let value): .integer(value)
                    case .real(let value): .number(value)
                    case .text(let value): .string(value)
                    case .bytes(let value): .string(Hash.hexadecimal(value))
                    }
                members.append(JSON.Member(column, value))
            }
            return .object(members)
        }
    }
}
