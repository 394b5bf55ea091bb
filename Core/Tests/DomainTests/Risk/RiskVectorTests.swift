import Domain
import Kernel
import Testing

/// The nine worked examples of domain §6, number for number.
@Suite struct RiskVectorTests {
    static let start = Timestamp(milliseconds: 1_772_416_800_000)
    static let model = RiskModel.standard

    static func alarm(
        _ quantity: Quantity, _ state: PointState, minutes: Int64, point: PointID = "p1", at instant: Timestamp = start,
        openedMinutes: Int64? = nil
    ) -> RiskInputs.AlarmInput {
        .init(
            point: point, name: point.rawValue, quantity: quantity, state: state,
            openedAt: instant - .minutes(openedMinutes ?? minutes), currentSince: instant - .minutes(minutes),
            sideSince: instant - .minutes(openedMinutes ?? minutes), clearedAt: nil)
    }

    /// The score with K, injected, in place of the K that the alarms make.
    static func score(_ inputs: RiskInputs, k: Double) -> (Double, Level) {
        let assessment = model.assess(inputs, at: start)
        let terms = assessment.terms.filter { $0.kind != .management }.reduce(0) { $0 + $1.points }
        let hasAlarm = inputs.alarms.contains { $0.clearedAt == nil }
        let score = min(100, terms + (hasAlarm ? k : min(k, model.management.quietCap)))
        return (score, max(model.level(for: score), assessment.floor?.level ?? .blue))
    }

    @Test func `vector 1: class 4, no alarm: 10, blue`() {
        #expect(Self.score(RiskInputs(grade: 4, pointCount: 10), k: 0) == (10, .blue))
    }

    @Test func `vector 2: class 1, no alarm, committed: 30, blue`() {
        let inputs = RiskInputs(grade: 1, pointCount: 10, commitment: .init())
        #expect(Self.score(inputs, k: 0) == (30, .blue))
    }

    @Test func `vector 3: class 3, level H for 5 min 31 blue, for 65 min 46 yellow`() {
        let short = RiskInputs(grade: 3, pointCount: 10, alarms: [Self.alarm(.level, .high, minutes: 5)])
        #expect(Self.score(short, k: 0) == (31, .blue))
        let long = RiskInputs(grade: 3, pointCount: 10, alarms: [Self.alarm(.level, .high, minutes: 65)])
        #expect(Self.score(long, k: 0) == (46, .yellow))
    }

    @Test func `vector 4: class 2, gas second level for 5 min 64 orange, for 35 min 84 red`() {
        let short = RiskInputs(grade: 2, pointCount: 10, alarms: [Self.alarm(.toxicGas, .highHigh, minutes: 5)])
        #expect(Self.score(short, k: 0) == (64, .orange))
        let long = RiskInputs(grade: 2, pointCount: 10, alarms: [Self.alarm(.toxicGas, .highHigh, minutes: 35)])
        #expect(Self.score(long, k: 0) == (84, .red))
    }

    @Test func `vector 5: class 1, HH, special fire work: 66 orange at 2 min, 96 red at 60`() {
        let work = RiskInputs.CommitmentInput(hasSpecialFire: true)
        let short = RiskInputs(
            grade: 1, pointCount: 10, alarms: [Self.alarm(.pressure, .highHigh, minutes: 2)], commitment: work)
        #expect(Self.score(short, k: 0) == (66, .orange))
        let long = RiskInputs(
            grade: 1, pointCount: 10, alarms: [Self.alarm(.pressure, .highHigh, minutes: 60)], commitment: work)
        #expect(Self.score(long, k: 0) == (96, .red))
    }

    @Test func `vector 6: class 3, not committed, offline unfiled: 36 blue with K 8 or 12, 53 yellow with H`() {
        let late = RiskInputs.CommitmentInput(overdueAt: Self.start)
        var inputs = RiskInputs(
            grade: 3, pointCount: 10, offlineSince: Self.start - .minutes(30), commitment: late)
        #expect(Self.score(inputs, k: 8) == (36, .blue))
        #expect(Self.score(inputs, k: 12) == (36, .blue))
        inputs.alarms = [Self.alarm(.level, .high, minutes: 5)]
        #expect(Self.score(inputs, k: 8) == (53, .yellow))
    }

    @Test func `vector 7: 60 is orange, 59.99 yellow`() {
        #expect(Self.model.level(for: 60) == .orange)
        #expect(Self.model.level(for: 59.99) == .yellow)
        #expect(Self.model.level(for: 80) == .red && Self.model.level(for: 79.99) == .orange)
        #expect(Self.model.level(for: 40) == .yellow && Self.model.level(for: 39.99) == .blue)
    }

    @Test func `vector 7: from orange to yellow needs less than 57 for five minutes`() {
        var risk = HazardRisk()
        func update(_ score: Double, at second: Int64, isFrozen: Bool = false) -> HazardRisk.Change? {
            let assessment = RiskAssessment(score: score, management: 0, terms: [], floor: nil, nextChangeAt: nil)
            return risk.update(assessment, isFrozen: isFrozen, by: Self.model, at: Self.start + .seconds(second))
        }
        #expect(update(60, at: 0) == .init(from: .blue, to: .orange))
        #expect(update(57, at: 10) == nil && risk.holdEndsAt(by: Self.model) == nil)
        #expect(update(56.99, at: 20) == nil)
        #expect(risk.holdEndsAt(by: Self.model) == Self.start + .seconds(320))
        #expect(update(57, at: 300) == nil && update(56, at: 310) == nil)
        #expect(update(56, at: 609) == nil)
        #expect(update(56, at: 610) == .init(from: .orange, to: .yellow))
    }

    @Test func `vector 8: one more HH does not lower: 64, then 66, both orange`() {
        let gas = Self.alarm(.combustibleGas, .high, minutes: 65)
        #expect(Self.score(RiskInputs(grade: 2, pointCount: 10, alarms: [gas]), k: 0) == (64, .orange))
        let both = [gas, Self.alarm(.level, .highHigh, minutes: 1, point: "p2")]
        #expect(Self.score(RiskInputs(grade: 2, pointCount: 10, alarms: both), k: 0) == (66, .orange))
    }

    @Test(
        arguments: [
            (3, Quantity.level, PointState.high, 5, 33, Level.blue), (3, .level, .high, 65, 50, .yellow),
            (2, .toxicGas, .highHigh, 5, 66, .orange), (2, .toxicGas, .highHigh, 35, 88, .red),
            (1, .pressure, .highHigh, 2, 68, .orange), (1, .pressure, .highHigh, 60, 100, .red),
        ] as [(Int, Quantity, PointState, Int64, Double, Level)])
    func `vector 9: the whole way, K by rule`(
        grade: Int, quantity: Quantity, state: PointState, minutes: Int64, expected: Double, level: Level
    ) {
        let inputs = RiskInputs(
            grade: grade, pointCount: 10, alarms: [Self.alarm(quantity, state, minutes: minutes)],
            commitment: grade == 1 ? .init(hasSpecialFire: true) : nil)
        let assessment = Self.model.assess(inputs, at: Self.start)
        #expect(assessment.score == expected && assessment.level(by: Self.model) == level)
    }
}

private func == (left: (Double, Level), right: (Double, Level)) -> Bool { left.0 == right.0 && left.1 == right.1 }
