import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite struct CommitmentOperationsTests {
    private let day = CommitmentWorld.day
    private let ten = CommitmentWorld.ten

    @Test(arguments: Engine.underTest)
    func `SJ-17 JC-16 a commitment at 09:59:59.999 counts, one at ten does not; the lists are behind the rate`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        #expect(try world.submit(at: ten - .milliseconds(1)).standing.state == .onTime)
        var rate = try world.rate()
        #expect(rate.ratio == (1, 2))
        #expect(rate.onTime.map(\.enterprise) == ["e1"])
        #expect(rate.missing.map(\.enterprise) == ["e2"])

        var late = try CommitmentWorld(engine)
        #expect(try late.submit(at: ten).standing.state == .late)
        rate = try late.rate()
        #expect(rate.ratio == (0, 2))
        #expect(rate.late.map(\.enterprise) == ["e1"])
        #expect(
            try late.submit(CommitmentWorld.draft(at: ten), day: day, at: day.next.start + .hours(1)).standing.state
                == .late)

        var madeUp = try CommitmentWorld(engine)
        let draft = CommitmentWorld.draft(at: ten)
        #expect(try madeUp.submit(draft, day: day, at: day.next.start + .hours(1)).standing.state == .madeUp)
        #expect(try madeUp.rate().madeUp.map(\.enterprise) == ["e1"])
    }

    @Test(arguments: Engine.underTest)
    func `SJ-19 QY-07 what is not whole is refused, each missing item named, and nothing is stored`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        var draft = CommitmentWorld.draft(at: ten - .minutes(2))
        draft.counts[.fireSpecial] = nil
        draft.judgements = []
        do {
            try world.submit(draft, at: ten - .minutes(2))
            Issue.record("it was taken")
        } catch let failure as CommitmentFailure {
            #expect(
                failure
                    == .problems(
                        [.missing(.count(.fireSpecial))] + Judgement.Tier.allCases.map { .missing(.judgement($0)) }))
            #expect(failure.text.contains("特级动火没有填数"))
        }
        #expect(try world.count("commitment") == 0)
        #expect(try world.count("log WHERE stream_kind = 'commitment'") == 0)
    }

    @Test(arguments: Engine.underTest)
    func `A22 the first version decides, a correction is kept beside it, a repetition changes nothing`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        try world.submit(at: ten - .minutes(5))
        var draft = CommitmentWorld.draft(at: ten)
        draft.counts[.fireSecond] = 2
        let second = try world.submit(draft, at: ten + .hours(2))
        #expect(second.version == 2)
        #expect(second.standing == CommitmentStanding(state: .onTime, isByDelegate: false, isCorrected: true))
        #expect(try world.submit(draft, at: ten + .hours(3)).isRepeated)
        let versions = try world.database.read { session throws(StorageError) in
            try CommitmentStore.versions(of: "e1", day: CommitmentWorld.day, scope: .enterprise("e1"), in: &session)
        }
        #expect(versions.map(\.version) == [1, 2])
        #expect(versions.map(\.isCurrent) == [false, true])
        #expect(versions[0].content[.fireSecond] == 0)
        #expect(try world.rate().ratio == (1, 2))
        #expect(try world.rate().onTime[0].standing?.isCorrected == true)
    }

    @Test(arguments: Engine.underTest)
    func `A24 nobody signs for the principal without a record; with it the day shows 代 and does not count`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        let now = ten - .minutes(20)
        for signer: CommitmentSigner in [.person("u2"), .account("a1"), .named("周启明"), .named("韩立羣")] {
            #expect(throws: CommitmentFailure.forbidden("承诺由主要负责人签;他人代签要有书面授权记录")) {
                try world.submit(as: signer, at: now)
            }
        }
        #expect(throws: CommitmentFailure.problems([.missing(.signer)])) { try world.submit(as: .named(" "), at: now) }
        let request = DelegationRequest(
            enterprise: "e1", principal: "u1", delegatePerson: nil, delegateAccount: "a1", from: day, through: day,
            document: "授权书 2026-11")
        let id = try world.act(at: now) { context, session throws(CommitmentFailure) in
            try CommitmentOperations.delegate(
                request, person: nil, by: CommitmentWorld.safety, context: &context, in: &session)
        }
        #expect(try world.notices().contains("u1 登记了代签授权"))
        let receipt = try world.submit(as: .account("a1"), at: now + .minutes(1))
        #expect(receipt.standing == CommitmentStanding(state: .onTime, isByDelegate: true, isCorrected: false))
        #expect(try world.rate().ratio == (0, 2))
        #expect(try world.rate().delegates.map(\.enterprise) == ["e1"])
        // The principal signs after all, in time.
        #expect(try world.submit(at: now + .minutes(2)).standing.isByDelegate == false)
        #expect(try world.rate().ratio == (1, 2))
        try world.act(at: now + .minutes(3)) { context, session throws(CommitmentFailure) in
            try CommitmentOperations.revoke(id, by: CommitmentWorld.safety, context: &context, in: &session)
        }
        #expect(throws: CommitmentFailure.self) { try world.submit(as: .account("a1"), at: now + .minutes(4)) }
    }

    @Test(arguments: Engine.underTest)
    func `A23 JC-16 who stands still commits all the same, only a confirmed long stop of the whole day releases`(
        engine: Engine
    ) throws {
        let world = try CommitmentWorld(engine)
        let start = CommitmentWorld.day.start
        func file(_ id: String, days: Int64, from: Timestamp, confirmed: Bool) throws {
            let until = from + .days(days)
            try world.database.write { session throws(StorageError) in
                try session.execute("DELETE FROM filing")
                try session.execute(
                    """
                    INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at,
                        submitted_at, submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
                    VALUES (\(id), 'e2', 'longStop', 1, '停产', '值守', \(from), \(until), \(from), 'x', 0,
                        \(confirmed ? from : nil), \(confirmed ? from : nil), \(confirmed ? until : nil), '[]')
                    """)
            }
        }
        try file("f1", days: 40, from: start - .days(1), confirmed: false)
        #expect(try world.rate().must.count == 2)
        try file("f2", days: 29, from: start - .days(1), confirmed: true)
        #expect(try world.rate().must.count == 2)
        try file("f3", days: 40, from: start + .milliseconds(1), confirmed: true)
        #expect(try world.rate().must.count == 2)
        try file("f4", days: 40, from: start, confirmed: true)
        let rate = try world.rate()
        #expect(rate.must.map(\.enterprise) == ["e1"])
        #expect(rate.released.map(\.enterprise) == ["e2"])
        #expect(try world.rate(scope: .enterprise("e1")).must.count == 1)
        let tally = try world.database.read { session throws(StorageError) in
            try CommitmentStore.tally(
                from: CommitmentWorld.day, until: CommitmentWorld.day.next, scope: .system, in: &session)
        }
        #expect(tally.map(\.enterprise) == ["e1"])
    }

    @Test(arguments: Engine.underTest)
    func `SJ-17 reminders from nine, the list of the missing at ten, once each, also after an outage`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        try world.arm(at: day.start + .hours(7))
        try world.run(until: day.start + .hours(9) - .milliseconds(1))
        #expect(try world.notices().filter { $0.contains("承诺") } == [])
        try world.run(until: day.start + .hours(9) + .minutes(10))
        #expect(
            try world.notices().filter { $0.contains("承诺") }
                == ["e1 今日安全承诺还没有提交", "e2 今日安全承诺还没有提交", "u1 今日安全承诺还没有提交"])
        try world.submit(at: day.start + .hours(9) + .minutes(20))
        try world.run(until: ten)
        #expect(try world.notices().filter { $0 == "e1 今日安全承诺还没有提交" }.count == 1)
        #expect(try world.notices().filter { $0 == "e2 今日安全承诺还没有提交" }.count == 2)
        #expect(
            try world.notices().filter { $0.contains("10 时未承诺 1 家") } == ["city 10 时未承诺 1 家", "county 10 时未承诺 1 家"])
        // Two days without a server: each day's list is made up, and what was due is not told twice.
        world.context.now = day.next.next.start + .hours(11)
        try world.run(until: world.context.now)
        #expect(try world.notices().filter { $0 == "county 10 时未承诺 2 家" }.count == 2)
        #expect(try world.count("commitment_day WHERE day = \(day.next)") == 2)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-18 QY-07b a plant that is said to stand still and moves is found out, shown to both, and explained`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        var draft = CommitmentWorld.draft(at: day.start + .hours(9))
        draft.counts[.running] = 0
        draft.counts[.stopped] = 1
        #expect(try world.submit(draft, at: day.start + .hours(9)).contradictions == [])
        try world.arm(at: day.start + .hours(9))
        func read(_ value: Double, at instant: Timestamp) throws {
            try world.database.write { session throws(StorageError) in
                try session.execute(
                    """
                    INSERT INTO point_state (point_id, value, value_at, quality, received_at, state, latches)
                    VALUES ('p-e1', \(value), \(instant), 'GOOD', \(instant), 'normal', 0)
                    ON CONFLICT (point_id) DO UPDATE SET value = excluded.value, value_at = excluded.value_at
                    """)
            }
        }
        try read(31, at: day.start + .hours(9) + .minutes(1))
        try world.run(until: day.start + .hours(9) + .minutes(25))
        try read(35, at: day.start + .hours(9) + .minutes(30))
        try world.run(until: day.start + .hours(9) + .minutes(45))
        #expect(try world.count("commitment_contradiction") == 0)
        try read(58, at: day.start + .hours(9) + .minutes(50))
        try world.run(until: day.start + .hours(10) + .minutes(5))
        let found = try world.database.read { session throws(StorageError) in
            try ContradictionStore.list(
                from: CommitmentWorld.day, until: CommitmentWorld.day.next, scope: .authority("county"), in: &session)
        }
        #expect(found.map(\.kind) == [.stoppedButMoving])
        #expect(found.first?.text == "报运行 0 套,但 TI-1022 由 31 到 58 ℃")
        #expect(found.first?.evidence["points"]?.array?.count == 1)
        let told = try world.notices().filter { $0.contains("矛盾") }
        #expect(told.map { $0.split(separator: " ")[0] } == ["county", "e1"])
        let id = try #require(found.first?.id)
        try world.act(at: day.start + .hours(11)) { context, session throws(CommitmentFailure) in
            try CommitmentOperations.explain(
                id, text: "氮气置换升温", by: CommitmentWorld.safety, context: &context, in: &session)
        }
        let other = RegistryEditor(scope: .enterprise("e2"), role: .safety)
        #expect(throws: CommitmentFailure.notFound) {
            try world.act(at: day.start + .hours(11)) { context, session throws(CommitmentFailure) in
                try CommitmentOperations.explain(id, text: "x", by: other, context: &context, in: &session)
            }
        }
        // Corrected: it no longer differs.
        try world.submit(at: day.start + .hours(12))
        #expect(try world.count("commitment_contradiction WHERE resolved_at IS NULL") == 0)
        #expect(try world.count("commitment_contradiction WHERE explanation = '氮气置换升温'") == 1)
    }

    @Test(arguments: Engine.underTest)
    func `SZ-05 SJ-18 a promised high risk is on the list, special work on record is held against a zero`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        var draft = CommitmentWorld.draft(at: day.start + .hours(9))
        draft.riskLevel = .orange
        try world.act(at: day.start + .hours(8)) { context, session throws(DutyFailure) in
            try DutyOperations.recordWork(
                .fireSecond, place: "合成车间", permit: "DH-01", enterprise: "e1", hazard: "h-e1",
                by: CommitmentWorld.safety, context: &context, in: &session)
        }
        let receipt = try world.submit(draft, at: day.start + .hours(9))
        #expect(receipt.contradictions == [.workUndeclared(.fireSecond, records: 1)])
        let high = try world.database.read { session throws(StorageError) in
            try CommitmentStore.highRisk(CommitmentWorld.day, scope: .authority("city"), in: &session)
        }
        #expect(high.map(\.enterprise) == ["e1"])
        #expect(high.first?.contradictions == 1)
    }

    @Test(arguments: Engine.underTest)
    func `QY-06 the form is prepared, sent and signed by the principal; the chain is what was recorded`(
        engine: Engine
    ) throws {
        var world = try CommitmentWorld(engine)
        let now = day.start + .hours(9)
        var draft = CommitmentWorld.draft(at: now)
        draft.judgements = []
        let editor = CommitmentWorld.safety
        func send(_ world: inout CommitmentWorld) throws {
            let kept = draft
            try world.act(at: now) { context, session throws(CommitmentFailure) in
                try CommitmentOperations.prepare(
                    kept, confirmed: [], isSent: true, enterprise: "e1", by: editor, context: &context, in: &session)
            }
        }
        #expect(throws: CommitmentFailure.problems(Judgement.Tier.allCases.map { .missing(.judgement($0)) })) {
            try send(&world)
        }
        for (offset, tier) in Judgement.Tier.allCases.enumerated() {
            let at = now - .minutes(30 - Int64(offset))
            try world.act(at: now) { context, session throws(CommitmentFailure) in
                try CommitmentOperations.judge(
                    tier, unit: "甲班", name: "张一", at: at, enterprise: "e1", by: editor, context: &context,
                    in: &session)
            }
        }
        try send(&world)
        #expect(try world.notices().contains("u1 请签今日承诺"))
        let receipt = try world.act(at: ten - .minutes(2)) { context, session throws(CommitmentFailure) in
            try CommitmentOperations.sign(
                "e1", as: .person("u1"), scope: .enterprise("e1"), context: &context, in: &session)
        }
        #expect(receipt.standing.label == "按时")
        let stored = try world.database.read { session throws(StorageError) in
            try CommitmentStore.current(of: "e1", day: CommitmentWorld.day, scope: .system, in: &session)
        }
        #expect(stored?.content.judgements.map(\.tier) == Judgement.Tier.allCases)
        #expect(stored?.signer == "韩立群")
        #expect(throws: CommitmentFailure.self) {
            try world.act(at: ten) { context, session throws(CommitmentFailure) in
                try CommitmentOperations.urge(
                    "e1", by: CommitmentWorld.duty, from: "县局", context: &context, in: &session)
            }
        }
    }
}
