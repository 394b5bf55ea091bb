public import Kernel

extension PointDay {
    private static let version: UInt8 = 1

    /// Everything but the traces.
    public var figures: [UInt8] {
        var writer = ByteWriter()
        writer.put(Self.version)
        for count in [
            readings, liveReadings, lateReadings, accurateReadings, outOfRangeReadings, badReadings, missedAlarms,
            changes, jumps, fastChanges,
        ] { writer.put(UInt64(bitPattern: Int64(count))) }
        writer.put(low.bitPattern)
        writer.put(high.bitPattern)
        for place in [still, top, bottom, progression, firstJump, firstFastChange] {
            writer.put(place.from)
            writer.put(place.until)
            writer.put(Int32(clamping: place.readings))
        }
        writer.put(Int32(blocks.count))
        for block in blocks {
            writer.put(block.from)
            writer.put(block.until)
            writer.put(Int32(bitPattern: block.noise.bitPattern))
            writer.put(block.changes)
            writer.put(block.decimals)
        }
        return writer.bytes
    }

    /// What the day is recognised by.
    public var traces: [UInt8] {
        var writer = ByteWriter()
        writer.put(Self.version)
        writer.put(Int32(clamping: signs.count))
        writer.put(Int32(signs.signs.count))
        for index in signs.signs.indices {
            writer.put(signs.signs[index])
            writer.put(signs.known[index])
            writer.put(signs.times[index])
        }
        writer.put(Int32(repeats.hashes.count))
        for (hash, time) in zip(repeats.hashes, repeats.times) {
            writer.put(hash)
            writer.put(time)
        }
        return writer.bytes
    }

    /// nil where the bytes are not what was written.
    public init?(day: Day, figures: [UInt8], traces: [UInt8]?) {
        self.init(day: day)
        var reader = ByteReader(bytes: figures)
        guard reader.byte() == Self.version else { return nil }
        var counts: [Int] = []
        for _ in 0..<10 {
            guard let word = reader.word() else { return nil }
            counts.append(Int(Int64(bitPattern: word)))
        }
        (readings, liveReadings, lateReadings, accurateReadings) = (counts[0], counts[1], counts[2], counts[3])
        (outOfRangeReadings, badReadings, missedAlarms) = (counts[4], counts[5], counts[6])
        (changes, jumps, fastChanges) = (counts[7], counts[8], counts[9])
        guard let low = reader.word(), let high = reader.word() else { return nil }
        self.low = Double(bitPattern: low)
        self.high = Double(bitPattern: high)
        var places: [Place] = []
        for _ in 0..<6 {
            guard let from = reader.half(), let until = reader.half(), let readings = reader.half() else { return nil }
            places.append(Place(from: from, until: until, readings: Int(readings)))
        }
        (still, top, bottom) = (places[0], places[1], places[2])
        (progression, firstJump, firstFastChange) = (places[3], places[4], places[5])
        guard let count = reader.half(), count >= 0, count < 100_000 else { return nil }
        for _ in 0..<count {
            guard let from = reader.half(), let until = reader.half(), let noise = reader.half(),
                let changes = reader.half(), let decimals = reader.byte()
            else { return nil }
            blocks.append(
                Block(
                    from: from, until: until, noise: Float(bitPattern: UInt32(bitPattern: noise)), changes: changes,
                    decimals: decimals))
        }
        guard reader.isAtEnd else { return nil }
        if let traces, !readTraces(traces) { return nil }
    }

    private mutating func readTraces(_ bytes: [UInt8]) -> Bool {
        var reader = ByteReader(bytes: bytes)
        guard reader.byte() == Self.version, let bits = reader.half(), let words = reader.half(), words >= 0,
            bits >= 0, Int(words) == (Int(bits) + 63) / 64
        else { return false }
        for _ in 0..<words {
            guard let sign = reader.word(), let known = reader.word(), let time = reader.half() else { return false }
            signs.signs.append(sign)
            signs.known.append(known)
            signs.times.append(time)
        }
        signs.count = Int(bits)
        guard let rows = reader.half(), rows >= 0 else { return false }
        for _ in 0..<rows {
            guard let hash = reader.word(), let time = reader.half() else { return false }
            repeats.hashes.append(hash)
            repeats.times.append(time)
        }
        return reader.isAtEnd
    }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func put(_ value: UInt8) { bytes.append(value) }
    mutating func put(_ value: Int32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt32(bitPattern: value) >> UInt32(shift)))
        }
    }
    mutating func put(_ value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }
}

private struct ByteReader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func byte() -> UInt8? {
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        return bytes[index]
    }

    mutating func half() -> Int32? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 { value |= UInt32(bytes[index + offset]) << UInt32(8 * offset) }
        index += 4
        return Int32(bitPattern: value)
    }

    mutating func word() -> UInt64? {
        guard index + 8 <= bytes.count else { return nil }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
        index += 8
        return value
    }
}
