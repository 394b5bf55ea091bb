public import Kernel

/// How often a plan goes round.
public enum RotationPeriod: String, CaseIterable, Hashable, Sendable {
    case week, month, quarter, halfYear, year

    public var title: String {
        switch self {
        case .week: "每周"
        case .month: "每月"
        case .quarter: "每季度"
        case .halfYear: "每半年"
        case .year: "每年"
        }
    }

    private var months: Int {
        switch self {
        case .week: 0
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }

    /// Calendar periods of China: weeks begin on Monday.
    public func window(containing day: Day) -> ClosedRange<Day> {
        guard months > 0 else {
            let first = Day(number: day.number - Int32(day.weekday - 1))
            return first...Day(number: first.number + 6)
        }
        let parts = day.components
        let first = (parts.month - 1) / months * months + 1
        let next = first + months
        guard let start = Day(year: parts.year, month: first, day: 1),
            let end = Day(year: next > 12 ? parts.year + 1 : parts.year, month: next > 12 ? 1 : next, day: 1)
        else { return day...day }
        return start...Day(number: end.number - 1)
    }

    /// `11 月`, `第 4 季度`.
    public func label(containing day: Day) -> String {
        let parts = day.components
        switch self {
        case .week: return " \(AttentionReason.short(window(containing: day).lowerBound)) 起一周"
        case .month: return " \(parts.month) 月"
        case .quarter: return "第 \((parts.month + 2) / 3) 季度"
        case .halfYear: return parts.month <= 6 ? "上半年" : "下半年"
        case .year: return " \(parts.year) 年"
        }
    }
}
