import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(20))) struct PatrolOperationsTests {
    private let start = RegistryFixture.start
    private var today: Day { Day(start) }

    private func row(_ world: InspectionWorld, _ office: AuthorityID, _ day: Day) throws -> PatrolDay? {
        try world.database.look { session throws(StorageError) in
            try PatrolStore.day(day, office: office, scope: .system, in: &session)
        }
    }

    private func tasks(_ world: InspectionWorld, _ office: AuthorityID, _ day: Day) throws -> [PatrolTask] {
        try world.database.look { session throws(StorageError) in
            try PatrolStore.tasks(office: office, day: day, scope: .authority(office), in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `XC-10 XC-15 XC-16 A18 each office has its tasks of the day, once`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        #expect(try row(world, "center", today)?.neededDivisions == 1)
        #expect(try row(world, "140000", today)?.neededDivisions == 2)
        // Two regulators of one county are one division; the park does not count (A12).
        #expect(try row(world, "140500", today)?.neededDivisions == 2)
        #expect(try row(world, "140521", today) == nil)
        let first = try tasks(world, "140500", today)
        #expect(first.count == 4 && first.count(where: \.isSuggested) == 2)
        #expect(!first.contains { $0.explanation.isEmpty })
        try world.act(as: "system") { context, session throws(StorageError) in
            try PatrolOperations.beginDay(context: &context, in: &session)
        }
        #expect(try tasks(world, "140500", today) == first)
    }

    @Test(arguments: Engine.underTest) func `XC-04 XC-14 XC-03 patrols count by division until the number is reached`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        #expect(throws: ProblemFailure.unsuitable(PatrolRefusal.notDirect.reason)) {
            try world.patrol(InspectionWorld.sheet("140521"), by: "140000")
        }
        _ = try world.patrol(InspectionWorld.sheet("140521"), by: "140500")
        _ = try world.patrol(InspectionWorld.sheet("energy"), by: "140500")
        _ = try world.patrol(InspectionWorld.sheet("P140525001"), by: "140500")
        #expect(try row(world, "140500", today)?.doneDivisions == 1)
        #expect(try row(world, "140500", today)?.isComplete == false)
        _ = try world.patrol(InspectionWorld.sheet("140525"), by: "140500")
        #expect(try row(world, "140500", today)?.isComplete == true)
        #expect(try row(world, "140500", today)?.completedAt == start)
        #expect(try tasks(world, "140500", today).first { $0.subject == "140525" }?.patrol != nil)
        let seen = try world.database.look { session throws(StorageError) in
            try PatrolStore.days(Day(start), scope: .authority("140000"), in: &session).map(\.office)
        }
        #expect(seen == ["140000", "140400", "140500"])
    }

    @Test(arguments: Engine.underTest) func `XC-18 XC-19 a serious problem reaches the patrolled office with a receipt`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        let id = try world.patrol(
            InspectionWorld.sheet("140521", wrong: [.systemOnline: .serious]), by: "140500")
        #expect(try world.inbox("authority", "140521").filter { $0.contains("重大问题") }.count == 2)
        let problem = try #require(
            try world.database.look { session throws(StorageError) in
                var filter = ProblemListing.Filter()
                filter.sourceID = id.rawValue
                return try ProblemListing.all(filter, scope: .authority("140521"), limit: 2, in: &session).first
            })
        #expect(problem.topic == "systemOnline" && problem.holder == "140521")
        let receipts = try world.database.write { session throws(StorageError) in
            _ = try Inbox.markRead(
                subject: "problem:\(problem.id)", scope: .authority("140521"), by: "reader", now: start + .minutes(1),
                in: &session)
            return try NoticeStore.receipts(subject: "problem:\(problem.id)", in: &session)
        }
        #expect(receipts.contains { $0.recipient == .authority("140521") && $0.deliveredAt == start })
        #expect(receipts.allSatisfy { $0.readAt == start + .minutes(1) })
        try world.pass(to: start + .hours(25))
        #expect(try world.listing(problem.id)?.isFeedbackOverdue == true)
    }

    @Test(arguments: Engine.underTest) func `XC-12 an overdue serious problem is patrolled again, with a conclusion`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        _ = try world.patrol(InspectionWorld.sheet("140521", wrong: [.videoOnline: .serious]), by: "140500")
        try world.pass(to: start + .days(2))
        let later = Day(start + .days(2))
        let follow = try #require(try tasks(world, "140500", later).first { $0.kind == .followUp })
        let problem = try #require(follow.problem)
        #expect(follow.subject == "140521")
        #expect(follow.dueAt == Day(number: Day(start).number + 5).start)
        var filter = ProblemListing.Filter()
        filter.id = problem
        _ = try world.patrol(
            InspectionWorld.sheet("140521", kind: .followUp, followed: problem, conclusion: .unrectified), by: "140500")
        #expect(try world.listing(problem)?.recheckResult == .unrectified)
        #expect(try world.listing(problem)?.stage == .ordered)
        #expect(try tasks(world, "140500", later).first { $0.problem == problem }?.patrol != nil)
    }

    @Test(arguments: Engine.underTest) func `XC-11 a special period doubles the day, for the office and those below`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let day = today
        try world.act(as: "admin") { context, session throws(ProblemFailure) in
            try InspectionSetup.addPeriod(
                .init(name: "重大活动", from: day, until: day), for: "140500", by: .system, context: &context,
                in: &session)
        }
        try world.arm()
        try world.pass(to: start + .days(1))
        let special = try #require(try row(world, "140500", day))
        #expect(special.neededPatrols == 4 && special.neededDivisions == 2 && special.specialReason == "重大活动")
        #expect(try tasks(world, "140500", day).filter { $0.kind == .special && $0.isSuggested }.count == 2)
        #expect(try row(world, "140000", day)?.factor == 1)
        #expect(try row(world, "140500", day.next)?.neededPatrols == 2)
    }

    @Test(arguments: Engine.underTest) func `hours of reminding that are changed hold from now on, not from tomorrow`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: today.start + .hours(17))
        var settings = InspectionSettings()
        settings.reminderHours = [18]
        let wanted = settings
        try world.act(as: "admin") { context, session throws(ProblemFailure) in
            try InspectionSetup.save(wanted, by: .system, context: &context, in: &session)
        }
        let next = try world.database.look { session throws(StorageError) in
            try DueStore.at(.patrol, id: "reminder", in: &session)
        }
        #expect(next == today.start + .hours(18))
    }

    @Test(arguments: Engine.underTest) func `XC-11 the holidays of the calendar double everybody's day`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let day = today
        for _ in 0..<2 {
            try world.act(as: "system") { context, session throws(StorageError) in
                try InspectionSetup.loadHolidays([day: "节日"], context: &context, in: &session)
            }
        }
        try world.arm()
        try world.pass(to: start)
        #expect(try row(world, "140000", day)?.factor == 2)
        let logged = try world.database.look { session throws(StorageError) in
            try session.first("SELECT count(*) FROM log WHERE kind = 'holidaysLoaded'") {
                row throws(StorageError) in row.next() as Int
            }
        }
        #expect(logged == 1)
    }

    @Test(arguments: Engine.underTest) func `XC-10 XC-16 days of an outage are made up and reported short`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        try world.wake(at: start + .days(3))
        for offset in 1...2 {
            let day = Day(number: today.number + Int32(offset))
            let missed = try #require(try row(world, "140500", day))
            #expect(missed.isMadeUp && missed.closedAt == start + .days(3) && !missed.isComplete)
        }
        #expect(try row(world, "140500", Day(start + .days(3)))?.isMadeUp == false)
        let findings = try world.database.look { session throws(StorageError) in
            try AttendanceStore.findings(
                from: Day(start), until: Day(start + .days(4)), scope: .authority("140500"), limit: 99, in: &session)
        }
        #expect(findings.filter { $0.kind == .patrolShort && $0.authority == "140500" }.count == 3)
        #expect(try world.inbox("authority", "140500").contains("考勤异常:巡查没有完成"))
    }

    @Test(arguments: Engine.underTest) func `SZ-01 JC-11 nobody signed in: reminded after noon, a finding at night`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.account("a1", of: "140521")
        try world.account("a2", of: "140525")
        let day = today
        for (account, office) in [("a1", "140521"), ("a2", "140525")] {
            try world.act(as: "admin") { context, session throws(ProblemFailure) in
                try AttendanceOperations.name(
                    AccountID(account), for: AuthorityID(office), from: day, scope: .system, context: &context,
                    in: &session)
            }
        }
        #expect(throws: ProblemFailure.self) {
            try world.act(as: "admin") { context, session throws(ProblemFailure) in
                try AttendanceOperations.name(
                    "a1", for: "140525", from: day, scope: .system, context: &context, in: &session)
            }
        }
        try world.arm()
        try world.pass(to: start)
        let now = world.context.now
        try world.database.write { session throws(StorageError) in
            try AttendanceStore.mark("a2", at: now, in: &session)
        }
        try world.pass(to: day.start + .hours(17))
        #expect(try world.inbox("authority", "140521").contains("专人今天还没有登录"))
        #expect(try !world.inbox("authority", "140525").contains("专人今天还没有登录"))
        #expect(try world.inbox("authority", "140500").contains("今天的巡查还差 2 次"))
        try world.pass(to: day.next.start + .hours(1))
        let findings = try world.database.look { session throws(StorageError) in
            try AttendanceStore.findings(from: day, until: day.next, scope: .system, limit: 99, in: &session)
        }
        #expect(findings.filter { $0.kind == .noSignIn }.map(\.authority) == ["140521"])
        #expect(!findings.contains { $0.authority == "140525" && $0.kind == .noInspector })
        #expect(findings.contains { $0.authority == "140500" && $0.kind == .noInspector })
    }

    @Test(arguments: Engine.underTest) func `SZ-01 a county alone, which patrols nobody, is looked at every day too`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let day = today
        // As where one county runs the platform for itself: nobody has anybody to patrol.
        try world.database.write { session throws(StorageError) in
            try session.execute("DELETE FROM visibility WHERE authority_id <> '140521'")
            try session.execute("UPDATE authority SET parent_id = NULL, covers_region = 0")
            try session.execute("UPDATE authority SET level = 'park' WHERE level = 'center'")
        }
        try world.arm()
        try world.pass(to: day.next.start + .hours(1))
        let days = try world.database.look { session throws(StorageError) in
            try PatrolStore.days(day, scope: .system, in: &session).count
        }
        func found() throws -> [String] {
            try world.database.look { session throws(StorageError) in
                try AttendanceStore.findings(
                    from: day, until: Day(number: day.number + 9), scope: .system, limit: 99, in: &session)
            }.map { "\($0.authority) \($0.day.number - day.number) \($0.kind)" }.sorted()
        }
        #expect(days == 0)
        #expect(try found() == ["140521 0 noInspector"])
        // Two days later: the day between is closed as well, and none twice.
        try world.wake(at: Day(number: day.number + 3).start + .hours(1))
        try world.wake(at: Day(number: day.number + 3).start + .hours(2))
        #expect(try found() == (0..<3).map { "140521 \($0) noInspector" })
    }

    @Test(arguments: Engine.underTest) func `JC-11 warnings that an office did not open in time are a finding`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        try world.act(as: "model") { context, session throws(StorageError) in
            try WarningOperations.riskChanged(
                hazard: "140521001001", to: .orange, cause: ["text": "液位"], context: &context, in: &session)
        }
        let day = today
        try world.pass(to: day.next.start)
        let findings = try world.database.look { session throws(StorageError) in
            try AttendanceStore.findings(from: day, until: day.next, scope: .system, limit: 99, in: &session)
        }
        let unread = findings.filter { $0.kind == .warningsUnread }.map(\.authority)
        #expect(unread.contains("140521") && unread.contains("140500") && !unread.contains("140525"))
    }

    @Test(arguments: Engine.underTest) func `XC-17 XC-38 SZ-02 own items are asked for, the four stay`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        try world.act { context, session throws(ProblemFailure) in
            try PatrolOperations.addItem("双预控", to: "140500", context: &context, in: &session)
        }
        #expect(throws: ProblemFailure.self) { try world.patrol(InspectionWorld.sheet("140521"), by: "140500") }
        #expect(throws: ProblemFailure.forbidden("法定四项不能删除")) {
            try world.act { context, session throws(ProblemFailure) in
                try PatrolOperations.retireItem("commitment", of: "140500", context: &context, in: &session)
            }
        }
        let item = try #require(
            try world.database.look { session throws(StorageError) in
                try PatrolItem.all(of: "140500", in: &session).first
            })
        var sheet = InspectionWorld.sheet("140521", wrong: [.commitment: .general])
        sheet.answers.append(.init(item: item.id, title: item.title, isNormal: true))
        let id = try world.patrol(sheet, by: "140500")
        // Not only serious ones: every problem is handed to the office (SZ-02).
        let problems = try world.database.look { session throws(StorageError) in
            var filter = ProblemListing.Filter()
            filter.sourceID = id.rawValue
            return try ProblemListing.all(filter, scope: .authority("140521"), limit: 9, in: &session)
        }
        #expect(problems.map(\.severity) == [.general] && problems.map(\.holder) == ["140521"])
    }

    @Test(arguments: Engine.underTest) func `XC-13 XC-17 live data explains the order and fills the sheet`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.act(as: "model") { context, session throws(StorageError) in
            try WarningOperations.riskChanged(
                hazard: "140525001001", to: .red, cause: ["text": "液位"], context: &context, in: &session)
        }
        try world.arm()
        try world.pass(to: start + .days(1))
        let first = try #require(try tasks(world, "140500", Day(start + .days(1))).first)
        #expect(["140525", "P140525001"].contains(first.subject) && first.scores.history == 10)
        #expect(first.explanation.contains("红 1 次"))
        let now = world.context.now
        let lines = try world.database.look { session throws(StorageError) in
            try PatrolFactsReader.prefill(subject: "140525", at: now, in: &session)
        }
        #expect(lines.map(\.topic) == PatrolTopic.allCases)
        #expect(lines[0].text.contains("0/1") && lines[0].isSuspicious)
        #expect(lines[3].text.contains("未闭环预警 1"))
    }

    @Test(arguments: Engine.underTest) func `XC-19b a region with two serious problems in a day is a candidate`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        try world.arm()
        try world.pass(to: start)
        let sheet = InspectionWorld.sheet("140521", wrong: [.systemOnline: .serious, .videoOnline: .serious])
        _ = try world.patrol(sheet, by: "140500")
        let day = today
        let candidates = try world.database.look { session throws(StorageError) in
            try PatrolOperations.bulletinCandidates(of: "140500", on: day, in: &session)
        }
        #expect(candidates["140521"]?.map(\.kind) == [.manySerious])
        #expect(candidates.count == 1)
    }

    @Test(arguments: Engine.underTest) func `XC-37 JC-06 JC-01 offices keep their people and acting names`(
        engine: Engine
    ) throws {
        var world = try InspectionWorld(engine)
        let editor = RegistryEditor(scope: .authority("140500"), role: .admin)
        try world.act { context, session throws(ProblemFailure) in
            try InspectionSetup.add(
                OfficePerson(
                    id: "", authority: "140521", kind: .operations, organization: "某运维公司", name: "周运", title: nil,
                    skill: nil, phone: "13900000009"), by: editor, context: &context, in: &session)
            try InspectionSetup.save(
                OfficeProfile(authority: "140500", actingName: "晋城市应急管理调度指挥中心", isTechnical: false), by: editor,
                context: &context, in: &session)
        }
        #expect(throws: ProblemFailure.notFound) {
            try world.act { context, session throws(ProblemFailure) in
                try InspectionSetup.add(
                    OfficePerson(
                        id: "", authority: "140400", kind: .staff, organization: nil, name: "外人", title: nil,
                        skill: nil, phone: nil), by: editor, context: &context, in: &session)
            }
        }
        let found = try world.database.look { session throws(StorageError) in
            (
                try OfficeStore.people(scope: .authority("140500"), in: &session).map(\.name),
                try OfficeStore.actingName(of: "140500", in: &session)
            )
        }
        #expect(found.0 == ["周运"] && found.1 == "晋城市应急管理调度指挥中心")
    }
}
