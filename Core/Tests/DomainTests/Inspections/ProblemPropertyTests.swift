import Domain
import Kernel
import Testing

/// Random offices and commands: whatever is asked in whatever order, the loop holds.
@Suite struct ProblemPropertyTests {
    private let offices: [AuthorityID] = ["M", "P", "C", "X"]

    private func command(_ random: inout SeededGenerator, at now: Timestamp) -> ProblemCommand {
        let office = random.pick(offices)
        let order: Rectification =
            random.chance(0.5)
            ? .atOnce
            : .limited(
                measures: random.chance(0.2) ? "" : "停用", deadline: now + .hours(Int64(random.integer(-5...80))))
        switch random.integer(0...9) {
        case 0, 1: return .handDown(to: random.pick(offices), note: "", by: office)
        case 2: return .order(order, by: office)
        case 3, 4:
            let finished = random.chance(0.7) ? now - .minutes(Int64(random.integer(-5...50))) : nil
            return .feedBack(
                .init(measures: "改", proof: random.chance(0.8) ? "照片" : "", finishedAt: finished),
                by: random.chance(0.8) ? .enterprise("E") : .authority(office))
        case 5, 6: return .recheck(random.pick(RecheckResult.allCases), note: "看过", next: order, by: office)
        case 7: return .close(note: "", by: office)
        case 8:
            return random.chance(0.3)
                ? .judgeMajor(number: "督1", requirement: "停", by: office) : .liftSupervision(note: "", by: office)
        default: return .elapse
        }
    }

    @Test(arguments: 0..<200)
    func `a problem closes only through its loop, and no level is skipped`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let severity = random.pick(ProblemSeverity.allCases)
        var now = ProblemSample.start
        let raised = try Problem.raise(
            ProblemSample.draft(severity: severity, isHandedDownAtOnce: random.chance(0.5)), id: "pb",
            path: offices, supervisionNumber: "督0", at: now)
        var problem = raised.problem
        var log = raised.events.map { (event: $0, at: now) }
        for _ in 0..<150 {
            now = now + .minutes(Int64(random.integer(0...600)))
            let command = command(&random, at: now)
            guard let events = try? problem.decide(command, at: now) else { continue }
            let before = problem
            for event in events {
                problem.apply(event, at: now)
                log.append((event, now))
            }
            #expect(problem.position - before.position <= 1 && problem.position >= before.position)
            if problem.stage == .closed, before.stage != .closed {
                #expect(before.stage == .rechecked && before.rechecks.last?.result == .rectified)
                #expect(before.isDelivered)
                #expect(before.feedbacks.contains { $0.finishedAt != nil })
                #expect(before.supervision.map { $0.liftedAt != nil } ?? (before.severity != .majorHiddenDanger))
            }
            if case .elapse = command { #expect(problem.nextDeadline.map { $0 > now } ?? true) }
            #expect(
                problem.deadline != nil || problem.stage == .raised || problem.stage == .rectified
                    || problem.stage == .rechecked || problem.stage == .closed)
        }
        #expect(Problem.replay("pb", log) == problem)
        // What the log holds is what happened: through JSON text and back.
        for (event, _) in log {
            let payload = try JSON.parse(event.payload.text)
            #expect(ProblemEvent(kind: event.kind, payload: payload) == event)
        }
    }
}
