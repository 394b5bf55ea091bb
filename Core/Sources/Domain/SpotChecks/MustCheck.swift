public import Kernel

/// A time in which one source stood at orange or red: `[from, until)`, without an end while it stands.
public struct HighLevelSpan: Hashable, Sendable {
    public let enterprise: EnterpriseID
    public let level: Level
    public let from: Timestamp
    public let until: Timestamp?

    public init(enterprise: EnterpriseID, level: Level, from: Timestamp, until: Timestamp?) {
        self.enterprise = enterprise
        self.level = level
        self.from = from
        self.until = until
    }

    /// 较大以上 includes orange itself (A34).
    public static func isHigh(_ level: Level) -> Bool { level >= .orange }

    /// Also a level that lasted no time at all has been there.
    public func touches(_ day: Day) -> Bool {
        from < day.next.start && (from >= day.start || until.map { $0 > day.start } ?? true)
    }
}

/// 必抽 (XC-20): whoever was red or orange at any time of the day, by every office that sees it. The enterprise counts,
/// whichever of its sources it was (A33).
public struct MustCheck: Hashable, Sendable {
    public let enterprise: EnterpriseID
    /// The worst level of the day.
    public let level: Level
    /// When it first stood at that level that day, or from when on if it began the day so.
    public let since: Timestamp
    /// The first instant of the day at orange or red.
    public let firstAt: Timestamp
    /// From the day before, under A20.
    public var carriedFrom: Day?

    /// The must-checks of a day, as far as known; sorted by level (red first), then time, then id.
    /// - Parameters:
    ///   - grace: A20, off by default.
    ///   - carried: deferred from the day before (only with `grace`).
    public static func list(
        of spans: [HighLevelSpan], on day: Day, grace: LateGrace = .off, carried: [MustCheck] = []
    ) -> (today: [MustCheck], deferred: [MustCheck]) {
        var found: [EnterpriseID: MustCheck] = [:]
        for span in spans where HighLevelSpan.isHigh(span.level) && span.touches(day) {
            let first = max(span.from, day.start)
            guard let known = found[span.enterprise] else {
                found[span.enterprise] = MustCheck(
                    enterprise: span.enterprise, level: span.level, since: span.from, firstAt: first)
                continue
            }
            let isWorse = span.level > known.level || (span.level == known.level && span.from < known.since)
            found[span.enterprise] = MustCheck(
                enterprise: span.enterprise, level: max(span.level, known.level),
                since: isWorse ? span.from : known.since, firstAt: min(first, known.firstAt))
        }
        let deferred = found.values.filter { grace.defers(firstAt: $0.firstAt, on: day) }
        for check in deferred { found[check.enterprise] = nil }
        for var check in carried where found[check.enterprise] == nil {
            check.carriedFrom = check.carriedFrom ?? Day(number: day.number - 1)
            found[check.enterprise] = check
        }
        return (found.values.sorted(by: precedes), deferred.sorted(by: precedes))
    }

    private static func precedes(_ left: MustCheck, _ right: MustCheck) -> Bool {
        if left.level != right.level { return left.level > right.level }
        if left.since != right.since { return left.since < right.since }
        return left.enterprise < right.enterprise
    }

    /// Why it is on the list.
    public func reason(on day: Day) -> String {
        let word = level == .red ? "红" : "橙"
        if let carriedFrom {
            return "\(AttentionReason.short(carriedFrom)) \(ChinaTime.clock(firstAt)) 转\(word),按约定顺延至今日 12:00 前"
        }
        if since < day.start { return "0 时仍为\(word)(\(AttentionReason.short(Day(since))) \(ChinaTime.clock(since)) 起)" }
        return "今日出现\(word) \(ChinaTime.clock(since))"
    }
}

/// A20 (本项目约定, off by default because the law knows no grace): an enterprise that first turns orange or red at 22:00
/// or later may be checked until 12:00 of the next day. It then counts among the next day's must-checks.
public enum LateGrace: String, Hashable, Sendable {
    case off, on

    public static let fromHour: Int64 = 22
    public static let untilHour: Int64 = 12

    public func defers(firstAt: Timestamp, on day: Day) -> Bool {
        switch self {
        case .off: false
        case .on: firstAt >= day.start + .hours(Self.fromHour)
        }
    }
}
