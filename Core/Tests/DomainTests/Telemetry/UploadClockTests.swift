import Domain
import Kernel
import Testing

@Suite struct UploadClockTests {
    static let now = Timestamp(milliseconds: 1_772_416_800_000)

    @Test func `a gateway's clock up to five minutes ahead keeps its spacing`() {
        let clock = UploadClock(received: Self.now, newest: Self.now + .minutes(5))
        let newest = clock.read(Self.now + .minutes(5), marked: false)
        let earlier = clock.read(Self.now + .minutes(4), marked: false)
        #expect(newest.effective == Self.now && newest.at == Self.now + .minutes(5) && !newest.isFromFuture)
        #expect(earlier.effective == Self.now - .minutes(1))
    }

    @Test func `a time further ahead is the server's, and a finding`() {
        let claimed = Self.now + .minutes(5) + .milliseconds(1)
        let reading = UploadClock(received: Self.now, newest: nil).read(claimed, marked: true)
        #expect(reading.at == Self.now && reading.effective == Self.now && reading.isFromFuture)
        #expect(!reading.isBackfill && reading.isMarkIgnored)
    }

    @Test func `the backfill mark is ignored and counted on a value younger than five minutes`() {
        let clock = UploadClock(received: Self.now, newest: nil)
        let young = clock.read(Self.now - .minutes(5) + .milliseconds(1), marked: true)
        #expect(!young.isBackfill && young.isMarkIgnored)
        let old = clock.read(Self.now - .minutes(5), marked: true)
        #expect(old.isBackfill && !old.isMarkIgnored)
        #expect(!clock.read(Self.now - .hours(2), marked: false).isBackfill)
    }

    @Test func `an edge that keeps silent is a missed alarm`() {
        let limits = PointLimits(lowLow: 1, low: 2, high: 9, highHigh: 10)
        let cases: [(Double, PointState, Bool)] = [
            (9, .normal, true), (9, .high, false), (10, .high, true), (8.9, .normal, false), (2, .normal, true),
            (1, .low, true), (1, .highHigh, false),
        ]
        for (value, reported, isMissed) in cases {
            let found = MissedAlarmCheck.isMissed(value: value, quality: .good, reported: reported, limits: limits)
            #expect(found == isMissed, "\(value) \(reported)")
        }
        #expect(!MissedAlarmCheck.isMissed(value: 11, quality: .bad, reported: .normal, limits: limits))
    }

    @Test func `limits laxer at the edge are named, absent edge limits are not compared`() {
        let ours = PointLimits(low: 2, high: 9, highHigh: 10)
        #expect(MissedAlarmCheck.laxerAtEdge(ours: ours, edge: PointLimits()) == [])
        #expect(MissedAlarmCheck.laxerAtEdge(ours: ours, edge: PointLimits(low: 2, high: 9, highHigh: 10)) == [])
        let edge = PointLimits(low: 1.5, high: 9.5)
        #expect(MissedAlarmCheck.laxerAtEdge(ours: ours, edge: edge) == [.low, .high, .highHigh])
    }
}
