import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(20))) struct ExemptionTests {
    typealias Value = IntakeWorld.Value
    static let enterprise = RegistryEditor(scope: .enterprise("e1"), role: .safety)
    static let regulator = RegistryEditor(scope: .authority("county"), role: .duty)

    static func request(
        _ kind: Exemption.Kind, of point: PointID, minutes: Int64?, in world: inout IntakeWorld
    ) throws -> String {
        world.context.actor = "safety"
        let now = world.context.now
        return try world.transaction { _, context, session throws(AlarmFailure) in
            try ExemptionOperations.request(
                kind, point: point, reason: "探头检修", from: now, until: minutes.map { now + .minutes($0) },
                by: enterprise, context: &context, in: &session)
        }
    }

    static func decide(
        _ id: String, isApproved: Bool, by editor: RegistryEditor = regulator, as actor: String = "officer",
        in world: inout IntakeWorld
    ) throws {
        world.context.actor = actor
        defer { world.context.actor = "system" }
        try world.transaction { table, context, session throws(AlarmFailure) in
            try ExemptionOperations.decide(
                id, isApproved: isApproved, note: "同意", by: editor, table: &table, context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `an enterprise alone clears nothing; the regulator's approval does`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        let id = try Self.request(.filing, of: "G1", minutes: 60, in: &world)
        #expect(try world.alarms() == ["G1 highHigh highHigh 0- open 1"])
        #expect(throws: AlarmFailure.self) { try Self.decide(id, isApproved: true, by: Self.enterprise, in: &world) }
        #expect(throws: AlarmFailure.forbidden("申请人不能批准自己的申请")) {
            try Self.decide(id, isApproved: true, as: "safety", in: &world)
        }
        try Self.decide(id, isApproved: true, in: &world)
        #expect(try world.alarms() == ["G1 highHigh highHigh 0-0 filing 1"])
        try world.elapse(to: 299)
        #expect(try world.level() == .orange)
        try world.elapse(to: 300)
        #expect(try world.level() == .blue)
        #expect(throws: AlarmFailure.refused("这份申请已经有了决定")) {
            try Self.decide(id, isApproved: false, in: &world)
        }
    }

    @Test(arguments: Engine.underTest) func `when it ends and the value is still beyond, a new alarm counts`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        let id = try Self.request(.filing, of: "G1", minutes: 60, in: &world)
        try Self.decide(id, isApproved: true, in: &world)
        for minute in 1..<60 { try world.upload(Value("G1", 11, Int64(minute) * 60), at: Int64(minute) * 60) }
        #expect(try world.alarms().count == 1)
        try world.restart(at: 3_590)
        try world.elapse(to: 3_600)
        #expect(try world.alarms().last == "G1 highHigh highHigh 3600- open 1")
        #expect(try world.level() == .orange)
    }

    @Test(arguments: Engine.underTest) func `an alarm during it is recorded but does not count`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 5, 0), at: 0)
        let id = try Self.request(.outOfUse, of: "G1", minutes: nil, in: &world)
        try Self.decide(id, isApproved: true, in: &world)
        try world.upload(Value("G1", 11, 60), at: 60)
        #expect(try world.alarms() == ["G1 highHigh highHigh 60- open 1"] && world.level() == .blue)
        #expect(try world.count("warning") == 0)
    }

    @Test(arguments: Engine.underTest) func `a false alarm ends when the point comes back`(engine: Engine) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("G1", 11, 0), at: 0)
        let id = try Self.request(.falseAlarm, of: "G1", minutes: 600, in: &world)
        try Self.decide(id, isApproved: true, in: &world)
        try world.upload(Value("G1", 5, 60), at: 60)
        try world.upload(Value("G1", 11, 120), at: 120)
        #expect(try world.alarms().last == "G1 highHigh highHigh 120- open 2")
        #expect(try world.level() == .orange)
    }

    @Test(arguments: Engine.underTest) func `by hand only where the last good value lies within the limits`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 9.5, 0), at: 0)
        func alarm(_ world: IntakeWorld) throws -> AlarmID {
            try #require(
                try world.database.read { session throws(StorageError) in
                    try session.first("SELECT id FROM alarm ORDER BY opened_at DESC, id DESC") {
                        row throws(StorageError) in row.next() as AlarmID
                    }
                })
        }
        func clear(_ world: inout IntakeWorld) throws {
            let id = try alarm(world)
            try world.transaction { table, context, session throws(AlarmFailure) in
                try AlarmOperations.clearByHand(
                    id, note: "已处置", scope: .enterprise("e1"), table: &table, context: &context, in: &session)
            }
        }
        #expect(throws: AlarmFailure.cannotClear(.valueBeyondLimit)) { try clear(&world) }
        try world.upload(Value("T1", 8.95, 10, .init("quality", "BAD")), at: 10)
        #expect(throws: AlarmFailure.cannotClear(.valueUnknown)) { try clear(&world) }
        // Within the limit, not yet past the deadband.
        try world.upload(Value("T1", 8.95, 20), at: 20)
        try clear(&world)
        #expect(try world.alarms() == ["T1 high high 0-20 recoveredByHand 1"])
        try world.upload(Value("T1", 9.5, 30), at: 30)
        #expect(try world.alarms().last == "T1 high high 30- open 2")
    }

    @Test(arguments: Engine.underTest) func `new limits that end an alarm are dispelled as such, with a finding`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        try world.upload(Value("T1", 9.5, 0), at: 0)
        try world.database.write { session throws(StorageError) in
            try session.execute("UPDATE point SET high = 9.8 WHERE id = 'T1'")
        }
        world.context.now = IntakeWorld.at(10)
        try world.transaction { table, context, session throws(StorageError) in
            try IntakeOperations.refreshRegister(table: &table, context: &context, in: &session)
        }
        #expect(try world.alarms() == ["T1 high high 0-10 limitChange 1"])
        #expect(try world.findings() == ["alarmEndedByLimitChange": 1])
    }
}
