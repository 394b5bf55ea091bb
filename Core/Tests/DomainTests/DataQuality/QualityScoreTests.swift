import Domain
import Kernel
import Testing

@Suite struct QualityScoreTests {
    private func tally(_ generator: inout SeededGenerator) -> QualityTally {
        var tally = QualityTally()
        for dimension in QualityDimension.allCases where generator.chance(0.8) {
            let whole = generator.integer(0...9_000)
            tally.add(generator.integer(0...whole), of: whole, to: dimension)
        }
        return tally
    }

    @Test(arguments: 1...200)
    func `SJ-02 five dimensions, each and the total between 0 and 100, and a region is the sum of its parts`(seed: Int)
    {
        var generator = SeededGenerator(seed: UInt64(seed))
        let parts = (0..<generator.integer(1...12)).map { _ in tally(&generator) }
        let whole = parts.reduce(QualityTally(), +)
        for dimension in QualityDimension.allCases {
            #expect(whole[dimension].numerator == parts.reduce(0) { $0 + $1[dimension].numerator })
            #expect(whole[dimension].denominator == parts.reduce(0) { $0 + $1[dimension].denominator })
            let scores = parts.compactMap { $0.score(dimension) }
            guard let score = whole.score(dimension), let least = scores.min(), let most = scores.max() else {
                #expect(scores.isEmpty)
                continue
            }
            #expect((0...100).contains(score))
            // A whole lies between its worst and its best part.
            #expect(score >= least - 1e-9 && score <= most + 1e-9)
        }
        if let total = whole.total() { #expect((0...100).contains(total)) }
    }

    @Test func `SJ-01 nothing to score is no score, and forms alone are none either`() {
        var tally = QualityTally()
        #expect(tally.score(.truth) == nil && tally.total() == nil)
        tally.add(3, of: 4, to: .standard)
        tally.add(1, of: 2, to: .completeness)
        #expect(tally.score(.standard) == 75 && tally.total() == nil)
        tally.add(1, of: 1, to: .truth)
        #expect(tally.total() == 75)
        var weights = QualityWeights()
        weights[.truth] = 60
        #expect(tally.total(weights) == 85)
    }

    @Test func `equal scores share a place and the next is skipped, no score has none`() {
        #expect(QualityRanking.places([90, 95, nil, 90.001, 80]) == [2, 1, nil, 2, 4])
    }
}
