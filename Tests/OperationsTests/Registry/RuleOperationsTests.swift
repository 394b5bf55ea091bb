import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Local rules: stricter only, by two persons.
@Suite struct RuleOperationsTests {
    typealias Fixture = RegistryFixture
    private let admin = RegistryEditor(scope: .authority("140521"), role: .admin)
    private let duty = RegistryEditor(scope: .authority("140521"), role: .duty)

    private func stricter() -> DisposalRules {
        var rules = DisposalRules.statutory
        rules.clocks[.yellow].cautionPeriod = .minutes(30)
        rules.additionalRecipients[.yellow] = [.authority("140500")]
        return rules
    }

    private func inForce(
        _ database: Database, at instant: Timestamp, _ enterprise: EnterpriseID
    ) throws -> DisposalRules {
        try database.look { session throws(StorageError) in
            try RuleStore.rules(for: enterprise, at: instant, base: .statutory, in: &session)
        }
    }

    @Test(arguments: Engine.underTest)
    func `YJ-24 a stricter rule takes effect once a second person approved it, in its own jurisdiction`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "first")
        let start = Fixture.start
        let version = try database.write { session throws(RegistryFailure) in
            try RuleOperations.propose(
                stricter(), for: "140521", effectiveAt: start + .hours(1), reason: "汛期加密", by: admin,
                context: &context, in: &session)
        }
        #expect(try inForce(database, at: start + .days(1), "140521001") == .statutory)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RuleOperations.approve(version, by: duty, context: &context, in: &session)
            } == .forbidden("提出人不能批准自己提出的规则,要由第二个人批准"))
        context.actor = "second"
        let other = RegistryEditor(scope: .authority("140525"), role: .duty)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RuleOperations.approve(version, by: other, context: &context, in: &session)
            } == .notFound)
        try database.write { session throws(RegistryFailure) in
            try RuleOperations.approve(version, by: duty, context: &context, in: &session)
        }
        #expect(try inForce(database, at: start + .minutes(59), "140521001") == .statutory)
        let rules = try inForce(database, at: start + .hours(1), "140521001")
        #expect(rules.clocks[.yellow].cautionPeriod == .minutes(30))
        #expect(rules.additionalRecipients[.yellow] == [.authority("140500")])
        #expect(rules.version == version)
        #expect(try inForce(database, at: start + .hours(1), "140525001") == .statutory)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RuleOperations.giveBack(version, note: "晚了", by: duty, context: &context, in: &session)
            } == .refused("这一版已经有了决定"))
    }

    @Test(arguments: Engine.underTest)
    func `YJ-24 a laxer rule is refused in words, and so is a stranger as recipient`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "first")
        var rules = DisposalRules.statutory
        rules.clocks[.yellow].cautionPeriod = .minutes(61)
        rules.clocks[.red].supervisionDelay = .hours(3)
        rules.reportWithin = .minutes(90)
        rules.additionalRecipients[.red] = [.authority("140525"), .enterprise("140521001")]
        let lax = rules
        let refusal = database.refusal { session throws(RegistryFailure) in
            try RuleOperations.propose(
                lax, for: "140521", effectiveAt: context.now, reason: " ", by: admin, context: &context, in: &session)
        }
        guard case .violations(let violations) = refusal else { Issue.record("\(String(describing: refusal))"); return }
        let texts: [String] = [
            "黄色警示通报间隔不能长于法定的 60 分钟", "红色现场核查督办时限不能长于法定的 120 分钟",
            "消警后上报时限不能长于法定的 60 分钟", "没有填", "“140525”不在本单位的上下级之中", "不能加推给企业",
        ]
        #expect(violations.map(\.text) == texts)
        // A county does not make the city's rules.
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RuleOperations.propose(
                    stricter(), for: "140500", effectiveAt: context.now, reason: "x", by: admin, context: &context,
                    in: &session)
            } == .notFound)
    }

    @Test(arguments: Engine.underTest)
    func `YJ-24 a late approval takes effect from then on, never before`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "first")
        let start = Fixture.start
        let version = try database.write { session throws(RegistryFailure) in
            try RuleOperations.propose(
                stricter(), for: "140521", effectiveAt: start, reason: "汛期", by: admin, context: &context, in: &session)
        }
        context.actor = "second"
        context.now = start + .hours(5)
        try database.write { session throws(RegistryFailure) in
            try RuleOperations.approve(version, by: duty, context: &context, in: &session)
        }
        #expect(try inForce(database, at: start + .hours(4), "140521001") == .statutory)
        #expect(try inForce(database, at: start + .hours(5), "140521001").version == version)
        let listed = try database.write { session throws(RegistryFailure) in
            try RuleOperations.list(by: duty, in: &session)
        }
        #expect(listed.map(\.effectiveAt) == [start + .hours(5)])
    }
}
