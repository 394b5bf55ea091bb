import Kernel

/// A written time taken apart into numbers, a month's name, and the half of the day.
struct TimeParts {
    private var numbers: [Int] = []
    private var widths: [Int] = []
    private var monthPosition: Int?
    private var milliseconds: Int64 = 0
    private var isAfternoon: Bool?

    init?(_ text: String) {
        var scalars = Array(text.unicodeScalars)[...]
        var lastMark: Unicode.Scalar = " "
        while let scalar = scalars.first {
            if Self.isDigit(scalar) {
                let digits = scalars.prefix(while: Self.isDigit)
                scalars = scalars.dropFirst(digits.count)
                if lastMark == ".", numbers.count == 6 {
                    let three = Array(digits.prefix(3)) + Array(repeating: "0", count: max(0, 3 - digits.count))
                    milliseconds = Int64(Self.number(three[...]))
                } else {
                    guard digits.count <= 4 else { return nil }
                    numbers.append(Self.number(digits))
                    widths.append(digits.count)
                }
            } else if scalar.properties.isAlphabetic {
                let word = scalars.prefix { $0.properties.isAlphabetic }
                scalars = scalars.dropFirst(word.count)
                guard take(word: String(String.UnicodeScalarView(word))) else { return nil }
            } else {
                guard "-/.: T,\u{00A0}".unicodeScalars.contains(scalar) else { return nil }
                lastMark = scalar
                scalars = scalars.dropFirst()
            }
            guard numbers.count <= 6 else { return nil }
        }
        guard numbers.count >= 5 else { return nil }
    }

    /// The order of the date's three numbers is the caller's knowledge.
    func instant(year: Int, month: Int, day: Int, zone: Interval) -> Timestamp? {
        guard monthPosition == nil else { return nil }
        let isYearWide = widths[year] == 4
        guard isYearWide || year == 2, widths[month] <= 2, widths[day] <= 2 else { return nil }
        let fullYear = isYearWide ? numbers[year] : 2_000 + numbers[year]
        return make(year: fullYear, month: numbers[month], day: numbers[day], zone: zone)
    }

    func instantOfNamedMonth(zone: Interval) -> Timestamp? {
        guard monthPosition == 1 else { return nil }
        let year = widths[2] == 4 ? numbers[2] : 2_000 + numbers[2]
        return make(year: year, month: numbers[1], day: numbers[0], zone: zone)
    }

    private func make(year: Int, month: Int, day: Int, zone: Interval) -> Timestamp? {
        var hour = numbers[3]
        if let isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        return Self.instant(
            year: year, month: month, day: day, hour: hour, minute: numbers[4],
            second: numbers.count > 5 ? numbers[5] : 0, milliseconds: milliseconds, zone: zone)
    }

    static func instant(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, milliseconds: Int64, zone: Interval
    ) -> Timestamp? {
        guard let date = Day(year: year, month: month, day: day), hour < 24, minute < 60, second < 60 else {
            return nil
        }
        let clock = Interval.seconds(Int64(hour * 3_600 + minute * 60 + second)) + .milliseconds(milliseconds)
        // `start` is China's midnight.
        return date.start + .hours(8) - zone + clock
    }

    private mutating func take(word: String) -> Bool {
        switch word.lowercased() {
        case "年", "月", "日", "时", "分", "秒", "t": return true
        case "am", "上午": isAfternoon = false
        case "pm", "下午": isAfternoon = true
        default:
            guard monthPosition == nil, let month = Self.months.firstIndex(of: String(word.lowercased().prefix(3)))
            else { return false }
            monthPosition = numbers.count
            numbers.append(month + 1)
            widths.append(2)
        }
        return true
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
    }
}
