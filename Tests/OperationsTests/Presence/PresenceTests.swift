import Domain
import Kernel
import Operations
import Storage
import Support
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct PresenceTests {
    typealias Value = IntakeWorld.Value

    static func total(
        _ kind: PresenceKind, _ subject: String, _ seconds: Range<Int64>, now: Int64, in world: IntakeWorld,
        scope: Scope = .system
    ) throws -> OnlineTotal? {
        try world.database.read { session throws(StorageError) in
            try PresenceStore.onlineSeconds(
                kind, window: IntakeWorld.at(seconds.lowerBound)..<IntakeWorld.at(seconds.upperBound),
                now: IntakeWorld.at(now), scope: scope, in: &session)
        }.first { $0.subject == subject }
    }

    static func runDue(_ world: inout IntakeWorld, to second: Int64) throws {
        world.context.now = IntakeWorld.at(second)
        try world.transaction { _, context, session throws(StorageError) in
            _ = try PresenceOperations.runDue(context: &context, in: &session, limit: 100)
            _ = try FilingOperations.runDue(context: &context, in: &session, limit: 100)
        }
    }

    @Test(arguments: Engine.underTest) func `SJ-26 JC-19 an enterprise is online while one of its points is`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), at: 0)
        try world.upload(Value("T1", 5, 300), at: 300)
        try world.elapse(to: 1_000)
        #expect(try Self.total(.point, "G1", 0..<1_000, now: 1_000, in: world)?.time.onlineSeconds == 600)
        #expect(try Self.total(.point, "T1", 0..<1_000, now: 1_000, in: world)?.time.onlineSeconds == 600)
        let enterprise = try Self.total(.enterprise, "e1", 0..<1_000, now: 1_000, in: world)
        #expect(enterprise?.time == OnlineTime(onlineSeconds: 900, dueSeconds: 1_000))
        #expect(enterprise?.firstOnline == IntakeWorld.start)
        // The half-open window: its last second counts, the next does not.
        #expect(try Self.total(.enterprise, "e1", 899..<900, now: 1_000, in: world)?.time.onlineSeconds == 1)
        #expect(try Self.total(.enterprise, "e1", 900..<901, now: 1_000, in: world)?.time.onlineSeconds == 0)
        // What has not passed yet is owed by nobody.
        #expect(try Self.total(.enterprise, "e1", 0..<90_000, now: 1_000, in: world)?.time.dueSeconds == 1_000)
        #expect(try world.count("outbox WHERE recipient_kind = 'enterprise' AND recipient_id = 'e1'") == 1)
        #expect(try Self.total(.enterprise, "e1", 0..<9, now: 9, in: world, scope: .enterprise("e2")) == nil)
    }

    @Test(arguments: Engine.underTest) func `spans outlive a restart and never overlap`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        var generator = SeededGenerator(seed: 5)
        var second: Int64 = 0
        for _ in 0..<60 {
            second += Int64(generator.integer(1...1_300))
            try world.elapse(to: second)
            if generator.chance(0.1) {
                try world.restart(at: second)
                world.context.now = IntakeWorld.at(second)
                try world.transaction { table, context, session throws(StorageError) in
                    try table.begin(in: &session)
                    try PresenceOperations.reconcile(table: &table, context: &context, in: &session)
                    try table.finish(in: &session)
                }
            }
            let point = generator.pick(["G1", "G2", "T1"])
            try world.upload(Value(point, 5, second), at: second)
        }
        let spans = try world.database.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT subject_kind, subject_id, online_from, online_until FROM presence_span
                ORDER BY subject_kind, subject_id, online_from
                """
            ) { row throws(StorageError) in
                (
                    key: (row.next() as String) + (row.next() as String), from: row.next() as Timestamp,
                    until: row.next() as Timestamp?
                )
            }
        }
        #expect(spans.count > 20)
        for (one, next) in zip(spans, spans.dropFirst()) where one.key == next.key {
            #expect(one.until.map { $0 <= next.from } == true)
        }
        #expect(spans.allSatisfy { span in span.until.map { $0 > span.from } ?? true })
        // The enterprise's time is the union of its points' times.
        let ends = IntakeWorld.at(second)
        func set(_ prefix: String) -> SpanSet {
            SpanSet(
                spans.filter { $0.key.hasPrefix(prefix) && $0.from < ends }
                    .map { $0.from..<min($0.until ?? ends, ends) })
        }
        #expect(set("point") == set("enterprise"))
    }

    @Test(arguments: Engine.underTest) func `JC-14 long offline is told to the regulator once, and listed`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), at: 0)
        try world.elapse(to: 700)
        let due: Int64 = 600 + 72 * 3_600
        try Self.runDue(&world, to: due - 1)
        #expect(try world.count("outbox WHERE recipient_kind = 'authority' AND title = '长期离线'") == 0)
        try Self.runDue(&world, to: due)
        try Self.runDue(&world, to: due + 5)
        #expect(try world.count("outbox WHERE recipient_kind = 'authority' AND title = '长期离线'") == 1)
        let now = IntakeWorld.at(due)
        let ranking = try world.database.read { session throws(StorageError) in
            try OfflineListing.ranking(
                .enterprise, longerThan: PresenceRules.standard.longOffline, scope: .authority("county"), now: now,
                limit: 10, in: &session)
        }
        #expect(ranking.map(\.subject) == ["e1"] && ranking.first?.since == IntakeWorld.at(600))
    }

    @Test(arguments: Engine.underTest) func `QY-02 ten times offline in a month is unstable, a finding`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        for round in 0..<10 {
            let second = Int64(round) * 1_200
            try world.upload(Value("G1", 5, second), at: second)
            try world.elapse(to: second + 700)
        }
        world.context.now = Day(IntakeWorld.at(13_000)).next.start + .minutes(5)
        try world.transaction { _, context, session throws(StorageError) in
            try PresenceOperations.elapse("day", context: &context, in: &session)
        }
        #expect(try world.count("finding WHERE rule = 'unstableConnection' AND point_id IS NULL") == 1)
        #expect(try world.count("finding WHERE rule = 'unstableConnection' AND point_id = 'G1'") == 1)
    }

    static func videos(_ states: (String, Int64)...) -> JSON {
        .array(states.map { ["videoCode": .string($0.0), "online": .integer($0.1)] })
    }

    @Test(arguments: Engine.underTest) func `SJ-16 cameras live by their heartbeats: three missed ones are offline`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let first: JSON = [
            ["videoCode": "V1", "online": 1, "videoName": "中控室北墙", "videoLocaleType": "中控室"],
            ["videoCode": "V2", "online": 1],
        ]
        let outcome = try world.message("video", first, seq: 1, at: 0)
        guard case .accepted(1, let rejected, false) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(rejected.map(\.index) == [1])
        _ = try world.message("video", Self.videos(("V1", 1)), seq: 2, at: 60)
        try Self.runDue(&world, to: 180)
        try Self.runDue(&world, to: 239)
        #expect(try Self.total(.camera, "V1", 0..<239, now: 239, in: world)?.time.onlineSeconds == 239)
        try Self.runDue(&world, to: 240)
        try Self.runDue(&world, to: 400)
        #expect(try Self.total(.camera, "V1", 0..<400, now: 400, in: world)?.time.onlineSeconds == 240)
        _ = try world.message("video", Self.videos(("V1", 1)), seq: 3, at: 400)
        _ = try world.message("video", Self.videos(("V1", 0)), seq: 4, at: 450)
        #expect(try Self.total(.camera, "V1", 0..<500, now: 500, in: world)?.time.onlineSeconds == 290)
        // The heartbeat that changed nothing left no body behind, the others did.
        #expect(try world.count("message WHERE kind = 'video'") == 3)
        let gaps = try world.database.read { session throws(StorageError) in
            try CameraListing.gaps(enterprise: "e1", scope: .system, limit: 10, in: &session)
        }
        #expect(gaps.map(\.hazard) == ["h1"])
    }

    @Test(arguments: Engine.underTest)
    func `A camera out of use is offline, and back in use online with its next heartbeat`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let first: JSON = [["videoCode": "V1", "online": 1, "videoName": "北墙", "videoLocaleType": "中控室"]]
        _ = try world.message("video", first, seq: 1, at: 0)
        func setInUse(_ isInUse: Bool, at second: Int64) throws {
            world.context.now = IntakeWorld.at(second)
            let editor = isInUse ? FilingOperationsTests.enterprise : FilingOperationsTests.regulator
            try world.transaction { _, context, session throws(RegistryFailure) in
                try CameraOperations.setInUse("V1", isInUse, by: editor, context: &context, in: &session)
            }
        }
        try setInUse(false, at: 60)
        #expect(try world.count("camera_state WHERE is_online = 1") == 0)
        try setInUse(true, at: 90)
        _ = try world.message("video", Self.videos(("V1", 1)), seq: 2, at: 120)
        #expect(try Self.total(.camera, "V1", 0..<150, now: 150, in: world)?.time.onlineSeconds == 90)
    }
}

extension IntakeWorld {
    /// A message besides readings, of the enterprise's gateway.
    mutating func message(_ kind: String, _ datas: JSON, seq: Int64, at second: Int64) throws -> IntakeOutcome {
        let body: JSON = [
            "dataSourceCode": "gw-e1", "epoch": "m", "seq": .integer(seq), "type": .string(kind), "datas": datas,
        ]
        var submission = try submission([UInt8](body.text.utf8), at: second)
        submission.body = try MessageBody(body.text)
        return try accept([submission], at: second)[0]
    }
}
