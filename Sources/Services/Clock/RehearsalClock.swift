public import Kernel
public import Storage

/// A clock that runs faster than time, for rehearsals: its anchor is kept in the database, so that a restart goes on
/// where the rehearsal would be.
public enum RehearsalClock {
    static let key = "rehearsal.anchor"

    public static func start(rate: Int64, floor: Timestamp, store: Store) async throws(StorageError) -> ServerClock {
        guard rate > 1 else { return ServerClock(floor: floor) }
        let fresh = ServerClock(floor: floor).now()
        let stored = try await store.write { session throws(StorageError) in
            let found = try session.first("SELECT value FROM setting WHERE key = \(key)") { row throws(StorageError) in
                row.next() as String
            }
            if let found { return found }
            let text = "\(fresh.milliseconds) \(fresh.milliseconds)"
            try session.execute(
                "INSERT INTO setting (key, value, changed_at) VALUES (\(key), \(text), \(fresh))")
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
