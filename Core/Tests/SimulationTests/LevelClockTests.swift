import Domain
import Kernel
import Simulation
import Testing

/// The clocks of the levels beyond the vectors: disposal measures Art. 10–12, ambiguities A1–A5, A8, A9, A17.
@Suite struct LevelClockTests {
    @Test func `YJ-04 raising and each rise are sent at the very instant to all of the level reached`() {
        var story = Story()
        story.level(.yellow, at: "10:00:07")
        story.level(.orange, at: "10:00:08")
        story.level(.red, at: "10:00:09")
        #expect(
            story.notices(["raised", "changed"]) == [
                "10:00 raised yellow → county,u1,u2,u3", "10:00 changed yellow orange → city,county,u1,u2,u3",
                "10:00 changed orange red → center,city,county,province,u1,u2,u3",
            ])
        #expect(
            story.world.lines.map(\.at) == [Story.time("10:00:07"), Story.time("10:00:08"), Story.time("10:00:09")])
    }

    @Test func `YJ-04 A2 A4 a fall is told to nobody`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "10:01")
        story.level(.yellow, at: "10:02")
        story.level(.blue, at: "10:03")
        #expect(
            story.notices(["changed"]) == [
                "10:01 changed red orange → ", "10:02 changed orange yellow → ", "10:03 changed yellow blue → ",
            ])
    }

    @Test func `A1 a source at blue has no warning and no clock`() {
        var story = Story()
        story.level(.blue, at: "10:00")
        story.end("+2 00:00")
        #expect(story.world.lines == [])
        #expect(story.world.sources[0].open == [])
    }

    @Test func `setting the level that the source has does nothing`() {
        var story = Story()
        story.level(.orange, at: "10:00")
        story.level(.orange, at: "10:30")
        #expect(story.world.lines.count == 1)
    }

    @Test func `A2 red that falls to orange has been downgraded: the city is not pushed again`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "10:29")
        story.end("13:00")
        #expect(!story.notices().contains { $0.contains("red") })
    }

    @Test func `YJ-11 YJ-12 YJ-13 YJ-14 YJ-16 A3 under red the clocks of yellow and orange run on`() {
        var story = Story()
        story.level(.yellow, at: "00:00")
        story.level(.orange, at: "00:10")
        story.level(.red, at: "00:20")
        story.end("+1 00:10")
        let notices = story.notices()
        #expect(notices.filter { $0.contains("caution yellow") }.count == 24)
        #expect(notices.filter { $0.contains("caution orange") }.count == 24)
        #expect(notices.filter { $0.contains("caution red") }.count == 47)
        #expect(
            notices.filter { $0.contains("supervision") } == [
                "02:20 supervision red → province", "12:10 supervision orange → city",
                "+1 00:00 supervision yellow → county",
            ])
    }

    @Test func `A5 a level jumped over has no clock`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.end("+2 10:00")
        #expect(!story.notices().contains { $0.contains("yellow") || $0.contains("orange") })
    }

    @Test func `A5 with cascading the levels jumped over run their clocks and are not sent`() {
        var rules = Story.givenRules
        rules.cascadeLowerTimers = true
        var story = Story(rules: rules)
        story.level(.red, at: "10:00")
        story.end("+1 10:00")
        let notices = story.notices()
        #expect(notices.contains("11:00 caution yellow 1 → e1"))
        #expect(notices.contains("11:00 caution orange 1 → county"))
        #expect(notices.contains("22:00 supervision orange → city"))
        #expect(notices.contains("+1 10:00 supervision yellow → county"))
        #expect(story.notices(["raised", "changed"]).count == 1)
        // At one instant: yellow, orange, red, and for each level the caution before the supervision.
        #expect(
            notices.filter { $0.hasPrefix("12:00") } == [
                "12:00 caution yellow 2 → e1", "12:00 caution orange 2 → county", "12:00 caution red 4 → city",
                "12:00 supervision red → province",
            ])
    }

    @Test func `A5 cascading issues what was never issued and leaves the rest alone`() {
        var rules = Story.givenRules
        rules.cascadeLowerTimers = true
        var story = Story(rules: rules)
        story.level(.yellow, at: "10:00")
        story.level(.red, at: "10:30")
        story.end("11:30")
        #expect(
            story.notices() == [
                "11:00 caution yellow 1 → e1", "11:00 caution red 1 → city", "11:30 caution orange 1 → county",
                "11:30 caution red 2 → city",
            ])
    }

    @Test func `A8 YJ-11 YJ-19 a fall at the very instant of a deadline counts as in time`() {
        for (level, time) in [(Level.yellow, "11:00"), (.orange, "11:00"), (.red, "10:30")] {
            var story = Story()
            story.level(level, at: "10:00")
            story.level(.blue, at: time)
            story.end("11:59")
            #expect(story.notices(["caution"]) == [], "\(level)")
        }
    }

    @Test func `A8 a fall a moment after a deadline swallows nothing, even where nobody has acted on it yet`() throws {
        // The escalator is some milliseconds behind; the upload that ends the level comes first.
        var story = Story()
        story.level(.red, at: "10:00")
        story.at("10:00") { $0.stop() }
        story.world.advance(to: Story.time("12:00") + .milliseconds(50))
        story.world.setLevel(.blue, of: 0)
        #expect(
            story.notices() == ["12:00 caution red 4 → city late", "12:00 supervision red → province"])
    }

    @Test func `A8 acknowledging moves no clock`() throws {
        var story = Story()
        story.level(.red, at: "10:00")
        try story.at("10:29") { try $0.acknowledge(by: "u1", of: 0) }
        story.end("10:30")
        #expect(story.notices() == ["10:30 caution red 1 → city"])
    }

    @Test func `A9 YJ-12 YJ-20 the pushes go on after the supervision until the level falls`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "14:10")
        story.end("14:40")
        #expect(story.notices(["supervision"]).count == 1)
        #expect(story.notices(["caution"]).count == 8)
        #expect(story.notices(["caution"]).last == "14:00 caution red 8 → city")
    }

    @Test func `A17 a level that stays because data is missing keeps its clocks: nothing but a fall stops them`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.at("10:01") { $0.openAlarm("a", of: 0) }
        story.end("13:00")
        #expect(story.notices(["caution"]).count == 3)
    }

    @Test func `A33 every source has its own warning and its own clocks`() {
        var world = WarningWorld(
            start: Story.time("00:00"), rules: .statutory,
            routings: [("h1", Story.routing), ("h2", Story.routing)])
        world.advance(to: Story.time("10:00"))
        world.setLevel(.red, of: 0)
        world.advance(to: Story.time("10:10"))
        world.setLevel(.red, of: 1)
        world.advance(to: Story.time("10:20"))
        world.setLevel(.blue, of: 0)
        world.finish(at: Story.time("10:40"))
        let cautions = world.lines.filter { if case .cautioned = $0.event { true } else { false } }
        #expect(cautions.map(\.hazard) == ["h2"])
        #expect(Set(world.lines.map(\.warning)).count == 2)
    }

    @Test func `YJ-24 stricter local clocks are the ones that run`() {
        var rules = Story.givenRules
        rules.clocks[.yellow] = .init(cautionPeriod: .minutes(20), supervisionDelay: .hours(1))
        var story = Story(rules: rules)
        story.level(.yellow, at: "10:00")
        story.end("11:00")
        #expect(
            story.notices() == [
                "10:20 caution yellow 1 → e1", "10:40 caution yellow 2 → e1", "11:00 caution yellow 3 → e1",
                "11:00 supervision yellow → county",
            ])
    }

    @Test func `YJ-26 new rules take effect with the next warning, not in the one that stands`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        var stricter = Story.givenRules
        stricter.clocks[.yellow].cautionPeriod = .minutes(10)
        story.world.rules = stricter
        story.level(.blue, at: "10:30")
        #expect(story.notices(["caution"]) == [])
        story.level(.yellow, at: "10:41")
        story.end("10:51")
        #expect(story.notices(["caution"]) == ["10:51 caution yellow 1 → e1"])
    }

    @Test func `A10 in a park orange's caution goes to county and park in one event`() {
        var routing = Story.routing
        routing.park = "park"
        var story = Story(routing: routing)
        story.level(.orange, at: "10:00")
        story.end("11:00")
        #expect(story.notices() == ["11:00 caution orange 1 → county,park"])
    }
}
