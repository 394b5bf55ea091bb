public import Kernel

/// At most so many in a time, more at once only until the store of tokens is empty (a token bucket).
public struct RateLimit: Hashable, Sendable {
    public var count: Int
    public var within: Interval

    public init(_ count: Int, within: Interval) {
        precondition(count > 0 && within > .milliseconds(0), "a limit lets something through")
        self.count = count
        self.within = within
    }

    /// What it costs to pass, and what a full bucket holds; each millisecond brings `count`.
    private var cost: Int64 { within.milliseconds }
    private var full: Int64 { within.milliseconds * Int64(count) }

    /// What one caller has left.
    public struct Bucket: Hashable, Sendable {
        private var left: Int64
        private var at: Timestamp

        public init(_ limit: RateLimit, at now: Timestamp) {
            left = limit.full
            at = now
        }

        /// Takes one; how long to wait where there is none.
        public mutating func take(_ limit: RateLimit, at now: Timestamp) -> Interval? {
            refill(limit, at: now)
            if left >= limit.cost {
                left -= limit.cost
                return nil
            }
            let (missing, gain) = (limit.cost - left, Int64(limit.count))
            return .milliseconds((missing + gain - 1) / gain)
        }

        /// Full again: nobody has to remember it.
        public func isFull(_ limit: RateLimit, at now: Timestamp) -> Bool {
            var copy = self
            copy.refill(limit, at: now)
            return copy.left >= limit.full
        }

        private mutating func refill(_ limit: RateLimit, at now: Timestamp) {
            let passed = max(0, (now - at).milliseconds)
            let (gained, isHuge) = passed.multipliedReportingOverflow(by: Int64(limit.count))
            left = isHuge || gained >= limit.full ? limit.full : min(limit.full, left + gained)
            at = max(at, now)
        }
    }
}
