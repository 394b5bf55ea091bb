/// One reading as the detectors take it, without a string in it: a day of a city is many millions.
public struct ScanReading: Hashable, Sendable {
    /// The time that it bears, milliseconds.
    public var at: Int64
    /// When it arrived.
    public var received: Int64
    public var value: Double
    public var quality: Quality
    public var isBackfill: Bool
    /// What the enterprise's own system called it.
    public var reported: PointState?

    public init(
        at: Int64, received: Int64, value: Double, quality: Quality, isBackfill: Bool = false,
        reported: PointState? = nil
    ) {
        self.at = at
        self.received = received
        self.value = value
        self.quality = quality
        self.isBackfill = isBackfill
        self.reported = reported
    }
}
