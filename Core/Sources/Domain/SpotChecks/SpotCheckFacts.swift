public import Kernel

/// What the system itself knows for the record (columns 1–9 and 11 of the appendix), at one instant.
public struct SpotCheckFacts: Hashable, Sendable {
    public var at: Timestamp
    public var enterpriseName: String
    public var region: String
    public var hazards: [String]
    public var level: Level
    /// `是 08:52`, `否`, `逾期 10:12`.
    public var commitment: String
    public var openAlarms: Int
    /// Column 8: open alarms with value and limit, points offline or with bad values.
    public var anomalies: [String]
    /// Column 9: `24/24 在线`.
    public var video: String
    /// Column 11: days of the last 7 × 24 h at orange or red, worst first; empty is no.
    public var highLevels: [String]
    /// The last duty call of the day, for column 10.
    public var dutyCall: String?

    public init(
        at: Timestamp, enterpriseName: String, region: String, hazards: [String], level: Level, commitment: String,
        openAlarms: Int, anomalies: [String], video: String, highLevels: [String], dutyCall: String? = nil
    ) {
        self.at = at
        self.enterpriseName = enterpriseName
        self.region = region
        self.hazards = hazards
        self.level = level
        self.commitment = commitment
        self.openAlarms = openAlarms
        self.anomalies = anomalies
        self.video = video
        self.highLevels = highLevels
        self.dutyCall = dutyCall
    }

    /// Column 11 looks back so far, the instant itself included (domain §10.8: 7 × 24 h).
    public static let lookBack = Interval.days(7)

    /// The days at orange or red between `at` − 7 × 24 h and `at`: `11-23 橙、红`.
    public static func highLevels(_ spans: [HighLevelSpan], at: Timestamp) -> [String] {
        let from = at - lookBack
        var days: [Day: Set<Level>] = [:]
        for span in spans where HighLevelSpan.isHigh(span.level) {
            let start = max(span.from, from)
            // [from, until): a span that ended exactly when the look-back begins is not in it.
            if let until = span.until, until <= start, until != span.from { continue }
            if span.from > at { continue }
            var day = Day(start)
            let end = min(span.until ?? at, at)
            while day.start < end || day == Day(start) {
                days[day, default: []].insert(span.level)
                day = day.next
            }
        }
        return days.sorted { $0.key > $1.key }.map { day, levels in
            let words = levels.sorted().map { $0 == .red ? "红" : "橙" }.joined(separator: "、")
            return "\(AttentionReason.short(day)) \(words)"
        }
    }
}
