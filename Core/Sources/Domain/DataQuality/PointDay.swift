public import Kernel

/// What one day of a point leaves behind: counts, the noise of its blocks, its stillest and strangest places, and the
/// traces by which it will be recognised. Some kilobytes instead of ten thousand readings.
public struct PointDay: Hashable, Sendable {
    /// A place on the day's time axis, seconds of the day.
    public struct Place: Hashable, Sendable {
        public var from: Int32
        public var until: Int32
        public var readings: Int

        public init(from: Int32 = 0, until: Int32 = 0, readings: Int = 0) {
            self.from = from
            self.until = until
            self.readings = readings
        }
        public var minutes: Int64 { Int64(until - from) / 60 }
    }

    /// Some hundred readings: how much the curve bends from one to the next, and in which steps it counts.
    public struct Block: Hashable, Sendable {
        public var from: Int32
        public var until: Int32
        public var noise: Float
        public var changes: Int32
        public var decimals: UInt8
    }

    public var day: Day
    public var readings = 0
    public var liveReadings = 0
    public var lateReadings = 0
    public var accurateReadings = 0
    public var outOfRangeReadings = 0
    public var badReadings = 0
    public var missedAlarms = 0
    public var changes = 0
    public var low = Double.infinity
    public var high = -Double.infinity
    public var still = Place()
    /// The longest stretch at exactly the day's highest and lowest value.
    public var top = Place()
    public var bottom = Place()
    /// The longest row of equal steps.
    public var progression = Place()
    public var jumps = 0
    public var firstJump = Place()
    public var fastChanges = 0
    public var firstFastChange = Place()
    public var blocks: [Block] = []
    public var signs = SignTrace()
    public var repeats = RepeatTrace()

    public init(day: Day) { self.day = day }

    public func instant(_ second: Int32) -> Timestamp { day.start + .seconds(Int64(second)) }
}
