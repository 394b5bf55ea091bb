import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Climbing in the database: who is told by what, what stops it, that it survives.
@Suite struct ClimbOperationsTests {
    private static let start = Timestamp(milliseconds: 1_795_410_000_000)

    private struct World {
        let database: Database
        var context: OperationContext

        init(_ engine: Engine) throws {
            database = try engine.database()
            context = OperationContext(
                now: ClimbOperationsTests.start, actor: "system", ids: IdentifierSource(seed: 3))
            try database.write { session throws(StorageError) in try Self.register(in: &session) }
        }

        private static func register(in session: inout Session) throws(StorageError) {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES ('province', 'province', '省厅', '140000', NULL, 0),
                    ('city', 'city', '市局', '140500', 'province', 0), ('county', 'county', '县局', '140525', 'city', 0)
                """)
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, phone, created_at)
                VALUES ('e', '一厂', '140525', 'county', '0356-7119', 0)
                """)
            try session.execute("INSERT INTO visibility (authority_id, enterprise_id) VALUES ('county', 'e')")
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES ('h', 'e', '罐区', 'tank', 1, 0)
                """)
            for (id, role) in [("u1", "principal"), ("u2", "technical"), ("u3", "operations")] {
                try session.execute(
                    """
                    INSERT INTO person (id, enterprise_id, name, phone, created_at)
                    VALUES (\(id), 'e', \(id), '13900000001', 0)
                    """)
                try session.execute(
                    """
                    INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                    VALUES (\("r" + id), 'h', \(role), \(id), 0)
                    """)
            }
            for (id, kind, stage) in [("s", ChannelKind.sms, ChannelStage.first), ("v", .voice, .climb)] {
                let channel = ChannelRecord(
                    id: id, kind: kind, name: id, owner: .platform, isEnabled: true, levels: Set(Level.warnings),
                    takesNotices: false, stage: stage, limitPerMinute: nil, settings: ChannelSettings(), secrets: [:])
                try ChannelStore.save(channel, at: ClimbOperationsTests.start, by: "admin", in: &session)
            }
        }

        mutating func level(_ level: Level) throws {
            let new = context
            context = try database.write { session throws(StorageError) in
                var context = new
                try WarningOperations.riskChanged(
                    hazard: "h", to: level, cause: [:], context: &context, in: &session)
                return context
            }
        }

        /// What the escalator does at an instant, with a context of its own: nothing is remembered between.
        func elapse(at now: Timestamp) throws {
            try database.write { session throws(StorageError) in
                var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 9))
                _ = try ClimbOperations.runDue(context: &context, in: &session)
            }
        }

        func warning() throws -> WarningID? {
            try database.read { session throws(StorageError) in
                try session.first("SELECT id FROM warning ORDER BY ordinal DESC LIMIT 1") { row throws(StorageError) in
                    row.next() as WarningID
                }
            }
        }

        func due() throws -> Timestamp? {
            let id = try warning()?.rawValue ?? ""
            return try database.read { session throws(StorageError) in
                try DueStore.at(.climb, id: id, in: &session)
            }
        }

        /// `recipient by channel` of everything that climbed.
        func told() throws -> [String] {
            try database.read { session throws(StorageError) in
                try session.rows(
                    "SELECT recipient_id || ' ' || channel FROM outbox WHERE step = 'climb' ORDER BY created_at, 1"
                ) { row throws(StorageError) in row.next() as String }
            }
        }

        func acknowledge(at now: Timestamp) throws {
            guard let id = try warning() else { return }
            try database.write { session throws(WarningFailure) in
                var context = OperationContext(now: now, actor: "u1", ids: IdentifierSource(seed: 4))
                _ = try WarningOperations.perform(
                    .acknowledge(by: "u1", note: ""), on: id, scope: .system, context: &context, in: &session)
            }
        }

        func faults() throws -> [String] {
            try database.read { session throws(StorageError) in try WarningAudit.faults(in: &session) }
        }
    }

    @Test(arguments: Engine.underTest)
    func `nobody acknowledges: the persons by voice, the duty phone, the county's desk`(engine: Engine) throws {
        var world = try World(engine)
        try world.level(.red)
        #expect(try world.due() == Self.start + .minutes(5))
        try world.elapse(at: Self.start + .minutes(5))
        #expect(
            try world.told()
                == ["u1 portal", "u1 voice:v", "u2 portal", "u2 voice:v", "u3 portal", "u3 voice:v"])
        try world.elapse(at: Self.start + .minutes(10))
        #expect(try world.told().suffix(3) == ["e portal", "e sms:s", "e voice:v"])
        #expect(
            try world.database.read { session throws(StorageError) in
                try UrgentWarning.list(scope: .authority("county"), in: &session)
            }.isEmpty)
        try world.elapse(at: Self.start + .minutes(15))
        #expect(try world.told().suffix(3) == ["county portal", "county sms:s", "county voice:v"])
        #expect(try world.due() == nil)
        let urgent = try world.database.read { session throws(StorageError) in
            try UrgentWarning.list(scope: .authority("county"), in: &session)
        }
        #expect(urgent.map(\.level) == [.red])
        #expect(urgent.first?.phone == "0356-7119")
        let counts = try world.database.read { session throws(StorageError) in
            try ClimbCount.list(
                from: Self.start - .days(1), until: Self.start + .days(1), scope: .authority("county"), in: &session)
        }
        #expect(counts.map(\.office) == ["县局"])
        #expect(counts.first?.steps == [.nextChannel: 1, .dutyPhone: 1, .desk: 1])
        #expect(counts.first?.warnings == 1)
        #expect(try world.faults() == [])
        try world.acknowledge(at: Self.start + .minutes(20))
        #expect(
            try world.database.read { session throws(StorageError) in
                try UrgentWarning.list(scope: .authority("county"), in: &session)
            }.isEmpty)
    }

    @Test(arguments: Engine.underTest) func `an acknowledgement stops it, a fall to blue too`(engine: Engine) throws {
        var world = try World(engine)
        try world.level(.orange)
        try world.acknowledge(at: Self.start + .minutes(4))
        #expect(try world.due() == nil)
        try world.elapse(at: Self.start + .hours(1))
        #expect(try world.told() == [])

        var other = try World(engine)
        try other.level(.orange)
        other.context.now = Self.start + .minutes(3)
        try other.level(.blue)
        #expect(try other.due() == nil)
        try other.elapse(at: Self.start + .hours(1))
        #expect(try other.told() == [])
        #expect(try other.faults() == [])
    }

    @Test(arguments: Engine.underTest) func `a worse colour begins again, and again after it was acknowledged`(
        engine: Engine
    ) throws {
        var world = try World(engine)
        try world.level(.yellow)
        #expect(try world.due() == Self.start + .minutes(15))
        try world.elapse(at: Self.start + .minutes(15))
        world.context.now = Self.start + .minutes(16)
        try world.level(.red)
        #expect(try world.due() == Self.start + .minutes(21))
        try world.acknowledge(at: Self.start + .minutes(17))
        #expect(try world.due() == nil)
        // A context of its own, as after a restart.
        world.context = OperationContext(now: Self.start, actor: "system", ids: IdentifierSource(seed: 5))
        world.context.now = Self.start + .minutes(30)
        try world.level(.yellow)
        #expect(try world.due() == nil)
        world.context.now = Self.start + .minutes(31)
        try world.level(.orange)
        #expect(try world.due() == Self.start + .minutes(41))
        #expect(try world.faults() == [])
    }

    @Test(arguments: Engine.underTest)
    func `after an outage each missed step is made up once, and says so`(engine: Engine) throws {
        var world = try World(engine)
        try world.level(.red)
        try world.elapse(at: Self.start + .hours(2))
        try world.elapse(at: Self.start + .hours(3))
        #expect(try world.told().count == 6 + 3 + 3)
        let late = try world.database.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM outbox WHERE step = 'climb' AND is_late = 1") {
                row throws(StorageError) in row.next() as Int
            }
        }
        #expect(late == 12)
        #expect(try world.faults() == [])
    }

    @Test(arguments: Engine.underTest)
    func `warnings from before climbing was known are followed from the start on`(engine: Engine) throws {
        var world = try World(engine)
        try world.level(.red)
        try world.database.write { session throws(StorageError) in
            try session.execute("DELETE FROM climb")
            try session.execute("DELETE FROM due WHERE kind = 'climb'")
        }
        try world.database.write { session throws(StorageError) in
            var context = OperationContext(
                now: Self.start + .minutes(7), actor: "system", ids: IdentifierSource(seed: 9))
            try ClimbOperations.arm(context: &context, in: &session)
        }
        #expect(try world.due() == Self.start + .minutes(12))
    }

    @Test func `stricter rules hold for what begins after them`() throws {
        var world = try World(.sqlite)
        let rules = ClimbRules(within: PerWarningLevel(yellow: .minutes(4), orange: .minutes(3), red: .minutes(2)))
        let start = world.context
        try world.database.write { session throws(RegistryFailure) in
            var context = start
            try SettingOperations.save(
                rules, under: ClimbStore.rulesKey, by: .system, context: &context, in: &session)
        }
        try world.level(.red)
        #expect(try world.due() == Self.start + .minutes(2))
        let lax = ClimbRules(within: PerWarningLevel(yellow: .minutes(40), orange: .minutes(3), red: .minutes(2)))
        #expect(throws: RegistryFailure.self) {
            try world.database.write { session throws(RegistryFailure) in
                var context = start
                try SettingOperations.save(
                    lax, under: ClimbStore.rulesKey, by: .system, context: &context, in: &session)
            }
        }
    }
}
