import Domain
import Kernel
import Simulation
import Testing

/// T8 and its edges: the platform is killed and started again from what it had stored.
@Suite struct OutageTests {
    private func story(_ level: Level = .red, stop: String, start: String, end: String) -> [String] {
        var story = Story()
        story.level(level, at: "10:00")
        story.at(stop) { $0.stop() }
        story.at(start) { $0.start() }
        story.end(end)
        return story.notices()
    }

    @Test func `T8 of several missed pushes one comes, marked late, with the count of the latest`() {
        #expect(
            story(stop: "10:10", start: "11:50", end: "12:00")
                == [
                    "11:50 caution red 3 → city late", "12:00 caution red 4 → city",
                    "12:00 supervision red → province",
                ])
    }

    @Test func `T8 an outage between two pushes misses nothing`() {
        #expect(story(stop: "10:31", start: "10:59", end: "11:00").last == "11:00 caution red 2 → city")
    }

    @Test func `T8 what falls due at the instant of the stop is missed`() {
        #expect(
            story(stop: "10:30", start: "10:40", end: "10:50") == ["10:40 caution red 1 → city late"])
    }

    @Test func `T8 what falls due at the instant of the start is on time`() {
        #expect(story(stop: "10:10", start: "10:30", end: "10:30") == ["10:30 caution red 1 → city"])
    }

    @Test func `T8 at the start of the second period the missed first comes late and the second on time`() {
        #expect(
            story(stop: "10:10", start: "11:00", end: "11:00")
                == ["11:00 caution red 1 → city late", "11:00 caution red 2 → city"])
    }

    @Test func `T8 a fall at the instant of the start counts as in time for what falls due then`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.at("10:10") { $0.stop() }
        story.at("11:00") { $0.start() }
        story.level(.blue, at: "11:00")
        story.end("11:30")
        #expect(story.notices() == ["11:00 caution red 1 → city late"])
    }

    @Test func `T8 YJ-21 a missed supervision is ordered once`() {
        let notices = story(stop: "11:59", start: "16:00", end: "16:30")
        #expect(notices.filter { $0.contains("supervision") } == ["16:00 supervision red → province"])
    }

    @Test func `T8 a stop without a start ends the pushes`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.at("10:10") { $0.stop() }
        story.end("20:00")
        #expect(story.notices() == [])
    }

    @Test func `T8 two outages in a row do not repeat a push`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.at("10:29") { $0.stop() }
        story.at("10:31") { $0.start() }
        story.at("10:32") { $0.stop() }
        story.at("10:33") { $0.start() }
        story.end("10:40")
        #expect(story.notices() == ["10:31 caution red 1 → city late"])
    }

    @Test func `T8 YJ-09 a missed overdue report is noted after the events of the start, if still due`() throws {
        var silent = Story()
        silent.level(.yellow, at: "10:00")
        silent.level(.blue, at: "10:10")
        silent.at("11:00") { $0.stop() }
        silent.at("12:00") { $0.start() }
        silent.end("12:00")
        #expect(silent.notices() == ["12:00 reportOverdue"])

        var reported = Story()
        reported.level(.yellow, at: "10:00")
        reported.level(.blue, at: "10:10")
        reported.at("11:00") { $0.stop() }
        reported.at("12:00") { $0.start() }
        try reported.at("12:00") { try $0.report(0) }
        reported.end("12:00")
        #expect(reported.notices(["reported", "reportOverdue", "closed"]) == ["12:00 reported late", "12:00 closed"])
    }

    @Test func `T8 A6 pushes of an interruption before the outage are not caught up`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.yellow, at: "10:25")
        story.level(.red, at: "10:35")
        story.at("10:40") { $0.stop() }
        story.at("10:50") { $0.start() }
        story.end("10:55")
        #expect(story.notices() == [])
    }

    @Test func `A8 a server that was held up for more than two minutes says that its push is late`() {
        var story = Story()
        story.level(.red, at: "10:00")
        let warning = story.world.sources[0].open[0]
        for (delay, isLate) in [(Interval.minutes(2), false), (.milliseconds(120_001), true)] {
            let now = Story.time("10:30") + delay
            let events = try? warning.decide(.elapse, at: now, routing: Story.routing)
            guard case .cautioned(let caution)? = events?.first else {
                Testing.Issue.record("no caution")
                continue
            }
            #expect(caution.isLate == isLate)
        }
    }
}
