import Domain
import Kernel
import Simulation
import Testing

/// A16: from which instant the hour of the report runs (disposal measures Art. 9), and which episode a deed goes to.
@Suite struct ClearingTests {
    private var plain: DisposalRules { .statutory }

    @Test func `A16 without alarms the hour runs from the clearing`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:20")
        story.end("12:00")
        #expect(
            story.notices(["cleared", "allClear", "reportOverdue"])
                == ["10:20 cleared", "10:20 allClear", "11:20 reportOverdue"])
    }

    @Test func `A16 with alarms still open at the clearing the hour waits for the last of them`() {
        var story = Story()
        story.at("09:59") { $0.openAlarm("a", of: 0) }
        story.level(.yellow, at: "10:00")
        story.at("10:01") { $0.openAlarm("b", of: 0) }
        story.level(.blue, at: "10:20")
        story.at("10:30") { $0.clearAlarm("b", of: 0) }
        story.at("10:40") { $0.clearAlarm("a", of: 0) }
        story.end("12:00")
        #expect(
            story.notices(["cleared", "allClear", "reportOverdue"])
                == ["10:20 cleared", "10:40 allClear", "11:40 reportOverdue"])
    }

    @Test func `A16 YJ-09 alarms that clear first start the hour, and the report is taken then`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.at("10:00") { $0.openAlarm("a", of: 0) }
        story.at("10:10") { $0.clearAlarm("a", of: 0) }
        try story.at("10:15") { try $0.report(0) }
        story.level(.blue, at: "10:20")
        #expect(
            story.notices(["allClear", "reported", "cleared", "closed"])
                == ["10:10 allClear", "10:15 reported", "10:20 cleared", "10:20 closed"])
    }

    @Test func `A16 a new alarm before the clearing stops the hour, voids the report and starts it again`() throws {
        var story = Story(rules: plain)
        story.level(.yellow, at: "10:00")
        story.at("10:00") { $0.openAlarm("a", of: 0) }
        story.at("10:10") { $0.clearAlarm("a", of: 0) }
        try story.at("10:15") { try $0.report(0) }
        story.at("10:20") { $0.openAlarm("b", of: 0) }
        #expect(story.world.sources[0].open[0].reports.map(\.state) == [.void])
        #expect(throws: WarningRefusal.notYetClear) { try story.world.report(0) }
        story.at("10:40") { $0.clearAlarm("b", of: 0) }
        story.end("11:40")
        #expect(story.notices(["reportOverdue"]) == ["11:40 reportOverdue"])
    }

    @Test func `A16 an approved report is void too after a new alarm: the case does not close on it`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.at("10:00") { $0.openAlarm("a", of: 0) }
        story.at("10:10") { $0.clearAlarm("a", of: 0) }
        try story.at("10:15") { try $0.report(0) }
        story.at("10:20") { $0.openAlarm("b", of: 0) }
        story.level(.blue, at: "10:30")
        story.at("10:40") { $0.clearAlarm("b", of: 0) }
        #expect(story.notices(["closed"]) == [])
        try story.at("10:50") { try $0.report(0) }
        #expect(story.notices(["closed"]) == ["10:50 closed"])
    }

    @Test func `A16 an alarm after the clearing is none of this case, a rebound makes it one`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:20")
        story.at("10:22") { $0.openAlarm("a", of: 0) }
        #expect(story.world.sources[0].open[0].openAlarms == [])
        #expect(story.world.sources[0].open[0].reportDueAt == Story.time("11:20"))
        story.level(.yellow, at: "10:25")
        #expect(story.world.sources[0].open[0].openAlarms == ["a"])
        #expect(story.world.sources[0].open[0].reportDueAt == nil)
    }

    @Test func `A16 alarms of the time before a rebound do not start the hour after it`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.at("10:00") { $0.openAlarm("a", of: 0) }
        story.at("10:10") { $0.clearAlarm("a", of: 0) }
        story.level(.blue, at: "10:20")
        story.level(.yellow, at: "10:25")
        #expect(story.world.sources[0].open[0].reportDueAt == nil)
        story.level(.blue, at: "10:45")
        #expect(story.world.sources[0].open[0].reportDueAt == Story.time("11:45"))
    }

    @Test func `YJ-09 a report at the hour is in time and nothing is overdue`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:20")
        try story.at("11:20") { try $0.report(0) }
        story.end("12:00")
        #expect(story.notices(["reported", "reportOverdue"]) == ["11:20 reported"])
    }

    @Test func `YJ-09 overdue is noted once and the late report is still taken`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:20")
        try story.at("13:00") { try $0.report(0) }
        story.end("15:00")
        #expect(
            story.notices(["reported", "reportOverdue", "closed"])
                == ["11:20 reportOverdue", "13:00 reported late", "13:00 closed"])
    }

    @Test func `YJ-09 YJ-22 a report and a feedback go to the oldest episode that can take them`() throws {
        var story = Story(rules: plain)
        story.level(.red, at: "10:00")
        story.level(.blue, at: "12:10")
        story.level(.red, at: "12:30")
        story.level(.blue, at: "14:40")
        let (first, second) = (story.world.sources[0].open[0].id, story.world.sources[0].open[1].id)
        for _ in 0..<2 {
            try story.at("14:50") { try $0.report(0) }
            try story.at("14:50") { try $0.feedBack(by: "province", of: 0) }
        }
        let ids = story.world.lines.filter {
            switch $0.event {
            case .reported, .fedBack: true
            case .raised, .changed, .cleared, .alarmLinked, .alarmCleared, .allClear, .cautioned, .supervisionOrdered,
                .reportOverdue, .acknowledged, .progressed, .reportReturned, .reportApproved, .annotated, .closed:
                false
            }
        }.map(\.warning)
        #expect(ids == [first, first, second, second])
        #expect(throws: WarningRefusal.alreadyReported) { try story.world.report(0) }
        #expect(throws: WarningRefusal.noSupervisionToAnswer) { try story.world.feedBack(by: "province", of: 0) }
    }

    @Test func `YJ-22 feedback may come before the clearing and after it`() throws {
        var story = Story()
        story.level(.red, at: "10:00")
        try story.at("12:01") { try $0.feedBack(by: "province", of: 0) }
        #expect(throws: WarningRefusal.noSupervisionToAnswer) { try story.world.feedBack(by: "city", of: 0) }
        story.level(.blue, at: "12:10")
        try story.at("12:20") { try $0.report(0) }
        #expect(story.notices(["fedBack", "closed"]) == ["12:01 fedBack province", "12:20 closed"])
    }

    @Test func `YJ-08 an acknowledgement goes to the latest episode, cleared or not, never past a closed one`() throws {
        var story = Story()
        #expect(throws: WarningRefusal.isClosed) { try story.world.acknowledge(by: "u1", of: 0) }
        // The first waits for its supervision's feedback, the second is closed before it.
        story.level(.red, at: "10:00")
        story.level(.blue, at: "12:10")
        try story.at("12:15") { try $0.acknowledge(by: "u1", of: 0) }
        try story.at("12:16") { try $0.report(0) }
        story.level(.yellow, at: "12:30")
        story.level(.blue, at: "12:40")
        try story.at("12:41") { try $0.report(0) }
        #expect(story.world.sources[0].open.map(\.ordinal) == [1])
        #expect(throws: WarningRefusal.isClosed) { try story.world.acknowledge(by: "u1", of: 0) }
    }
}
