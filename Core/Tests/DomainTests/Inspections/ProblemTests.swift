import Domain
import Kernel
import Testing

@Suite struct ProblemTests {
    typealias Sample = ProblemSample
    let start = ProblemSample.start

    private func handedDown(_ severity: ProblemSeverity = .general) throws -> Problem {
        var problem = try Sample.problem(Sample.draft(severity: severity))
        for (from, to) in [("M", "P"), ("P", "C"), ("C", "X")] where problem.holder == AuthorityID(from) {
            try problem.act(.handDown(to: AuthorityID(to), note: "", by: AuthorityID(from)), at: start)
        }
        return problem
    }

    private func rechecked(_ severity: ProblemSeverity = .general) throws -> Problem {
        var problem = try handedDown(severity)
        try problem.act(.order(.atOnce, by: "X"), at: start)
        try problem.act(.feedBack(Sample.answer, by: .enterprise("E")), at: start + .hours(2))
        try problem.act(.recheck(.rectified, note: "现场已补岗", next: nil, by: "X"), at: start + .hours(3))
        return problem
    }

    @Test func `XC-30 the path passes ministry, province, city and county in order`() {
        #expect(Problem.path(finder: Sample.ministry, lineage: Sample.lineage) == ["M", "P", "C", "X"])
        #expect(Problem.path(finder: Sample.city, lineage: Sample.lineage) == ["C", "X"])
        #expect(Problem.path(finder: Sample.county, lineage: Sample.lineage) == ["X"])
        let center = AuthorityTree.Node(id: "AKY", level: .center, parent: nil)
        #expect(Problem.path(finder: center, lineage: Sample.lineage) == ["AKY", "P", "C", "X"])
        #expect(Problem.path(finder: Sample.park, lineage: Sample.lineage) == ["K", "X"])
    }

