import Kernel
import Testing

@testable import Domain

/// Nobody acknowledges: the next channel, the duty phone, the regulator's desk (domain 10.9, 本项目约定).
@Suite struct ClimbTests {
    private let start = Timestamp(milliseconds: 1_795_410_000_000)
    private let rules = ClimbRules.usual

    private func standing(_ level: Level, isAcknowledged: Bool = false, isClosed: Bool = false) -> Climb.Standing {
        Climb.Standing(level: level, isAcknowledged: isAcknowledged, isClosed: isClosed)
    }

    private func begun(_ level: Level) throws -> Climb {
        let events = Climb.follow(standing(level), from: nil, rules: rules, at: start)
        #expect(events == [.began(level, within: rules.within[level])])
        return Climb(level: level, within: rules.within[level], since: start, lastStep: nil, end: nil)
    }

    @Test(arguments: [(Level.red, 5), (.orange, 10), (.yellow, 15)] as [(Level, Int64)])
    func `each colour climbs three steps, one each so many minutes`(level: Level, minutes: Int64) throws {
        var climb = try begun(level)
        for (index, step) in Climb.Step.allCases.enumerated() {
            let due = start + .minutes(minutes) * Int64(index + 1)
            #expect(climb.nextDeadline == due)
            #expect(climb.elapse(at: due - .milliseconds(1)) == [])
            #expect(climb.elapse(at: due) == [.climbed(step, isLate: false)])
            climb.apply(.climbed(step, isLate: false), at: due)
        }
        #expect(climb.nextDeadline == nil)
        #expect(climb.elapse(at: start + .days(9)) == [])
        #expect(climb.isRunning)
    }

    @Test func `lag does not add up`() throws {
        var climb = try begun(.red)
        climb.apply(.climbed(.nextChannel, isLate: false), at: start + .minutes(5) + .seconds(50))
        #expect(climb.nextDeadline == start + .minutes(10))
    }

    @Test func `after an outage every missed step is made up, once and in order, and says so`() throws {
        let climb = try begun(.red)
        let events = climb.elapse(at: start + .minutes(13))
        #expect(events == [.climbed(.nextChannel, isLate: true), .climbed(.dutyPhone, isLate: true)])
        let all = climb.elapse(at: start + .minutes(60))
        #expect(all.count == 3)
        #expect(all.last == .climbed(.desk, isLate: true))
    }

    @Test func `an acknowledgement, the end of the warning and blue stop it`() throws {
        let climb = try begun(.orange)
        let now = start + .minutes(3)
        func after(_ standing: Climb.Standing) -> [Climb.Event] {
            Climb.follow(standing, from: climb, rules: rules, at: now)
        }
        #expect(after(standing(.orange, isAcknowledged: true)) == [.ended(.acknowledged)])
        #expect(after(standing(.blue)) == [.ended(.cleared)])
        #expect(after(standing(.orange, isClosed: true)) == [.ended(.closed)])
        #expect(after(standing(.orange)) == [])
        var ended = climb
        ended.apply(.ended(.acknowledged), at: now)
        #expect(ended.nextDeadline == nil)
        #expect(ended.elapse(at: start + .days(1)) == [])
        #expect(Climb.follow(standing(.orange, isAcknowledged: true), from: ended, rules: rules, at: now) == [])
    }

    @Test func `a worse colour begins again from the first step`() throws {
        var climb = try begun(.yellow)
        climb.apply(.climbed(.nextChannel, isLate: false), at: start + .minutes(15))
        let now = start + .minutes(20)
        let events = Climb.follow(standing(.red), from: climb, rules: rules, at: now)
        #expect(events == [.began(.red, within: .minutes(5))])
        for event in events { climb.apply(event, at: now) }
        #expect(climb.nextStep == .nextChannel)
        #expect(climb.nextDeadline == now + .minutes(5))
    }

    @Test func `a rise after an acknowledgement begins again too`() throws {
        var climb = try begun(.red)
        climb.apply(.ended(.acknowledged), at: start + .minutes(1))
        let events = Climb.follow(standing(.orange), from: climb, rules: rules, at: start + .minutes(30))
        #expect(events == [.began(.orange, within: .minutes(10))])
    }

    @Test func `a fall that leaves it unacknowledged goes on at the lower colour's pace, without repeating steps`()
        throws
    {
        var climb = try begun(.red)
        climb.apply(.climbed(.nextChannel, isLate: false), at: start + .minutes(5))
        let now = start + .minutes(7)
        let events = Climb.follow(standing(.yellow), from: climb, rules: rules, at: now)
        #expect(events == [.slowed(.yellow, within: .minutes(15))])
        for event in events { climb.apply(event, at: now) }
        #expect(climb.nextStep == .dutyPhone)
        #expect(climb.nextDeadline == now + .minutes(15))
    }

    @Test func `an office may be stricter and never laxer`() {
        func rules(_ red: Int64, _ orange: Int64, _ yellow: Int64) -> ClimbRules {
            ClimbRules(
                within: PerWarningLevel(yellow: .minutes(yellow), orange: .minutes(orange), red: .minutes(red)))
        }
        #expect(rules(1, 2, 3).objections == [])
        #expect(!rules(6, 10, 15).objections.isEmpty)
        #expect(!rules(5, 11, 15).objections.isEmpty)
        #expect(!rules(5, 10, 16).objections.isEmpty)
        #expect(!rules(0, 10, 15).objections.isEmpty)
        #expect(!rules(5, 4, 15).objections.isEmpty)
        #expect(ClimbRules(json: rules(2, 3, 4).json) == rules(2, 3, 4))
        #expect(ClimbRules(json: rules(2, 30, 4).json).within[.orange] == .minutes(10))
    }

    @Test func `the steps go to the responsible persons, the enterprise, the county tier`() {
        var routing = Routing(
            enterprise: "E", responsible: [.principal: "U1", .technical: "U2", .operations: "U1"], regulator: "county",
            park: "park", city: "city", province: "province", centers: [])
        #expect(Climb.recipients(of: .nextChannel, routing: routing) == [.person("U1"), .person("U2")])
        #expect(Climb.recipients(of: .dutyPhone, routing: routing) == [.enterprise("E")])
        #expect(Climb.recipients(of: .desk, routing: routing) == [.authority("county"), .authority("park")])
        routing.responsible = [:]
        #expect(Climb.recipients(of: .nextChannel, routing: routing) == [.enterprise("E")])
    }

    @Test func `events are read back from the log as they were written`() {
        let events: [Climb.Event] = [
            .began(.red, within: .minutes(5)), .slowed(.yellow, within: .minutes(15)),
            .climbed(.nextChannel, isLate: false), .climbed(.dutyPhone, isLate: true), .climbed(.desk, isLate: false),
            .ended(.acknowledged), .ended(.cleared), .ended(.closed),
        ]
        for event in events { #expect(Climb.Event(kind: event.kind, payload: event.payload) == event) }
        #expect(Climb.Event(kind: "climbed", payload: ["step": "roof"]) == nil)
    }
}
