import Domain
import Kernel
import Testing

@Suite struct RatioTests {
    @Test func `TB-03 a rate keeps both numbers and rounds half up to two places`() {
        #expect(Ratio(84, 86).percentText == "97.67%")
        #expect(Ratio(1, 3).hundredths == 3333)
        #expect(Ratio(2, 3).hundredths == 6667)
        #expect(Ratio(1, 20_000).hundredths == 1)
        #expect(Ratio(1, 20_001).hundredths == 0)
        #expect(Ratio(5, 5).percentText == "100.00%")
        #expect(Ratio(0, 5).percentText == "0.00%")
        #expect(Ratio(0, 0).percentText == "—")
        #expect(Ratio(86_400_000 * 7_000 * 366, 86_400_000 * 7_000 * 366).percentText == "100.00%")
        #expect(Ratio(.max / 4 - 1, .max / 4).hundredths == 10_000)
    }

    @Test func `a change is said in points, and not where there is nothing to compare`() {
        #expect(PercentText.change(Ratio(84, 86), from: Ratio(85, 86), since: "前一日") == "较前一日下降1.17个百分点")
        #expect(PercentText.change(Ratio(1, 2), from: Ratio(2, 4), since: "前一日") == "与前一日持平")
        #expect(PercentText.change(Ratio(1, 2), from: .none, since: "前一日") == nil)
    }

    @Test func `the rounding agrees with exact arithmetic over random numbers`() {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<20_000 {
            let denominator = Int64(random.integer(1...3_000_000))
            let numerator = Int64(random.integer(0...Int(denominator)))
            let twice = numerator * 20_000
            let expected = twice / (2 * denominator) + (twice % (2 * denominator) >= denominator ? 1 : 0)
            #expect(Ratio(numerator, denominator).hundredths == expected)
        }
    }

    @Test func `mean of the days' rates beside the weighted rate, days without a rate left out`() {
        let days = DayRates([Ratio(1, 1), Ratio(1, 3), .none])
        #expect(days.meanText == "66.67%")
        #expect(days.weighted == Ratio(2, 4))
        #expect(days.countableDays == 2)
        #expect(DayRates([.none]).meanText == "—")
    }

    @Test func `TB-03 A27 equal ones share a place, the next is skipped, who has no rate has none`() {
        let rates: [(String, Ratio)] = [
            ("a", Ratio(1, 1)), ("b", Ratio(1, 2)), ("c", Ratio(2, 4)), ("d", Ratio(0, 3)), ("e", .none),
        ]
        let best = Ranking.places(rates, by: { $0.1 }, worstFirst: false)
        #expect(best.map(\.rank) == [1, 2, 2, 4] && best.map(\.unit.0) == ["a", "b", "c", "d"])
        let worst = Ranking.places(rates, by: { $0.1 }, worstFirst: true)
        #expect(worst.map(\.rank) == [1, 2, 2, 4] && worst.map(\.unit.0) == ["d", "b", "c", "a"])
        let most = Ranking.places([("x", 3), ("y", 5), ("z", 3)], byMost: { $0.1 })
        #expect(most.map(\.unit.0) == ["y", "x", "z"] && most.map(\.rank) == [1, 2, 2])
    }

    @Test func `places equal one more than the number of better ones, over random rates`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let rates = (0..<random.integer(1...30)).map { _ in
                Ratio(Int64(random.integer(0...4)), Int64(random.integer(0...4)))
            }.map { Ratio(min($0.numerator, $0.denominator), $0.denominator) }
            let places = Ranking.places(Array(rates.enumerated()), by: { $0.element }, worstFirst: false)
            #expect(places.count == rates.count { $0.denominator > 0 })
            for place in places {
                let own = place.unit.element
                let better = rates.count {
                    $0.denominator > 0
                        && $0.numerator * own.denominator > own.numerator * $0.denominator
                }
                #expect(place.rank == better + 1)
            }
        }
    }
}
