import Kernel
import Testing

@Suite struct TimeTests {
    @Test(
        arguments: [
            ("1970-01-01T08:00:00+08:00", 0), ("2026-03-02T10:00:00+08:00", 1_772_416_800_000),
            ("2026-03-02T02:00:00Z", 1_772_416_800_000), ("2024-02-29T23:59:59.250+08:00", 1_709_222_399_250),
            ("1969-12-31T23:59:59Z", -1_000),
        ] as [(String, Int64)])
    func `an RFC 3339 time is read to the millisecond`(text: String, milliseconds: Int64) {
        #expect(ChinaTime.parseRFC3339(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "2026-02-30T10:00:00+08:00", "2026-13-01T10:00:00+08:00", "2026-03-02T24:00:00+08:00", "2026-03-02T10:00:00",
        "2026-03-02 10:00:00+08:00", "2026-03-02T10:00:00+0800", "2026-03-02T10:60:00Z", "", "x",
        "2026-03-02T10:00:00.+08:00", "2025-02-29T00:00:00Z", "2026-03-02T10:00:00Zz",
    ])
    func `an impossible time is refused`(text: String) {
        #expect(ChinaTime.parseRFC3339(text) == nil)
    }

    @Test func `days and their components agree for four centuries`() throws {
        var day = try #require(Day(year: 1899, month: 12, day: 31))
        for _ in 0..<150_000 {
            let parts = day.components
            #expect(Day(year: parts.year, month: parts.month, day: parts.day) == day)
            #expect(Day(day.start) == day)
            #expect(Day(day.start + .hours(24) - .milliseconds(1)) == day)
            day = day.next
        }
        #expect(try #require(Day(year: 2026, month: 11, day: 23)).weekday == 1)
    }

    @Test func `times are written to the second in China's zone`() {
        let instant = Timestamp(milliseconds: 1_772_416_800_999)
        #expect(ChinaTime.rfc3339(instant) == "2026-03-02T10:00:00+08:00")
        #expect(ChinaTime.dateTime(instant) == "2026-03-02 10:00:00")
        #expect(ChinaTime.parseDateTime("2026-03-02 10:00:00") == Timestamp(milliseconds: 1_772_416_800_000))
    }
}
