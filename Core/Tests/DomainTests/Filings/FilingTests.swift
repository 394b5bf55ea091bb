import Domain
import Kernel
import Testing

@Suite struct FilingTests {
    static let noon = Timestamp(milliseconds: 1_772_424_000_000)
    static let rules = FilingRules.standard

    static func filing(
        _ kind: FilingKind = .maintenance, from: Interval = .hours(30), hours: Int64 = 8, found: Interval? = nil,
        coverage: FilingCoverage = FilingCoverage(points: ["P1"])
    ) -> Filing {
        let start = noon + from
        let foundAt = found.map { noon + $0 }
        return Filing(
            id: "f1", enterprise: "e1", kind: kind, coverage: coverage, reason: "换密封", measures: "专人现场监护",
            from: start, until: start + .hours(hours), foundAt: foundAt, submittedAt: noon, submittedBy: "safety",
            isLate: rules.isLate(kind, from: start, foundAt: foundAt, submittedAt: noon))
    }

    static func confirmed(_ filing: Filing, after: Interval) throws -> Filing {
        var filing = filing
        try filing.decide(isConfirmed: true, note: nil, by: "officer", at: noon + after)
        return filing
    }

    @Test(
        arguments: [
            (FilingKind.plannedStop, Int64(24), nil, false), (.plannedStop, 23, nil, true),
            (.maintenance, 24, nil, false),
            (.maintenance, 1, nil, true), (.damage, -1, Int64(-2), false), (.damage, -1, -3, true),
            (.camera, 24, nil, false), (.camera, 2, nil, true), (.camera, 0, -2, false),
        ] as [(FilingKind, Int64, Int64?, Bool)])
    func `SJ-25 planned 24 hours ahead, damage within two hours; late is marked, not refused`(
        kind: FilingKind, from: Int64, found: Int64?, isLate: Bool
    ) throws {
        let coverage = kind == .camera ? FilingCoverage(cameras: ["V1"]) : FilingCoverage(points: ["P1"])
        let filing = Self.filing(kind, from: .hours(from), found: found.map { .hours($0) }, coverage: coverage)
        #expect(filing.isLate == isLate)
        try filing.check(Self.rules)
    }

    @Test func `A32 while nobody has confirmed it nothing is taken out; then it goes back to the submission`() throws {
        let waiting = Self.filing(.damage, from: .hours(-5), hours: 10, found: .hours(-1))
        #expect(waiting.effect == nil && waiting.state(at: Self.noon) == .waiting)
        let filing = try Self.confirmed(waiting, after: .hours(3))
        // Not to the damage five hours ago.
        #expect(filing.effect == Self.noon..<(Self.noon + .hours(5)))
        var returned = waiting
        try returned.decide(isConfirmed: false, note: "不实", by: "officer", at: Self.noon + .hours(3))
        #expect(returned.effect == nil && returned.state(at: Self.noon + .hours(4)) == .returned)
    }

    @Test func `A32 also where the time had passed before anybody confirmed`() throws {
        let filing = try Self.confirmed(
            Self.filing(.damage, from: .zero, hours: 1, found: .zero), after: .hours(4))
        #expect(filing.effect == Self.noon..<(Self.noon + .hours(1)))
        #expect(filing.state(at: Self.noon + .hours(4)) == .over)
    }

    @Test func `an effect never begins in the middle of a second that was before the submission`() throws {
        var filing = Self.filing(.damage, from: .hours(-1), hours: 3, found: .hours(-1))
        filing.submittedAt = Self.noon + .milliseconds(1)
        let effect = try #require(try Self.confirmed(filing, after: .hours(1)).effect)
        #expect(effect.lowerBound == Self.noon + .seconds(1))
    }

