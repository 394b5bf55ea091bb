/// Reading and writing times of China's zone.
public enum ChinaTime {
    public static let offsetMilliseconds: Int64 = 8 * 3_600_000

    /// `2026-03-02T10:00:00+08:00`, to the second.
    public static func rfc3339(_ instant: Timestamp) -> String {
        dateTime(instant, separator: "T") + "+08:00"
    }

    /// `2026-03-02 10:00:00`, to the second.
    public static func dateTime(_ instant: Timestamp, separator: Character = " ") -> String {
        date(Day(instant)) + String(separator) + clock(instant)
    }

    /// `2026-03-02`.
    public static func date(_ day: Day) -> String {
        let parts = day.components
        return padded(parts.year, 4) + "-" + padded(parts.month, 2) + "-" + padded(parts.day, 2)
    }

    /// `10:00:00`.
    public static func clock(_ instant: Timestamp) -> String {
        let seconds = Int((instant - Day(instant).start).milliseconds / 1_000)
        return padded(seconds / 3_600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
    }

    /// Reads RFC 3339 with an offset (`Z` or `±hh:mm`), with or without a fraction; nil where it is not one, or
    /// names an impossible time.
    public static func parseRFC3339(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let local = parseLocal(bytes)
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100
            let first = index
            while index < bytes.count, let digit = digit(bytes[index]) {
                fraction += Int64(digit) * scale
                scale /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        guard index < bytes.count else { return nil }
        let offset: Int64
        if bytes[index] == UInt8(ascii: "Z") || bytes[index] == UInt8(ascii: "z") {
            guard index + 1 == bytes.count else { return nil }
            offset = 0
        } else {
            guard index + 6 == bytes.count, bytes[index + 3] == UInt8(ascii: ":"),
                let hours = number(bytes, index + 1, 2), let minutes = number(bytes, index + 4, 2),
                hours < 24, minutes < 60
            else { return nil }
            let size = Int64(hours * 60 + minutes) * 60_000
            switch bytes[index] {
            case UInt8(ascii: "+"): offset = size
            case UInt8(ascii: "-"): offset = -size
            default: return nil
            }
        }
        return Timestamp(milliseconds: local + fraction - offset)
    }

    /// Reads `yyyy-MM-dd HH:mm:ss` as China time.
    public static func parseDateTime(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, bytes[10] == UInt8(ascii: " "), let local = parseLocal(bytes) else { return nil }
        return Timestamp(milliseconds: local - offsetMilliseconds)
    }

    /// Reads `yyyy-MM-dd`.
    public static func parseDate(_ text: String) -> Day? {
        let bytes = Array(text.utf8)
        return bytes.count == 10 ? parseDay(bytes) : nil
    }

    /// Milliseconds of the first 19 characters, as if they were UTC.
    private static func parseLocal(_ bytes: [UInt8]) -> Int64? {
        guard bytes.count >= 19, let day = parseDay(bytes), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2),
            let second = number(bytes, 17, 2), hour < 24, minute < 60, second < 60
        else { return nil }
        return Int64(day.number) * 86_400_000 + Int64(hour * 3_600 + minute * 60 + second) * 1_000
    }

    private static func parseDay(_ bytes: [UInt8]) -> Day? {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes, 0, 4),
            let month = number(bytes, 5, 2), let day = number(bytes, 8, 2)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            guard let digit = digit(bytes[index]) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> Int? {
        byte >= 48 && byte <= 57 ? Int(byte) - 48 : nil
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
