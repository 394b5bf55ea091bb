import Domain
import Kernel
import Testing

@Suite struct CommitmentTests {
    private let day = CommitmentSample.day
    private var now: Timestamp { day.start + .hours(9) + .minutes(58) }

    @Test func `SJ-19 QY-07 a whole commitment is taken, and nothing in it is lost on the way through JSON`() throws {
        let content = try #require(CommitmentSample.draft(at: now).checked(at: now).content)
        #expect(content[.units] == 3)
        #expect(content[.fireSpecial] == 0)
        #expect(CommitmentContent(json: content.json) == content)
        #expect(content.announcement.contains("生产装置 3 套,其中运行 2 套,停产 1 套,检修 0 套"))
    }

    @Test(arguments: CommitmentCount.allCases)
    func `SJ-19 a count that is left out is missing, and zero is not`(count: CommitmentCount) throws {
        var draft = CommitmentSample.draft(at: now)
        draft.counts[count] = nil
        let missing = draft.checked(at: now)
        #expect(missing.content == nil)
        #expect(missing.problems.contains(.missing(.count(count))))
        #expect(missing.problems.first { $0.field == .count(count) }?.text.contains(count.label) == true)

        draft = CommitmentSample.draft(at: now)
        draft.counts[count] = 0
        #expect(!draft.checked(at: now).problems.contains(.missing(.count(count))))
        draft.counts[count] = -1
        #expect(draft.checked(at: now).problems.contains(.negative(count)))
        // The same through an upload, where null, absent and blank are absent and 0 is not.
        for json: JSON in [.null, "", "  "] {
            #expect(CommitmentDraft(json: .object([.init(count.rawValue, json)])).counts[count] == nil)
        }
        for json: JSON in [0, "0"] {
            #expect(CommitmentDraft(json: .object([.init(count.rawValue, json)])).counts[count] == 0)
        }
        #expect(CommitmentDraft(json: .object([.init(count.rawValue, "两")])).unreadable[.count(count)] == "两")
    }

    @Test(arguments: CommitmentFlag.allCases)
    func `SJ-19 a question left open is neither yes nor no`(flag: CommitmentFlag) {
        var draft = CommitmentSample.draft(at: now)
        draft.flags[flag] = nil
        #expect(draft.checked(at: now).problems == [.missing(.flag(flag))])
        #expect(CommitmentDraft(json: .object([.init(flag.rawValue, .null)])).flags[flag] == nil)
        #expect(CommitmentDraft(json: .object([.init(flag.rawValue, "否")])).flags[flag] == false)
        #expect(CommitmentDraft(json: .object([.init(flag.rawValue, 1)])).flags[flag] == true)
    }

