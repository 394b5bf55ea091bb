public import Kernel

/// A natural month of China's calendar.
public struct Month: Hashable, Comparable, Sendable {
    public let year: Int
    public let month: Int

    /// nil outside 1–12.
    public init?(year: Int, month: Int) {
        guard (1...12).contains(month), (1...9_998).contains(year) else { return nil }
        self.year = year
        self.month = month
    }

    public init(_ day: Day) {
        let parts = day.components
        year = parts.year
        month = parts.month
    }

    private init(index: Int) {
        year = index / 12
        month = index % 12 + 1
    }

    private var index: Int { year * 12 + month - 1 }

    public var previous: Month { Month(index: index - 1) }
    public var next: Month { Month(index: index + 1) }
    public var first: Day {
        guard let day = Day(year: year, month: month, day: 1) else { preconditionFailure("a month has a first day") }
        return day
    }
    public var last: Day { Day(number: next.first.number - 1) }
    public func advanced(by count: Int) -> Month { Month(index: index + count) }

    /// `2026-11`.
    public var text: String { "\(year)-" + (month < 10 ? "0" : "") + "\(month)" }
    public var title: String { "\(year)年\(month)月" }

    /// Reads `2026-11`.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
            let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }
}
