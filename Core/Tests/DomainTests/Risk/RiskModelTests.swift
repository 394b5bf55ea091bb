import Domain
import Kernel
import Testing

@Suite struct RiskModelTests {
    static let model = RiskModel.standard
    static let now = Timestamp(milliseconds: 1_772_416_800_000)

    static func past(_ point: String, opened: Int64, cleared: Int64) -> RiskInputs.AlarmInput {
        .init(
            point: PointID(point), name: point, quantity: .level, state: .high, openedAt: now - .minutes(opened),
            currentSince: now - .minutes(opened), sideSince: now - .minutes(opened), clearedAt: now - .minutes(cleared))
    }

    static func management(_ alarms: [RiskInputs.AlarmInput], points: Int = 10, at instant: Timestamp = now) -> Double {
        model.assess(RiskInputs(grade: 3, pointCount: points, alarms: alarms), at: instant).management
    }

    @Test func `K counts each of its five items`() {
        // One alarm of 4 minutes: average 1, mean 1, longest 1.
        #expect(Self.management([Self.past("a", opened: 100, cleared: 96)]) == 3)
        // Of 11 minutes: mean 2, longest 2.
        #expect(Self.management([Self.past("a", opened: 100, cleared: 89)]) == 5)
        // Three of one point: repeats 1 as well.
        let three = (0..<3).map { Self.past("a", opened: 100 + $0 * 20, cleared: 98 + $0 * 20) }
        #expect(Self.management(three) == 4)
        // Five in one slot of the clock: disturbance 1.
        let five = (0..<5).map { Self.past("p\($0)", opened: 100 - $0, cleared: 95 - $0) }
        #expect(Self.management(five) == 4)
        // More than one an average point: average 2.
        #expect(Self.management(five, points: 4) == 5)
    }

    @Test func `K lets go of an alarm exactly 24 hours after`() throws {
        let alarm = Self.past("a", opened: 0, cleared: -4)
        let opened = Self.now
        let inputs = RiskInputs(grade: 3, pointCount: 10, alarms: [alarm])
        let after = opened + .minutes(10)
        let assessment = Self.model.assess(inputs, at: after)
        #expect(assessment.management == 3 && assessment.nextChangeAt == opened + .hours(24))
        let next = Self.model.assess(inputs, at: opened + .hours(24))
        #expect(next.management == 2 && next.nextChangeAt == opened + .minutes(4) + .hours(24))
        let last = Self.model.assess(inputs, at: opened + .minutes(4) + .hours(24))
        #expect(last.management == 0 && last.nextChangeAt == nil)
    }

    @Test func `a quiet source counts K as 6 at the most, and comes back to blue`() {
        let alarms = (0..<40).flatMap { index in
            [Self.past("a", opened: 200 + Int64(index) * 30, cleared: 190 + Int64(index) * 30)]
        }
        let assessment = Self.model.assess(RiskInputs(grade: 1, pointCount: 2, alarms: alarms), at: Self.now)
        #expect(assessment.management > 6 && assessment.score == 36 && assessment.level(by: Self.model) == .blue)
    }

    @Test func `the steps of an alarm's duration are the next instants, to the millisecond`() {
        let alarm = RiskVectorTests.alarm(.level, .high, minutes: 0, at: Self.now)
        let inputs = RiskInputs(grade: 3, pointCount: 10, alarms: [alarm])
        var instant = Self.now
        var found: [Int64] = []
        while let next = Self.model.assess(inputs, at: instant).nextChangeAt, found.count < 20 {
            let before = Self.model.assess(inputs, at: next - .milliseconds(1))
            #expect(before.score == Self.model.assess(inputs, at: instant).score)
            found.append((next - Self.now).milliseconds)
            instant = next
        }
        #expect(found == [1, 600_000, 600_001, 1_800_000, 1_800_001, 3_600_000, 7_200_001, 86_400_000])
    }

