import Glibc
public import Kernel
import Synchronization

/// The one clock of a server. `rate` above 1 makes time run faster, for rehearsals and demonstrations: a server with
/// such a clock says so on every page, and must not watch a real plant.
public final class ServerClock: Sendable {
    /// Where virtual time was when real time was there.
    public struct Anchor: Hashable, Sendable {
        public var real: Timestamp
        public var shown: Timestamp

        public init(real: Timestamp, shown: Timestamp) {
            self.real = real
            self.shown = shown
        }
    }

    public let rate: Int64
    private let anchor: Anchor
    private let clock: Mutex<MonotonicWallClock>

    /// - Parameters:
    ///   - floor: the latest instant on record.
    ///   - anchor: of a rehearsal that goes on after a restart; without one the clock shows the real time.
    public init(floor: Timestamp = .distantPast, rate: Int64 = 1, anchor: Anchor? = nil) {
        precondition(rate >= 1, "time does not run backwards")
        self.rate = rate
        let real = Self.wall()
        self.anchor = anchor ?? Anchor(real: real, shown: real)
        let shown = Self.shown(at: real, rate: rate, anchor: self.anchor)
        clock = Mutex(
            MonotonicWallClock(
                wall: shown, monotonic: .milliseconds(Self.monotonic().milliseconds * rate), floor: floor))
    }

    public func now() -> Timestamp {
        let wall = Self.shown(at: Self.wall(), rate: rate, anchor: anchor)
        let monotonic = Interval.milliseconds(Self.monotonic().milliseconds * rate)
        return clock.withLock { $0.now(wall: wall, monotonic: monotonic) }
    }

    /// The machine's two clocks as they are: what people set, and what only goes on.
    static func readings() -> (wall: Timestamp, steady: Interval) { (wall(), monotonic()) }

    /// By how much this clock is ahead of the machine's wall clock: it was set back, or came back with an earlier time
    /// than what is on record.
    public var lead: Interval { now() - Self.shown(at: Self.wall(), rate: rate, anchor: anchor) }

    /// How long to really wait for so much of this clock's time.
    public func wait(for interval: Interval) -> Duration { .milliseconds(max(0, interval.milliseconds) / rate) }

    private static func shown(at real: Timestamp, rate: Int64, anchor: Anchor) -> Timestamp {
        anchor.shown + (real - anchor.real) * rate
    }

    private static func wall() -> Timestamp { Timestamp(milliseconds: read(CLOCK_REALTIME)) }
    /// Goes on while the machine sleeps.
    private static func monotonic() -> Interval { .milliseconds(read(CLOCK_BOOTTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        let status = unsafe clock_gettime(clock, &time)
        precondition(status == 0, "the machine has this clock")
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
