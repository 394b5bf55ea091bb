public import Kernel

/// 一 … 九十九, for headings.
public enum ChineseNumeral {
    public static func text(_ number: Int) -> String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        switch number {
        case 0..<10: return digits[number]
        case 10..<20: return "十" + (number == 10 ? "" : digits[number - 10])
        case 20..<100: return digits[number / 10] + "十" + (number % 10 == 0 ? "" : digits[number % 10])
        default: return String(number)
        }
    }
}

extension Day {
    /// `2026年11月23日`, as official documents write a date.
    public var chineseDate: String {
        let parts = components
        return "\(parts.year)年\(parts.month)月\(parts.day)日"
    }

    /// `11月23日`.
    public var chineseMonthDay: String {
        let parts = components
        return "\(parts.month)月\(parts.day)日"
    }
}
