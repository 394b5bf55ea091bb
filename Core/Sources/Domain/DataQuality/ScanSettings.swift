/// The parameters of the detectors that read values: data, so that an authority may set them. [本项目约定]
///
/// Lengths of patterns are counted in readings, not in seconds: a point that reads every 5 s shows its hand sooner than
/// one that reads every minute.
public struct ScanSettings: Hashable, Sendable {
    /// Readings of a window whose fluctuations are compared with earlier ones.
    public var replayWindow = 512
    /// How far the agreement of two windows must lie above chance, in standard deviations.
    public var replayDeviations = 8.0
    /// Changes in a row that must agree to the last digit to be a repetition.
    public var repeatWindow = 24
    /// How improbable such a row must be by itself, in bits.
    public var repeatBits = 56.0
    /// Readings of a block for which the noise is measured.
    public var blockReadings = 240
    /// Blocks of the point's own past before anything is judged by it.
    public var historyBlocksMin = 12
    /// A block is too smooth below this share of the quietest tenth of the point's past blocks.
    public var smoothShare = 0.34
    public var smoothBlocksMin = 2
    /// Equal steps in a row that are no chance.
    public var progressionReadings = 40
    /// A still stretch is frozen beyond this multiple of the longest of the point's past days.
    public var frozenMultiple = 4.0
    public var frozenReadingsMin = 120
    public var frozenMinutesMin: Int64 = 30
    public var neverChangedDays = 30
    /// Readings at exactly the highest value of the day, next to a limit, that are no chance.
    public var clampReadings = 24
    /// Next to a limit: within this share of the range.
    public var clampMargin = 0.06
    /// A reading that differs from both neighbours by this share of the range is a jump.
    public var jumpShare = 0.25
    /// Share of the day's readings out of range, or of bad quality, that is a finding.
    public var outOfRangeShare = 0.01
    public var badQualityShare = 0.05
    /// Live values that arrive later than this are late; a gateway whose values are late in the median has a wrong
    /// clock or a jammed line.
    public var lateSeconds: Int64 = 120
    /// Share of the range a minute that such a quantity cannot change by; jumps lie beyond it too.
    public var rateShareMax: [Quantity: Double] = ScanSettings.usualRates
    public var massOffline = MassOffline.Settings()

    public init() {}

    /// A tank does not fill in a few minutes, a vessel does not warm through its range in two; a runaway reactor stays
    /// below this. Gas may do anything: a cloud comes with the wind.
    public static let usualRates: [Quantity: Double] = [
        .level: 0.15, .temperature: 0.4, .pressure: 2, .humidity: 0.3, .oxygen: 1.0,
    ]
}
