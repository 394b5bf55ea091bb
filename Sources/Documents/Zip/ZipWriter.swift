import Compression

/// A zip archive in memory, with one fixed time for all entries: the same entries give the same bytes.
public struct ZipWriter {
    private var output: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    public init() {}

    /// Deflated where that is smaller.
    public mutating func add(_ name: String, _ bytes: [UInt8]) {
        let packed = Deflate.compressed(bytes).flatMap { $0.count < bytes.count ? $0 : nil }
        let body = packed ?? bytes
        let start = UInt32(output.count)
        var common: [UInt8] = []
        common.put(UInt16(20))
        // UTF-8 names.
        common.put(UInt16(0x0800))
        common.put(UInt16(packed == nil ? 0 : 8))
        // 00:00:00 on 1980-01-01, the earliest that the format knows.
        common.put(UInt16(0))
        common.put(UInt16(0x0021))
        common.put(Deflate.checksum(bytes))
        common.put(UInt32(body.count))
        common.put(UInt32(bytes.count))
        common.put(UInt16(name.utf8.count))
        common.put(UInt16(0))
        output.put(UInt32(0x0403_4b50))
        output += common
        output += name.utf8
        output += body
        directory.put(UInt32(0x0201_4b50))
        directory.put(UInt16(20))
        directory += common
        directory.put(UInt16(0))
        directory.put(UInt16(0))
        directory.put(UInt16(0))
        directory.put(UInt32(0))
        directory.put(start)
        directory += name.utf8
        count += 1
    }

    public mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    public consuming func finish() -> [UInt8] {
        let start = UInt32(output.count)
        output += directory
        output.put(UInt32(0x0605_4b50))
        output.put(UInt16(0))
        output.put(UInt16(0))
        output.put(count)
        output.put(count)
        output.put(UInt32(directory.count))
        output.put(start)
        output.put(UInt16(0))
        return output
    }
}

extension [UInt8] {
    /// Little-endian, as zip has it.
    fileprivate mutating func put(_ value: some FixedWidthInteger & UnsignedInteger) {
        for position in 0..<value.bitWidth / 8 { append(UInt8(truncatingIfNeeded: value >> (position * 8))) }
    }
}
