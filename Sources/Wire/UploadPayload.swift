public import Domain
public import Kernel

/// The accepted values of one upload in the form in which they are kept as evidence: the codes once, then each value
/// with its time as a difference and its figure as a scaled integer where that is exact. It needs no directory to be
/// read: codes may get other places later.
///
/// Layout: version 1, received (ms), count of codes, codes (length, bytes), count of values, values. A value is its
/// code's number, the difference of its time to the one before, flags (bits 0–1 quality, 2 backfill, 3 claimed time
/// follows, 4 mark ignored, 5 reported state follows), the claimed time's difference, the state, and the figure: kind 0
/// none, 1–7 an integer with one decimal fewer than that, 255 eight bytes. Whole numbers are varints, signed ones
/// zigzag.
public enum UploadPayload {
    /// A value as the rules took it.
    public struct Item: Hashable, Sendable {
        /// The place in the directory (to encode) or in `codes` (decoded).
        public var code: Int
        public var at: Timestamp
        /// The time that the gateway claimed, where the server's stands in its stead.
        public var claimedAt: Timestamp?
        public var value: Double
        public var quality: Quality
        public var isBackfill: Bool
        public var isMarkIgnored: Bool
        public var reported: PointState?

        public init(
            code: Int, at: Timestamp, claimedAt: Timestamp?, value: Double, quality: Quality, isBackfill: Bool,
            isMarkIgnored: Bool, reported: PointState?
        ) {
            self.code = code
            self.at = at
            self.claimedAt = claimedAt
            self.value = value
            self.quality = quality
            self.isBackfill = isBackfill
            self.isMarkIgnored = isMarkIgnored
            self.reported = reported
        }
    }

    /// What is stored does not read: damage.
    public struct Damage: Error, Hashable, Sendable {
        public let offset: Int
    }

    public static func encode(
        _ items: [Item], received: Timestamp, directory: borrowing PointDirectory
    ) -> [UInt8] {
        var numbers: [Int: Int] = [:]
        var codes: [Int] = []
        for item in items where numbers[item.code] == nil {
            numbers[item.code] = codes.count
            codes.append(item.code)
        }
        var writer = PayloadWriter()
        writer.bytes.reserveCapacity(16 + codes.count * 24 + items.count * 10)
        writer.bytes.append(1)
        writer.signed(received.milliseconds)
        writer.unsigned(UInt64(codes.count))
        for code in codes {
            writer.unsigned(UInt64(directory.codeLength(at: code)))
            directory.appendCode(at: code, to: &writer.bytes)
        }
        writer.unsigned(UInt64(items.count))
        var previous = received.milliseconds
        for item in items {
            writer.unsigned(UInt64(numbers[item.code] ?? 0))
            writer.signed(item.at.milliseconds &- previous)
            previous = item.at.milliseconds
            writer.bytes.append(flags(of: item))
            if let claimed = item.claimedAt { writer.signed(claimed.milliseconds &- item.at.milliseconds) }
            if let reported = item.reported { writer.bytes.append(stateCode(reported)) }
            writer.figure(item.value)
        }
        return writer.bytes
    }

    private static func flags(of item: Item) -> UInt8 {
        var flags = item.quality.code
        if item.isBackfill { flags |= 4 }
        if item.claimedAt != nil { flags |= 8 }
        if item.isMarkIgnored { flags |= 16 }
        if item.reported != nil { flags |= 32 }
        return flags
    }

    private static func stateCode(_ state: PointState) -> UInt8 {
        switch state {
        case .normal: 0
        case .low: 1
        case .high: 2
        case .lowLow: 3
        case .highHigh: 4
        }
    }

    private static func state(code: UInt8) -> PointState? {
        PointState.allCases.first { stateCode($0) == code }
    }

    public struct Decoded: Hashable, Sendable {
        public var received: Timestamp
        public var codes: [String]
        public var items: [Item]
    }

    public static func decode(_ bytes: [UInt8]) throws(Damage) -> Decoded {
        var reader = PayloadReader(bytes: bytes)
        guard try reader.byte() == 1 else { throw Damage(offset: 0) }
        let received = try reader.signed()
        var codes: [String] = []
        for _ in 0..<(try reader.count()) {
            let length = try reader.count()
            codes.append(String(decoding: try reader.slice(length), as: UTF8.self))
        }
        let count = try reader.count()
        var items: [Item] = []
        items.reserveCapacity(count)
        var previous = received
        for _ in 0..<count {
            let item = try item(&reader, codes: codes.count, previous: &previous)
            items.append(item)
        }
        guard reader.index == bytes.count else { throw Damage(offset: reader.index) }
        return Decoded(received: Timestamp(milliseconds: received), codes: codes, items: items)
    }

    private static func item(
        _ reader: inout PayloadReader, codes: Int, previous: inout Int64
    ) throws(Damage) -> Item {
        let code = try reader.count()
        guard code < codes else { throw Damage(offset: reader.index) }
        let at = previous &+ (try reader.signed())
        previous = at
        let flags = try reader.byte()
        guard flags < 64, let quality = Quality(code: flags & 3) else { throw Damage(offset: reader.index) }
        var claimed: Timestamp?
        if flags & 8 != 0 { claimed = Timestamp(milliseconds: at &+ (try reader.signed())) }
        var reported: PointState?
        if flags & 32 != 0 {
            guard let state = state(code: try reader.byte()) else { throw Damage(offset: reader.index) }
            reported = state
        }
        return Item(
            code: code, at: Timestamp(milliseconds: at), claimedAt: claimed, value: try reader.figure(),
            quality: quality, isBackfill: flags & 4 != 0, isMarkIgnored: flags & 16 != 0, reported: reported)
    }
}
