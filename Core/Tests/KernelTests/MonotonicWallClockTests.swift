import Kernel
import Testing

@Suite struct MonotonicWallClockTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_772_416_800_000 + seconds * 1_000) }

    @Test func `an ordinary clock is followed`() {
        var clock = MonotonicWallClock(wall: at(0), monotonic: .seconds(100))
        #expect(clock.now(wall: at(1), monotonic: .seconds(101)) == at(1))
        #expect(clock.now(wall: at(60), monotonic: .seconds(160)) == at(60))
    }

    @Test func `a jump forwards is followed at once`() {
        var clock = MonotonicWallClock(wall: at(0), monotonic: .seconds(100))
        #expect(clock.now(wall: at(7_200), monotonic: .seconds(101)) == at(7_200))
    }

    @Test func `a jump backwards puts no deadline off`() {
        var clock = MonotonicWallClock(wall: at(0), monotonic: .seconds(100))
        #expect(clock.now(wall: at(-7_200), monotonic: .seconds(101)) == at(1))
        #expect(clock.now(wall: at(-7_190), monotonic: .seconds(111)) == at(11))
        #expect(clock.now(wall: at(30), monotonic: .seconds(112)) == at(30))
    }

    @Test func `a small correction holds time still`() {
        var clock = MonotonicWallClock(wall: at(10), monotonic: .seconds(100))
        #expect(clock.now(wall: at(8), monotonic: .seconds(100)) == at(10))
        #expect(clock.now(wall: at(9), monotonic: .seconds(101)) == at(10))
        #expect(clock.now(wall: at(12), monotonic: .seconds(104)) == at(12))
    }

    @Test func `after a restart time goes on from the latest instant on record`() {
        var clock = MonotonicWallClock(wall: at(-3_600), monotonic: .seconds(5), floor: at(0))
        #expect(clock.now(wall: at(-3_590), monotonic: .seconds(15)) == at(10))
    }
}
