public import Kernel

/// How an export writes times. `detect` finds the one that reads all of a sample; day-first and month-first cannot be
/// told apart by looking, and have to be declared.
public enum TimeFormat: String, CaseIterable, Hashable, Sendable {
    case rfc3339
    /// 2026-11-23 9:05, 2026/11/23 09:05:00.250, 2026年11月23日 …
    case ymd
    /// 20261123090500
    case compact
    case unixMilliseconds
    case unixSeconds
    /// 23-Nov-26 09:05:00
    case monthName
    /// Days since 1899-12-30, as spreadsheets keep them.
    case excel
    case dmy
    case mdy

    public static let detectable: [TimeFormat] = [
        .rfc3339, .ymd, .compact, .unixMilliseconds, .unixSeconds, .monthName, .excel,
    ]

    public static func detect(_ samples: [String], zone: Interval = .hours(8)) -> TimeFormat? {
        guard !samples.isEmpty else { return nil }
        return detectable.first { format in samples.allSatisfy { format.parse($0, zone: zone) != nil } }
    }

    /// `zone` is the offset of times that name none.
    public func parse(_ text: String, zone: Interval = .hours(8)) -> Timestamp? {
        switch self {
        case .rfc3339:
            if let instant = ChinaTime.parseRFC3339(text) { return instant }
            // Some write a space for the T.
            return text.contains(" ") ? ChinaTime.parseRFC3339(text.replacing(" ", with: "T", maxReplacements: 1)) : nil
        case .ymd: return Self.parts(text).flatMap { $0.instant(year: 0, month: 1, day: 2, zone: zone) }
        case .dmy: return Self.parts(text).flatMap { $0.instant(year: 2, month: 1, day: 0, zone: zone) }
        case .mdy: return Self.parts(text).flatMap { $0.instant(year: 2, month: 0, day: 1, zone: zone) }
        case .monthName: return Self.parts(text).flatMap { $0.instantOfNamedMonth(zone: zone) }
        case .compact: return Self.compact(text, zone: zone)
        case .unixMilliseconds:
            guard text.utf8.count >= 12, let value = Int64(text), Self.plausible.contains(value) else { return nil }
            return Timestamp(milliseconds: value)
        case .unixSeconds:
            guard let value = Double(text), Self.plausible.contains(Self.rounded(value * 1_000)) else { return nil }
            return Timestamp(milliseconds: Self.rounded(value * 1_000))
        case .excel:
            guard let value = Double(text), (20_000...80_000).contains(value) else { return nil }
            return Timestamp(milliseconds: Self.rounded((value - 25_569) * 86_400_000)) - zone
        }
    }

    /// 1990 to 2100.
    private static let plausible: ClosedRange<Int64> = 631_152_000_000...4_102_444_800_000

    private static func rounded(_ value: Double) -> Int64 {
        value.isFinite && abs(value) < 9e15 ? Int64(value.rounded()) : .min
    }

    private static func compact(_ text: String, zone: Interval) -> Timestamp? {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.count == 14, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ start: Int, _ count: Int) -> Int { digits[start..<start + count].reduce(0) { $0 * 10 + $1 } }
        return TimeParts.instant(
            year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: number(8, 2), minute: number(10, 2),
            second: number(12, 2), milliseconds: 0, zone: zone)
    }

    private static func parts(_ text: String) -> TimeParts? { TimeParts(text) }
}