    @Test func `a worsening counts the first level's whole time, and never lowers`() {
        let alarm = RiskVectorTests.alarm(.level, .highHigh, minutes: 1, at: Self.now, openedMinutes: 120)
        let inputs = RiskInputs(grade: 3, pointCount: 10, alarms: [alarm])
        #expect(Self.model.assess(inputs, at: Self.now).terms[1].points == 30)
        // Gas: 20 × 2 for the first level is as much as 40 × 1 for the second.
        let gas = RiskVectorTests.alarm(.toxicGas, .highHigh, minutes: 1, at: Self.now, openedMinutes: 120)
        #expect(
            Self.model.assess(RiskInputs(grade: 3, pointCount: 9, alarms: [gas]), at: Self.now).terms[1].points == 40)
    }

    @Test func `two gas second levels are orange at least, one with a process HH is red`() throws {
        let first = RiskVectorTests.alarm(.toxicGas, .highHigh, minutes: 1, point: "g1", at: Self.now)
        let second = RiskVectorTests.alarm(.combustibleGas, .highHigh, minutes: 1, point: "g2", at: Self.now)
        let process = RiskVectorTests.alarm(.temperature, .highHigh, minutes: 1, point: "t1", at: Self.now)
        let level = RiskVectorTests.alarm(.level, .highHigh, minutes: 1, point: "l1", at: Self.now)
        func floor(_ alarms: [RiskInputs.AlarmInput]) -> Level? {
            Self.model.assess(RiskInputs(grade: 4, pointCount: 9, alarms: alarms), at: Self.now).floor?.level
        }
        #expect(floor([first]) == nil && floor([first, level]) == nil)
        #expect(floor([first, second]) == .orange && floor([first, process]) == .red)
    }

    @Test func `worse inputs never give a lower score or an earlier level`() {
        var generator = SeededGenerator(seed: 20_261_123)
        for _ in 0..<2_000 {
            let alarms = (0..<generator.integer(0...6)).map { Self.random($0, &generator) }
            let inputs = RiskInputs(
                grade: generator.integer(2...4), pointCount: generator.integer(6...20), alarms: alarms,
                hasBadKeyPoint: generator.chance(0.3))
            let assessment = Self.model.assess(inputs, at: Self.now)
            #expect(assessment.score >= 0 && assessment.score <= 100)
            #expect(
                abs(assessment.terms.reduce(0) { $0 + $1.points } - assessment.score) < 1e-9 || assessment.score == 100)
            for worse in Self.worsened(inputs, &generator) {
                let other = Self.model.assess(worse, at: Self.now)
                #expect(other.score >= assessment.score)
                #expect(other.level(by: Self.model) >= assessment.level(by: Self.model))
            }
        }
    }

    static func random(_ index: Int, _ generator: inout SeededGenerator) -> RiskInputs.AlarmInput {
        let quantity = generator.pick([Quantity.level, .temperature, .toxicGas, .combustibleGas, .pressure])
        let opened = Int64(generator.integer(0...200))
        let isSecond = generator.chance(0.5)
        return .init(
            point: PointID("p\(index)"), name: "p\(index)", quantity: quantity, state: isSecond ? .highHigh : .high,
            openedAt: now - .minutes(opened),
            currentSince: now - .minutes(isSecond ? Int64(generator.integer(0...Int(opened))) : opened),
            sideSince: now - .minutes(opened), clearedAt: nil)
    }

    /// Each variant is worse in one way.
    static func worsened(_ inputs: RiskInputs, _ generator: inout SeededGenerator) -> [RiskInputs] {
        var variants: [RiskInputs] = []
        func variant(_ change: (inout RiskInputs) -> Void) {
            var copy = inputs
            change(&copy)
            variants.append(copy)
        }
        variant { $0.grade -= 1 }
        variant { $0.hasBadKeyPoint = true }
        variant { $0.offlineSince = now - .minutes(31) }
        variant { $0.commitment = .init(overdueAt: now) }
        let extra = random(9, &generator)
        variant { $0.alarms.append(extra) }
        for index in inputs.alarms.indices where inputs.alarms[index].state == .high {
            variant {
                $0.alarms[index].state = .highHigh
                $0.alarms[index].currentSince = now
            }
        }
        return variants
    }

    @Test func `a model goes through JSON unchanged, and a broken one is refused by name`() throws {
        let read = try RiskModel(version: 0, json: JSON.parse(Self.model.json.text))
        #expect(read == Self.model)
        let broken: [(String, String)] = [
            (#"{"levels": {"orange": 90}}"#, "levels"), (#"{"inherent": [1, 2]}"#, "inherent"),
            (#"{"inherent": [10, 16, 24, 30]}"#, "inherent"), (#"{"alarms": {"factors": [1, 2]}}"#, "alarms.factors"),
            (#"{"alarms": {"second": 1}}"#, "alarms.second"), (#"{"x": 1}"#, "x"),
            (#"{"data": {"offline": "6"}}"#, "data.offline"),
            (#"{"management": {"quietCap": 12}}"#, "management.quietCap"),
        ]
        for (text, member) in broken {
            let error = try #require(throws: RiskModelError.self) {
                try RiskModel(version: 1, json: JSON.parse(text))
            }
            #expect(error.member == member)
        }
        #expect(try RiskModel(version: 1, json: ["levels": ["holdMinutes": 10]]).levels.holdMinutes == 10)
    }

    @Test func `an enterprise is its worst source and two for each further one in warning`() {
        #expect(Self.model.enterpriseScore(of: []) == 0)
        #expect(Self.model.enterpriseScore(of: [30]) == 30)
        #expect(Self.model.enterpriseScore(of: [30, 39]) == 39)
        #expect(Self.model.enterpriseScore(of: [78, 40, 39]) == 80)
        #expect(Self.model.enterpriseScore(of: [95, 90, 90, 90, 90, 90, 90]) == 100)
    }
}
