import Domain
import Kernel
import Testing

/// The case from raising to closing: what people do (disposal measures Art. 1, 3, 8, 9, 13, 14).
@Suite struct WarningCaseTests {
    @Test func `YJ-01 a case closes when cleared, reported, approved and every supervision answered`() throws {
        var sample = WarningSample(.red)
        try sample.perform(.elapse, at: 120)
        try sample.level(.blue, at: 130)
        #expect(sample.warning.phase == .awaitingReport)
        try sample.perform(WarningSample.report, at: 140)
        #expect(sample.warning.phase == .awaitingApproval)
        try sample.perform(.approveReport(by: "officer"), at: 150)
        #expect(sample.warning.phase == .awaitingFeedback)
        #expect(sample.warning.closedAt == nil)
        let last = try sample.perform(.feedBack(by: "province", text: "已核查"), at: 160)
        #expect(last.last == .closed)
        #expect(sample.warning.phase == .closed)
        #expect(sample.warning.nextDeadline == nil)
    }

    @Test func `YJ-01 nothing but a note can be added to a closed case`() throws {
        var sample = WarningSample()
        try sample.level(.blue, at: 1)
        try sample.perform(WarningSample.report, at: 2)
        try sample.perform(.approveReport(by: "officer"), at: 3)
        #expect(sample.warning.closedAt != nil)
        let commands: [WarningCommand] = [
            .setLevel(.red, openAlarms: [], cause: .null), .acknowledge(by: "u1", note: ""),
            .progress(by: "e", text: "x"), WarningSample.report, .returnReport(by: "o", note: "x"),
            .approveReport(by: "o"), .feedBack(by: "county", text: "x"),
        ]
        for command in commands { #expect(sample.refusal(of: command, at: 4) == .isClosed) }
        for command in [WarningCommand.elapse, .recover, .alarmOpened("a"), .alarmCleared("a")] {
            #expect(try sample.perform(command, at: 5) == [])
        }
        #expect(try sample.perform(.annotate(by: "center", text: "已阅"), at: 6).count == 1)
    }

    @Test func `YJ-03 an enterprise acknowledges, tells its progress and reports, each with its instant`() throws {
        var sample = WarningSample()
        #expect(sample.warning.phase == .unacknowledged)
        try sample.perform(.acknowledge(by: "u2", note: "已到场"), at: 3)
        #expect(sample.warning.phase == .acknowledged)
        #expect(sample.warning.acknowledgedAt == WarningSample.start + .minutes(3))
        #expect(sample.warning.acknowledgedBy == "u2")
        try sample.perform(.progress(by: "e1", text: "正在倒罐"), at: 8)
        #expect(sample.warning.phase == .handling)
        #expect(sample.warning.progressedAt == WarningSample.start + .minutes(8))
        try sample.level(.blue, at: 20)
        try sample.perform(WarningSample.report, at: 30)
        #expect(sample.warning.report?.reportedAt == WarningSample.start + .minutes(30))
        #expect(sample.refusal(of: .progress(by: "e1", text: " 　"), at: 31) == .emptyText)
    }

    @Test func `YJ-03 a rise asks for a new acknowledgement, a fall does not`() throws {
        var sample = WarningSample()
        try sample.perform(.acknowledge(by: "u1", note: ""), at: 1)
        try sample.level(.red, at: 2)
        #expect(sample.warning.acknowledgedAt == nil)
        try sample.perform(.acknowledge(by: "u3", note: ""), at: 3)
        try sample.level(.yellow, at: 4)
        #expect(sample.warning.acknowledgedBy == "u3")
        // The first one counts, a repeat is on record all the same.
        #expect(try sample.perform(.acknowledge(by: "u1", note: ""), at: 5) == [.acknowledged(by: "u1", note: "")])
        #expect(sample.warning.acknowledgedBy == "u3")
    }

    @Test func `YJ-08 only a responsible person of the source may acknowledge`() {
        let sample = WarningSample()
        for person: PersonID in ["u1", "u2", "u3"] {
            #expect(sample.refusal(of: .acknowledge(by: person, note: ""), at: 1) == nil)
        }
        for person: PersonID in ["u4", "county", "e1", ""] {
            #expect(sample.refusal(of: .acknowledge(by: person, note: ""), at: 1) == .notResponsible)
        }
    }

    @Test func `YJ-08 a case with an alarm still open cannot be finished`() throws {
        var sample = WarningSample(openAlarms: ["a", "b"])
        #expect(sample.refusal(of: WarningSample.report, at: 1) == .notYetClear)
        try sample.level(.blue, at: 10)
        #expect(sample.warning.phase == .cleared)
        try sample.perform(.alarmCleared("a"), at: 11)
        #expect(sample.refusal(of: WarningSample.report, at: 12) == .notYetClear)
        try sample.perform(.alarmCleared("b"), at: 13)
        try sample.perform(WarningSample.report, at: 14)
        #expect(try sample.perform(.approveReport(by: "o"), at: 15).last == .closed)
    }

    @Test func `YJ-08 disposal goes on until the alarms clear, reported and approved or not`() throws {
        var sample = WarningSample(openAlarms: ["a"])
        try sample.perform(.alarmCleared("a"), at: 5)
        try sample.perform(WarningSample.report, at: 6)
        try sample.perform(.approveReport(by: "o"), at: 7)
        #expect(sample.warning.closedAt == nil)
        #expect(try sample.level(.blue, at: 8).last == .closed)
    }

    @Test(arguments: [(59, false), (60, false), (61, true)] as [(Int64, Bool)])
    func `YJ-09 a report within the hour is on time, exactly at the hour too, later it is late but taken`(
        minutes: Int64, isLate: Bool
    ) throws {
        var sample = WarningSample()
        try sample.level(.blue, at: 30)
        try sample.perform(WarningSample.report, at: 30 + minutes)
        #expect(sample.warning.report?.isLate == isLate)
    }

    @Test func `YJ-09 a report one millisecond after the hour is late`() throws {
        var sample = WarningSample()
        try sample.level(.blue, at: 0)
        let now = WarningSample.start + .hours(1) + .milliseconds(1)
        let events = try sample.warning.decide(WarningSample.report, at: now, routing: WarningSample.routing)
        guard case .reported(let report)? = events.first else {
            Testing.Issue.record("no report")
            return
        }
        #expect(report.isLate)
    }

    @Test(arguments: [("", "b", "c"), ("a", " ", "c"), ("a", "b", "　\n"), ("", "", "")])
    func `YJ-09 each of the three parts must be filled in`(result: String, cause: String, measures: String) throws {
        var sample = WarningSample()
        try sample.level(.blue, at: 1)
        let report = WarningCommand.report(by: "e", result: result, cause: cause, measures: measures)
        #expect(sample.refusal(of: report, at: 2) == .incompleteReport)
    }

    @Test func `YJ-09 one report is enough until it is returned, and a returned one gets a new hour`() throws {
        var sample = WarningSample()
        try sample.level(.blue, at: 0)
        try sample.perform(.elapse, at: 60)
        #expect(sample.warning.reportOverdueAt != nil)
        try sample.perform(WarningSample.report, at: 70)
        #expect(sample.warning.report?.isLate == true)
        #expect(sample.refusal(of: WarningSample.report, at: 71) == .alreadyReported)
        #expect(sample.refusal(of: .returnReport(by: "o", note: ""), at: 72) == .emptyText)
        try sample.perform(.returnReport(by: "o", note: "原因不清"), at: 80)
        #expect(sample.warning.nextDeadline == WarningSample.start + .minutes(140))
        #expect(sample.warning.phase == .awaitingReport)
        try sample.perform(WarningSample.report, at: 140)
        #expect(sample.warning.report?.isLate == false)
        #expect(sample.warning.reports.map(\.state) == [.returned, .submitted])
        try sample.perform(.returnReport(by: "o", note: "仍不清"), at: 150)
        #expect(try sample.perform(.elapse, at: 210) == [.reportOverdue])
    }

    @Test func `YJ-09 there is nothing to approve or return before a report or after its approval`() throws {
        var sample = WarningSample(openAlarms: ["a"])
        #expect(sample.refusal(of: .approveReport(by: "o"), at: 1) == .nothingToDecide)
        try sample.perform(.alarmCleared("a"), at: 1)
        try sample.perform(WarningSample.report, at: 2)
        try sample.perform(.approveReport(by: "o"), at: 3)
        #expect(sample.refusal(of: .approveReport(by: "o"), at: 4) == .nothingToDecide)
        #expect(sample.refusal(of: .returnReport(by: "o", note: "x"), at: 4) == .nothingToDecide)
    }

    @Test func `YJ-22 each supervision is answered once, by the authority it was ordered of`() throws {
        var sample = WarningSample(.red)
        try sample.level(.orange, at: 1)
        try sample.level(.red, at: 2)
        try sample.perform(.elapse, at: 120)
        try sample.perform(.elapse, at: 721)
        #expect(sample.warning.supervisions.map(\.authority) == ["province", "city"])
        #expect(sample.refusal(of: .feedBack(by: "county", text: "x"), at: 722) == .noSupervisionToAnswer)
        let events = try sample.perform(.feedBack(by: "city", text: "x"), at: 722)
        #expect(events == [.fedBack(supervision: 1, by: "city", text: "x")])
        #expect(sample.refusal(of: .feedBack(by: "city", text: "x"), at: 723) == .noSupervisionToAnswer)
        #expect(sample.warning.openSupervisions == 1)
    }

    @Test func `YJ-23 the national centre may annotate at any time, and a note changes nothing`() throws {
        var sample = WarningSample(.red)
        let before = sample.warning
        try sample.perform(.annotate(by: "center", text: "请关注相邻罐区"), at: 5)
        #expect(sample.warning == before)
        #expect(sample.refusal(of: .annotate(by: "center", text: ""), at: 6) == .emptyText)
    }

    @Test func `YJ-26 a warning keeps the rules it was raised under`() throws {
        var rules = DisposalRules.statutory
        rules.version = 3
        rules.clocks[.yellow].cautionPeriod = .minutes(15)
        let sample = WarningSample(rules: rules)
        #expect(sample.warning.rules.version == 3)
        #expect(sample.warning.nextDeadline == WarningSample.start + .minutes(15))
        guard case .raised(let raised)? = sample.events.first?.event else {
            Testing.Issue.record("no raised")
            return
        }
        #expect(raised.rules == rules)
    }

    @Test func `A7 no command of a person changes the level`() throws {
        var sample = WarningSample(.orange)
        for command in [
            WarningCommand.acknowledge(by: "u1", note: ""), .progress(by: "e", text: "x"),
            .annotate(by: "c", text: "x"),
        ] {
            try sample.perform(command, at: 1)
            #expect(sample.warning.level == .orange)
        }
    }

    @Test func `each refusal says in words what is wrong`() {
        #expect(Set(WarningRefusal.allCases.map(\.text)).count == WarningRefusal.allCases.count)
    }
}
