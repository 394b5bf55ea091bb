import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(3))) struct SpotCheckRecordFlowTests {
    typealias World = SpotCheckWorld

    @Test(arguments: Engine.underTest)
    func `XC-28 XC-29 XC-30 JC-04 a record is prefilled, complete or refused, and its problems are handed down`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.start()
        try world.level(2, .red, at: World.at(13, 1))
        let id = try world.write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.open(
                "E2", office: "city", inspectors: "王敏", contact: "0356-000-1190", context: &context, in: &session)
        }
        let again = try world.write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.open(
                "E2", office: "city", inspectors: "李岩", contact: "", context: &context, in: &session)
        }
        #expect(again == id, "one record an office, day and enterprise")
        let stored = try #require(
            try world.read { session throws(StorageError) in
                try SpotCheckRecordStore.find(id, scope: .authority("city"), in: &session)
            })
        let cells = stored.record.cells(number: 1)
        #expect(cells[1...6] == ["企业2", "晋城市沁水县", "罐区2", "重大(红)", "否", "0"])
        #expect(cells[8] == "没有登记视频" && cells[10] == "是(11-23 红)")
        func submit(
            _ world: inout World, by office: AuthorityID = "city", problem: String? = "罐区 3 路视频黑屏",
            finding: SpotCheckRecordOperations.Finding = .problem
        ) throws(SpotCheckFailure) -> [ProblemID] {
            try world.write { context, session throws(SpotCheckFailure) in
                try SpotCheckRecordOperations.submit(
                    id, { World.fill(&$0, problem: problem) }, finding: finding, scope: .authority(office),
                    context: &context, in: &session)
            }
        }
        #expect(throws: SpotCheckFailure.self) {
            try world.write { context, session throws(SpotCheckFailure) in
                try SpotCheckRecordOperations.submit(
                    id, { $0.watch = "在岗" }, finding: .none, scope: .authority("city"), context: &context,
                    in: &session)
            }
        }
        #expect(throws: SpotCheckFailure.refused("有项目判为“有问题”,要选择怎样交办")) {
            try submit(&world, finding: .none)
        }
        #expect(throws: SpotCheckFailure.forbidden("这是下级单位的抽查记录,只能查看")) { try submit(&world, by: "province") }
        #expect(throws: SpotCheckFailure.notFound) { try submit(&world, by: "qinshui") }
        #expect(try world.completion("city")?.checked == 0, "a draft counts for nothing")
        let problems = try submit(&world)
        #expect(problems.count == 1)
        #expect(try world.completion("city")?.mustChecked == 1)
        #expect(throws: SpotCheckFailure.refused("记录已提交,不能再改")) { try submit(&world) }
        let path = try world.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT authority_id FROM problem_office WHERE problem_id = \(problems[0]) ORDER BY position
                """
            ) { row throws(StorageError) in row.next() as String }
        }
        #expect(path == ["city", "qinshui"], "level by level to the office that regulates the enterprise")
        let told = try world.read { session throws(StorageError) in
            try session.first(
                "SELECT count(*) FROM outbox WHERE recipient_id = 'E2' AND message LIKE '%视频黑屏%'"
            ) { row throws(StorageError) in row.next() as Int } ?? 0
        }
        #expect(told > 0, "JC-04: the enterprise has it among its tasks")
        // The enterprise reads its own record, another does not.
        for (scope, isSeen) in [(Scope.enterprise("E2"), true), (.enterprise("E3"), false)] {
            let found = try world.read { session throws(StorageError) in
                try SpotCheckRecordStore.find(id, scope: scope, in: &session)
            }
            #expect((found != nil) == isSeen)
        }
    }

    @Test(arguments: Engine.underTest)
    func `XC-05 nobody checks outside the jurisdiction; facts must be fresh, and of the day`(engine: Engine) throws {
        var world = try World(engine)
        try world.start()
        #expect(throws: SpotCheckFailure.notFound) { try world.check(8, by: "qinshui") }
        world.context.now = World.at(9)
        let id = try world.write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.open(
                "E1", office: "qinshui", inspectors: "王敏", contact: "1", context: &context, in: &session)
        }
        func submit(_ world: inout World) throws(SpotCheckFailure) {
            try world.write { context, session throws(SpotCheckFailure) in
                _ = try SpotCheckRecordOperations.submit(
                    id, { World.fill(&$0) }, finding: .none, scope: .authority("qinshui"), context: &context,
                    in: &session)
            }
        }
        world.context.now = World.at(11, 1)
        #expect(throws: SpotCheckFailure.refused("系统取数已超过 2 小时,请先重取再提交")) { try submit(&world) }
        try world.write { context, session throws(SpotCheckFailure) in
            try SpotCheckRecordOperations.refresh(
                id, scope: .authority("qinshui"), context: &context, in: &session)
        }
        world.context.now = World.day.next.start
        #expect(throws: SpotCheckFailure.self) { try submit(&world) }
        world.context.now = World.at(12)
        try submit(&world)
    }

    @Test(arguments: Engine.underTest)
    func `XC-20 XC-23 a day is qualified with quota and must-checks, and is short otherwise; reminders come in time`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.start()
        try world.level(0, .orange, at: World.at(8))
        for number in [1, 2, 3] { try world.check(number, by: "qinshui") }
        try world.elapse(to: World.at(16))
        #expect(try world.notices(to: "qinshui", like: "今日抽查还没有完成") == 1)
        let short = try #require(try world.completion("qinshui"))
        #expect(short.shortfall == "必抽还差 1 家(共 1 家),定额还差 1 家(共 4 家)")
        world.context.now = World.at(17)
        try world.check(0, by: "qinshui")
        #expect(try world.completion("qinshui")?.isQualified == true)
        try world.elapse(to: World.at(21))
        #expect(try world.notices(to: "qinshui", like: "今日抽查还没有完成") == 1, "who is done is not reminded")
        #expect(try world.notices(to: "zezhou", like: "今日抽查还没有完成") == 2)
        try world.elapse(to: World.day.next.start + .minutes(1))
        #expect(try world.notices(to: "qinshui", like: "沁水县应急管理局 2026-11-23 抽查不合格") == 0)
        #expect(try world.notices(to: "city", like: "泽州县应急管理局 2026-11-23 抽查不合格") == 1)
        // XC-22: those just checked weigh least in tomorrow's lot.
        let draw = try #require(
            try world.read { session throws(StorageError) in
                try SpotCheckStore.draw(World.day.next, of: "qinshui", scope: .system, in: &session)
            })
        #expect(draw.candidates.allSatisfy { $0.weight == 5 })
    }

    @Test(arguments: Engine.underTest)
    func `XC-21 a plan's turns are on the list, its period ends with what it came to`(engine: Engine) throws {
        var world = try World(engine)
        let plan = try world.write { context, session throws(SpotCheckFailure) in
            try RotationPlanOperations.create(
                name: "涂料", industries: ["涂料"], regions: ["140500"], enterprises: [], period: .week,
                startsOn: World.day, endsOn: nil, office: "city", context: &context, in: &session)
        }
        #expect(throws: SpotCheckFailure.self) {
            try world.write { context, session throws(SpotCheckFailure) in
                try RotationPlanOperations.create(
                    name: "错", industries: [], regions: ["14"], enterprises: [], period: .week, startsOn: World.day,
                    endsOn: nil, office: "city", context: &context, in: &session)
            }
        }
        try world.start()
        // E0, E3, E6, E9, E12: five members in seven days.
        for ago in 0..<7 {
            let day = Day(number: World.day.number + Int32(ago))
            try world.elapse(to: day.start + .hours(9))
            for item in try world.list("city", on: day) where item.category == .rotation && ago < 5 {
                try world.check(Int(item.enterprise.rawValue.dropFirst()) ?? 0, by: "city")
            }
        }
        try world.elapse(to: World.day.start + .days(7) + .minutes(1))
        let period = try #require(
            try world.read { session throws(StorageError) in
                try RotationPlanStore.periods(of: plan, limit: 9, in: &session).first
            })
        #expect(period.members == 5 && period.covered == 5 && period.missing == [])
        #expect(period.window == World.day...Day(number: World.day.number + 6))
        let found = try world.read { session throws(StorageError) in
            try RotationCoverageQuery.all(
                on: Day(number: World.day.number + 7), scope: .authority("province"), in: &session)
        }
        #expect(found.first?.coverage.covered == 0 && found.first?.members.count == 5, "a new period begins")
        let hidden = try world.read { session throws(StorageError) in
            try RotationPlanStore.all(scope: .authority("qinshui"), in: &session).count
        }
        #expect(hidden == 0)
    }
}

@Suite(.timeLimit(.minutes(3))) struct DutyCallFlowTests {
    typealias World = SpotCheckWorld

    private func call(
        _ world: inout World, _ target: DutyCall.Target, by office: AuthorityID = "city", minutes: Int = 5
    ) throws(SpotCheckFailure) -> DutyCallID {
        try world.write { context, session throws(SpotCheckFailure) in
            try DutyCallOperations.call(
                target, minutes: minutes, question: "", office: office, context: &context, in: &session)
        }
    }

    private func answer(_ world: inout World, _ id: DutyCallID, _ scope: Scope) throws(SpotCheckFailure) {
        try world.write { context, session throws(SpotCheckFailure) in
            _ = try DutyCallOperations.answer(
                id, name: "张三", text: "两人在岗", scope: scope, context: &context, in: &session)
        }
    }

    private func state(_ world: World, _ id: DutyCallID) throws -> DutyCall.State? {
        try world.read { session throws(StorageError) in
            try DutyCallStore.find(id, scope: .system, in: &session)?.call.state
        }
    }

    @Test(arguments: Engine.underTest)
    func `XC-28 a duty call is answered, late or missed; both are told; column 10 shows it`(engine: Engine) throws {
        var world = try World(engine)
        try world.start()
        world.context.now = World.at(10)
        let first = try call(&world, .enterprise("E1"))
        let second = try call(&world, .authority("qinshui"))
        #expect(try world.notices(to: "E1", like: "查岗:晋城市应急管理局") == 1)
        #expect(throws: SpotCheckFailure.forbidden("查岗由被查单位的值班人员应答")) {
            try answer(&world, first, .authority("city"))
        }
        #expect(throws: SpotCheckFailure.notFound) { try answer(&world, first, .enterprise("E2")) }
        world.context.now = World.at(10, 2)
        try answer(&world, first, .enterprise("E1"))
        #expect(throws: SpotCheckFailure.refused("这次查岗已经应答过")) { try answer(&world, first, .enterprise("E1")) }
        try world.elapse(to: World.at(10, 6))
        #expect(try state(world, first) == .answered)
        #expect(try state(world, second) == .missed)
        #expect(try world.notices(to: "city", like: "查岗未应答:沁水县应急管理局") == 1)
        #expect(try world.notices(to: "qinshui", like: "查岗未按时应答") == 1)
        try answer(&world, second, .authority("qinshui"))
        #expect(try state(world, second) == .late)
        #expect(try world.notices(to: "city", like: "查岗迟应答") == 1)
        let counts = try world.read { session throws(StorageError) in
            try DutyCallStore.counts(since: World.day.start, scope: .authority("city"), in: &session)
        }
        #expect(counts == [.waiting: 0, .answered: 1, .missed: 0, .late: 1])
        let facts = try world.read { session throws(StorageError) in
            try SpotCheckFactsQuery.facts(of: "E1", at: World.at(11), scope: .authority("city"), in: &session)
        }
        #expect(facts?.dutyCall == "查岗 10:00 按时应答(2 分 0 秒),张三")
    }

    @Test(arguments: Engine.underTest)
    func `an office calls what is below it, never beside or above`(engine: Engine) throws {
        var world = try World(engine)
        try world.start()
        #expect(throws: SpotCheckFailure.notFound) { try call(&world, .enterprise("E8"), by: "qinshui") }
        #expect(throws: SpotCheckFailure.notFound) { try call(&world, .authority("city"), by: "qinshui") }
        #expect(throws: SpotCheckFailure.notFound) { try call(&world, .authority("city"), by: "city") }
        #expect(throws: SpotCheckFailure.refused("应答时限是 1–60 分钟")) {
            try call(&world, .enterprise("E1"), minutes: 0)
        }
        _ = try call(&world, .authority("park"), by: "center")
        // Missed while nobody was there: found at the next start.
        let id = try call(&world, .enterprise("E1"))
        world.context.now = World.day.start + .days(2)
        try world.act()
        #expect(try state(world, id) == .missed)
    }
}
