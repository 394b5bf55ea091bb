import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite struct DutyOperationsTests {
    private let monday = CommitmentWorld.day
    private static let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 1, count: 300)

    private func record(_ kind: DutyKind) -> DutyRecord {
        DutyRecord(
            answers: Dictionary(kind.items.map { ($0, DutyAnswer.good) }, uniquingKeysWith: { first, _ in first }),
            text: "已看", measures: "")
    }

    private func tasks(_ world: CommitmentWorld, scope: Scope = .system) throws -> [String] {
        try world.database.read { session throws(StorageError) in
            try DutyStore.list(.init(), scope: scope, in: &session)
        }.map { "\($0.task.kind) \($0.task.hazard) \($0.task.period)" }.sorted()
    }

    @Test(arguments: Engine.underTest)
    func `QY-08 tasks come by role and period, once, and through the year's end and a holiday`(engine: Engine) throws {
        var world = try CommitmentWorld(engine)
        let december = Day(year: 2026, month: 12, day: 24) ?? monday
        let newYear = Day(year: 2027, month: 1, day: 1) ?? monday
        try world.database.write { session throws(StorageError) in
            for offset in 0..<3 {
                try session.execute(
                    """
                    INSERT INTO holiday (day, name, loaded_at)
                    VALUES (\(Day(number: newYear.number + Int32(offset))), '元旦', 0)
                    """)
            }
        }
        try world.arm(at: december.start + .hours(1))
        try world.run(until: december.start + .hours(2))
        #expect(
            try tasks(world, scope: .enterprise("e1")) == [
                "quarterly h-e1 2026-Q4", "supervision h-e1 2026-12", "weekly h-e1 2026-12-21",
            ])
        try world.run(until: (Day(year: 2027, month: 1, day: 4) ?? monday).start)
        #expect(
            try tasks(world, scope: .enterprise("e1")) == [
                "holiday h-e1 2027-01-01 元旦", "quarterly h-e1 2026-Q4", "quarterly h-e1 2027-Q1",
                "supervision h-e1 2026-12", "supervision h-e1 2027-01", "weekly h-e1 2026-12-21",
                "weekly h-e1 2026-12-28", "weekly h-e1 2027-01-04",
            ])
        #expect(try world.count("duty_task WHERE hazard_id = 'h-e2'") == 8)
    }

    @Test(arguments: Engine.underTest)
    func `XC-11 a time that one county registered asks nothing of another county's enterprises`(engine: Engine) throws {
        var world = try CommitmentWorld(engine)
        let fair = Day(number: monday.number + 5)
        try world.database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES ('other', 'county', '邻县', '140521', 'city', 0)
                """)
            try session.execute(
                "UPDATE visibility SET authority_id = 'other' WHERE enterprise_id = 'e2' AND authority_id = 'county'")
            for (id, office, name) in [("s1", "other", "邻县庙会"), ("s2", nil, "全国会议")] as [(String, String?, String)] {
                try session.execute(
                    """
                    INSERT INTO special_period (id, authority_id, name, from_day, until_day, factor, created_at,
                        created_by)
                    VALUES (\(id), \(office), \(name), \(fair), \(fair), 2, 0, 'a')
                    """)
            }
        }
        try world.arm(at: monday.start + .hours(1))
        try world.run(until: monday.start + .hours(2))
        let holiday = try tasks(world).filter { $0.hasPrefix("holiday") }
        let date = ChinaTime.date(fair)
        #expect(
            holiday == ["holiday h-e1 \(date) 全国会议", "holiday h-e2 \(date) 全国会议", "holiday h-e2 \(date) 邻县庙会"])
    }

    @Test(arguments: Engine.underTest)
    func `JC-18 work is recorded of one's own source only; a stopped enterprise has no commitment waiting`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        func record(_ hazard: HazardID) throws {
            try world.act(at: monday.start + .hours(9)) { context, session throws(DutyFailure) in
                _ = try DutyOperations.recordWork(
                    .fireSpecial, place: "罐区", permit: "1", enterprise: "e1", hazard: hazard,
                    by: CommitmentWorld.safety, context: &context, in: &session)
            }
        }
        try record("h-e1")
        #expect(throws: DutyFailure.refused("本企业没有这个重大危险源")) { try record("h-e2") }
        func waiting() throws -> Int {
            try world.database.read { session throws(StorageError) in
                try DutyWaiting.read(scope: .enterprise("e1"), now: monday.start + .hours(9), in: &session)
            }.commitment
        }
        #expect(try waiting() == 1)
        try world.database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at,
                    submitted_at, submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
                VALUES ('f', 'e1', 'longStop', 1, 'x', 'x', 0, \(monday.start + .days(90)), 0, 'a', 0, 0, 0,
                    \(monday.start + .days(90)), '')
                """)
        }
        #expect(try waiting() == 0)
    }

    @Test(arguments: Engine.underTest)
    func `QY-09b the person in office does it with a record and a photo; nobody else, and only once`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        try world.arm(at: monday.start + .hours(1))
        try world.run(until: monday.start + .hours(2))
        let id = DutyTask.id(.weekly, hazard: "h-e1", period: "2026-11-23")
        let (whole, photo) = (record(.weekly), Self.photo)
        func complete(_ person: PersonID, _ photos: [[UInt8]], at now: Timestamp) throws {
            try world.act(at: now) { context, session throws(DutyFailure) in
                try DutyOperations.complete(
                    id, record: whole, photos: photos, person: person, scope: .person(person), context: &context,
                    in: &session)
            }
        }
        let now = monday.start + .hours(10)
        #expect(throws: DutyFailure.forbidden("这项任务由现任操作负责人完成")) { try complete("u2", [photo], at: now) }
        #expect(throws: DutyFailure.fields([.init(name: "photo", text: "至少要有一张现场照片")])) {
            try complete("u3", [], at: now)
        }
        #expect(throws: DutyFailure.fields([.init(name: "photo", text: "只收 JPEG 或 PNG 照片")])) {
            try complete("u3", [Array("<html>".utf8)], at: now)
        }
        try complete("u3", [photo], at: now)
        #expect(throws: DutyFailure.refused("这项任务已经完成")) { try complete("u3", [photo], at: now) }
        let stored = try world.database.read { session throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.id = id
            let listing = try DutyStore.list(filter, scope: .authority("county"), in: &session).first
            let photo = listing?.photos.first ?? ""
            return (
                listing?.task.state(at: now), try DutyPhotoStore.find(photo, scope: .enterprise("e1"), in: &session),
                try DutyPhotoStore.find(photo, scope: .enterprise("e2"), in: &session)
            )
        }
        #expect(stored.0 == .done)
        #expect(stored.1?.bytes == Self.photo)
        #expect(stored.2 == nil)
    }

    @Test(arguments: Engine.underTest)
    func `QY-09b the rate and its lists: late does not count, a confirmed stop of the whole week is taken out`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        try world.arm(at: monday.start)
        try world.run(until: monday.start + .hours(1))
        let (end, photo, whole) = (Day(number: monday.number + 7).start, Self.photo, record(.weekly))
        let id = DutyTask.id(.weekly, hazard: "h-e1", period: "2026-11-23")
        try world.act(at: end) { context, session throws(DutyFailure) in
            try DutyOperations.complete(
                id, record: whole, photos: [photo], person: "u3", scope: .person("u3"), context: &context,
                in: &session)
        }
        func file(_ id: String, _ kind: String) throws {
            try world.database.write { session throws(StorageError) in
                try session.execute(
                    """
                    INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at,
                        submitted_at, submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
                    VALUES (\(id), 'e2', \(kind), 1, 'x', 'x', \(monday.start), \(end), \(monday.start), 'x', 0,
                        \(monday.start), \(monday.start), \(end), '[]')
                    """)
            }
        }
        func rate() throws -> (Int, Int, Int) {
            try world.database.read { session throws(StorageError) in
                let window = FigureWindow(from: monday.start, until: end, now: end)
                let figures = try DutyStore.fulfilment(
                    window: monday.start..<end, now: end, scope: .authority("county"), in: &session)
                let page = try DutyStore.fulfilmentListings(
                    from: monday.start, until: end, now: end, scope: .authority("county"), in: &session)
                // One definition: what a bulletin counts is what the page lists.
                let rows = try FigureStore.rows(.duties, window: window, scope: .authority("county"), in: &session)
                #expect(page.figures == figures)
                #expect(rows.reduce(0) { $0 + $1.ratio.denominator } == figures.denominator)
                #expect(rows.reduce(0) { $0 + $1.ratio.numerator } == figures.numerator)
                return (figures.numerator, figures.denominator, figures.takenOut.count)
            }
        }
        #expect(try rate() == (0, 2, 0))
        // Work on the whole site is no stop: the persons have their duties all the same.
        try file("m", "maintenance")
        #expect(try rate() == (0, 2, 0))
        try file("f", "plannedStop")
        #expect(try rate() == (0, 1, 1))
    }

    @Test(arguments: Engine.underTest)
    func `QY-08 vacancies, people who left more than five days ago and dead numbers are findings until mended`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        try world.database.write { session throws(StorageError) in
            try session.execute("UPDATE person SET left_at = \(monday.start - .days(4)) WHERE id = 'u2'")
            try session.execute("UPDATE person SET phone = '0356-123' WHERE id = 'u3'")
        }
        func open() throws -> [String] {
            try world.database.read { session throws(StorageError) in
                try session.rows(
                    "SELECT rule, hazard_id FROM finding WHERE resolved_at IS NULL ORDER BY hazard_id, rule"
                ) { row throws(StorageError) in (row.next() as String) + " " + (row.next() as String) }
            }
        }
        try world.arm(at: monday.start)
        try world.run(until: monday.start)
        #expect(try open() == ["responsibleUnreachable h-e1", "responsibleVacant h-e2"])
        try world.run(until: Day(number: monday.number + 2).start)
        #expect(try open() == ["responsibleLeft h-e1", "responsibleUnreachable h-e1", "responsibleVacant h-e2"])
        try world.database.write { session throws(StorageError) in
            try session.execute("UPDATE person SET left_at = NULL, phone = '13900000001'")
        }
        try world.run(until: Day(number: monday.number + 3).start)
        #expect(try open() == ["responsibleVacant h-e2"])
    }

    @Test(arguments: Engine.underTest)
    func `QY-10 three alarms of one side on a point within seven days force an analysis, once, till it is answered`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        let start = monday.start
        func alarm(_ id: String, _ state: String, at instant: Timestamp, isExempt: Bool = false) throws {
            try world.database.write { session throws(StorageError) in
                try session.execute(
                    """
                    INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state,
                        worst_state, current_state, current_since, side_since, chain_id, occurrences, cleared_at,
                        exempted_at)
                    VALUES (\(id), 'p-e1', 'h-e1', 'e1', 'temperature', \(instant), \(state), \(state), 'normal',
                        \(instant), \(instant), \(id), 1, \(instant + .minutes(1)), \(isExempt ? instant : nil))
                    """)
            }
        }
        try world.arm(at: start)
        try alarm("a1", "high", at: start + .hours(1))
        try alarm("a2", "highHigh", at: start + .days(1))
        try alarm("x1", "low", at: start + .days(2))
        try alarm("x2", "high", at: start + .days(2), isExempt: true)
        try world.run(until: start + .days(2) + .hours(1))
        #expect(try world.count("root_cause") == 0)
        try alarm("a3", "high", at: start + .days(2) + .hours(2))
        try world.run(until: start + .days(2) + .hours(3))
        let forms = try world.database.read { session throws(StorageError) in
            try RootCauseStore.list(scope: .authority("county"), in: &session)
        }
        #expect(forms.map(\.alarms) == [["a1", "a2", "a3"]])
        #expect(forms.first?.side == .high)
        let told = try world.notices().filter { $0.contains("须做根因分析") }
        #expect(told.map { $0.split(separator: " ")[0] } == ["e1", "u1", "u2", "u3"])
        let form = try #require(forms.first)
        // Unanswered: the regulator is told, once, and nothing else closes it.
        try world.run(until: form.dueAt + .hours(1))
        #expect(try world.notices().filter { $0 == "county 根因分析逾期" }.count == 1)
        #expect(try world.count("root_cause WHERE submitted_at IS NULL") == 1)
        let now = form.dueAt + .hours(2)
        let empty = RootCause.Analysis(cause: "", measures: "", responsible: "", finishBy: nil)
        #expect(throws: DutyFailure.self) {
            try world.act(at: now) { context, session throws(DutyFailure) in
                try DutyOperations.analyse(
                    form.id, empty, by: CommitmentWorld.safety, context: &context, in: &session)
            }
        }
        let whole = RootCause.Analysis(cause: "阀门内漏", measures: "换阀", responsible: "周启明", finishBy: Day(now).next)
        try world.act(at: now) { context, session throws(DutyFailure) in
            try DutyOperations.analyse(form.id, whole, by: CommitmentWorld.safety, context: &context, in: &session)
        }
        // What was analysed does not count again.
        try alarm("a4", "high", at: now + .hours(1))
        try world.run(until: now + .hours(2))
        #expect(try world.count("root_cause") == 1)
    }

    @Test(arguments: Engine.underTest)
    func `QY-09 QY-09b special work that was declared makes the day's task, and acknowledging counts as a deed`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        let now = monday.start + .hours(9)
        var draft = CommitmentWorld.draft(at: now)
        draft.counts[.confinedSpace] = 1
        try world.submit(draft, at: now)
        #expect(try tasks(world) == ["specialWork h-e1 2026-11-23"])
        try world.database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, person_id, created_at)
                VALUES ('a3', 'a3', 'x', '周启明', 'responsible', 'u3', 0)
                """)
            try session.execute(
                """
                INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                    current_state, current_since, side_since, chain_id, occurrences, acknowledged_at, acknowledged_by)
                VALUES ('l', 'p-e1', 'h-e1', 'e1', 'temperature', \(now), 'high', 'high', 'high', \(now), \(now), 'l',
                    1, \(now + .minutes(2)), 'a3')
                """)
        }
        let deeds = try world.database.read { session throws(StorageError) in
            try DutyDisposal.list(
                person: "u3", from: now, until: now + .hours(1), scope: .authority("county"), in: &session)
        }
        #expect(deeds.map(\.kind) == [.acknowledgedAlarm])
    }
}
