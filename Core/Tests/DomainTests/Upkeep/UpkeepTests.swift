import Domain
import Kernel
import Testing

struct UpkeepTests {
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    @Test func `a clock that goes right is left alone, a step either way is told once`() {
        var check = ClockCheck(wall: Self.start, steady: .zero)
        #expect(check.look(wall: Self.start + .seconds(10), steady: .seconds(10)) == nil)
        let forward = check.look(wall: Self.start + .seconds(3_620), steady: .seconds(20))
        #expect(forward == .step(.hours(1)))
        #expect(check.look(wall: Self.start + .seconds(3_630), steady: .seconds(30)) == nil)
        let back = check.look(wall: Self.start + .seconds(40), steady: .seconds(40))
        #expect(back == .step(.zero - .hours(1)))
        #expect(back?.text.contains("倒拨了 60 分 0 秒") == true)
        #expect(check.look(wall: Self.start + .seconds(50), steady: .seconds(50)) == nil)
    }

    @Test func `a clock that is a little fast is told when it has gone half a minute, and not again every look`() {
        var check = ClockCheck(wall: Self.start, steady: .zero)
        var found: [ClockCheck.Finding] = []
        for turn in 1...400 {
            let wall = Self.start + .milliseconds(Int64(turn) * 10_100)
            if let finding = check.look(wall: wall, steady: .milliseconds(Int64(turn) * 10_000)) {
                found.append(finding)
            }
        }
        #expect(found == [.drift(.seconds(30))])
    }

    @Test func `a disk is told low below a fifth, critical below a twentieth or half a gigabyte`() {
        let gigabyte: Int64 = 1_024 * 1_024 * 1_024
        var check = DiskCheck()
        #expect(check.look(free: 50 * gigabyte, total: 100 * gigabyte, at: Self.start) == nil)
        #expect(check.look(free: 19 * gigabyte, total: 100 * gigabyte, at: Self.start) == .low(freePercent: 19))
        #expect(check.look(free: 4 * gigabyte, total: 100 * gigabyte, at: Self.start) == .critical(freePercent: 4))
        // A fifth of a large disk is much.
        #expect(check.look(free: 190 * gigabyte, total: 1_000 * gigabyte, at: Self.start) == nil)
        var small = DiskCheck()
        #expect(small.look(free: gigabyte / 4, total: gigabyte, at: Self.start) == .critical(freePercent: 25))
    }

    @Test func `a disk that fills at a steady pace is told two weeks before, a burst alone is not`() {
        let gigabyte: Int64 = 1_024 * 1_024 * 1_024
        var check = DiskCheck()
        var first: Int?
        for hour in 0..<24 * 30 {
            let free = 900 * gigabyte - Int64(hour) * gigabyte
            let finding = check.look(free: free, total: 1_000 * gigabyte, at: Self.start + .hours(Int64(hour)))
            if hour < 6 { #expect(finding == nil) }
            if first == nil, finding != nil { first = hour }
            if case .filling(let days)? = finding { #expect(days < DiskCheck.daysLeftMin) }
        }
        // 900 hours to go at the start: told with 336 left.
        #expect(first == 565)
        // Somebody made room: the old pace says nothing any more.
        #expect(check.look(free: 800 * gigabyte, total: 1_000 * gigabyte, at: Self.start + .hours(721)) == nil)
    }
}
