import Domain
import Testing

@Suite struct PointLimitsTests {
    @Test func `SJ-11 a sound ladder passes, with empty rungs skipped`() {
        let full = PointLimits(rangeLow: 0, rangeHigh: 12, lowLow: 0.5, low: 1, high: 9, highHigh: 10)
        #expect(full.violations(for: .level).isEmpty)
        #expect(PointLimits(rangeLow: 0, rangeHigh: 12, high: 9).violations(for: .level).isEmpty)
    }

    @Test func `SJ-11 a limit not below the next one is refused, with both values`() {
        let limits = PointLimits(rangeLow: 0, rangeHigh: 12, high: 9.5, highHigh: 9)
        let found = limits.violations(for: .level)
        #expect(found.map(\.line) == ["「高报」:9.5 不小于高高报 9"])
        #expect(found.isRefused)
    }

    @Test func `SJ-11 the high limit at the top of the range is a caution, beyond it a refusal`() {
        let at = PointLimits(rangeLow: 0, rangeHigh: 10, high: 10).violations(for: .level)
        #expect(at.map(\.weight) == [.caution])
        let beyond = PointLimits(rangeLow: 0, rangeHigh: 10, high: 11).violations(for: .level)
        #expect(beyond.map(\.weight) == [.refusal])
        let top = PointLimits(rangeLow: 0, rangeHigh: 10, high: 9, highHigh: 10).violations(for: .level)
        #expect(top.map(\.field) == [.highHigh])
    }

    @Test func `SJ-11 a point without any limit is not set up`() {
        let found = PointLimits(rangeLow: 0, rangeHigh: 10).violations(for: .pressure)
        #expect(found.map(\.field) == [.high])
        #expect(found.isRefused)
    }

    @Test func `gas has two levels, oxygen one each way`() {
        #expect(PointLimits(rangeLow: 0, rangeHigh: 100, low: 5, high: 25).violations(for: .combustibleGas).isRefused)
        #expect(PointLimits(rangeLow: 0, rangeHigh: 30, low: 19.5, high: 23.5).violations(for: .oxygen).isEmpty)
        let four = PointLimits(rangeLow: 0, rangeHigh: 30, lowLow: 18, low: 19.5, high: 23.5, highHigh: 25)
        #expect(four.violations(for: .oxygen).map(\.field) == [.lowLow, .highHigh])
    }

    @Test(
        arguments: [
            (9, 10, 1, false), (9.5, 10, 1, true), (8, 10, 1, false), (nil, 10, 1, true), (9, nil, 1, true),
            (9, 10, 0.5, true), (9, 10, 1.5, false),
        ] as [(Double?, Double?, Double?, Bool)])
    func `SJ-22 a limit gone or moved outwards is loosened`(
        high: Double?, highHigh: Double?, low: Double?, loosened: Bool
    ) {
        let now = PointLimits(rangeLow: 0, rangeHigh: 12, low: 1, high: 9, highHigh: 10)
        let new = PointLimits(rangeLow: 0, rangeHigh: 12, low: low, high: high, highHigh: highHigh)
        #expect(!now.loosened(by: new).isEmpty == loosened)
    }
}
