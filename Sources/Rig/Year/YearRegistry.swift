import Domain
import Kernel
import Operations
import Storage

/// The province of a simulated year: invented enterprises under the real divisions, each with tanks of liquid ammonia,
/// its three responsible persons and its accounts.
struct YearRegistry {
    struct Office: Hashable {
        var id: AuthorityID
        var name: String
        var level: AuthorityLevel
        var parent: AuthorityID?
    }

    struct Point: Hashable {
        var id: PointID
        var enterprise: Int
        var isGas: Bool
        var normal: Double
        /// Values beyond a limit: the mild ones first.
        var beyond: [Double]
    }

    struct Source: Hashable {
        var id: HazardID
        var points: [Int]
    }

    struct Site: Hashable {
        var id: EnterpriseID
        var gateway: GatewayID
        var county: AuthorityID
        var people: [ResponsibleRole: PersonID]
        var sources: [Source]
        var points: [Int]
        /// Sources of each grade, the gravest first: as a promise counts them.
        var grades: [HazardGrade: Int] = [:]
    }

    var offices: [Office] = []
    var sites: [Site] = []
    var points: [Point] = []
    var entries: [ImportPlan.Entry] = []

    /// Everything that the seed decides.
    init(_ plan: YearPlan, chance: inout SeededGenerator, at now: Timestamp) {
        add(Office(id: "center", name: "安全生产风险监测预警中心", level: .center, parent: nil), region: nil)
        let province = AuthorityID(plan.provinceCode)
        add(
            Office(id: province, name: plan.provinceName + "应急管理厅", level: .province, parent: "center"),
            region: plan.provinceCode)
        var counties: [(id: AuthorityID, code: String, name: String)] = []
        for city in plan.cities {
            let id = AuthorityID(city.code)
            add(Office(id: id, name: city.name + "应急管理局", level: .city, parent: province), region: city.code)
            for county in city.counties {
                add(
                    Office(
                        id: AuthorityID(county.code), name: county.name + "应急管理局", level: .county, parent: id),
                    region: county.code)
                counties.append((AuthorityID(county.code), county.code, county.name))
            }
        }
        for index in 0..<plan.enterprises {
            // A round through the counties first, so that few stand empty; then at random.
            let county = index < counties.count ? counties[index] : chance.pick(counties)
            addSite(index, county: county, sources: chance.integer(1...2), chance: &chance, at: now)
        }
    }

    private mutating func add(_ office: Office, region: String?) {
        offices.append(office)
        entries.append(
            .authority(
                Authority(
                    id: office.id, level: office.level, name: office.name, region: region, parent: office.parent,
                    coversRegion: true)))
    }

    private static let titles: [ResponsibleRole: String] = [
        .principal: "总经理", .technical: "总工程师", .operations: "车间主任",
    ]
    private static let industries = ["合成氨", "氯碱", "涂料", "农药", "医药中间体", "精细化工"]

    private mutating func addSite(
        _ index: Int, county: (id: AuthorityID, code: String, name: String), sources: Int,
        chance: inout SeededGenerator, at now: Timestamp
    ) {
        let id = EnterpriseID("E\(1_000 + index)")
        let industry = chance.pick(Self.industries)
        entries.append(
            .enterprise(
                Enterprise(
                    id: id, name: "\(county.name)模拟\(industry)\(index + 1)号有限公司",
                    jurisdiction: Jurisdiction(region: county.code, regulator: county.id), industry: industry)))
        var people: [ResponsibleRole: PersonID] = [:]
        for role in ResponsibleRole.allCases {
            let person = PersonID("\(id)-\(role.rawValue)")
            people[role] = person
            entries.append(
                .person(
                    Person(
                        id: person, employer: .enterprise(id), name: Self.titles[role, default: ""] + String(index + 1),
                        phone: "1390000\(1_000 + index)")))
        }
        var site = Site(
            id: id, gateway: GatewayID("GW-\(id)"), county: county.id, people: people, sources: [], points: [])
        for number in 1...sources {
            addSource(number, to: &site, index: index, chance: &chance, at: now)
        }
        sites.append(site)
    }

