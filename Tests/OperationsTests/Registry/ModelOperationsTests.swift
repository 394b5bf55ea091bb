import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Versions of the risk model: by two persons, for the whole system, from their hour on.
@Suite struct ModelOperationsTests {
    typealias Fixture = RegistryFixture
    private let proposal: JSON = ["levels": ["yellow": .number(39), "hysteresis": .number(2)]]

    private func due(_ database: Database) throws -> [DueStore.Row] {
        try database.look { session throws(StorageError) in
            try DueStore.due(.risk, through: .distantFuture, limit: 1_000, in: &session)
        }
    }

    @Test(arguments: Engine.underTest)
    func `A version takes effect at its hour once a second person approved it, and calls for every source`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "first")
        let start = context.now
        let version = try database.write { session throws(ModelFailure) in
            try ModelOperations.propose(
                proposal, effectiveAt: start + .hours(1), reason: "汛期收紧", by: .system, context: &context,
                in: &session)
        }
        #expect(
            database.refusal { session throws(ModelFailure) in
                try ModelOperations.approve(version, by: .system, context: &context, in: &session)
            } == .forbidden("提出人不能批准自己提出的模型,要由第二个人批准"))
        context.actor = "second"
        let county = RegistryEditor(scope: .authority("140521"), role: .admin)
        #expect(
            database.refusal { session throws(ModelFailure) in
                try ModelOperations.approve(version, by: county, context: &context, in: &session)
            } == .forbidden("风险模型由另一位全系统管理员批准"))
        try database.write { session throws(ModelFailure) in
            try ModelOperations.approve(version, by: .system, context: &context, in: &session)
        }
        let sources = try database.look { session throws(StorageError) in try RiskStore.sources(in: &session).count }
        #expect(sources > 0)
        #expect(try due(database).map(\.at) == Array(repeating: start + .hours(1), count: sources))
        try database.look { session throws(StorageError) in
            let before = try RiskStore.model(at: start + .minutes(59), in: &session)
            let after = try RiskStore.model(at: start + .hours(1), in: &session)
            #expect(before == .standard)
            #expect(after.version == version && after.levels.yellow == 39 && after.levels.orange == 60)
            #expect(try ModelVersionStore.nextEffective(after: start, in: &session) == start + .hours(1))
            #expect(try ModelVersionStore.nextEffective(after: start + .hours(1), in: &session) == nil)
        }
        #expect(
            database.refusal { session throws(ModelFailure) in
                try ModelOperations.giveBack(version, note: "晚了", by: .system, context: &context, in: &session)
            } == .refused("这一版已经有了决定"))
    }

    @Test(arguments: Engine.underTest)
    func `A model that cannot be is refused by the name of its parameter, and a given-back one never counts`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "first")
        let upsideDown: JSON = ["levels": ["yellow": .number(70)]]
        let refusal = database.refusal { session throws(ModelFailure) in
            try ModelOperations.propose(
                upsideDown, effectiveAt: context.now, reason: "试", by: .system, context: &context, in: &session)
        }
        guard case .parameter(let error) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(error.member == "levels")
        #expect(
            database.refusal { session throws(ModelFailure) in
                try ModelOperations.propose(
                    proposal, effectiveAt: context.now, reason: "  ", by: .system, context: &context, in: &session)
            } == .refused("没有写理由"))
        let version = try database.write { session throws(ModelFailure) in
            try ModelOperations.propose(
                proposal, effectiveAt: context.now, reason: "试", by: .system, context: &context, in: &session)
        }
        context.actor = "second"
        try database.write { session throws(ModelFailure) in
            try ModelOperations.giveBack(version, note: "依据不足", by: .system, context: &context, in: &session)
        }
        try database.look { session throws(StorageError) in
            #expect(try RiskStore.model(at: context.now + .days(1), in: &session) == .standard)
            #expect(try ModelVersionStore.list(limit: 5, in: &session).first?.note == "依据不足")
        }
    }
}
