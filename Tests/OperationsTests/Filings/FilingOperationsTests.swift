import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(2))) struct FilingOperationsTests {
    typealias Value = IntakeWorld.Value
    static let enterprise = RegistryEditor(scope: .enterprise("e1"), role: .safety)
    static let regulator = RegistryEditor(scope: .authority("county"), role: .duty)

    static func submit(
        _ kind: FilingKind, _ coverage: FilingCoverage, from: Int64, until: Int64, found: Int64? = nil,
        files: [FilingAttachment] = [], by editor: RegistryEditor = enterprise, at second: Int64,
        in world: inout IntakeWorld
    ) throws -> FilingID {
        world.context.now = IntakeWorld.at(second)
        world.context.actor = "safety"
        defer { world.context.actor = "system" }
        let draft = FilingDraft(
            kind: kind, coverage: coverage, reason: "换密封", measures: "专人监护", from: IntakeWorld.at(from),
            until: IntakeWorld.at(until), foundAt: found.map { IntakeWorld.at($0) })
        return try world.transaction { _, context, session throws(FilingFailure) in
            try FilingOperations.submit(
                draft, attachments: files, of: "e1", by: editor, context: &context, in: &session)
        }
    }

    static func decide(
        _ id: FilingID, isConfirmed: Bool = true, note: String? = nil, by editor: RegistryEditor = regulator,
        as actor: String = "officer", at second: Int64, in world: inout IntakeWorld
    ) throws {
        world.context.now = IntakeWorld.at(second)
        world.context.actor = actor
        defer { world.context.actor = "system" }
        try world.transaction { table, context, session throws(FilingFailure) in
            try FilingOperations.decide(
                id, isConfirmed: isConfirmed, note: note, by: editor, table: &table, context: &context, in: &session)
        }
    }

    static func end(_ id: FilingID, at second: Int64, in world: inout IntakeWorld) throws {
        world.context.now = IntakeWorld.at(second)
        try world.transaction { table, context, session throws(FilingFailure) in
            try FilingOperations.end(id, by: enterprise, table: &table, context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `A32 SJ-25 offline until confirmed, then back to the submission`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), at: 0)
        try world.elapse(to: 700)
        let id = try Self.submit(.damage, .whole, from: 600, until: 5_000, found: 600, at: 1_000, in: &world)
        func time() throws -> OnlineTime? {
            try PresenceTests.total(.enterprise, "e1", 0..<4_000, now: 4_000, in: world)?.time
        }
        #expect(try time() == OnlineTime(onlineSeconds: 600, dueSeconds: 4_000))
        try Self.decide(id, at: 3_000, in: &world)
        // Not from 600, when it broke: from 1000, when it was filed.
        #expect(try time() == OnlineTime(onlineSeconds: 600, dueSeconds: 1_000))
        try Self.end(id, at: 3_500, in: &world)
        #expect(try time() == OnlineTime(onlineSeconds: 600, dueSeconds: 1_500))
    }

    @Test(arguments: Engine.underTest) func `JC-11 what waits longest stands first, what is decided comes after it`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let filed = try [Int64(10), 20, 30, 40].map { second in
            try Self.submit(.plannedStop, .whole, from: 0, until: 90_000, at: second, in: &world)
        }
        try Self.decide(filed[0], at: 50, in: &world)
        try Self.decide(filed[1], at: 60, in: &world)
        // The oldest one asks for a longer end, and so waits since then.
        world.context.now = IntakeWorld.at(70)
        try world.transaction { _, context, session throws(FilingFailure) in
            try FilingOperations.ask(
                filed[0], until: IntakeWorld.at(99_000), reason: "未完工", by: Self.enterprise, context: &context,
                in: &session)
        }
        let order = try world.database.read { session throws(StorageError) in
            try FilingListing.all(scope: .system, now: IntakeWorld.at(80), limit: 9, in: &session).map(\.filing.id)
        }
        #expect(order == [filed[2], filed[3], filed[0], filed[1]])
    }

    @Test(arguments: Engine.underTest) func `a returned filing takes nothing out, and nobody confirms their own`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let id = try Self.submit(.plannedStop, .whole, from: 0, until: 9_000, at: 0, in: &world)
        #expect(throws: FilingFailure.self) { try Self.decide(id, by: Self.enterprise, at: 1, in: &world) }
        #expect(throws: FilingFailure.forbidden("提交人不能确认自己的报备")) {
            try Self.decide(id, as: "safety", at: 1, in: &world)
        }
        let stranger = RegistryEditor(scope: .authority("elsewhere"), role: .duty)
        #expect(throws: FilingFailure.notFound) { try Self.decide(id, by: stranger, at: 1, in: &world) }
        #expect(throws: FilingFailure.refusal(.blankNote)) {
            try Self.decide(id, isConfirmed: false, at: 1, in: &world)
        }
        try Self.decide(id, isConfirmed: false, note: "没有附停车方案", at: 2, in: &world)
        let due = try PresenceTests.total(.enterprise, "e1", 0..<100, now: 100, in: world)?.time.dueSeconds
        #expect(due == 100)
        #expect(throws: FilingFailure.refusal(.notWaiting)) { try Self.decide(id, at: 3, in: &world) }
        #expect(throws: FilingFailure.refused("所选的危险源、点位或视频不是本企业的")) {
            _ = try Self.submit(
                .maintenance, FilingCoverage(points: ["X1"]), from: 0, until: 9_000, at: 4, in: &world)
        }
    }

    @Test(arguments: Engine.underTest) func `a confirmed repair takes its point out of alarms; its end returns it`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        let id = try Self.submit(
            .maintenance, FilingCoverage(points: ["G1"]), from: 0, until: 7_200, at: 0, in: &world)
        #expect(try world.alarms() == ["G1 highHigh highHigh 0- open 1"])
        try Self.decide(id, at: 60, in: &world)
        #expect(try world.alarms() == ["G1 highHigh highHigh 0-60 filing 1"])
        try world.upload(Value("G1", 11, 120), at: 120)
        try Self.end(id, at: 180, in: &world)
        #expect(try world.alarms().last == "G1 highHigh highHigh 180- open 2")
        #expect(try world.level() == .orange)
    }

    @Test(arguments: Engine.underTest) func `a stopped plant still raises its alarms`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        let id = try Self.submit(.plannedStop, .whole, from: 0, until: 7_200, at: 0, in: &world)
        try Self.decide(id, at: 1, in: &world)
        try world.upload(Value("G1", 11, 10), at: 10)
        #expect(try world.alarms() == ["G1 highHigh highHigh 10- open 1"])
        #expect(try world.level() == .orange)
    }

    @Test(arguments: Engine.underTest) func `A17 what is filed is not unfiled silence, and the level stays frozen`(
        engine: Engine
    ) throws {
        func score(filed: Bool) throws -> (Double?, Bool) {
            var world = try IntakeWorld(engine)
            try world.upload(Value("G1", 5, 0), at: 0)
            if filed {
                let id = try Self.submit(
                    .plannedStop, FilingCoverage(hazards: ["h1"]), from: 0, until: 90_000, at: 1, in: &world)
                try Self.decide(id, at: 2, in: &world)
            }
            try world.elapse(to: 3_000)
            return try world.database.read { session throws(StorageError) in
                try session.first("SELECT score, frozen FROM risk WHERE hazard_id = 'h1'") {
                    row throws(StorageError) in (row.next() as Double, row.next() as Bool)
                }
            }.map { ($0.0, $0.1) } ?? (nil, false)
        }
        let open = try score(filed: false)
        let filed = try score(filed: true)
        let (unfiledScore, filedScore) = (try #require(open.0), try #require(filed.0))
        #expect(unfiledScore - filedScore == 6)
        #expect(open.1 && filed.1)
    }

    @Test(arguments: Engine.underTest) func `JC-11 the county is reminded, and the late confirmation is counted`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let id = try Self.submit(.damage, .whole, from: 0, until: 90_000, found: 0, at: 0, in: &world)
        try PresenceTests.runDue(&world, to: 7_199)
        #expect(try world.count("outbox WHERE recipient_id = 'county' AND channel = 'portal'") == 1)
        try PresenceTests.runDue(&world, to: 7_200)
        #expect(try world.count("outbox WHERE recipient_id = 'county' AND channel = 'portal'") == 2)
        try PresenceTests.runDue(&world, to: 14_400)
        #expect(try world.count("outbox WHERE recipient_id = 'county' AND channel = 'portal'") == 3)
        #expect(try world.count("outbox WHERE recipient_id = 'city' AND channel = 'portal'") == 1)
        try Self.decide(id, at: 14_401, in: &world)
        let figures = try world.database.read { session throws(StorageError) in
            try FilingStore.confirmationFigures(
                window: IntakeWorld.at(0)..<IntakeWorld.at(90_000), now: IntakeWorld.at(90_000),
                scope: .authority("city"), in: &session)
        }
        #expect(figures.map(\.inTime) == [0] && figures.map(\.due) == [1])
    }

    @Test(arguments: Engine.underTest) func `it ends by itself after a reminder; an extension is confirmed again`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        let coverage = FilingCoverage(points: ["G1"])
        let id = try Self.submit(.maintenance, coverage, from: 0, until: 36_000, at: 0, in: &world)
        try Self.decide(id, at: 10, in: &world)
        try PresenceTests.runDue(&world, to: 28_800)
        #expect(try world.count("outbox WHERE recipient_id = 'e1' AND title = '报备即将到期'") == 1)
        world.context.actor = "safety"
        try world.transaction { _, context, session throws(FilingFailure) in
            try FilingOperations.ask(
                id, until: IntakeWorld.at(50_000), reason: "配件未到", by: Self.enterprise, context: &context,
                in: &session)
        }
        // Nobody has decided: the old end holds, and the alarm that still stands counts again.
        try world.upload(Value("G1", 11, 35_990), at: 35_990)
        try world.elapse(to: 36_000)
        #expect(try world.alarms().last == "G1 highHigh highHigh 36000- open 1")
        world.context.now = IntakeWorld.at(36_100)
        world.context.actor = "officer"
        try world.transaction { table, context, session throws(FilingFailure) in
            try FilingOperations.decideExtension(
                id, isConfirmed: true, note: nil, by: Self.regulator, table: &table, context: &context, in: &session)
        }
        #expect(try world.alarms().last == "G1 highHigh highHigh 36000-36100 filing 1")
        try PresenceTests.runDue(&world, to: 50_000)
        #expect(try world.count("outbox WHERE recipient_id = 'e1' AND title = '报备已结束'") == 1)
        let spans = try world.database.read { session throws(StorageError) in
            try FilingStore.confirmedSpans(
                .point, window: IntakeWorld.at(0)..<IntakeWorld.at(90_000), scope: .enterprise("e1"), in: &session)
        }
        #expect(spans["G1"] == SpanSet([IntakeWorld.at(0)..<IntakeWorld.at(50_000)]))
    }

    @Test(arguments: Engine.underTest) func `an attachment is seen within the scope only`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        let file = FilingAttachment(name: "停车方案.pdf", content: Array("%PDF-1.7 plan".utf8))
        let id = try Self.submit(
            .plannedStop, .whole, from: 0, until: 9_000, files: [file], at: 0, in: &world)
        #expect(throws: FilingFailure.self) {
            let bad = FilingAttachment(name: "x.pdf", content: Array("MZ".utf8))
            _ = try Self.submit(.plannedStop, .whole, from: 0, until: 9_000, files: [bad], at: 0, in: &world)
        }
        try world.database.read { session throws(StorageError) in
            let entries = try FilingAttachmentStore.list(of: id, in: &session)
            #expect(entries.map(\.mediaType) == ["application/pdf"])
            guard let entry = entries.first else { return }
            let seen = try FilingAttachmentStore.find(entry.id, scope: .authority("county"), in: &session)
            #expect(seen?.content == file.content)
            let unseen = try FilingAttachmentStore.find(entry.id, scope: .enterprise("e2"), in: &session)
            #expect(unseen == nil)
        }
    }

    @Test(arguments: Engine.underTest) func `SJ-21 a point out of use is offline until the county agrees`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), at: 0)
        try world.elapse(to: 1_000)
        let id = try ExemptionTests.request(.outOfUse, of: "G1", minutes: nil, in: &world)
        func time() throws -> OnlineTime? {
            try PresenceTests.total(.point, "G1", 0..<4_000, now: 4_000, in: world)?.time
        }
        #expect(try time() == OnlineTime(onlineSeconds: 600, dueSeconds: 4_000))
        world.context.now = IntakeWorld.at(2_000)
        try ExemptionTests.decide(id, isApproved: true, in: &world)
        #expect(try time() == OnlineTime(onlineSeconds: 600, dueSeconds: 2_000))
    }
}
