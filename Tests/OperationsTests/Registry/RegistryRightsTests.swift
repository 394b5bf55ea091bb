import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Who sees what, and who may write what (domain §1, A10–A13).
@Suite struct RegistryRightsTests {
    typealias Fixture = RegistryFixture

    @Test(arguments: Engine.underTest)
    func `every read is cut to the caller's jurisdiction`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        let all: Set<EnterpriseID> = ["140521001", "140525001"]
        let matrix: [(Scope, Set<EnterpriseID>)] = [
            (.system, all), (.authority("center"), all), (.authority("140000"), all), (.authority("140500"), all),
            (.authority("140521"), ["140521001"]), (.authority("140525"), ["140525001"]),
            (.authority("P140525001"), ["140525001"]), (.authority("140400"), []), (.authority("140404"), []),
            (.authority("energy"), []), (.authority("nobody"), []), (.enterprise("140521001"), ["140521001"]),
            (.person("u-140525001"), []),
        ]
        for (scope, visible) in matrix {
            let seen = try database.look { session throws(StorageError) in
                try RegistryQueries.enterprises(scope: scope, in: &session).map(\.id)
            }
            #expect(Set(seen) == visible, "\(scope)")
            for enterprise in all {
                let parts = try database.look { session throws(StorageError) in
                    let hazard = HazardID(enterprise.rawValue + "001")
                    return [
                        try RegistryQueries.enterprise(enterprise, scope: scope, in: &session) != nil,
                        try RegistryQueries.hazard(hazard, scope: scope, in: &session) != nil,
                        try !RegistryQueries.hazards(of: enterprise, scope: scope, in: &session).isEmpty,
                        try !RegistryQueries.equipment(of: enterprise, scope: scope, in: &session).isEmpty,
                        try RegistryQueries.equipment(
                            EquipmentID(enterprise.rawValue + "E0001"), scope: scope, in: &session) != nil,
                        try !RegistryQueries.points(of: enterprise, scope: scope, in: &session).isEmpty,
                        try RegistryQueries.point(
                            PointID(enterprise.rawValue + "L01"), scope: scope, in: &session) != nil,
                        try !RegistryQueries.people(of: enterprise, scope: scope, in: &session).isEmpty,
                        try RegistryQueries.person(
                            PersonID("u-" + enterprise.rawValue), scope: scope, in: &session) != nil,
                        try EnterpriseOverview.list(limit: 10, scope: scope, in: &session)
                            .contains { $0.id == enterprise },
                        try RegistryQueries.responsibilityFindings(scope: scope, in: &session)
                            .contains { $0.hazard.id == hazard },
                    ]
                }
                let isVisible = visible.contains(enterprise)
                #expect(parts.allSatisfy { $0 == isVisible }, "\(scope) \(enterprise) \(parts)")
            }
        }
    }

    @Test(arguments: Engine.underTest)
    func `A12 an enterprise given to the second regulator is seen by it, and by the county still`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        var enterprise = Fixture.enterprises[0]
        enterprise.jurisdiction.regulator = "energy"
        var context = Fixture.context()
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.save(enterprise, by: .system, context: &context, in: &session)
        }
        for authority in ["energy", "140521", "140500"] as [AuthorityID] {
            let seen = try database.look { session throws(StorageError) in
                try RegistryQueries.enterprise(enterprise.id, scope: .authority(authority), in: &session)
            }
            #expect(seen == enterprise, "\(authority)")
        }
    }

    @Test(arguments: Engine.underTest)
    func `a moved authority takes what it sees with it`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        // 泽州县 is put under another city by mistake, and back.
        for (parent, sees) in [("140400", true), ("140500", false)] as [(AuthorityID, Bool)] {
            try database.write { session throws(RegistryFailure) in
                let moved = Authority(
                    id: "140525", level: .county, name: "泽州县应急管理局", region: "140525", parent: parent)
                try RegistryOperations.save(moved, by: .system, context: &context, in: &session)
            }
            let seen = try database.look { session throws(StorageError) in
                try RegistryQueries.enterprise("140525001", scope: .authority("140400"), in: &session)
            }
            #expect((seen != nil) == sees)
        }
    }

    @Test(arguments: Engine.underTest)
    func `nobody writes outside their jurisdiction, or above their role`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        let other = RegistryEditor(scope: .authority("140525"), role: .admin)
        let safety = RegistryEditor(scope: .enterprise("140525001"), role: .safety)
        let duty = RegistryEditor(scope: .authority("140521"), role: .duty)
        var context = Fixture.context(actor: "ac1")
        var point = Fixture.point("140521001")
        point.limits.high = 8.5
        let person = Fixture.person("140521001")
        let tank = Fixture.tank("140521001")
        for editor in [other, safety] {
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try RegistryOperations.save(point, by: editor, context: &context, in: &session)
                } == .notFound)
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try RegistryOperations.save(person, by: editor, context: &context, in: &session)
                } == .notFound)
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try RegistryOperations.save(tank, by: editor, context: &context, in: &session)
                } == .notFound)
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try RegistryOperations.appoint(
                        person.id, as: .principal, of: "140521001001", from: context.now, by: editor, context: &context,
                        in: &session)
                } == .notFound)
        }
        for editor in [duty, safety] {
            let refusal = database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.save(
                    Fixture.enterprises[0], by: editor, context: &context, in: &session)
            }
            guard case .forbidden = refusal else { Issue.record("\(editor)"); continue }
        }
        // A code of somebody else's is taken, and no more is told.
        var stolen = Fixture.point("140525001")
        stolen.id = "140521001L01"
        stolen.name = "T-101 液位二"
        stolen.tag = nil
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.save(stolen, by: safety, context: &context, in: &session)
            } == .violations([Violation(.id, "编码已被占用")]))
    }

    @Test(arguments: Engine.underTest)
    func `an administrator keeps what is below and cannot lift themself`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        let city = RegistryEditor(scope: .authority("140500"), role: .admin)
        var context = Fixture.context(actor: "ac1")
        let county = Authority(
            id: "140522", level: .county, name: "阳城县应急管理局", region: "140522", parent: "140500")
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.save(county, by: city, context: &context, in: &session)
            } == nil)
        let elsewhere = Authority(
            id: "140403", level: .county, name: "潞州区应急管理局", region: "140403", parent: "140400")
        let lifted = Authority(id: "140500", level: .city, name: "晋城市应急管理局", region: "140500")
        let above = Authority(id: "140000", level: .province, name: "甲", region: "140000")
        for authority in [elsewhere, lifted, above] {
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try RegistryOperations.save(authority, by: city, context: &context, in: &session)
                } != nil, "\(authority.id)")
        }
        let file = Array("企业名称,属地,监管单位\n上化,140404,140404\n".utf8)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try RegistryOperations.importFile(.enterprises, file: file, by: city, context: &context, in: &session)
            } == .refused("第 2 行:不在本单位辖区内"))
    }

    @Test(arguments: Engine.underTest)
    func `accounts are kept by the administrator above them`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        let city = RegistryEditor(scope: .authority("140500"), role: .admin)
        let other = RegistryEditor(scope: .authority("140400"), role: .admin)
        var context = Fixture.context(actor: "ac1")
        let drafts: [AccountOperations.Draft] = [
            .init(login: "zezhou.duty", name: "值守", role: .duty, authority: "140525"),
            .init(login: "zehua.safety", name: "安全", role: .safety, enterprise: "140525001"),
            .init(login: "zhang.san", name: "张三", role: .responsible, person: "u-140525001"),
        ]
        for draft in drafts {
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try AccountOperations.create(
                        draft, passwordHash: "x", by: other, context: &context, in: &session)
                } != nil)
            let id = try database.write { session throws(RegistryFailure) in
                try AccountOperations.create(draft, passwordHash: "x", by: city, context: &context, in: &session)
            }
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try AccountOperations.setPassword(hash: "y", of: id, by: other, context: &context, in: &session)
                } == .notFound)
            #expect(
                database.refusal { session throws(RegistryFailure) in
                    try AccountOperations.setDisabled(id, isDisabled: true, by: city, context: &context, in: &session)
                } == nil)
        }
        let again = AccountOperations.Draft(login: "Zezhou.Duty", name: "值守", role: .duty, authority: "140525")
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try AccountOperations.create(again, passwordHash: "x", by: city, context: &context, in: &session)
            } == .violations([Violation(.login, "“Zezhou.Duty”已被使用")]))
        let whole = AccountOperations.Draft(login: "root", name: "全局", role: .admin)
        #expect(
            database.refusal { session throws(RegistryFailure) in
                try AccountOperations.create(whole, passwordHash: "x", by: city, context: &context, in: &session)
            } != nil)
        let seen = try database.write { session throws(RegistryFailure) in
            (
                try AccountOperations.list(by: city, in: &session).map(\.login),
                try AccountOperations.list(by: other, in: &session).map(\.login)
            )
        }
        #expect(seen.0 == ["zehua.safety", "zezhou.duty", "zhang.san"])
        #expect(seen.1 == [])
    }
}
