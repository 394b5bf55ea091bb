import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(5))) struct SpotCheckListTests {
    typealias World = SpotCheckWorld

    @Test(arguments: Engine.underTest)
    func `XC-02 XC-05 XC-23 XC-24 XC-25 XC-26 XC-27 A12 every office has its list at 00:00, of its own enterprises`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.start()
        let quotas = ["center": 3, "province": 3, "city": 4, "qinshui": 4, "energy": 2, "zezhou": 5, "park": 4]
        for (office, quota) in quotas {
            let list = try world.list(AuthorityID(office))
            #expect(list.count { !$0.isReserve } >= quota, "\(office)")
            #expect(try world.completion(AuthorityID(office))?.required == quota, "\(office)")
            #expect(Set(list.map(\.enterprise)).count == list.count)
            let own = try world.read { session throws(StorageError) in
                try session.rows("SELECT enterprise_id FROM visibility WHERE authority_id = \(office)") {
                    row throws(StorageError) in row.next() as EnterpriseID
                }
            }
            #expect(Set(list.map(\.enterprise)).isSubset(of: Set(own)), "XC-05")
        }
        #expect(try world.list("ministry").isEmpty, "the centre does the nation's daily work")
        // Again, and after a restart: nothing changes.
        let before = try world.list("city")
        try world.start(at: World.at(0, 1))
        #expect(try world.list("city") == before)
    }

    @Test(arguments: Engine.underTest)
    func `XC-22 the seed is the log's last row before 00:00, also where the day is made up after an outage`(
        engine: Engine
    ) throws {
        var punctual = try World(engine)
        try punctual.start()
        var late = try World(engine)
        try late.start(at: World.at(9, 30))
        let draws = try [punctual, late].map { world in
            try world.read { session throws(StorageError) in
                try SpotCheckStore.draw(World.day, of: "city", scope: .authority("city"), in: &session)
            }
        }
        let draw = try #require(draws[0])
        #expect(draws[1] == draw, "the same names, whenever the list was made")
        #expect(draw.seed.sequence == 1 && draw.seed.hash.count == 64 && draw.differences().isEmpty)
        func atLog(_ seed: DrawSeed) throws -> [String] {
            try punctual.read { session throws(StorageError) in try DrawSeedStore.differences(seed, in: &session) }
        }
        #expect(try atLog(draw.seed).isEmpty)
        #expect(try !atLog(DrawSeed(day: World.day, sequence: 1, hash: String(repeating: "0", count: 64))).isEmpty)
        #expect(try !atLog(DrawSeed(day: World.day, sequence: 2, hash: draw.seed.hash)).isEmpty)
        #expect(try !atLog(DrawSeed(day: World.day, sequence: 0, hash: draw.seed.hash)).isEmpty)
        #expect(try !atLog(DrawSeed(day: World.day.next, sequence: 1, hash: draw.seed.hash)).isEmpty)
    }

    @Test(arguments: Engine.underTest)
    func `XC-11 XC-23 a special period of an office doubles the lists of it and those below, within what there is`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.database.write { session throws(StorageError) in
            try SpecialPeriodStore.insert(
                SpecialPeriodRecord(
                    id: "sp", authority: "city", authorityName: nil,
                    period: .init(name: "消防演练周", from: World.day, until: World.day), createdAt: World.day.start,
                    createdBy: "admin", endedAt: nil), in: &session)
        }
        try world.start()
        #expect(try world.completion("city")?.required == 8)
        #expect(try world.completion("qinshui")?.required == 4, "all that it has")
        #expect(try world.completion("zezhou")?.required == 8, "ten doubled, but only eight enterprises")
        #expect(try world.completion("province")?.required == 3, "not above")
        #expect(try world.list("city").count { !$0.isReserve } >= 8)
        try world.elapse(to: World.day.next.start + .minutes(1))
        #expect(try world.completion("city", on: World.day.next)?.required == 4)
    }

    @Test(arguments: Engine.underTest)
    func `XC-10 XC-20 days missed in an outage are there, closed as undone, and today's list is whole`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.start()
        world.context.now = World.day.start + .days(3) + .hours(7)
        try world.act()
        for ago in 0..<3 {
            let day = Day(number: World.day.number + Int32(ago))
            let row = try #require(
                try world.read { session throws(StorageError) in
                    try SpotCheckStore.day(day, of: "city", in: &session)
                })
            #expect(try row.closedAt != nil && !world.list("city", on: day).isEmpty)
        }
        #expect(try world.completion("city", on: Day(number: World.day.number + 3))?.required == 4)
        #expect(try world.notices(to: "city", like: "抽查不合格") >= 3)
        #expect(try world.notices(to: "province", like: "晋城市应急管理局 2026-11-23 抽查不合格") == 1)
    }

    @Test(arguments: Engine.underTest)
    func `XC-20 A34 who turns orange later joins every office's list at once, and both are told`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.start()
        #expect(try world.must("city").isEmpty)
        try world.level(11, .yellow, at: World.at(9))
        #expect(try world.must("city").isEmpty, "yellow is no must-check")
        try world.level(11, .orange, at: World.at(13, 1))
        for office in ["center", "province", "city", "zezhou", "park"] {
            #expect(try world.must(AuthorityID(office)) == ["E11"], "\(office)")
            #expect(try world.notices(to: office, like: "必抽新增:企业11") == 1)
        }
        #expect(try world.must("qinshui").isEmpty, "not its enterprise")
        let item = try #require(try world.list("city").first)
        #expect(item.enterprise == "E11" && item.reasons == ["今日出现橙 13:01:00"])
        try world.level(11, .red, at: World.at(14))
        #expect(try world.list("city").first?.reasons == ["今日出现红 14:00:00"])
        // It falls: it stays on the list.
        try world.level(11, .blue, at: World.at(15))
        #expect(try world.must("city") == ["E11"])
        let completion = try #require(try world.completion("city"))
        #expect(completion.must == 1 && !completion.isQualified && completion.required == 4)
        // The next day begins at blue.
        try world.elapse(to: World.day.next.start + .hours(1))
        #expect(try world.must("city", on: World.day.next).isEmpty)
    }

    @Test(arguments: Engine.underTest)
    func `XC-20 an enterprise that begins the day at orange is a must-check of that day as well`(
        engine: Engine
    ) throws {
        var world = try World(engine, at: World.day.start - .hours(3))
        try world.level(2, .orange, at: World.day.start - .hours(3))
        try world.level(3, .red, at: World.day.start - .hours(3))
        try world.level(3, .blue, at: World.day.start)
        try world.start()
        #expect(try world.must("qinshui") == ["E2"], "[from, until): at 00:00:00 the other was blue")
        #expect(try world.list("qinshui").first?.reasons.first?.hasPrefix("0 时仍为橙") == true)
    }

    @Test(arguments: Array(0..<6 as Range<UInt64>))
    func `XC-20 no must-check is ever missed, whatever happens when`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var world = try World(.sqlite)
        try world.start()
        // Our own book: enterprise → was it high today?
        var book: [Day: Set<Int>] = [:]
        var levels: [Int: Level] = [:]
        var now = World.day.start
        let end = World.day.start + .days(3)
        while now < end {
            now = now + .minutes(Int64(generator.integer(1...170)))
            if now >= end { break }
            // The server sometimes sleeps through midnight.
            if generator.chance(0.7) { try world.elapse(to: now) }
            for (number, level) in levels where level >= .orange { book[Day(now), default: []].insert(number) }
            let number = generator.integer(0...13)
            let level = generator.pick(Level.allCases)
            try world.level(number, level, at: now)
            levels[number] = level
            if level >= .orange { book[Day(now), default: []].insert(number) }
        }
        try world.elapse(to: end + .minutes(1))
        for ago in 0..<3 {
            let day = Day(number: World.day.number + Int32(ago))
            // Whoever is high over midnight is high on both days.
            #expect(try world.must("city", on: day).isSuperset(of: Set((book[day] ?? []).map { "E\($0)" })))
            let spans = try world.read { session throws(StorageError) in
                try LevelSpans.all(on: day, scope: .system, in: &session)
            }
            #expect(try world.must("city", on: day) == Set(spans.map(\.enterprise.rawValue)))
        }
        let mended = try world.write { _, session throws(StorageError) in try WarningRebuild.run(in: &session) }
        #expect(mended.filter { $0.contains("level_span") } == [])
    }

    @Test(arguments: Engine.underTest)
    func `A20 with the grace switched on, who turns orange after 22:00 counts among the next day's must-checks`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.write { context, session throws(SpotCheckFailure) in
            try SpotCheckSettings.setGrace(.on, by: .system, context: &context, in: &session)
        }
        try world.start()
        try world.level(0, .orange, at: World.at(21, 59))
        try world.level(1, .orange, at: World.at(22, 0))
        #expect(try world.must("qinshui") == ["E0"])
        #expect(try world.list("qinshui").contains { $0.enterprise == "E1" && $0.isDeferred })
        try world.level(1, .blue, at: World.at(23))
        try world.elapse(to: World.day.next.start + .minutes(1))
        #expect(try world.must("qinshui", on: World.day.next).contains("E1"))
        let entry = try world.list("qinshui", on: World.day.next).first { $0.enterprise == "E1" }
        #expect(entry?.reasons.first == "11-23 22:00:00 转橙,按约定顺延至今日 12:00 前")
    }

    @Test(arguments: Engine.underTest)
    func `SZ-05 SZ-06 SZ-07 JC-14 promised high risk, alarms, violations on camera, long offline come first`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.database.write { session throws(StorageError) in
            for number in 0..<8 {
                try session.execute(
                    """
                    INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, on_delay_ms, off_delay_ms,
                        deadband, created_at)
                    VALUES (\("P\(number)"), \("E\(number)"), \("H\(number)"), 'P', 'level', 'm', 0, 0, 0.1, 0)
                    """)
            }
            for number in 0..<9 {
                let opened = World.day.start - .hours(Int64(20 + number))
                try session.execute(
                    """
                    INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state,
                        worst_state, current_state, current_since, side_since, chain_id, occurrences, cleared_at)
                    VALUES (\("AL\(number)"), 'P6', 'H6', 'E6', 'level', \(opened), 'high', 'high', 'normal', 0, 0, 'c',
                        1, \(opened + .hours(2)))
                    """)
            }
            try session.execute(
                """
                INSERT INTO point_state (point_id, state, latches, offline_since)
                VALUES ('P7', 'normal', 0, \(World.day.start - .hours(90)))
                """)
        }
        try world.start()
        let first = try world.list("zezhou").filter { $0.category == .attention }
        #expect(first.map(\.enterprise) == ["E6", "E7"])
        #expect(first[0].reasons == ["7 天报警 9 次,辖区第 1", "7 天平均消警 120 分钟,辖区第 1 慢"], "SZ-06")
        #expect(first[1].reasons == ["连续离线 90 小时"], "JC-14")
        try world.elapse(to: World.at(9))
        // E0 promises at 9:30 under a high risk: it joins at 10:10.
        try world.database.write { session throws(StorageError) in
            try Self.promise("E0", .orange, in: &session)
            try Self.promise("E1", .yellow, in: &session)
        }
        try world.elapse(to: World.at(10, 9))
        #expect(try !world.list("qinshui").contains { $0.category == .attention })
        try world.elapse(to: World.at(10, 10))
        let joined = try world.list("qinshui").filter { $0.category == .attention }
        #expect(joined.map(\.enterprise) == ["E0"], "SZ-05")
        #expect(joined.first?.reasons == ["11-23 承诺的风险等级为较大"])
        try world.check(5, by: "energy", violation: true)
        try world.elapse(to: World.day.next.start + .minutes(1))
        let next = try world.list("energy", on: World.day.next).filter { $0.category == .attention }
        #expect(next.map(\.enterprise) == ["E5"] && next[0].reasons == ["11-23 视频发现违规违章"], "SZ-07")
    }

    @Test(arguments: Engine.underTest)
    func `SZ-05 JC-14 the level set as high decides; silence that was filed and confirmed is no reason`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        var rules = CommitmentRules.usual
        rules.highRiskFrom = .yellow
        let wanted = rules
        try world.database.write { session throws(StorageError) in
            try CommitmentStore.set(wanted, at: World.day.start, in: &session)
            for number in 6...7 {
                try session.execute(
                    """
                    INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, on_delay_ms, off_delay_ms,
                        deadband, created_at)
                    VALUES (\("P\(number)"), \("E\(number)"), \("H\(number)"), 'P', 'level', 'm', 0, 0, 0.1, 0)
                    """)
                try session.execute(
                    """
                    INSERT INTO point_state (point_id, state, latches, offline_since)
                    VALUES (\("P\(number)"), 'normal', 0, \(World.day.start - .hours(90)))
                    """)
            }
            try session.execute(
                """
                INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at,
                    submitted_at, submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
                VALUES ('f', 'E6', 'longStop', 1, 'x', 'x', 0, \(World.day.start + .days(90)), 0, 'a', 0, 0, 0,
                    \(World.day.start + .days(90)), '')
                """)
            try Self.promise("E0", .yellow, in: &session)
            try Self.promise("E1", .blue, in: &session)
        }
        try world.start(at: World.at(11))
        let zezhou = try world.list("zezhou").filter { $0.category == .attention }
        #expect(zezhou.map(\.enterprise) == ["E7"])
        let qinshui = try world.list("qinshui").filter { $0.category == .attention }
        #expect(qinshui.map(\.enterprise) == ["E0"] && qinshui[0].reasons == ["11-23 承诺的风险等级为一般"])
    }

    private static func promise(
        _ enterprise: String, _ level: Level, in session: inout Session
    ) throws(StorageError) {
        let at = World.at(9, 30)
        try session.execute(
            """
            INSERT INTO commitment (id, enterprise_id, day, version, is_current, received_at, first_received_at, state,
                is_by_delegate, signed_by_delegate, signer, source, actor, risk_level, risk_score, units, running,
                stopped, overhaul, hot_work, special_work, is_starting_or_stopping, has_hidden_danger, content)
            VALUES (\("c-" + enterprise), \(enterprise), \(World.day), 1, 1, \(at), \(at), 'onTime', 0, 0, '孙', 'page',
                'x', \(level), 50.0, 1, 1, 0, 0, 0, 0, 0, 0, '{}')
            """)
    }
}
