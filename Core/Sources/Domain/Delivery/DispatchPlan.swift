public import Kernel

/// Which of the waiting messages of one channel goes out next, and with which others. A red one goes first and alone;
/// where a limit does not leave room for all, the rest are merged into one digest; nothing is ever dropped.
public enum DispatchPlan {
    public struct Pace: Hashable, Sendable {
        /// Messages a minute; nil where the receiver takes what comes.
        public var limitPerMinute: Int?
        /// Recipients of one cause are one message.
        public var isGroup: Bool
        /// Of a digest's lines, in bytes.
        public var textBytesMax: Int

        public init(limitPerMinute: Int?, isGroup: Bool, textBytesMax: Int) {
            self.limitPerMinute = limitPerMinute
            self.isGroup = isGroup
            self.textBytesMax = textBytesMax
        }

        /// One by one, as fast as they are taken.
        public static let free = Pace(limitPerMinute: nil, isGroup: false, textBytesMax: 0)

        /// What only a red message may use, so that a flood of others never uses up the minute: a quarter.
        var reserve: Int { limitPerMinute.map { max(1, $0 / 4) } ?? 0 }
    }

    /// One row of the outbox that is due.
    public struct Item: Hashable, Sendable {
        public var key: String
        /// The warning and step, or the notice: rows of one cause say the same thing.
        public var cause: String
        public var recipient: String
        public var level: Level
        public var createdAt: Timestamp
        /// Of the digest that it was put in at an earlier attempt.
        public var parcel: String?
        public var textBytes: Int

        public init(
            key: String, cause: String, recipient: String, level: Level, createdAt: Timestamp, parcel: String?,
            textBytes: Int
        ) {
            self.key = key
            self.cause = cause
            self.recipient = recipient
            self.level = level
            self.createdAt = createdAt
            self.parcel = parcel
            self.textBytes = textBytes
        }
    }

    /// The keys to send as one message; nil where the minute's limit is used up.
    /// - Parameter sent: messages of the last minute.
    public static func next(of items: [Item], sent: Int, pace: Pace) -> [String]? {
        let sorted = items.sorted(by: isBefore)
        guard let first = sorted.first else { return nil }
        let room = pace.limitPerMinute.map { $0 - sent } ?? .max
        guard room > (first.level == .red ? 0 : pace.reserve) else { return nil }
        if let parcel = first.parcel { return sorted.filter { $0.parcel == parcel }.map(\.key) }
        let loose = sorted.filter { $0.parcel == nil }
        func message(_ item: Item) -> String { pace.isGroup ? item.cause : item.cause + " " + item.recipient }
        let alone = loose.filter { message($0) == message(first) }.map(\.key)
        // A red one is never swallowed.
        guard first.level < .red, pace.limitPerMinute != nil else { return alone }
        let ordinary = loose.filter { $0.level < .red }
        guard Set(ordinary.map(message)).count > room - pace.reserve else { return alone }
        return digest(ordinary.filter { pace.isGroup || $0.recipient == first.recipient }, pace: pace)
    }

    /// As many as one message holds, at least one; the rest come with the next.
    private static func digest(_ items: [Item], pace: Pace) -> [String] {
        var keys: [String] = []
        var bytes = 0
        var causes: Set<String> = []
        for item in items {
            // Recipients of one cause share a line in a group.
            let cost = pace.isGroup && causes.contains(item.cause) ? 0 : item.textBytes
            guard keys.isEmpty || bytes + cost <= pace.textBytesMax else { break }
            causes.insert(item.cause)
            bytes += cost
            keys.append(item.key)
        }
        return keys
    }

    private static func isBefore(_ left: Item, _ right: Item) -> Bool {
        if left.level != right.level { return left.level > right.level }
        if left.createdAt != right.createdAt { return left.createdAt < right.createdAt }
        return left.key < right.key
    }
}
