/// Writes varints and figures.
struct PayloadWriter {
    var bytes: [UInt8] = []

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func figure(_ value: Double) {
        guard !value.isNaN else { return bytes.append(0) }
        var power = 1.0
        for decimals in 0..<7 {
            let scaled = (value * power).rounded()
            // The integer must give back the very same bits; −0 does not.
            if abs(scaled) < 0x1p53, (Double(Int64(scaled)) / power).bitPattern == value.bitPattern {
                bytes.append(UInt8(decimals + 1))
                return signed(Int64(scaled))
            }
            power *= 10
        }
        bytes.append(255)
        let bits = value.bitPattern
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    }
}

/// Reads what `PayloadWriter` wrote; refuses what it cannot have written instead of trapping.
struct PayloadReader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var damage: UploadPayload.Damage { UploadPayload.Damage(offset: index) }

    mutating func byte() throws(UploadPayload.Damage) -> UInt8 {
        guard index < bytes.count else { throw damage }
        index += 1
        return bytes[index - 1]
    }

    mutating func unsigned() throws(UploadPayload.Damage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 63 || (shift == 63 && byte <= 1) else { throw damage }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    mutating func signed() throws(UploadPayload.Damage) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A number of things, each of which takes at least one byte of what is left.
    mutating func count() throws(UploadPayload.Damage) -> Int {
        let value = try unsigned()
        guard value <= UInt64(bytes.count) else { throw damage }
        return Int(value)
    }

    mutating func slice(_ length: Int) throws(UploadPayload.Damage) -> ArraySlice<UInt8> {
        guard length <= bytes.count - index else { throw damage }
        defer { index += length }
        return bytes[index..<index + length]
    }

    mutating func figure() throws(UploadPayload.Damage) -> Double {
        let kind = try byte()
        switch kind {
        case 0: return .nan
        case 1...7:
            var power = 1.0
            for _ in 1..<kind { power *= 10 }
            return Double(try signed()) / power
        case 255:
            var bits: UInt64 = 0
            for (position, byte) in try slice(8).enumerated() { bits |= UInt64(byte) << UInt64(position * 8) }
            return Double(bitPattern: bits)
        default: throw damage
        }
    }
}
