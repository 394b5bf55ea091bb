/// A calendar day of China, counted from 1970-01-01. China has one zone (+08:00) and no summer time, so days and
/// clock times are integer arithmetic: no `Calendar`, no time-zone database.
public struct Day: Hashable, Comparable, Sendable {
    public var number: Int32

    public init(number: Int32) { self.number = number }

    /// The day of China in which the instant lies.
    public init(_ instant: Timestamp) {
        number = Int32(floorDivide(instant.milliseconds + ChinaTime.offsetMilliseconds, 86_400_000))
    }

    /// nil where there is no such date (month 13, 30 February).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(month, of: year) else {
            return nil
        }
        // Days from civil: years begin in March so that the leap day is the last of the year.
        let shifted = month > 2 ? year : year - 1
        let era = floorDivide(Int64(shifted), 400)
        let yearOfEra = Int64(shifted) - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Midnight of China at which this day begins.
    public var start: Timestamp {
        Timestamp(milliseconds: Int64(number) * 86_400_000 - ChinaTime.offsetMilliseconds)
    }
    public var next: Day { Day(number: number + 1) }
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// 1 = Monday … 7 = Sunday.
    public var weekday: Int { Int(floorModulo(Int64(number) + 3, 7)) + 1 }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int64(number) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
    }

    static func length(_ month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }
}

@inlinable func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

@inlinable func floorModulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
}
