import Domain
import Kernel

/// Makes one enterprise of its plan.
struct SiteBuilder {
    let code: String
    let ordinal: Int
    let samplingFactor: Int64

    func build(_ plan: EnterprisePlan, names: inout PersonNames) -> DemonstrationCity.Site {
        let id = EnterpriseID(code)
        let place = location(plan.region)
        let enterprise = Enterprise(
            id: id, name: plan.name,
            jurisdiction: Jurisdiction(
                region: plan.region, regulator: AuthorityID(plan.regulator),
                coRegulators: plan.coRegulators.map { AuthorityID($0) }, park: plan.park.map { AuthorityID($0) }),
            group: plan.group, industry: plan.industry, address: "演示地址 \(ordinal + 1) 号", longitude: place.longitude,
            latitude: place.latitude, phone: "0356000\(7119 + ordinal)")
        var hazards: [Hazard] = []
        var equipment: [EquipmentDesign] = []
        for (index, hazard) in plan.hazards.enumerated() {
            let hazardID = HazardID("\(code)\(DemonstrationCity.padded(index + 1, 3))")
            hazards.append(registered(hazard, id: hazardID, enterprise: id))
            var builder = HazardBuilder(
                hazard: hazardID, enterprise: id, area: hazard.area ?? index + 1, samplingFactor: samplingFactor)
            builder.build(hazard)
            equipment += builder.equipment
        }
        let staff = staff(plan, hazards: hazards, names: &names)
        return DemonstrationCity.Site(
            enterprise: enterprise, shortName: plan.short, hazards: hazards, equipment: equipment, people: staff.people,
            responsibilities: staff.appointments, safetyOfficer: staff.safety, gateway: GatewayID("GW-\(code)-01"))
    }

    private func registered(_ plan: HazardPlan, id: HazardID, enterprise: EnterpriseID) -> Hazard {
        let substances = plan.substances.map { name, tonnes -> HazardSubstance in
            let category: HazardCategory? = Self.categories[name]
            switch HazardSubstance.lookUp(name: name, category: category, quantityTonnes: tonnes) {
            case .success(let substance): return substance
            case .failure(let refusal): preconditionFailure("\(plan.name) \(name): \(refusal.violations.map(\.line))")
            }
        }
        return Hazard(
            id: id, enterprise: enterprise, name: plan.name, unit: plan.unit, location: "厂区 \(plan.name)",
            grading: HazardGrading(substances, exposedPeople: plan.people))
    }

    /// For substances whose class the standard leaves to the data sheet.
    private static let categories: [String: HazardCategory] = [
        "三氧化硫": .j5, "硝酸": .w9_1, "乙酸乙酯": .w5_3, "甲苯": .w5_3, "硫化氢": .w2, "煤气": .w2,
    ]

    private struct Staff {
        var people: [Person]
        var appointments: [DemonstrationCity.Appointment]
        var safety: Person
    }

    /// One principal, one technical, and an operations responsible for every two sources; the story's enterprise has
    /// the story's people and telephones.
    private func staff(_ plan: EnterprisePlan, hazards: [Hazard], names: inout PersonNames) -> Staff {
        let isStory = plan.short == "晋沁化工"
        let story = ["孙立安", "赵砚", "周启明", "许志远"]
        let storyPhones = [2001, 2017, 2041, 2056]
        func person(_ index: Int, _ title: String) -> Person {
            Person(
                id: PersonID("DEMO-\(code)-\(index + 1)"), employer: .enterprise(EnterpriseID(code)),
                name: isStory && index < 4 ? story[index] : names.next(),
                phone: DemonstrationCity.phone(isStory && index < 4 ? storyPhones[index] : 3000 + ordinal * 20 + index),
                title: title)
        }
        var people = [person(0, "总经理"), person(1, "总工程师")]
        let crews = (hazards.count + 1) / 2
        for index in 0..<crews { people.append(person(2 + index, "车间主任")) }
        var appointments: [DemonstrationCity.Appointment] = []
        for (index, hazard) in hazards.enumerated() {
            let operations = people[2 + index / 2].id
            appointments.append(.init(hazard: hazard.id, role: .principal, person: people[0].id))
            appointments.append(.init(hazard: hazard.id, role: .technical, person: people[1].id))
            appointments.append(.init(hazard: hazard.id, role: .operations, person: operations))
        }
        let safety = Person(
            id: PersonID("DEMO-\(code)-S"), employer: .enterprise(EnterpriseID(code)),
            name: isStory ? "陶然" : names.next(),
            phone: DemonstrationCity.phone(3000 + ordinal * 20 + 19), title: "安全员")
        return Staff(people: people, appointments: appointments, safety: safety)
    }

    /// Somewhere well inside the county.
    private func location(_ region: String) -> (longitude: Double, latitude: Double) {
        let centers: [String: (Double, Double)] = [
            "140502": (112.845, 35.505), "140521": (112.30, 35.70), "140522": (112.38, 35.45),
            "140524": (113.28, 35.71),
            "140525": (112.90, 35.42), "140581": (112.92, 35.79),
        ]
        guard let center = centers[region] else { preconditionFailure("no such county: \(region)") }
        let spread = region == "140502" ? 0.03 : 0.09
        let angle = Double(ordinal) * 2.4
        let radius = spread * (0.4 + 0.6 * Double(ordinal % 5) / 5)
        let x = center.0 + radius * Elementary.cosine(angle)
        let y = center.1 + radius * Elementary.sine(angle)
        return ((x * 10_000).rounded() / 10_000, (y * 10_000).rounded() / 10_000)
    }
}
