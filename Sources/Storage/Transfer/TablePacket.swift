/// Some rows of a table, one behind the other, as `RowCodec` writes them.
public struct TablePacket: Sendable {
    public let rowCount: Int
    public let bytes: [UInt8]

    public init(rowCount: Int, bytes: [UInt8]) {
        self.rowCount = rowCount
        self.bytes = bytes
    }
}

/// What a table came to: how many rows, and the hash over all of them in their order.
public struct TableSum: Hashable, Sendable {
    public let table: String
    public let rowCount: Int64
    public let hash: [UInt8]

    public init(table: String, rowCount: Int64, hash: [UInt8]) {
        self.table = table
        self.rowCount = rowCount
        self.hash = hash
    }
}

extension Session {
    /// Reads a table from its first row to its last, a megabyte or so at a time, and sums it up.
    @discardableResult
    public mutating func packets<E: TransactionFailure>(
        of table: TableLayout, bytes limit: Int = 1 << 20, _ visit: (TablePacket) throws(E) -> Void
    ) throws(E) -> TableSum {
        var (bytes, count, total, hash): ([UInt8], Int, Int64, RunningHash) = ([], 0, 0, RunningHash())
        func hand() throws(E) {
            guard count > 0 else { return }
            hash.add(bytes)
            total += Int64(count)
            let packet = TablePacket(rowCount: count, bytes: bytes)
            bytes.removeAll(keepingCapacity: true)
            count = 0
            try visit(packet)
        }
        try each(table.everything) { row throws(E) in
            for _ in table.columns { RowCodec.append(row.cell(), to: &bytes) }
            count += 1
            if bytes.count >= limit { try hand() }
        }
        try hand()
        return TableSum(table: table.name, rowCount: total, hash: hash.digest)
    }

    /// The rows of an answer one by one, without holding all of them. No other `each` may run inside.
    mutating func each<E: TransactionFailure>(_ sql: SQL, _ visit: (inout Row) throws(E) -> Void) throws(E) {
        var refusal: E?
        func visited(_ row: inout Row) -> Bool {
            do throws(E) {
                try visit(&row)
                return true
            } catch {
                refusal = error
                return false
            }
        }
        do throws(StorageError) {
            try stream(sql) { row in visited(&row) }
        } catch {
            throw E(storage: error)
        }
        if let refusal { throw refusal }
    }

    private mutating func stream(_ sql: SQL, _ visit: (inout Row) -> Bool) throws(StorageError) {
        switch engine {
        case .sqlite: try visitAll(sql) { row in visit(&row) }
        case .postgres:
            // libpq would hold the whole answer. The name is the statement's own, so that what was prepared fits it.
            let name = "each_" + String(Hash.hexadecimal(Hash.sha256([UInt8](sql.text.utf8))).prefix(16))
            try execute(SQL(raw: "DECLARE \(name) NO SCROLL CURSOR FOR ") + sql)
            var isWanted = true
            while isWanted {
                var count = 0
                try visitAll(SQL(raw: "FETCH 1000 FROM \(name)")) { row in
                    count += 1
                    isWanted = visit(&row)
                    return isWanted
                }
                if count == 0 { break }
            }
            try execute(SQL(raw: "CLOSE \(name)"))
        }
    }

    /// Puts rows into a table. They must be of its columns.
    public mutating func insert(_ rows: [[Cell]], into table: TableLayout) throws(StorageError) {
        let head: SQL = """
            INSERT INTO \(TableLayout.quoted(table.name)) (\(TableLayout.list(table.columns.map(\.name)))) VALUES 
            """
        // Two statements a table: many rows at once, and what is left one by one.
        let many = max(1, min(64, 2_000 / max(1, table.columns.count)))
        var at = 0
        while at < rows.count {
            let count = rows.count - at >= many ? many : 1
            var parts: [SQL] = []
            for row in rows[at..<at + count] { parts.append(try Self.values(row, of: table)) }
            try execute(head + parts.joined(separator: ", "))
            at += count
        }
    }

    private static func values(_ row: [Cell], of table: TableLayout) throws(StorageError) -> SQL {
        var parts: [SQL] = []
        for (cell, column) in zip(row, table.columns) {
            guard let value = column.kind.bound(cell) else {
                throw .other(
                    .init(message: "\(table.name).\(column.name) cannot hold \(cell)", statement: "insert rows"))
            }
            parts.append("\(value)")
        }
        return "(\(parts.joined(separator: ", ")))"
    }
}
