import Domain
import Kernel
import Operations
import Storage
import Support
import Testing
import Wire

@Suite(.timeLimit(.minutes(20))) struct IntakeTests {
    typealias Value = IntakeWorld.Value

    @Test(arguments: Engine.underTest) func `High, HighHigh, bad quality, normal: one alarm from start to end`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 9.5, 0), at: 0)
        try world.upload(Value("T1", 10.5, 10), at: 10)
        try world.upload(Value("T1", 5, 20, .init("quality", "BAD")), at: 20)
        #expect(try world.alarms() == ["T1 highHigh highHigh 0- open 1"])
        try world.upload(Value("T1", 5, 30), at: 30)
        #expect(try world.alarms() == ["T1 highHigh highHigh 0-30 recovered 1"])
        try world.upload(Value("T1", 9.5, 60), at: 60)
        #expect(try world.alarms().last == "T1 high high 60- open 2")
    }

    @Test(arguments: Engine.underTest) func `a delay runs out by the clock, and its alarm bears the deadline's time`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("L1", 9.5, 0), at: 0)
        #expect(try world.alarms() == [] && world.table.nextDeadline == IntakeWorld.at(5))
        try world.elapse(to: 8)
        #expect(try world.alarms() == ["L1 high high 5- open 1"])
    }

    @Test(arguments: Engine.underTest) func `an excursion inside one upload is an alarm and raises the level`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), Value("G1", 11, 10), Value("G1", 5, 20), at: 30)
        #expect(try world.alarms() == ["G1 highHigh highHigh 10-20 recovered 1"])
        #expect(try world.level() == .orange)
        #expect(try world.count("warning") == 1 && world.count("warning_alarm") == 1)
        try world.elapse(to: 30 + 299)
        #expect(try world.level() == .orange)
        try world.elapse(to: 30 + 300)
        #expect(try world.level() == .blue)
    }

    @Test(arguments: Engine.underTest) func `within an upload delays run by the values' own times`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("L1", 9.5, 0), Value("L1", 5, 3), at: 30)
        #expect(try world.alarms() == [])
        try world.upload(Value("L1", 5, 60), Value("L1", 9.5, 40), Value("L1", 9.5, 50), at: 61)
        #expect(try world.alarms() == ["L1 high high 45-60 recovered 1"])
    }

    @Test(arguments: Engine.underTest) func `the level rises by time alone at the instant that was foretold`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        #expect(try world.level() == .orange)
        var second: Int64 = 0
        while second < 1_800 {
            second += 60
            try world.upload(Value("G1", 11, second), at: second)
            try world.elapse(to: second)
            #expect(try world.level() == (second < 1_800 ? .orange : .red), "\(second)")
        }
        #expect(try world.count("risk_change") == 2)
    }

    @Test(arguments: Engine.underTest) func `a point of no source alarms all the same`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("F1", 9.5, 0), at: 0)
        #expect(try world.alarms() == ["F1 high high 0- open 1"])
        #expect(try world.count("warning") == 0)
    }

    @Test(arguments: Engine.underTest) func `the same upload again changes nothing, another body is a conflict`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let body = IntakeWorld.body([Value("T1", 9.5, 0), Value("nobody", 1, 0)], seq: 1)
        let first = try world.accept([world.submission(body, at: 0)], at: 0)
        let rejected = [RejectedValue(index: 1, reason: "不认识的 targetCode “nobody”")]
        #expect(first == [.accepted(count: 1, rejected: rejected, isDuplicate: false)])
        let other = IntakeWorld.body([Value("T1", 5, 10)], seq: 1)
        let again = try world.accept([world.submission(body, at: 9), world.submission(other, at: 10)], at: 10)
        #expect(again == [.accepted(count: 1, rejected: rejected, isDuplicate: true), .conflict])
        #expect(try world.alarms() == ["T1 high high 0- open 1"])
        #expect(try world.findings() == ["sequenceConflict": 1] && world.count("upload") == 1)
        let replaced = IntakeWorld.body([Value("T1", 5, 20)], seq: 1, epoch: "2")
        #expect(
            try world.accept([world.submission(replaced, at: 20)], at: 20)
                == [.accepted(count: 1, rejected: [], isDuplicate: false)])
    }

    @Test(arguments: Engine.underTest) func `another enterprise's points are rejected one by one, all of them is 403`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let outcome = try world.upload(Value("X1", 1, 0), Value("T1", 5, 0), at: 0)
        #expect(
            outcome
                == .accepted(
                    count: 1,
                    rejected: [RejectedValue(index: 0, reason: "targetCode “X1”属于别的企业")],
                    isDuplicate: false))
        #expect(try world.upload(Value("X1", 1, 1), at: 1) == .foreign)
        #expect(try world.count("upload") == 1)
    }

    @Test(arguments: Engine.underTest) func `backfill fills the history, raises nothing, and shows a missed alarm`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let mark = JSON.Member("backfill", true)
        try world.upload(Value("T1", 5, 3_600), at: 3_600)
        try world.upload(Value("T1", 11, 0, mark), Value("T1", 11, 10, mark), at: 3_601)
        #expect(try world.alarms() == [] && world.findings() == ["missedAlarmInBackfill": 2])
        // Young values bear the mark in vain; an older value is backfill without it.
        try world.upload(Value("T1", 11, 3_610, mark), at: 3_611)
        #expect(try world.alarms() == ["T1 highHigh highHigh 3610- open 1"])
        #expect(try world.findings()["backfillMarkIgnored"] == 1)
        try world.upload(Value("T1", 5, 3_500), at: 3_612)
        #expect(try world.alarms() == ["T1 highHigh highHigh 3610- open 1"])
    }

    @Test(arguments: Engine.underTest) func `a time far ahead is stored at the server's with the claim kept`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 9.5, 301), at: 0)
        #expect(try world.findings() == ["futureTime": 1])
        #expect(try world.alarms() == ["T1 high high 0- open 1"])
        let payloads = try world.database.read { session throws(StorageError) in
            try UploadStore.payloads(after: 0, limit: 10, in: &session)
        }
        let item = try UploadPayload.decode(payloads[0].bytes).items[0]
        #expect(item.at == IntakeWorld.at(0) && item.claimedAt == IntakeWorld.at(301))
        // The clock put right: the next value is live.
        try world.upload(Value("T1", 5, 10), at: 10)
        #expect(try world.alarms() == ["T1 high high 0-10 recovered 1"])
    }

    @Test(arguments: Engine.underTest) func `the edge's silence is a finding`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        try world.upload(
            Value("T1", 10.5, 0, .init("status", "H")), Value("L1", 5, 0, .init("status", "NORMAL")), at: 0)
        #expect(try world.findings() == ["missedAlarm": 1])
    }

    @Test(arguments: Engine.underTest) func `silence is offline by the clock; it freezes, adds Q, and clears nothing`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 9.5, 0), Value("T1", 10.5, 0), at: 0)
        #expect(try world.level() == .yellow)
        try world.elapse(to: 600)
        #expect(world.table.tracker(at: world.table.place(of: "G1") ?? 0).isOffline)
        #expect(try world.alarms().allSatisfy { $0.hasSuffix("open 1") })
        try world.upload(Value("G1", 5, 700), at: 700)
        // T1 is still silent: the level is frozen, however long.
        try world.elapse(to: 5_000)
        #expect(try world.level() ?? .blue >= .yellow)
        let score = try world.database.read { session throws(StorageError) in
            try session.first("SELECT terms FROM risk WHERE hazard_id = 'h1'") { row throws(StorageError) in
                try row.read(JSON.self)
            }
        }
        let terms = RiskAssessment.terms(from: try #require(score))
        #expect(terms.contains { $0.kind == .data && $0.points == 6 && $0.text.contains("冻结") })
    }
}
