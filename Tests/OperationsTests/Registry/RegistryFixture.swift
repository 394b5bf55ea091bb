import Domain
import Kernel
import Operations
import Storage
import Support

/// Two counties of a city, a park across them, a second regulator in one county, an enterprise each.
struct RegistryFixture {
    static let start = Timestamp(milliseconds: 1_772_416_800_000)

    static let authorities = [
        Authority(id: "center", level: .center, name: "安全生产风险监测预警中心"),
        Authority(id: "140000", level: .province, name: "山西省应急管理厅", region: "140000"),
        Authority(id: "140500", level: .city, name: "晋城市应急管理局", region: "140500", parent: "140000"),
        Authority(id: "140400", level: .city, name: "长治市应急管理局", region: "140400", parent: "140000"),
        Authority(id: "140521", level: .county, name: "沁水县应急管理局", region: "140521", parent: "140500"),
        Authority(
            id: "energy", level: .county, name: "沁水县能源局", region: "140521", parent: "140500", coversRegion: false),
        Authority(id: "140525", level: .county, name: "泽州县应急管理局", region: "140525", parent: "140500"),
        Authority(id: "140404", level: .county, name: "上党区应急管理局", region: "140404", parent: "140400"),
        Authority(id: "P140525001", level: .park, name: "泽州化工园区", parent: "140500"),
    ]

    static let enterprises = [
        Enterprise(
            id: "140521001", name: "沁化", jurisdiction: Jurisdiction(region: "140521", regulator: "140521")),
        Enterprise(
            id: "140525001", name: "泽化",
            jurisdiction: Jurisdiction(region: "140525", regulator: "140525", park: "P140525001")),
    ]

    static func hazard(_ enterprise: EnterpriseID) throws -> Hazard {
        let ammonia = try HazardSubstance.lookUp(name: "液氨", quantityTonnes: 100).get()
        return Hazard(
            id: HazardID(enterprise.rawValue + "001"), enterprise: enterprise, name: "液氨罐区", unit: .tankFarm,
            location: "厂区东侧", grading: HazardGrading([ammonia], exposedPeople: 60))
    }

    static func tank(_ enterprise: EnterpriseID) -> Equipment {
        Equipment(
            id: EquipmentID(enterprise.rawValue + "E0001"), enterprise: enterprise,
            hazard: HazardID(enterprise.rawValue + "001"), name: "T-101 液氨球罐", category: .pressureTank, medium: "液氨",
            form: .liquefiedGas, location: "罐区")
    }

    static func point(_ enterprise: EnterpriseID) -> MonitoringPoint {
        MonitoringPoint(
            id: PointID(enterprise.rawValue + "L01"), enterprise: enterprise,
            hazard: HazardID(enterprise.rawValue + "001"), equipment: EquipmentID(enterprise.rawValue + "E0001"),
            name: "T-101 液位", tag: "LT-101", quantity: .level, unit: "m",
            limits: PointLimits(rangeLow: 0, rangeHigh: 12, lowLow: 0.5, low: 1, high: 9, highHigh: 10))
    }

    static func person(_ enterprise: EnterpriseID) -> Person {
        Person(
            id: PersonID("u-" + enterprise.rawValue), employer: .enterprise(enterprise), name: "张三",
            phone: "13900000001", title: "厂长")
    }

    static func context(actor: String = "system") -> OperationContext {
        OperationContext(now: start, actor: actor, ids: IdentifierSource(seed: 7))
    }

    /// A database with all of it.
    static func database(_ engine: Engine) throws -> Database {
        let database = try engine.database()
        var context = context()
        var entries: [ImportPlan.Entry] = authorities.map { .authority($0) } + enterprises.map { .enterprise($0) }
        for enterprise in enterprises {
            entries.append(.hazard(try hazard(enterprise.id)))
            entries.append(.equipment(tank(enterprise.id)))
            entries.append(.point(point(enterprise.id)))
            entries.append(.person(person(enterprise.id)))
        }
        try database.write { session throws(RegistryFailure) in
            try RegistryOperations.install(entries, context: &context, in: &session)
        }
        return database
    }
}

extension Database {
    /// A read within the tests.
    func look<T>(_ body: (inout Session) throws(StorageError) -> T) throws(StorageError) -> T {
        try read { session throws(StorageError) in try body(&session) }
    }

    /// What an operation refuses with; nil where it did not.
    func refusal<Failure: TransactionFailure>(
        _ body: (inout Session) throws(Failure) -> Void
    ) -> Failure? {
        do throws(Failure) {
            try write { session throws(Failure) in try body(&session) }
            return nil
        } catch { return error }
    }
}
