import Domain
import Kernel
import Synchronization

/// How often callers may knock: a bucket a caller, forgotten when it is full again.
final class RateLimiter: Sendable {
    /// Beyond this many the full ones are swept; were all in use, the oldest would have to wait for nothing.
    private static let bucketsMax = 20_000

    private let limit: RateLimit
    private let buckets = Mutex<[String: RateLimit.Bucket]>([:])

    init(_ limit: RateLimit) { self.limit = limit }

    /// Whole seconds to wait, for `Retry-After`; nil where the caller may go on.
    func wait(_ caller: String, at now: Timestamp) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.bucketsMax { buckets = buckets.filter { !$0.value.isFull(limit, at: now) } }
            var bucket = buckets[caller] ?? RateLimit.Bucket(limit, at: now)
            let wait = bucket.take(limit, at: now)
            buckets[caller] = bucket
            return wait.map { Int(($0.milliseconds + 999) / 1_000) }
        }
    }
}
