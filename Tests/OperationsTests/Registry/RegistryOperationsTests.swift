import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite struct RegistryOperationsTests {
    typealias Fixture = RegistryFixture
    private let safety = RegistryEditor(scope: .enterprise("140521001"), role: .safety)
    private let duty = RegistryEditor(scope: .authority("140521"), role: .duty)

    @Test(arguments: Engine.underTest)
    func `what is saved is read back whole, and logged`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        try database.look { session throws(StorageError) in
            #expect(
                try RegistryQueries.hazard("140521001001", scope: .system, in: &session)
                    == (try? Fixture.hazard("140521001")))
            #expect(
                try RegistryQueries.point("140521001L01", scope: .system, in: &session) == Fixture.point("140521001"))
            #expect(
                try RegistryQueries.equipment("140521001E0001", scope: .system, in: &session)
                    == Fixture.tank("140521001"))
            #expect(
                try RegistryQueries.person("u-140521001", scope: .system, in: &session) == Fixture.person("140521001"))
            #expect(
                try RegistryQueries.authorities(scope: .system, in: &session).count == Fixture.authorities.count)
            let log = try session.stream(kind: "registry", id: "140521001L01")
            #expect(log.map(\.entry.kind) == ["pointSaved"])
            #expect(log.first.flatMap { MonitoringPoint(json: $0.entry.payload) } == Fixture.point("140521001"))
        }
    }

    @Test(arguments: Engine.underTest)
    func `SJ-22 a loosened limit waits for the regulator, a tightened one does not`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "safety")
        var point = Fixture.point("140521001")
        point.limits.high = 8.5
        let tight = point
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.save(tight, by: safety, context: &context, in: &session)
        }
        point.limits.high = 9.5
        let loose = point
        let refusal = database.refusal { session throws(RegistryFailure) in
            try RegistryOperations.save(loose, by: safety, context: &context, in: &session)
        }
        #expect(refusal == .violations([Violation(.high, "由 8.5 改为 9.5,属于放宽,要由监管单位批准")]))
        let id = try database.write { session throws(RegistryFailure) in
            try PointChangeOperations.request(loose, reason: "工艺变更", by: safety, context: &context, in: &session)
        }
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try PointChangeOperations.request(loose, reason: "再来", by: safety, context: &context, in: &session)
            } == .refused("这个点位已有一份申请在等批准"))
        // Neither the enterprise, nor another county, nor the one who asked.
        context.actor = "officer"
        for editor in [safety, RegistryEditor(scope: .authority("140525"), role: .duty)] {
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try PointChangeOperations.decide(
                        id, isApproved: true, note: nil, by: editor, context: &context, in: &session)
                } != nil)
        }
        context.actor = "safety"
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try PointChangeOperations.decide(
                    id, isApproved: true, note: nil, by: duty, context: &context, in: &session)
            } == .forbidden("申请人不能批准自己的申请"))
        context.actor = "officer"
        let now = try database.write { session throws(RegistryFailure) in
            try PointChangeOperations.decide(
                id, isApproved: true, note: nil, by: duty, context: &context, in: &session)
        }
        #expect(now?.limits.high == 9.5)
        try database.look { session throws(StorageError) in
            let stored = try RegistryQueries.point(loose.id, scope: .system, in: &session)
            #expect(stored == loose)
            let kinds = try session.stream(kind: "registry", id: "140521001L01").map(\.entry.kind)
            #expect(
                kinds == ["pointSaved", "pointSaved", "pointChangeRequested", "pointChangeApproved", "pointSaved"])
            let listed = try LimitChangeStore.list(limit: 10, scope: .authority("140521"), in: &session)
            #expect(listed.map(\.isApproved) == [true])
            #expect(try LimitChangeStore.list(limit: 10, scope: .authority("140525"), in: &session).isEmpty)
        }
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try PointChangeOperations.decide(
                    id, isApproved: false, note: "晚了", by: duty, context: &context, in: &session)
            } == .refused("这份申请已经有了决定"))
    }

    @Test(arguments: Engine.underTest)
    func `SJ-22 with an alarm open even a tightened limit waits for the regulator`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "safety")
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                    current_state, current_since, side_since, chain_id, occurrences)
                VALUES ('a1', '140521001L01', '140521001001', '140521001', 'level', \(context.now), 'high', 'high',
                    'high', \(context.now), \(context.now), 'a1', 1)
                """)
        }
        var point = Fixture.point("140521001")
        point.limits.low = 1.5
        let changed = point
        let refusal = database.refusal { session throws(RegistryFailure) in
            try RegistryOperations.save(changed, by: safety, context: &context, in: &session)
        }
        guard case .violations(let violations) = refusal else { Issue.record("\(String(describing: refusal))"); return }
        #expect(violations.refusals.map(\.text) == ["点位正在报警,限值、延时和死区的改动要由监管单位批准"])
        let file = Array("企业,编码,名称,类型,单位,量程下限,量程上限,低报\n沁化,140521001L01,T-101 液位,液位,m,0,12,1.5\n".utf8)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.importFile(.points, file: file, by: .system, context: &context, in: &session)
            } != nil)
    }

    @Test(arguments: Engine.underTest)
    func `an import is applied whole or not at all, and a dry run writes nothing`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let header = "企业,编码,名称,类型,单位,量程下限,量程上限,高报,设备\n"
        let good = "沁化,P1,T-101 压力,压力,MPa,0,2.5,1.6,T-101 液氨球罐\n"
        let bad = "沁化,P2,T-101 温度,温度,℃,0,50,60,T-101 液氨球罐\n"
        let refusal = database.refusal { session throws(RegistryFailure) in
            try RegistryOperations.importFile(
                .points, file: Array((header + good + bad).utf8), by: .system, context: &context, in: &session)
        }
        guard case .file(let issues) = refusal else { Issue.record("\(String(describing: refusal))"); return }
        #expect(issues.map(\.line) == ["第 3 行「高报」:60 不小于量程上限 50"])
        let plan = try database.read { session throws(RegistryFailure) in
            try RegistryOperations.dryRun(
                .points, file: Array((header + good).utf8), by: .system, context: &context, in: &session)
        }
        #expect(plan.isApplicable)
        let count = { () throws(StorageError) -> Int in
            try database.look { session throws(StorageError) in
                try RegistryQueries.points(of: "140521001", scope: .system, in: &session).count
            }
        }
        #expect(try count() == 1)
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.importFile(
                .points, file: Array((header + good).utf8), by: .system, context: &context, in: &session)
        }
        #expect(try count() == 2)
        // The same file again changes nothing that matters, and is no error.
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.importFile(
                .points, file: Array((header + good).utf8), by: .system, context: &context, in: &session)
        }
        #expect(try count() == 2)
    }

    @Test(arguments: Engine.underTest)
    func `A29 responsible persons: appointed, replaced, vacated, with findings and history`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let hazard: HazardID = "140521001001"
        let second = Person(id: "u2", employer: .enterprise("140521001"), name: "李四", phone: nil)
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.save(second, by: safety, context: &context, in: &session)
            for role in ResponsibleRole.allCases {
                try RegistryOperations.appoint(
                    "u-140521001", as: role, of: hazard, from: context.now - .days(1), by: safety, context: &context,
                    in: &session)
            }
            try RegistryOperations.appoint(
                "u2", as: .technical, of: hazard, from: context.now, by: safety, context: &context, in: &session)
            try RegistryOperations.vacate(.operations, of: hazard, by: safety, context: &context, in: &session)
        }
        try database.look { session throws(StorageError) in
            let history = try RegistryQueries.history(of: hazard, scope: .system, in: &session)
            #expect(history.inOffice == [.principal: "u-140521001", .technical: "u2"])
            #expect(history.terms.count == 4)
            let found = try RegistryQueries.responsibilityFindings(scope: .authority("140521"), in: &session)
            #expect(found.first?.findings == [.vacant(.operations), .unreachable(.technical, "u2")])
            // The successor's scope holds the source; somebody out of office sees nothing.
            #expect(try RegistryQueries.hazard(hazard, scope: .person("u2"), in: &session) != nil)
        }
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.appoint(
                    "u-140525001", as: .operations, of: hazard, from: context.now, by: .system, context: &context,
                    in: &session)
            } == .violations([Violation(.person, "不是本企业的人员")]))
    }

    @Test(arguments: Engine.underTest)
    func `a gateway's key is stored as a hash, and void when it is replaced or revoked`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let first = try #require(GatewayKey.generate())
        let second = try #require(GatewayKey.generate())
        #expect(first.text.utf8.count == 46)
        #expect(first.text != second.text)
        let id = try database.write { session throws(RegistryFailure) in
            try GatewayOperations.create(
                enterprise: "140521001", name: "中控", key: first, by: .system, context: &context, in: &session)
        }
        #expect(id == "GW-140521001-01")
        func holder(_ key: GatewayKey) throws -> GatewayID? {
            try database.look { session throws(StorageError) in
                try session.first(
                    "SELECT id FROM gateway WHERE key_hash = \(GatewayKey.hash(key.text)) AND revoked_at IS NULL"
                ) { row throws(StorageError) in row.next() }
            }
        }
        #expect(try holder(first) == id)
        try database.write { session throws(RegistryFailure) in
            try GatewayOperations.replaceKey(of: id, key: second, by: .system, context: &context, in: &session)
        }
        #expect(try holder(first) == nil)
        #expect(try holder(second) == id)
        let other = RegistryEditor(scope: .authority("140525"), role: .admin)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try GatewayOperations.revoke(id, by: other, context: &context, in: &session)
            } == .notFound)
        try database.write { session throws(RegistryFailure) in
            try GatewayOperations.revoke(id, by: .system, context: &context, in: &session)
        }
        #expect(try holder(second) == nil)
        let logged = try database.look { session throws(StorageError) in
            try session.stream(kind: "registry", id: id.rawValue)
        }
        #expect(logged.map(\.entry.kind) == ["gatewayCreated", "gatewayKeyReplaced", "gatewayRevoked"])
        #expect(logged.allSatisfy { !$0.entry.payload.text.contains(first.text) })
    }

    @Test func `argon2id accepts the password and nothing else`() throws {
        let hash = try #require(Password.hash("风雨同舟-2026"))
        #expect(hash.hasPrefix("$argon2id$"))
        #expect(Password.verify("风雨同舟-2026", against: hash))
        #expect(!Password.verify("风雨同舟-2027", against: hash))
    }
}
