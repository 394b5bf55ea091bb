/// Rows as bytes, the same for both engines: what a backup holds and what a table's hash is taken over.
/// A cell: one byte of kind, then 8 bytes of a number, or 4 bytes of length and the content. Big-endian.
public enum RowCodec {
    public struct Damage: Error, Hashable, Sendable {
        public let reason: String
    }

    public static func append(_ cell: Cell, to bytes: inout [UInt8]) {
        switch cell {
        case .null: bytes.append(0)
        case .integer(let value):
            bytes.append(1)
            append(UInt64(bitPattern: value), to: &bytes)
        case .real(let value):
            bytes.append(2)
            // SQLite keeps no negative zero.
            append((value == 0 ? 0.0 : value).bitPattern, to: &bytes)
        case .text(let value):
            bytes.append(3)
            append([UInt8](value.utf8), to: &bytes)
        case .bytes(let value):
            bytes.append(4)
            append(value, to: &bytes)
        }
    }

    /// The rows of a packet of a table with this many columns.
    public static func rows(_ bytes: [UInt8], columns: Int) throws(Damage) -> [[Cell]] {
        var (rows, at): ([[Cell]], Int) = ([], 0)
        while at < bytes.count {
            var row: [Cell] = []
            row.reserveCapacity(columns)
            for _ in 0..<columns { row.append(try cell(bytes, &at)) }
            rows.append(row)
        }
        return rows
    }

    private static func cell(_ bytes: [UInt8], _ at: inout Int) throws(Damage) -> Cell {
        let kind = try take(1, of: bytes, &at).first ?? 0
        switch kind {
        case 0: return .null
        case 1: return .integer(Int64(bitPattern: number(try take(8, of: bytes, &at))))
        case 2: return .real(Double(bitPattern: number(try take(8, of: bytes, &at))))
        case 3:
            let content = try content(bytes, &at)
            guard let text = String(validating: content, as: UTF8.self) else {
                throw Damage(reason: "a text that is not UTF-8")
            }
            return .text(text)
        case 4: return .bytes(Array(try content(bytes, &at)))
        default: throw Damage(reason: "a cell of kind \(kind)")
        }
    }

    private static func content(_ bytes: [UInt8], _ at: inout Int) throws(Damage) -> ArraySlice<UInt8> {
        let count = Int(number(try take(4, of: bytes, &at)))
        return try take(count, of: bytes, &at)
    }

    private static func take(_ count: Int, of bytes: [UInt8], _ at: inout Int) throws(Damage) -> ArraySlice<UInt8> {
        guard count <= bytes.count - at else { throw Damage(reason: "it ends in the middle of a row") }
        defer { at += count }
        return bytes[at..<at + count]
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    private static func append(_ content: [UInt8], to bytes: inout [UInt8]) {
        precondition(content.count <= Int(UInt32.max), "no cell is that long")
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: content.count >> shift)) }
        bytes += content
    }
}
