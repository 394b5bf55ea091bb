import Domain
import Kernel
import Testing

@Suite struct AlarmTests {
    static func at(_ minute: Int64) -> Timestamp { Timestamp(milliseconds: 0) + .minutes(minute) }

    static func open(
        _ state: PointState, at minute: Int64, after predecessor: Alarm.Predecessor? = nil, id: AlarmID = "a1",
        isExempt: Bool = false
    ) -> Alarm {
        Alarm(
            id: id, point: "p1", hazard: "h1", enterprise: "e1", quantity: .level, state: state, at: at(minute),
            value: 9.5, threshold: 9, after: predecessor, isExempt: isExempt)
    }

    @Test func `one alarm keeps its start, its worst and its present state`() {
        var alarm = Self.open(.high, at: 0)
        alarm.change(to: .highHigh, at: Self.at(5), value: 10.4, threshold: 10)
        #expect(alarm.sideSince == Self.at(0) && alarm.currentSince == Self.at(5))
        alarm.change(to: .high, at: Self.at(9), value: 9.6, threshold: 9)
        #expect(alarm.startState == .high && alarm.worstState == .highHigh && alarm.currentState == .high)
        #expect(alarm.worstValue == 10.4 && alarm.lastValue == 9.6 && alarm.sideSince == Self.at(0))
        #expect(alarm.currentSince == Self.at(9) && alarm.openedAt == Self.at(0))
        alarm.clear(as: .recovered, at: Self.at(12), by: "system", value: 8)
        #expect(!alarm.isOpen && alarm.clearedAt == Self.at(12) && alarm.counts)
    }

    @Test func `the other side is a new beginning of the same alarm`() {
        var alarm = Self.open(.highHigh, at: 0)
        alarm.change(to: .lowLow, at: Self.at(3), value: 0.1, threshold: 0.5)
        #expect(alarm.sideSince == Self.at(3) && alarm.currentSince == Self.at(3) && alarm.isOpen)
        #expect(alarm.worstState == .highHigh)
    }

    @Test(arguments: [(29, 2), (30, 2), (31, 1)] as [(Int64, Int)])
    func `a re-trigger within 30 minutes is a new alarm of the same chain`(pause: Int64, occurrence: Int) {
        var first = Self.open(.high, at: 0)
        first.clear(as: .recovered, at: Self.at(10), by: "system", value: nil)
        let second = Self.open(.high, at: 10 + pause, after: first.predecessor, id: "a2")
        #expect(second.occurrence == occurrence)
        #expect(second.chain == (occurrence == 2 ? "a1" : "a2"))
        #expect(second.openedAt == Self.at(10 + pause) && !first.isOpen)
    }

    @Test func `an approved exemption takes the alarm out of the model`() {
        var alarm = Self.open(.high, at: 0)
        alarm.clear(as: .filing, at: Self.at(10), by: "officer", value: nil)
        #expect(!alarm.counts && alarm.exemptedAt == Self.at(10))
        var changed = Self.open(.high, at: 0)
        changed.clear(as: .limitChange, at: Self.at(10), by: "officer", value: nil)
        #expect(changed.counts)
        #expect(!Self.open(.high, at: 0, isExempt: true).counts)
    }

    @Test func `nobody clears by hand an alarm whose value is beyond the limit or unknown`() {
        func situation(_ isBeyond: Bool, _ isTrusted: Bool, isOpen: Bool = true) -> ClearRule.Situation {
            .init(isAlarmOpen: isOpen, isBeyondLimit: isBeyond, isValueTrusted: isTrusted)
        }
        #expect(throws: ClearRule.Refusal.valueBeyondLimit) {
            try ClearRule.check(.recoveredByHand, in: situation(true, true))
        }
        #expect(throws: ClearRule.Refusal.valueUnknown) {
            try ClearRule.check(.recoveredByHand, in: situation(false, false))
        }
        #expect(throws: ClearRule.Refusal.alreadyCleared) {
            try ClearRule.check(.recoveredByHand, in: situation(false, true, isOpen: false))
        }
        #expect(throws: Never.self) { try ClearRule.check(.recoveredByHand, in: situation(false, true)) }
        for type in DispelType.allCases where type.needsApproval {
            #expect(throws: ClearRule.Refusal.needsApproval) { try ClearRule.check(type, in: situation(false, true)) }
        }
        #expect(throws: ClearRule.Refusal.notByHand) { try ClearRule.check(.recovered, in: situation(false, true)) }
    }

    @Test func `an exemption needs a reason and, unless out of use, an end`() {
        let from = Self.at(0)
        #expect(throws: Exemption.Refusal.blankReason) {
            try Exemption.check(kind: .filing, reason: "  \u{3000}", from: from, until: Self.at(60))
        }
        #expect(throws: Exemption.Refusal.endMissing) {
            try Exemption.check(kind: .falseAlarm, reason: "探头故障", from: from, until: nil)
        }
        #expect(throws: Exemption.Refusal.endBeforeStart) {
            try Exemption.check(kind: .filing, reason: "检修", from: from, until: from)
        }
        #expect(throws: Exemption.Refusal.tooLong) {
            try Exemption.check(kind: .falseAlarm, reason: "误报", from: from, until: from + .days(8))
        }
        #expect(throws: Never.self) {
            try Exemption.check(kind: .outOfUse, reason: "拆除", from: from, until: nil)
        }
    }
}
