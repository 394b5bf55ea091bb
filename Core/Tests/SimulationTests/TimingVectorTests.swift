import Domain
import Kernel
import Simulation
import Testing

/// The timing vectors T1–T8 of the specification, §10.10.
@Suite struct TimingVectorTests {
    @Test func `T1 YJ-11 YJ-12 YJ-13 yellow pushes the enterprise hourly and has the county check the site at 24 h`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.end("+1 11:00")
        let notices = story.notices()
        #expect(notices.first == "11:00 caution yellow 1 → e1")
        #expect(notices.filter { $0.contains("caution") }.count == 25)
        #expect(notices.filter { $0.contains("supervision") } == ["+1 10:00 supervision yellow → county"])
        // A9: the pushes do not stop at the site check.
        #expect(notices.last == "+1 11:00 caution yellow 25 → e1")
    }

    @Test func `T1 A8 a fall one second before the hour leaves nothing to push`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.blue, at: "10:59:59")
        story.end("+1 00:00")
        #expect(story.notices() == ["11:59 reportOverdue"])
    }

    @Test func `T2 YJ-19 YJ-20 YJ-21 red pushes the city every half hour and the province checks at 2 h`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.end("12:30")
        #expect(
            story.notices() == [
                "10:30 caution red 1 → city", "11:00 caution red 2 → city", "11:30 caution red 3 → city",
                "12:00 caution red 4 → city", "12:00 supervision red → province", "12:30 caution red 5 → city",
            ])
    }

    @Test func `T3 A3 yellow's clock runs on under red and the report is due an hour after the last clearing`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.level(.red, at: "10:40")
        story.level(.yellow, at: "11:35")
        story.level(.blue, at: "12:10")
        story.end("+1 10:00")
        #expect(
            story.notices() == [
                "11:00 caution yellow 1 → e1", "11:10 caution red 1 → city", "12:00 caution yellow 2 → e1",
                "13:10 reportOverdue",
            ])
    }

    @Test func `T3 A16 YJ-09 alarms that clear before the level falls start the hour`() {
        var story = Story()
        story.level(.yellow, at: "10:00")
        story.at("10:00") { $0.openAlarm("a", of: 0) }
        story.at("11:50") { $0.clearAlarm("a", of: 0) }
        story.level(.blue, at: "12:10")
        story.end("+1 00:00")
        #expect(story.notices(["reportOverdue"]) == ["12:50 reportOverdue"])
    }

    @Test func `T4 YJ-15 YJ-16 YJ-17 orange pushes the county hourly and the city checks at 12 h`() {
        var story = Story()
        story.level(.orange, at: "08:00")
        story.end("20:00")
        let notices = story.notices()
        #expect(notices.first == "09:00 caution orange 1 → county")
        #expect(notices.suffix(2) == ["20:00 caution orange 12 → county", "20:00 supervision orange → city"])
        #expect(notices.count == 13)
    }

    @Test func `T5 A4 A6 a rebound within ten minutes goes on in the old rhythm`() {
        var story = Story()
        story.level(.red, at: "09:00")
        story.level(.orange, at: "09:20")
        story.level(.red, at: "09:28")
        story.end("21:20")
        let notices = story.notices()
        #expect(notices.first == "09:30 caution red 1 → city")
        #expect(notices.contains("10:20 caution orange 1 → county"))
        #expect(notices.last == "21:20 supervision orange → city")
        #expect(notices.contains("11:00 supervision red → province"))
    }

    @Test func `T6 A4 a level reached on the way down is issued then`() {
        var story = Story()
        story.level(.red, at: "09:00")
        story.level(.orange, at: "09:45")
        story.end("21:45")
        let notices = story.notices()
        #expect(notices.first == "09:30 caution red 1 → city")
        #expect(notices.filter { $0.contains("red") }.count == 1)
        #expect(notices[1] == "10:45 caution orange 1 → county")
        #expect(notices.last == "21:45 supervision orange → city")
    }

    @Test func `T7 clocks run through midnight`() {
        var story = Story()
        story.level(.yellow, at: "23:30")
        story.end("+1 23:30")
        #expect(story.notices().first == "+1 00:30 caution yellow 1 → e1")
        #expect(story.notices().last == "+1 23:30 supervision yellow → county")
    }

    @Test func `T8 after an outage one late caution and the missed supervision`() {
        var story = Story()
        story.level(.red, at: "10:00")
        story.at("10:40") { $0.stop() }
        story.at("12:10") { $0.start() }
        story.end("12:30")
        #expect(
            story.notices() == [
                "10:30 caution red 1 → city", "12:10 caution red 4 → city late", "12:10 supervision red → province",
                "12:30 caution red 5 → city",
            ])
    }
}