    @Test func `SJ-19 QY-07 each text, the risk, the signer and each tier of judgement is required`() {
        for text in CommitmentText.allCases where text.isRequired {
            var draft = CommitmentSample.draft(at: now)
            draft.texts[text] = " \u{3000}"
            #expect(draft.checked(at: now).problems == [.missing(.text(text))])
        }
        var draft = CommitmentSample.draft(at: now)
        draft.riskLevel = nil
        draft.riskScore = nil
        draft.signer = nil
        #expect(
            draft.checked(at: now).problems == [.missing(.riskLevel), .missing(.riskScore), .missing(.signer)])
        for tier in Judgement.Tier.allCases {
            var draft = CommitmentSample.draft(at: now)
            draft.judgements.removeAll { $0.tier == tier }
            #expect(draft.checked(at: now).problems == [.missing(.judgement(tier))])
        }
        let empty = CommitmentDraft(json: [:]).checked(at: now)
        let asked = CommitmentField.all.filter { field in
            switch field {
            case .text(.hiddenDanger), .text(.offlineReason), .day: false
            case .count, .flag, .text, .riskLevel, .riskScore, .signer, .judgement: true
            }
        }
        #expect(Set(empty.problems.map(\.field)) == Set(asked))
        #expect(empty.problems.allSatisfy { $0.text.contains($0.field.label) })
    }

    @Test func `SJ-18 running, stopped and under repair make the total, or it is refused; as a warning if so set`() {
        var draft = CommitmentSample.draft(at: now)
        draft.counts[.running] = 3
        #expect(draft.checked(at: now).problems == [.sumDiffers(parts: 4, total: 3)])
        var rules = CommitmentRules.usual
        rules.refusesUnequalSum = false
        #expect(draft.checked(rules, at: now).content != nil)
        #expect(draft.sumProblems == [.sumDiffers(parts: 4, total: 3)])
    }

    @Test func `SJ-18 answers and counts agree, a major hidden danger is described`() {
        for flag in CommitmentFlag.allCases {
            guard let count = flag.count else { continue }
            var draft = CommitmentSample.draft(at: now)
            draft.flags[flag] = true
            #expect(draft.checked(at: now).problems == [.flagAndCountDiffer(flag, count: 0)])
            draft.counts[count] = 2
            #expect(draft.checked(at: now).content != nil)
            draft.flags[flag] = false
            #expect(draft.checked(at: now).problems == [.flagAndCountDiffer(flag, count: 2)])
        }
        var draft = CommitmentSample.draft(at: now)
        draft.flags[.majorHiddenDanger] = true
        #expect(draft.checked(at: now).problems == [.hiddenDangerUntold])
        draft.texts[.hiddenDanger] = "T-105 基础沉降"
        #expect(draft.checked(at: now).content?[.hiddenDanger] == "T-105 基础沉降")
    }

    @Test func `QY-06 the chain goes from team to enterprise, of today and not of the future`() {
        var draft = CommitmentSample.draft(at: now)
        draft.judgements[2].at = draft.judgements[1].at - .minutes(1)
        #expect(draft.checked(at: now).problems == [.judgementBefore(.enterprise, .workshop)])
        draft = CommitmentSample.draft(at: now)
        draft.judgements[1].at = draft.judgements[0].at - .milliseconds(1)
        #expect(draft.checked(at: now).problems == [.judgementBefore(.workshop, .team)])
        draft = CommitmentSample.draft(at: now)
        draft.judgements[2].at = now + .milliseconds(1)
        #expect(draft.checked(at: now).problems == [.judgementAhead(.enterprise, now + .milliseconds(1))])
        draft = CommitmentSample.draft(at: now)
        draft.judgements[0].at = now - .hours(24)
        #expect(draft.checked(at: now).content != nil)
        draft.judgements[0].at = now - .hours(24) - .milliseconds(1)
        #expect(draft.checked(at: now).content == nil)
        draft = CommitmentSample.draft(at: now)
        draft.judgements[0].name = " "
        #expect(draft.checked(at: now).problems == [.judgementUnnamed(.team)])
    }

    @Test func `SJ-17 JC-16 A22 strictly before ten: 09:59:59.999 is on time, 10:00:00.000 is late`() {
        let ten = day.start + .hours(10)
        #expect(CommitmentStanding.state(of: day, receivedAt: ten - .milliseconds(1)) == .onTime)
        #expect(CommitmentStanding.state(of: day, receivedAt: ten) == .late)
        #expect(CommitmentStanding.state(of: day, receivedAt: day.next.start - .milliseconds(1)) == .late)
        #expect(CommitmentStanding.state(of: day, receivedAt: day.next.start) == .madeUp)
        #expect(CommitmentStanding.state(of: day, receivedAt: day.start) == .onTime)
    }

    @Test func `A22 the first version decides, later ones correct`() throws {
        let ten = day.start + .hours(10)
        let early = CommitmentStanding.Version(receivedAt: ten - .minutes(1), isByDelegate: false)
        let late = CommitmentStanding.Version(receivedAt: ten + .hours(3), isByDelegate: false)
        let corrected = try #require(CommitmentStanding(of: day, versions: [early, late]))
        #expect(corrected == CommitmentStanding(state: .onTime, isByDelegate: false, isCorrected: true))
        #expect(corrected.label == "按时 · 已更正")
        #expect(try #require(CommitmentStanding(of: day, versions: [late])).counts(.usual) == false)
        #expect(CommitmentStanding(of: day, versions: []) == nil)
    }

    @Test func `A24 a delegate is shown and not counted, unless the locality allows it in writing`() throws {
        let ten = day.start + .hours(10)
        let delegate = CommitmentStanding.Version(receivedAt: ten - .minutes(9), isByDelegate: true)
        let principal = CommitmentStanding.Version(receivedAt: ten - .minutes(1), isByDelegate: false)
        let tooLate = CommitmentStanding.Version(receivedAt: ten, isByDelegate: false)
        let alone = try #require(CommitmentStanding(of: day, versions: [delegate]))
        #expect(alone.label == "代 · 按时")
        #expect(!alone.counts(.usual))
        var rules = CommitmentRules.usual
        rules.countsDelegateAsOnTime = true
        #expect(rules.objections == ["代承诺计为按时,要填地方书面允许的文件"])
        rules.delegatePermit = "晋市应急〔2026〕1号"
        #expect(rules.objections.isEmpty)
        #expect(alone.counts(rules))
        #expect(try #require(CommitmentStanding(of: day, versions: [delegate, principal])).counts(.usual))
        #expect(try #require(CommitmentStanding(of: day, versions: [delegate, tooLate])).isByDelegate)
    }

    @Test func `SJ-17 reminders at nine and half past, the list at ten; an outage makes up days, not reminders`() {
        let rules = CommitmentRules.usual
        let all = rules.steps(after: day.start - .milliseconds(1), through: day.start + .hours(9) + .minutes(45))
        #expect(all == [.begin(day), .remind(day, .minutes(570))])
        #expect(
            rules.steps(after: day.start + .hours(9) - .milliseconds(1), through: day.start + .hours(9))
                == [.remind(day, .hours(9))])
        #expect(rules.steps(after: day.start + .minutes(570), through: day.start + .hours(10)) == [.listMissing(day)])
        let outage = rules.steps(after: day.start + .hours(8), through: day.next.next.start + .hours(11))
        #expect(
            outage == [
                .listMissing(day), .begin(day.next), .listMissing(day.next), .begin(day.next.next),
                .listMissing(day.next.next),
            ])
        #expect(rules.nextStep(after: day.start) == day.start + .hours(9))
        #expect(rules.nextStep(after: day.start + .hours(10)) == day.next.start)
        // Each instant of two days: stepping from one to the next misses nothing and repeats nothing.
        var instant = day.start - .milliseconds(1)
        var stepped: [CommitmentStep] = []
        while instant < day.next.next.start - .milliseconds(1) {
            let next = rules.nextStep(after: instant)
            stepped += rules.steps(after: instant, through: next)
            instant = next
        }
        #expect(stepped.count == 9)
        #expect(Set(stepped).count == 9)
    }

    @Test func `SJ-18 contradictions: stopped but moving, work on record, danger denied, grades, repairs`() throws {
        var draft = CommitmentSample.draft(at: now)
        draft.counts[.running] = 0
        draft.counts[.stopped] = 3
        let content = try #require(draft.checked(at: now).content)
        var facts = CommitmentFacts(grades: [0, 1, 0, 0])
        #expect(content.contradictions(with: facts) == [])
        let still = CommitmentContradiction.Movement(
            point: "P1", name: "TI-1022", unit: "℃", low: 31, high: 36, range: 100)
        facts.movements = [still]
        #expect(content.contradictions(with: facts) == [])
        var moving = still
        moving.high = 58
        facts.movements = [still, moving]
        #expect(content.contradictions(with: facts) == [.stoppedButMoving([moving])])
        #expect(content.contradictions(with: facts)[0].text == "报运行 0 套,但 TI-1022 由 31 到 58 ℃")

        facts = CommitmentFacts(
            grades: [1, 1, 0, 0], workRecords: [.fireSecond: 2, .height: 0], majorHiddenDangers: ["储罐基础沉降"],
            maintenanceFilings: ["P-201 换泵"], startStops: ["R-101"], assessed: .red)
        let kinds = Set(content.contradictions(with: facts).map(\.kind))
        #expect(
            kinds == [
                .workUndeclared, .hiddenDangerDenied, .gradesDiffer, .maintenanceUndeclared, .startStopUndeclared,
                .riskUnderstated,
            ])
        #expect(content.contradictions(with: facts).contains { $0.text == "一级填 0、登记 1" })
        // What runs may move.
        let running = try #require(CommitmentSample.draft(at: now).checked(at: now).content)
        #expect(running.contradictions(with: CommitmentFacts(grades: [0, 1, 0, 0], movements: [moving])) == [])
    }

    @Test func `QY-06 what anybody may read holds no telephone number and no coordinates`() {
        #expect(Redaction.redacted("值班电话 0356-2021234,手机 13912345678。") == "值班电话 ***,手机 ***。")
        #expect(Redaction.redacted("位于 112.83512, 35.49021 附近") == "位于 ***, *** 附近")
        #expect(Redaction.redacted("2026-11-23 运行 3 套,动火 2 处") == "2026-11-23 运行 3 套,动火 2 处")
        #expect(Redaction.redacted("压力 1.25 MPa,R-101 停") == "压力 1.25 MPa,R-101 停")
        #expect(Redaction.redacted("身份证 140502199001011234") == "身份证 ***")
        #expect(Redaction.redacted("应在线1680000.5路·小时") == "应在线1680000.5路·小时")
    }

    @Test func `SJ-17 the conventions keep themselves through JSON`() {
        var rules = CommitmentRules.usual
        rules.delegatePermit = "文"
        #expect(CommitmentRules(json: rules.json) == rules)
        rules.reminders = [.hours(10)]
        #expect(!rules.objections.isEmpty)
    }
}