    @Test func `refusals say what is missing`() throws {
        func refusal(_ change: (inout Filing) -> Void) -> FilingRefusal? {
            var filing = Self.filing()
            change(&filing)
            do throws(FilingRefusal) { try filing.check(Self.rules) } catch { return error }
            return nil
        }
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.reason = " \n" } == .blankReason)
        #expect(refusal { $0.measures = "" } == .blankMeasures)
        #expect(refusal { $0.coverage = FilingCoverage() } == .nothingCovered)
        #expect(refusal { $0.coverage.isWhole = true } == .wholeAndParts)
        #expect(refusal { $0.until = $0.from } == .endBeforeStart)
        #expect(refusal { $0.until = $0.from + .days(181) } == .tooLong(days: 180))
        #expect(refusal { $0.kind = .damage } == .foundAtMissing)
        #expect(refusal { $0.kind = .longStop } == .tooShortForLongStop(days: 30))
        #expect(refusal { $0.kind = .camera } == .onlyCameras)
        #expect(
            refusal {
                $0.from = Self.noon - .hours(9)
                $0.until = Self.noon
            } == .alreadyOver)
    }

    @Test func `it ends by itself, or early, once`() throws {
        var filing = try Self.confirmed(Self.filing(), after: .hours(1))
        let start = Self.noon + .hours(30)
        #expect(filing.state(at: start - .milliseconds(1)) == .confirmed)
        #expect(filing.state(at: start) == .running)
        #expect(filing.state(at: start + .hours(8)) == .over)
        try filing.end(by: "safety", at: start + .hours(3))
        #expect(filing.effect == start..<(start + .hours(3)))
        #expect(throws: FilingRefusal.notRunning) { try filing.end(by: "safety", at: start + .hours(4)) }
    }

    @Test func `an extension is confirmed again, and then leaves no gap`() throws {
        var filing = try Self.confirmed(Self.filing(), after: .hours(1))
        let end = filing.until
        #expect(throws: FilingRefusal.notLonger) {
            try filing.ask(until: end, reason: "配件未到", by: "safety", at: end - .hours(1), rules: Self.rules)
        }
        try filing.ask(until: end + .hours(6), reason: "配件未到", by: "safety", at: end - .hours(1), rules: Self.rules)
        #expect(filing.effect?.upperBound == end)
        #expect(throws: FilingRefusal.extensionWaiting) {
            try filing.ask(until: end + .hours(9), reason: "x", by: "safety", at: end - .hours(1), rules: Self.rules)
        }
        #expect(throws: FilingRefusal.blankNote) {
            var filing = filing
            try filing.decideExtension(isConfirmed: false, note: "", at: end)
        }
        try filing.decideExtension(isConfirmed: true, note: nil, at: end + .hours(1))
        #expect(filing.effect?.upperBound == end + .hours(6))
        #expect(filing.state(at: end + .hours(2)) == .running)
        // After the end nothing is extended any more.
        #expect(throws: FilingRefusal.notRunning) {
            try filing.ask(until: end + .days(1), reason: "x", by: "s", at: end + .hours(6), rules: Self.rules)
        }
    }

    @Test func `JC-11 the county is reminded, then it is overdue; once decided neither`() throws {
        let filing = Self.filing()
        let steps = filing.steps(Self.rules, done: [])
        #expect(steps.map(\.step) == [.confirmReminder, .confirmOverdue])
        #expect(steps.map(\.at) == [Self.noon + .hours(2), Self.noon + .hours(4)])
        let decided = try Self.confirmed(filing, after: .hours(4))
        #expect(decided.steps(Self.rules, done: []).map(\.step) == [.begin, .endReminder, .over])
        #expect(decided.steps(Self.rules, done: ["begin"]).first?.at == decided.until - .hours(2))
    }

    @Test func `only points under repair leave the alarms; a plant that stands still is watched on`() {
        #expect(FilingKind.allCases.filter(\.exemptsAlarms) == [.maintenance, .damage])
        let whole = FilingCoverage.whole
        #expect(whole.covers(point: "P1", of: nil) && whole.covers(camera: "V1"))
        let source = FilingCoverage(hazards: ["h1"])
        #expect(source.covers(point: "P1", of: "h1") && !source.covers(point: "P2", of: "h2"))
        #expect(!source.covers(camera: "V1"))
    }

    @Test func `attachments are known by their first bytes, not by their names`() {
        #expect(FilingAttachment(name: "a.pdf", content: Array("%PDF-1.7".utf8)).objection == nil)
        #expect(FilingAttachment(name: "a.pdf", content: Array("MZ".utf8)).objection != nil)
        #expect(FilingAttachment(name: "a.pdf", content: []).objection != nil)
        let large = Array("%PDF-".utf8) + [UInt8](repeating: 0, count: FilingAttachment.bytesMax)
        #expect(FilingAttachment(name: "a.pdf", content: large).objection != nil)
    }
}
