/// The time that operations are given: wall time that never runs backwards. A value: the readings of the machine's two
/// clocks come in from outside, so that a jump can be tested.
///
/// - A jump forwards is followed: deadlines that it passes over are acted on, marked late.
/// - A jump backwards is not: time goes on by the machine's monotonic clock until the wall has caught up, so that no
///   deadline is put off. A difference below `slack` is taken for the ordinary correction of the clock, and time
///   stands still until the wall is level again.
public struct MonotonicWallClock: Sendable {
    private var last: Timestamp
    private var lastMonotonic: Interval
    private let slack: Interval

    /// - Parameter floor: the latest instant on record: a machine that comes back with an earlier clock goes on from
    ///   it.
    public init(wall: Timestamp, monotonic: Interval, floor: Timestamp = .distantPast, slack: Interval = .seconds(5)) {
        last = max(wall, floor)
        lastMonotonic = monotonic
        self.slack = slack
    }

    /// The instant that goes with the two readings.
    public mutating func now(wall: Timestamp, monotonic: Interval) -> Timestamp {
        let expected = last + max(.zero, monotonic - lastMonotonic)
        lastMonotonic = max(monotonic, lastMonotonic)
        if wall >= expected {
            last = wall
        } else if expected - wall > slack {
            last = expected
        } else {
            last = max(last, wall)
        }
        return last
    }
}
