public import Kernel
public import Storage

/// A clock that runs faster than time, or shows another time, for rehearsals and demonstrations: its anchor is kept in
/// the database, so that a restart goes on where the rehearsal would be.
public enum RehearsalClock {
    static let key = "rehearsal.anchor"

    /// - Parameter beginning: what the clock shows at its first start; nil is the real time. Never before the floor.
    public static func start(
        rate: Int64, beginning: Timestamp? = nil, floor: Timestamp, store: Store
    ) async throws(StorageError) -> ServerClock {
        guard rate > 1 || beginning != nil else { return ServerClock(floor: floor) }
        let real = ServerClock().now()
        let shown = max(beginning ?? real, floor)
        let stored = try await store.write { session throws(StorageError) in
            let found = try session.first("SELECT value FROM setting WHERE key = \(key)") { row throws(StorageError) in
                row.next() as String
            }
            if let found { return found }
            let text = "\(real.milliseconds) \(shown.milliseconds)"
            try session.execute(
                "INSERT INTO setting (key, value, changed_at) VALUES (\(key), \(text), \(shown))")
            return text
        }
        let parts = stored.split(separator: " ").compactMap { Int64($0) }
        guard parts.count == 2 else {
            throw .other(.init(message: "the rehearsal's anchor cannot be read: \(stored)", statement: "setting"))
        }
        let anchor = ServerClock.Anchor(
            real: Timestamp(milliseconds: parts[0]), shown: Timestamp(milliseconds: parts[1]))
        return ServerClock(floor: floor, rate: rate, anchor: anchor)
    }
}
