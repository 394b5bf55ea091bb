import Domain
import Kernel
import Testing

@Suite struct DutyTests {
    private func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
        Day(year: year, month: month, day: day) ?? Day(number: 0)
    }

    @Test func `QY-08 a week runs from Monday 0:00 to Sunday 24:00, through the turn of the year`() {
        let week = DutyPeriod.week(containing: day(2027, 1, 1))
        #expect(week.from == day(2026, 12, 28))
        #expect(week.until == day(2027, 1, 4))
        #expect(week.key == "2026-12-28")
        #expect(DutyPeriod.week(containing: day(2026, 12, 28)) == week)
        #expect(DutyPeriod.week(containing: day(2027, 1, 3)) == week)
        #expect(DutyPeriod.week(containing: day(2027, 1, 4)).from == day(2027, 1, 4))
    }

    @Test(arguments: [1, 3, 6, 12])
    func `QY-08 months, quarters and years leave no gap and overlap nowhere, over ten years`(months: Int) {
        var current = day(2023, 12, 30)
        var last = DutyPeriod.months(months, containing: current)
        while current < day(2034, 1, 2) {
            let period = DutyPeriod.months(months, containing: current)
            #expect(period.from <= current && current < period.until)
            if period != last {
                #expect(period.from == last.until)
                #expect(period.key != last.key)
                last = period
            }
            current = current.next
        }
    }

    @Test func `QY-08 quarters are the calendar's`() {
        let quarter = DutyPeriod.months(3, containing: day(2026, 11, 23))
        #expect(quarter.key == "2026-Q4")
        #expect(quarter.from == day(2026, 10, 1))
        #expect(quarter.until == day(2027, 1, 1))
    }

    @Test func `QY-08 before a holiday, also one across the year's end, and not after it began`() {
        let newYear = DutyOccasion(name: "元旦", from: day(2027, 1, 1), until: day(2027, 1, 4))
        let rules = DutyRules.usual
        #expect(rules.periods(of: .holiday, on: day(2026, 12, 24), occasions: [newYear]).isEmpty)
        let periods = rules.periods(of: .holiday, on: day(2026, 12, 25), occasions: [newYear])
        #expect(periods.map(\.from) == [day(2026, 12, 25)])
        #expect(periods.map(\.until) == [day(2027, 1, 1)])
        #expect(rules.periods(of: .holiday, on: day(2027, 1, 1), occasions: [newYear]).isEmpty)
    }

    private func task(_ from: Day, _ until: Day, doneAt: Timestamp? = nil, isPartial: Bool = false) -> DutyTask {
        DutyTask(
            id: "t\(from.number)", enterprise: "e", hazard: "h", kind: .weekly, period: "", from: from.start,
            until: until.start, isPartial: isPartial, doneAt: doneAt)
    }

    @Test func `QY-09b late is late: done at the end itself does not count`() {
        let (from, until) = (day(2026, 11, 16), day(2026, 11, 23))
        let now = until.start + .days(1)
        #expect(task(from, until, doneAt: until.start - .milliseconds(1)).state(at: now) == .done)
        #expect(task(from, until, doneAt: until.start).state(at: now) == .late)
        #expect(task(from, until).state(at: until.start - .milliseconds(1)) == .open)
        #expect(task(from, until).state(at: until.start) == .missed)
    }

    @Test func `QY-09b the rate counts what was due, without confirmed stops and half periods, never above one`() {
        let weeks = (0..<4).map { day(2026, 10, 26).number + Int32($0) * 7 }.map(Day.init(number:))
        func end(_ from: Day) -> Day { Day(number: from.number + 7) }
        let tasks = [
            task(weeks[0], end(weeks[0]), doneAt: end(weeks[0]).start - .hours(1)),
            task(weeks[1], end(weeks[1]), doneAt: end(weeks[1]).start + .hours(1)),
            task(weeks[2], end(weeks[2])), task(weeks[3], end(weeks[3]), isPartial: true),
        ]
        let now = day(2026, 11, 20).start
        let window = day(2026, 10, 26).start..<day(2026, 12, 1).start
        let all = DutyFulfilment(tasks, window: window, now: now) { _ in false }
        // The fourth week is not over yet on 20 November.
        #expect((all.numerator, all.denominator, all.takenOut.count) == (1, 3, 0))
        let later = DutyFulfilment(tasks, window: window, now: day(2026, 12, 1).start) { $0.from == weeks[2].start }
        #expect((later.numerator, later.denominator, later.takenOut.count) == (1, 2, 2))
        // A filing never raises the rate above 100 %.
        let everything = DutyFulfilment(tasks, window: window, now: day(2026, 12, 1).start) { _ in true }
        #expect((everything.numerator, everything.denominator) == (0, 0))
    }

    @Test(arguments: DutyKind.allCases)
    func `QY-08 a record answers every line, says something, and shows a photo`(kind: DutyKind) {
        var record = DutyRecord(answers: [:], text: "", measures: "")
        #expect(
            record.problems(for: kind, photos: 0, rules: .usual)
                == kind.items.map { .unanswered($0) } + [.blankText, .noPhoto])
        for item in kind.items { record.answers[item] = .good }
        record.text = "看过"
        #expect(record.problems(for: kind, photos: 1, rules: .usual) == [])
        record.answers[kind.items[0]] = .problem
        #expect(record.problems(for: kind, photos: 1, rules: .usual) == [.blankMeasures])
        #expect(DutyRecord(json: record.json) == record)
    }

    @Test func `QY-08 a photo is known by its bytes, and is not too large`() throws {
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 1, count: 200)
        #expect(try DutyPhoto.check(jpeg) == "image/jpeg")
        #expect(throws: DutyPhoto.Refusal.notAPhoto) { try DutyPhoto.check(Array("<svg onload=x>".utf8) + jpeg) }
        #expect(throws: DutyPhoto.Refusal.tooLarge) {
            try DutyPhoto.check(jpeg + Array(repeating: 0, count: DutyPhoto.bytesMax))
        }
    }

    @Test func `QY-10 three alarms of one kind within seven days, half-open`() {
        let start = day(2026, 12, 29).start
        let rules = DutyRules.usual
        #expect(!RootCause.isForced(openedAt: [start, start + .days(1)], rules: rules))
        #expect(RootCause.isForced(openedAt: [start, start + .days(1), start + .days(6)], rules: rules))
        let edge = [start, start + .days(3), start + .days(7)]
        #expect(!RootCause.isForced(openedAt: edge, rules: rules))
        #expect(
            RootCause.isForced(openedAt: [start, start + .days(3), start + .days(7) - .milliseconds(1)], rules: rules))
        // The cluster is the latest one, whole.
        let many = [start, start + .days(1), start + .days(2), start + .days(8), start + .days(8)]
        #expect(RootCause.cluster(openedAt: many, rules: rules) == Array(many[2...]))
        #expect(RootCause.Side(.highHigh) == RootCause.Side(.high))
        #expect(RootCause.Side(.low) != RootCause.Side(.high))
    }

    @Test func `QY-10 the analysis names cause, measures, somebody and a day`() {
        let today = day(2026, 11, 23)
        let empty = RootCause.Analysis(cause: "", measures: " ", responsible: "", finishBy: nil)
        #expect(empty.problems(today: today).map(\.field) == ["cause", "measures", "responsible", "finishBy"])
        let whole = RootCause.Analysis(cause: "a", measures: "b", responsible: "c", finishBy: today)
        #expect(whole.problems(today: today).isEmpty)
    }

    @Test func `QY-08 the conventions keep themselves through JSON, reminders come before the end`() {
        #expect(DutyRules(json: DutyRules.usual.json) == .usual)
        #expect(DutyRules.usual.reminderDay(of: .weekly, until: day(2026, 11, 30)) == day(2026, 11, 29))
        #expect(DutyRules.usual.reminderDay(of: .quarterly, until: day(2027, 1, 1)) == day(2026, 12, 29))
    }
}
