import Domain
public import Kernel

/// What waits for the scope's owner, for the rail: enterprises still to be checked today, duty calls to be answered.
public struct SpotCheckWaiting: Hashable, Sendable {
    public var checks = 0
    public var calls = 0

    public static func read(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> SpotCheckWaiting {
        var waiting = SpotCheckWaiting(checks: 0, calls: try DutyCallStore.waiting(for: scope, in: &session))
        guard case .authority(let office) = scope,
            let row = try SpotCheckStore.day(Day(now), of: office, in: &session)
        else { return waiting }
        let completion = try SpotCheckStore.completion(of: row, in: &session)
        waiting.checks = max(completion.missing, completion.mustMissing)
        return waiting
    }
}
