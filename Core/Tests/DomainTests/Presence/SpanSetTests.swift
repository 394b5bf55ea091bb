import Domain
import Kernel
import Testing

@Suite struct SpanSetTests {
    static func at(_ second: Int64) -> Timestamp { Timestamp(milliseconds: 1_772_380_800_000 + second * 1_000) }
    static func span(_ from: Int64, _ until: Int64) -> Range<Timestamp> { at(from)..<at(until) }

    /// Spans as a set of seconds, the slow and sure way.
    static func brute(_ spans: [Range<Timestamp>]) -> Set<Int64> {
        Set(spans.flatMap { Array($0.lowerBound.milliseconds / 1_000..<$0.upperBound.milliseconds / 1_000) })
    }

    static func random(_ generator: inout SeededGenerator) -> [Range<Timestamp>] {
        (0..<generator.integer(0...8)).map { _ in
            let from = Int64(generator.integer(0...200))
            return span(from, from + Int64(generator.integer(0...60)))
        }
    }

    @Test func `spans never overlap nor touch, whatever comes in`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let set = SpanSet(Self.random(&generator))
            for (one, next) in zip(set.spans, set.spans.dropFirst()) { #expect(one.upperBound < next.lowerBound) }
            #expect(set.spans.allSatisfy { !$0.isEmpty })
        }
    }

    @Test func `union, intersection and difference are those of the sets of seconds`() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<2_000 {
            let (left, right) = (Self.random(&generator), Self.random(&generator))
            let (a, b) = (SpanSet(left), SpanSet(right))
            let (x, y) = (Self.brute(left), Self.brute(right))
            #expect(Self.brute(a.union(b).spans) == x.union(y))
            #expect(Self.brute(a.intersection(b).spans) == x.intersection(y))
            #expect(Self.brute(a.subtracting(b).spans) == x.subtracting(y))
            #expect(a.seconds == Int64(x.count))
        }
    }

    @Test func `the sums of parts are the whole, across midnight, to the second`() {
        var generator = SeededGenerator(seed: 13)
        let midnight = Day(Self.at(0)).next.start
        #expect(midnight > Self.at(0))
        for _ in 0..<500 {
            var spans: [Range<Timestamp>] = []
            for _ in 0..<6 {
                let from = midnight + .seconds(Int64(generator.integer(-40_000...40_000)))
                spans.append(from..<from + .seconds(Int64(generator.integer(1...9_000))))
            }
            let filedFrom = midnight + .seconds(Int64(generator.integer(-30_000...30_000)))
            let filed = SpanSet([filedFrom..<filedFrom + .seconds(Int64(generator.integer(1...20_000)))])
            let whole = (midnight - .days(1))..<(midnight + .days(1))
            let online = SpanSet(spans)
            func time(_ window: Range<Timestamp>) -> OnlineTime {
                .measured(online: online, filed: filed, window: window)
            }
            let days = time(whole.lowerBound..<midnight) + time(midnight..<whole.upperBound)
            #expect(days == time(whole))
            let cut = midnight + .seconds(Int64(generator.integer(-80_000...80_000)))
            #expect(time(whole.lowerBound..<cut) + time(cut..<whole.upperBound) == time(whole))
        }
    }

    @Test func `a filing never raises a rate above 100 percent, and never below zero`() {
        var generator = SeededGenerator(seed: 14)
        for _ in 0..<3_000 {
            let window = Self.span(Int64(generator.integer(0...100)), Int64(generator.integer(101...300)))
            let time = OnlineTime.measured(
                online: SpanSet(Self.random(&generator)), filed: SpanSet(Self.random(&generator)), window: window)
            #expect(time.onlineSeconds >= 0 && time.onlineSeconds <= time.dueSeconds)
            #expect(time.dueSeconds <= 300)
        }
    }

    @Test func `the last second of a day is the day's, the first of the next is not`() {
        let midnight = Day(Self.at(0)).next.start
        let online = SpanSet([(midnight - .seconds(1))..<(midnight + .seconds(1))])
        let today = OnlineTime.measured(online: online, filed: .empty, window: (midnight - .days(1))..<midnight)
        let tomorrow = OnlineTime.measured(online: online, filed: .empty, window: midnight..<(midnight + .days(1)))
        #expect(today == OnlineTime(onlineSeconds: 1, dueSeconds: 86_400))
        #expect(tomorrow == OnlineTime(onlineSeconds: 1, dueSeconds: 86_400))
    }

    @Test func `JC-14 QY-02 long offline from 72 hours on, unstable from ten times on`() {
        let rules = PresenceRules.standard
        let since = Self.at(0)
        #expect(!rules.isLong(since: since, at: since + .hours(72) - .milliseconds(1)))
        #expect(rules.isLong(since: since, at: since + .hours(72)))
        #expect(!rules.isUnstable(times: 9) && rules.isUnstable(times: 10))
    }

    @Test func `SJ-16 a camera says what it shows, and a tank's camera whose tank it is`() {
        let room = Camera(
            id: "V1", enterprise: "e1", hazard: nil, name: "中控室北墙", place: .controlRoom, location: nil, gbCode: nil,
            isInUse: true)
        #expect(room.violations().isEmpty)
        var tank = room
        tank.place = .tank
        #expect(tank.violations().map(\.field) == [.hazard])
        tank.hazard = "h1"
        tank.gbCode = "34020000001320000001"
        #expect(tank.violations().isEmpty)
        tank.gbCode = "3402"
        #expect(tank.violations().map(\.field) == [.id])
        #expect(CameraPlace(word: "中控室") == .controlRoom && CameraPlace(word: "somewhere") == nil)
    }
}