    @Test func `XC-30 hand-down skips no level and only the holder hands down`() throws {
        var problem = try Sample.problem()
        #expect(throws: ProblemRefusal.skipsLevel) {
            try problem.decide(.handDown(to: "C", note: "", by: "M"), at: start)
        }
        #expect(throws: ProblemRefusal.notHolder) {
            try problem.decide(.handDown(to: "P", note: "", by: "P"), at: start)
        }
        try problem.act(.handDown(to: "P", note: "请督促", by: "M"), at: start)
        #expect(problem.holder == "P")
        #expect(problem.hasReached("M") && !problem.hasReached("C"))
        #expect(problem.holderDueAt == start + .hours(2))
        let events = try problem.act(.elapse, at: start + .hours(2))
        #expect(events == [.holderOverdue("P", above: "M")])
        #expect(try problem.decide(.elapse, at: start + .hours(2)) == [])
    }

    @Test func `XC-18 a serious problem is sent at once with the raising`() throws {
        let draft = Sample.draft(severity: .serious, isHandedDownAtOnce: false)
        let raised = try Problem.raise(
            draft, id: "pb", path: ["M", "P"], supervisionNumber: "", at: start)
        #expect(raised.problem.holder == "P")
        #expect(raised.events.last == .handedDown(from: "M", to: "P", note: ""))
    }

    @Test func `XC-31 at once means 24 hours`() throws {
        var problem = try handedDown()
        try problem.act(.order(.atOnce, by: "X"), at: start)
        #expect(problem.deadline == start + .hours(24))
    }

    @Test func `XC-32 SZ-03 a limit needs control measures and a deadline ahead`() throws {
        let problem = try handedDown()
        let later = start + .days(3)
        #expect(throws: ProblemRefusal.measuresMissing) {
            try problem.decide(.order(.limited(measures: "  ", deadline: later), by: "X"), at: start)
        }
        #expect(throws: ProblemRefusal.deadlinePast) {
            try problem.decide(.order(.limited(measures: "停用该罐", deadline: start), by: "X"), at: start)
        }
        #expect(throws: ProblemRefusal.measuresMissing) {
            try Sample.problem(Sample.draft(order: .limited(measures: "", deadline: later)))
        }
    }

    @Test func `XC-32 the deadline is reminded of, then climbs one office a day and stays on record`() throws {
        var problem = try handedDown()
        let deadline = start + .days(3)
        try problem.act(.order(.limited(measures: "停用该罐", deadline: deadline), by: "X"), at: start)
        try problem.act(
            .feedBack(.init(measures: "已停用", proof: "", finishedAt: nil), by: .enterprise("E")), at: start)
        #expect(problem.nextDeadline == deadline - .hours(24))
        #expect(try problem.act(.elapse, at: deadline - .hours(24)) == [.deadlineNear(deadline)])
        #expect(problem.nextDeadline == deadline)
        #expect(try problem.act(.elapse, at: deadline) == [.rectificationOverdue(told: ["X", "C"])])
        #expect(problem.nextDeadline == deadline + .hours(24))
        #expect(try problem.act(.elapse, at: deadline + .hours(24)) == [.rectificationOverdue(told: ["X", "C", "P"])])
        #expect(
            try problem.act(.elapse, at: deadline + .hours(48)) == [.rectificationOverdue(told: ["X", "C", "P", "M"])])
        #expect(problem.nextDeadline == nil)
        try problem.act(
            .order(.limited(measures: "停用该罐", deadline: deadline + .days(9)), by: "X"), at: deadline + .hours(49))
        #expect(problem.wasOverdue)
    }

    @Test func `XC-32 after an outage all offices that should know are told once`() throws {
        var problem = try handedDown()
        try problem.act(.order(.atOnce, by: "X"), at: start)
        let events = try problem.act(.elapse, at: start + .days(20))
        #expect(events.contains(.rectificationOverdue(told: ["X", "C", "P", "M"])))
        #expect(problem.nextDeadline == nil)
    }

    @Test func `XC-08 JC-04 the enterprise answers with measures, proof and time, within 24 hours`() throws {
        var problem = try handedDown()
        #expect(problem.feedbackDueAt == start + .hours(24))
        #expect(throws: ProblemRefusal.blankText) {
            try problem.decide(
                .feedBack(.init(measures: "", proof: "x", finishedAt: nil), by: .enterprise("E")), at: start)
        }
        #expect(throws: ProblemRefusal.proofMissing) {
            try problem.decide(
                .feedBack(.init(measures: "改了", proof: "", finishedAt: start), by: .enterprise("E")), at: start)
        }
        #expect(throws: ProblemRefusal.finishedInFuture) {
            try problem.decide(.feedBack(Sample.answer, by: .enterprise("E")), at: start)
        }
        #expect(throws: ProblemRefusal.notSubject) {
            try problem.decide(.feedBack(Sample.answer, by: .enterprise("F")), at: start + .hours(2))
        }
        let late = try problem.act(.feedBack(Sample.answer, by: .enterprise("E")), at: start + .hours(25))
        #expect(late == [.fedBack(Sample.answer, by: .enterprise("E"), isLate: true)])
        #expect(problem.stage == .rectified)
    }

    @Test func `XC-19 the patrolled office is asked again when it does not answer in 24 hours`() throws {
        var problem = try Sample.problem(
            Sample.draft(finder: "P", severity: .serious, subject: .authority("C")), path: ["P", "C"])
        #expect(problem.isDelivered)
        #expect(try problem.act(.elapse, at: start + .hours(24)) == [.feedbackOverdue])
        #expect(problem.isFeedbackOverdue)
    }

    @Test func `XC-12 a re-check says rectified, unrectified or recurring; the latter two begin anew`() throws {
        var problem = try handedDown()
        try problem.act(.order(.atOnce, by: "X"), at: start)
        #expect(throws: ProblemRefusal.wrongStage(.ordered)) {
            try problem.decide(.recheck(.rectified, note: "好", next: nil, by: "X"), at: start)
        }
        try problem.act(.feedBack(Sample.answer, by: .enterprise("E")), at: start + .hours(2))
        try problem.act(.recheck(.unrectified, note: "仍离岗", next: nil, by: "X"), at: start + .hours(3))
        #expect(problem.stage == .ordered)
        #expect(problem.deadline == start + .hours(27))
        var closed = try rechecked()
        try closed.act(.close(note: "", by: "X"), at: start + .hours(4))
        try closed.act(.recheck(.recurring, note: "又离岗", next: nil, by: "M"), at: start + .days(9))
        #expect(closed.stage == .ordered && closed.closedAt == nil)
    }

    @Test func `XC-33 SZ-04 a major hidden danger closes only after its supervision is lifted`() throws {
        var problem = try rechecked(.majorHiddenDanger)
        #expect(problem.supervision?.number == "督〔2026〕1号")
        #expect(throws: ProblemRefusal.supervised) {
            try problem.decide(.close(note: "", by: "X"), at: start + .hours(4))
        }
        #expect(throws: ProblemRefusal.notSupervisor) {
            try problem.decide(.liftSupervision(note: "", by: "X"), at: start + .hours(4))
        }
        try problem.act(.liftSupervision(note: "已销号", by: "M"), at: start + .hours(4))
        try problem.act(.close(note: "", by: "X"), at: start + .hours(5))
        #expect(problem.closedAt == start + .hours(5))
    }

    @Test func `XC-33 a problem judged major later is supervised from then on`() throws {
        var problem = try rechecked()
        try problem.act(.judgeMajor(number: "督〔2026〕2号", requirement: "停产整顿", by: "X"), at: start + .hours(4))
        #expect(problem.severity == .majorHiddenDanger)
        #expect(throws: ProblemRefusal.supervised) {
            try problem.decide(.close(note: "", by: "X"), at: start + .hours(5))
        }
    }

    @Test func `XC-34 a penalty is registered with number, cause and amount`() throws {
        var problem = try handedDown()
        #expect(throws: ProblemRefusal.penaltyIncomplete) {
            try problem.decide(.penalise(number: "", cause: "违章", amountYuan: 1, by: "X"), at: start)
        }
        #expect(throws: ProblemRefusal.penaltyIncomplete) {
            try problem.decide(.penalise(number: "罚1", cause: "违章", amountYuan: -1, by: "X"), at: start)
        }
        try problem.act(.penalise(number: "罚〔2026〕1号", cause: "关闭报警", amountYuan: 30_000, by: "X"), at: start)
        #expect(problem.penalties.map(\.amountYuan) == [30_000])
        #expect(problem.isOpen)
    }

    @Test func `JC-09 an office that has the problem may urge it`() throws {
        let problem = try handedDown()
        #expect(try problem.decide(.urge(note: "快", by: "C"), at: start) == [.urged(note: "快", by: "C")])
        #expect(throws: ProblemRefusal.notReached) { try problem.decide(.urge(note: "", by: "Z"), at: start) }
    }

    @Test func `the office that has the problem neither sets its own deadline nor re-checks it itself`() throws {
        var problem = try Sample.problem(
            Sample.draft(finder: "P", severity: .serious, subject: .authority("C")), path: ["P", "C"])
        #expect(throws: ProblemRefusal.ownProblem) { try problem.decide(.order(.atOnce, by: "C"), at: start) }
        try problem.act(.feedBack(Sample.answer, by: .authority("C")), at: start + .hours(2))
        #expect(throws: ProblemRefusal.ownProblem) {
            try problem.decide(.recheck(.rectified, note: "好", next: nil, by: "C"), at: start + .hours(3))
        }
    }

    @Test func `a general problem's usual deadline is the end of the third natural day`() {
        #expect(ProblemRules.standard.usualDeadline(from: start) == Day(year: 2026, month: 11, day: 27)!.start)
    }
}
