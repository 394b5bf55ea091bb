/// Fingerprints of rows of changes that are equal to the last digit, for points so still or so coarse that their noise
/// does not show. A row is `repeatWindow` changes, each with how far it went and after how many readings; of all rows
/// some are kept so that any common stretch leaves at least one in both (winnowing). A row that is likely by itself,
/// such as a tick up and down again, is not kept: its improbability is counted in bits as it comes.
public struct RepeatTrace: Hashable, Sendable {
    public internal(set) var hashes: [UInt64] = []
    /// When each row ended, seconds of the day.
    public internal(set) var times: [Int32] = []

    public init() {}

    /// A stretch that was there before.
    public struct Match: Hashable, Sendable {
        public var from: Int32
        public var until: Int32
        public var sourceFrom: Int32
        public var sourceUntil: Int32
        /// Which earlier day; nil is today itself.
        public var sourceDay: Int?
        public var rows: Int
    }

    /// Fingerprints in common, in the same order and at the same distance, at least three.
    public static func matches(today: RepeatTrace, history: [RepeatTrace]) -> [Match] {
        var found: [Match] = []
        for (day, trace) in (history + [today]).enumerated() {
            let isToday = day == history.count
            var places: [UInt64: Int32] = [:]
            for (hash, time) in zip(trace.hashes, trace.times) where places[hash] == nil { places[hash] = time }
            var current: Match?
            for (hash, time) in zip(today.hashes, today.times) {
                guard let source = places[hash], !isToday || source < time else { continue }
                if var match = current, abs((time - match.until) - (source - match.sourceUntil)) <= 90,
                    time > match.until
                {
                    match.until = time
                    match.sourceUntil = source
                    match.rows += 1
                    current = match
                } else {
                    if let match = current, match.rows >= 3 { found.append(match) }
                    current = Match(
                        from: time, until: time, sourceFrom: source, sourceUntil: source,
                        sourceDay: isToday ? nil : day, rows: 1)
                }
            }
            if let match = current, match.rows >= 3 { found.append(match) }
        }
        return found.sorted { $0.rows > $1.rows }
    }
}

/// Makes the fingerprints as the changes come; of fixed size.
struct RepeatWriter: Sendable {
    private static let ring = 32
    /// Of so many rows in a row the least is kept.
    private static let window = 32
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    private let length: Int
    private let bitsMin: Double
    private let outgoing: UInt64
    private var symbols: InlineArray<32, UInt64> = .init(repeating: 0)
    private var surprises: InlineArray<32, Double> = .init(repeating: 0)
    private var candidates: InlineArray<32, UInt64> = .init(repeating: .max)
    private var seen: InlineArray<256, UInt32> = .init(repeating: 0)
    private var hash: UInt64 = 0
    private var bits = 0.0
    private(set) var changes = 0
    private var lastKept: UInt64 = .max

    init(_ settings: ScanSettings) {
        length = min(Self.ring, max(4, settings.repeatWindow))
        bitsMin = settings.repeatBits
        var power: UInt64 = 1
        for _ in 0..<length - 1 { power = power &* Self.base }
        outgoing = power
    }

    mutating func take(step: Double, readings: Int, second: Int32, into trace: inout RepeatTrace) {
        let scaled = (step * 1_000_000).rounded()
        let symbol = Self.mixed(UInt64(bitPattern: Int64(max(-9e15, min(9e15, scaled)))) &* 31 &+ UInt64(readings))
        let bucket = Int(symbol >> 56)
        let share = Double(seen[bucket] + 1) / Double(changes + 256)
        let surprise = -Self.logarithm(share)
        seen[bucket] += 1
        let slot = changes % length
        if changes >= length {
            hash = hash &- symbols[slot] &* outgoing
            bits -= surprises[slot]
        }
        symbols[slot] = symbol
        surprises[slot] = surprise
        hash = hash &* Self.base &+ symbol
        bits += surprise
        changes += 1
        let isRow = changes >= length && bits >= bitsMin
        candidates[changes % Self.window] = isRow ? Self.mixed(hash) : .max
        var least = UInt64.max
        for index in 0..<Self.window where candidates[index] < least { least = candidates[index] }
        guard least != .max, least != lastKept else { return }
        lastKept = least
        trace.hashes.append(least)
        trace.times.append(second)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ base
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The logarithm to base 2, exact to a tenth of a bit.
    private static func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
}
