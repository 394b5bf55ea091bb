import Kernel

/// The two written forms of a time, read from bytes: `yyyy-MM-dd HH:mm:ss` (China) and RFC 3339. Agrees with
/// `ChinaTime`; a test holds the two together.
enum UploadTime {
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Timestamp? {
        guard range.count >= 19 else { return nil }
        let start = range.lowerBound
        guard let local = local(bytes, start) else { return nil }
        switch bytes[start + 10] {
        case 0x20:
            guard range.count == 19 else { return nil }
            return Timestamp(milliseconds: local - ChinaTime.offsetMilliseconds)
        case 0x54, 0x74: return zoned(bytes, range, local: local)
        default: return nil
        }
    }

    private static func zoned(_ bytes: Span<UInt8>, _ range: Range<Int>, local: Int64) -> Timestamp? {
        var index = range.lowerBound + 19
        guard index < range.upperBound else { return nil }
        var fraction: Int64 = 0
        if bytes[index] == 0x2E {
            index += 1
            let first = index
            var scale: Int64 = 100
            while index < range.upperBound, bytes[index] &- 0x30 < 10 {
                fraction += Int64(bytes[index] &- 0x30) * scale
                scale /= 10
                index += 1
            }
            guard index > first, index < range.upperBound else { return nil }
        }
        switch bytes[index] {
        case 0x5A, 0x7A:
            guard index + 1 == range.upperBound else { return nil }
            return Timestamp(milliseconds: local + fraction)
        case 0x2B, 0x2D:
            guard index + 6 == range.upperBound, bytes[index + 3] == 0x3A, let hours = two(bytes, index + 1),
                let minutes = two(bytes, index + 4), hours < 24, minutes < 60
            else { return nil }
            let offset = (hours * 60 + minutes) * 60_000
            return Timestamp(milliseconds: local + fraction - (bytes[index] == 0x2B ? offset : -offset))
        default: return nil
        }
    }

    private static func local(_ bytes: Span<UInt8>, _ start: Int) -> Int64? {
        guard bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D, bytes[start + 13] == 0x3A, bytes[start + 16] == 0x3A,
            let century = two(bytes, start), let year = two(bytes, start + 2), let month = two(bytes, start + 5),
            let day = two(bytes, start + 8), let hour = two(bytes, start + 11), let minute = two(bytes, start + 14),
            let second = two(bytes, start + 17), hour < 24, minute < 60, second < 60,
            let date = Day(year: Int(century * 100 + year), month: Int(month), day: Int(day))
        else { return nil }
        return Int64(date.number) * 86_400_000 + (hour * 3_600 + minute * 60 + second) * 1_000
    }

    private static func two(_ bytes: Span<UInt8>, _ index: Int) -> Int64? {
        let tens = bytes[index] &- 0x30
        let ones = bytes[index + 1] &- 0x30
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : nil
    }
}
