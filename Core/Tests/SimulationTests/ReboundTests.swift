import Domain
import Kernel
import Simulation
import Testing

/// A6: a level that is left and reached again.
@Suite struct ReboundTests {
    @Test func `A6 exactly ten minutes later is the same issue, one second more is a new one`() {
        for (time, first) in [("10:25", "10:30 caution red 1 → city"), ("10:25:01", "10:55 caution red 1 → city")] {
            var story = Story()
            story.level(.red, at: "10:00")
            story.level(.yellow, at: "10:15")
            story.level(.red, at: time)
            story.end("10:56")
            #expect(story.notices().filter { $0.contains("red") }.first == first)
        }
    }

    @Test func `A6 what falls into the interruption is not pushed and not counted again`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.yellow, at: "10:28")
        story.level(.red, at: "10:33")
        story.end("11:00")
        #expect(story.notices() == ["11:00 caution red 2 → city"])
    }

    @Test func `A6 a push due at the very instant of the rebound comes`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.yellow, at: "10:28")
        story.level(.red, at: "10:30")
        story.end("10:30")
        #expect(story.notices() == ["10:30 caution red 1 → city"])
    }

    @Test func `A6 reaching a higher level resumes the lower clock too`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:20")
        story.level(.red, at: "10:30")
        story.end("11:00")
        #expect(
            story.notices() == ["11:00 caution yellow 1 → e1", "11:00 caution red 1 → city"])
    }

    @Test func `A6 a supervision whose time came during the interruption is ordered at the rebound`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "11:58")
        story.level(.red, at: "12:03")
        #expect(story.notices(["supervision"]) == ["12:03 supervision red → province"])
        story.end("15:00")
        #expect(story.notices(["supervision"]).count == 1)
    }

    @Test func `A6 a supervision due exactly when its level is left counts as interrupted`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "12:00")
        story.end("12:05")
        #expect(story.notices(["supervision"]) == [])
        var rebound = Story()
        rebound.level(.red, at: "10:00")
        rebound.level(.orange, at: "12:00")
        rebound.level(.red, at: "12:05")
        #expect(rebound.notices(["supervision"]) == ["12:05 supervision red → province"])
    }

    @Test func `A6 a supervision due exactly at the rebound is ordered once`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "11:55")
        story.level(.red, at: "12:00")
        story.end("12:10")
        #expect(story.notices(["supervision"]) == ["12:00 supervision red → province"])
    }

    @Test func `A6 a lapsed issue is not brought back by a jump over it`() {
        var story = Story()
        story.level(.orange, at: "10:00")
        story.level(.yellow, at: "10:05")
        story.level(.red, at: "10:20")
        story.end("13:00")
        #expect(!story.notices().contains { $0.contains("orange") })
    }

    @Test func `A6 after the jump a fall onto the lapsed level issues it anew and sends nothing`() {
        var story = Story()
        story.level(.orange, at: "10:00")
        story.level(.yellow, at: "10:05")
        story.level(.red, at: "10:20")
        story.level(.orange, at: "10:25")
        story.end("11:25")
        #expect(story.notices(["caution"]).last == "11:25 caution orange 1 → county")
        #expect(story.notices(["changed"]).last == "10:25 changed red orange → ")
    }

    @Test func `A6 once lapsed, always lapsed, however quick the next swings`() {
        var story = Story()
        story.level(.orange, at: "10:00")
        story.level(.yellow, at: "10:05")
        story.level(.red, at: "10:20")
        story.level(.yellow, at: "10:21")
        story.level(.red, at: "10:22")
        story.end("12:00")
        #expect(!story.notices().contains { $0.contains("orange") })
    }

    @Test func `A6 every rise, a rebound too, is sent to all of the level`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.orange, at: "10:01")
        story.level(.red, at: "10:02")
        #expect(story.notices(["changed"]).last == "10:02 changed orange red → center,city,county,province,u1,u2,u3")
    }

    @Test func `A6 within ten minutes of blue it is the same episode, changed from blue`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:50")
        story.level(.yellow, at: "11:00")
        story.end("12:00")
        #expect(story.notices(["raised"]).count == 1)
        #expect(story.notices(["changed"]).last == "11:00 changed blue yellow → county,u1,u2,u3")
        // The push of 11:00 is due at the instant of the rebound.
        #expect(story.notices(["caution"]) == ["11:00 caution yellow 1 → e1", "12:00 caution yellow 2 → e1"])
    }

    @Test func `A6 more than ten minutes after blue it is a new episode, the old one waits for its report`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:50")
        story.level(.yellow, at: "11:00:01")
        #expect(story.notices(["raised"]).count == 2)
        #expect(story.world.sources[0].open.map(\.ordinal) == [1, 2])
    }

    @Test func `A6 the ten minutes run from each level's own leaving and for the episode from its clearing`() {
        var story = Story()
        story.level(.red, at: "09:00")
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:08")
        story.level(.red, at: "10:12")
        story.end("10:42")
        #expect(story.notices(["raised"]).count == 1)
        #expect(story.notices(["caution"]).last == "10:42 caution red 1 → city")
    }

    @Test func `A6 after closing a rise is a new episode, even within ten minutes`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:05")
        try story.at("10:06") { try $0.report(0) }
        #expect(story.notices(["closed"]) == ["10:06 closed"])
        story.level(.yellow, at: "10:07")
        #expect(story.notices(["raised"]).count == 2)
    }

    @Test func `A6 closing and a rise at one instant: the rise opens a new episode`() throws {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:05")
        try story.at("10:06") { try $0.report(0) }
        story.level(.yellow, at: "10:06")
        #expect(
            story.notices(["raised", "changed", "cleared", "reported", "closed"]).suffix(3) == [
                "10:06 reported", "10:06 closed", "10:06 raised yellow → county,u1,u2,u3",
            ])
    }

    @Test func `A6 A16 YJ-09 a rebound from blue voids the hour and the report`() throws {
        var rules = DisposalRules.statutory
        rules.approvalTakenAsGiven = false
        var story = Story(rules: rules)
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:30")
        try story.at("10:35") { try $0.report(0) }
        story.level(.yellow, at: "10:40")
        let standing = try #require(story.world.sources[0].open.first)
        #expect(standing.report == nil)
        #expect(standing.reports.map(\.state) == [.void])
        #expect(standing.reportDueAt == nil)
        story.level(.blue, at: "10:50")
        story.end("11:50")
        #expect(story.notices(["reportOverdue"]) == ["11:50 reportOverdue"])
    }

    @Test func `YJ-13 YJ-22 supervisions of lapsed issues still need their answer`() throws {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.yellow, at: "12:30")
        story.level(.red, at: "13:00")
        story.level(.blue, at: "13:10")
        try story.at("13:20") { try $0.report(0) }
        #expect(story.notices(["closed"]) == [])
        try story.at("13:30") { try $0.feedBack(by: "province", of: 0) }
        #expect(story.notices(["closed"]) == ["13:30 closed"])
    }

    @Test func `YJ-22 an issue that lapsed and was issued anew is supervised again`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.level(.yellow, at: "12:30")
        story.level(.red, at: "13:00")
        story.end("15:00")
        #expect(
            story.notices(["supervision"]) == [
                "12:00 supervision red → province", "15:00 supervision red → province",
            ])
    }
}
