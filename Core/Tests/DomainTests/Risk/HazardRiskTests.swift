import Domain
import Kernel
import Testing

@Suite struct HazardRiskTests {
    static let start = Timestamp(milliseconds: 1_772_416_800_000)

    /// `(second, score, floor, frozen)` → levels as `orange@0`.
    static func run(_ steps: [(Int64, Double, Level?, Bool)]) -> [String] {
        var risk = HazardRisk()
        var found: [String] = []
        for (second, score, floor, isFrozen) in steps {
            let assessment = RiskAssessment(
                score: score, management: 0, terms: [], floor: floor.map { .init(level: $0, reason: "") },
                nextChangeAt: nil)
            let change = risk.update(assessment, isFrozen: isFrozen, by: .standard, at: start + .seconds(second))
            if let change { found.append("\(change.to.name)@\(second)") }
        }
        return found
    }

    @Test func `it rises at once`() {
        #expect(Self.run([(0, 39, nil, false), (1, 85, nil, false)]) == ["red@1"])
    }

    @Test func `a drop to the ground falls in one step after five minutes`() {
        #expect(
            Self.run([(0, 85, nil, false), (10, 10, nil, false), (309, 10, nil, false), (310, 10, nil, false)])
                == ["red@0", "blue@310"])
    }

    @Test func `a score that sinks step by step leaves each level after its own five minutes`() {
        let steps: [(Int64, Double, Level?, Bool)] = [
            (0, 85, nil, false), (10, 58, nil, false), (250, 50, nil, false), (310, 50, nil, false),
            (549, 50, nil, false), (550, 50, nil, false),
        ]
        #expect(Self.run(steps) == ["red@0", "orange@310", "yellow@550"])
    }

    @Test func `data offline or bad freezes, and the five minutes start again after`() {
        let steps: [(Int64, Double, Level?, Bool)] = [
            (0, 65, nil, false), (10, 10, nil, false), (200, 10, nil, true), (900, 10, nil, true),
            (1000, 10, nil, false), (1299, 10, nil, false), (1300, 10, nil, false),
        ]
        #expect(Self.run(steps) == ["orange@0", "blue@1300"])
    }

    @Test func `frozen data still lets it rise`() {
        #expect(Self.run([(0, 45, nil, true), (5, 85, nil, true)]) == ["yellow@0", "red@5"])
    }

    @Test func `a hard rule lifts the level, and holds it until it is gone for five minutes`() {
        let steps: [(Int64, Double, Level?, Bool)] = [
            (0, 50, .red, false), (100, 50, .orange, false), (400, 50, .orange, false), (500, 50, nil, false),
            (799, 50, nil, false), (800, 50, nil, false),
        ]
        #expect(Self.run(steps) == ["red@0", "orange@400", "yellow@800"])
    }

    @Test func `a rise at the instant at which the hold ends keeps the level`() {
        #expect(
            Self.run([(0, 65, nil, false), (10, 10, nil, false), (310, 61, nil, false), (320, 61, nil, false)])
                == ["orange@0"])
    }
}
