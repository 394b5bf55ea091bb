import CPostgres

/// Parameters in PostgreSQL's binary form.
struct PostgresParameters {
    /// All values one behind the other; never empty, so that there is an address even for an empty value.
    private var buffer: [UInt8] = [0]
    /// Where each value starts; nil is NULL.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    init(_ values: [SQLValue]) {
        for value in values { append(value) }
    }

    /// The oid of int8, float8, text, bytea.
    static func type(_ value: SQLValue) -> UInt32 {
        switch value {
        case .integer: 20
        case .real: 701
        case .text: 25
        case .bytes: 17
        }
    }

    static func letter(_ value: SQLValue) -> Character {
        switch value {
        case .integer: "i"
        case .real: "r"
        case .text: "t"
        case .bytes: "b"
        }
    }

    func execute(_ handle: OpaquePointer, _ name: String) -> OpaquePointer? {
        let formats = [Int32](repeating: 1, count: offsets.count)
        return unsafe buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress
            let pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
                guard let offset, let base = unsafe base else { return nil }
                return unsafe (base + offset).assumingMemoryBound(to: CChar.self)
            }
            return unsafe PQexecPrepared(handle, name, Int32(offsets.count), pointers, lengths, formats, 1)
        }
    }

    private mutating func append(_ value: SQLValue) {
        switch value {
        case .integer(let value?): append(bigEndian: UInt64(bitPattern: value))
        case .real(let value?): append(bigEndian: value.bitPattern)
        case .text(let value?): append([UInt8](value.utf8))
        case .bytes(let value?): append(value)
        case .integer(nil), .real(nil), .text(nil), .bytes(nil):
            offsets.append(nil)
            lengths.append(0)
        }
    }

    private mutating func append(bigEndian value: UInt64) {
        append((0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - $0 * 8)) })
    }

    private mutating func append(_ bytes: [UInt8]) {
        offsets.append(buffer.count)
        lengths.append(Int32(bytes.count))
        buffer += bytes
    }
}