    private mutating func addSource(
        _ number: Int, to site: inout Site, index: Int, chance: inout SeededGenerator, at now: Timestamp
    ) {
        let hazard = HazardID("\(site.id)H\(number)")
        let tonnes = chance.pick([15.0, 40.0, 120.0, 400.0])
        guard case .success(let ammonia) = HazardSubstance.lookUp(name: "氨", quantityTonnes: tonnes) else {
            preconditionFailure("ammonia is in the standard's table")
        }
        let grading = HazardGrading([ammonia], exposedPeople: chance.pick([0, 20, 60]))
        if let grade = grading.grade { site.grades[grade, default: 0] += 1 }
        entries.append(
            .hazard(
                Hazard(
                    id: hazard, enterprise: site.id, name: "液氨罐区 \(number)", unit: .tankFarm, location: "厂区",
                    grading: grading)))
        let tank = Equipment(
            id: EquipmentID("\(hazard)T"), enterprise: site.id, hazard: hazard, name: "液氨储罐 \(number)",
            category: .pressureTank, medium: "氨", form: .liquefiedGas, location: "罐区")
        entries.append(.equipment(tank))
        var source = Source(id: hazard, points: [])
        let designs: [(String, String, Quantity, String, PointLimits, Double, [Double])] = [
            (
                "L", "液位", .level, "m",
                PointLimits(rangeLow: 0, rangeHigh: 12, lowLow: 0.5, low: 1, high: 9, highHigh: 10),
                6, [9.4, 0.8, 10.6, 0.3]
            ),
            (
                "P", "压力", .pressure, "MPa", PointLimits(rangeLow: 0, rangeHigh: 2.5, high: 1.6, highHigh: 1.9), 1.1,
                [1.7, 1.75, 2.1]
            ),
            (
                "T", "温度", .temperature, "℃", PointLimits(rangeLow: -50, rangeHigh: 100, high: 45, highHigh: 50), 22,
                [46, 52]
            ),
            (
                "G", "氨气浓度", .toxicGas, "mg/m³", PointLimits(rangeLow: 0, rangeHigh: 200, high: 30, highHigh: 60), 3,
                [36, 75]
            ),
        ]
        for (letter, name, quantity, unit, limits, normal, beyond) in designs {
            let place = points.count
            let id = PointID("\(hazard)\(letter)")
            entries.append(
                .point(
                    MonitoringPoint(
                        id: id, enterprise: site.id, hazard: hazard, equipment: tank.id, name: "液氨储罐 \(number) \(name)",
                        tag: "\(letter)-\(number)", quantity: quantity, unit: unit, location: "罐区东侧", limits: limits,
                        edgeLimits: PointLimits(
                            lowLow: limits.lowLow, low: limits.low, high: limits.high, highHigh: limits.highHigh))))
            points.append(Point(id: id, enterprise: index, isGas: quantity.isGas, normal: normal, beyond: beyond))
            source.points.append(place)
            site.points.append(place)
        }
        for (role, person) in site.people.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            entries.append(.appointment(.init(hazard: hazard, role: role, person: person, from: now)))
        }
        site.sources.append(source)
    }

    /// Puts it into an empty database. Every document of it says that it is invented.
    func store(_ plan: YearPlan, context: inout OperationContext, in session: inout Session) throws(RegistryFailure) {
        try RegistryOperations.install(entries, context: &context, in: &session)
        do throws(StorageError) {
            try session.execute(
                """
                INSERT INTO setting (key, value, changed_at)
                VALUES (\(DemonstrationLoader.settingKey), \(String(plan.seed)), \(context.now))
                """)
            // Promises are compared with the data every four hours: nothing of the plants changes more often here.
            var rules = CommitmentRules.usual
            rules.watchEvery = .hours(4)
            try CommitmentStore.set(rules, at: context.now, in: &session)
            try InspectionSetup.loadHolidays(plan.holidays, context: &context, in: &session)
            for site in sites {
                try SilentGateway.insert(site.gateway, of: site.id, at: context.now, in: &session)
            }
        } catch { throw .storage(error) }
        for office in offices {
            for (suffix, name) in [("", "值守员"), ("-2", "处长")] {
                try AccountOperations.create(
                    AccountOperations.Draft(
                        login: office.id.rawValue + suffix, name: office.name + name, role: .duty,
                        authority: office.id), passwordHash: "-", by: .system, context: &context, in: &session)
            }
        }
    }
}
