import CPostgres

/// An answer of libpq, freed with the last reference. All columns are binary.
@safe final class PostgresResult {
    private let handle: OpaquePointer
    let rowCount: Int32
    let columnCount: Int

    init(_ handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
        rowCount = unsafe PQntuples(handle)
        columnCount = Int(unsafe PQnfields(handle))
    }

    deinit { unsafe PQclear(handle) }

    var status: ExecStatusType { unsafe PQresultStatus(handle) }

    /// The tag of the command, such as `COMMIT`.
    var command: String { unsafe String(cString: PQcmdStatus(handle)) }

    var changedCount: Int { Int(unsafe String(cString: PQcmdTuples(handle))) ?? 0 }

    var sqlState: String {
        guard let text = unsafe PQresultErrorField(handle, Int32(UInt8(ascii: "C"))) else { return "" }
        return unsafe String(cString: text)
    }

    var message: String {
        var text = unsafe String(cString: PQresultErrorMessage(handle))
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    func cell(row: Int32, column: Int32, statement: String) -> Cell {
        if unsafe PQgetisnull(handle, row, column) == 1 { return .null }
        let length = Int(unsafe PQgetlength(handle, row, column))
        let bytes = unsafe UnsafeRawBufferPointer(start: PQgetvalue(handle, row, column), count: length)
        let type = unsafe PQftype(handle, column)
        switch type {
        case 20: return .integer(unsafe Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case 23: return .integer(Int64(unsafe Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case 21: return .integer(Int64(unsafe Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case 16: return .integer(unsafe bytes[0] == 0 ? 0 : 1)
        case 701: return .real(Double(bitPattern: unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))))
        case 25, 1043, 19: return .text(unsafe String(decoding: bytes, as: UTF8.self))
        case 17: return .bytes(unsafe [UInt8](bytes))
        default: fatalError("column \(column) has PostgreSQL type \(type): CAST it in \(statement)")
        }
    }
}
