public import Domain
public import Kernel

/// The demonstration city: Jincheng's six real counties and their bureaus, and enterprises, people and telephones that
/// are all invented (演示数据). Pure values; `Operations` puts them into a database, `Plant` runs them.
public struct DemonstrationCity: Sendable {
    /// Shown wherever the data is.
    public static let label = "演示数据"

    public struct Site: Sendable {
        public var enterprise: Enterprise
        public var shortName: String
        public var hazards: [Hazard]
        public var equipment: [EquipmentDesign]
        public var people: [Person]
        /// Who is responsible for which source.
        public var responsibilities: [Appointment]
        /// 企业安全员, who keeps the enterprise's desk.
        public var safetyOfficer: Person
        public var gateway: GatewayID

        public var points: [PointDesign] { equipment.flatMap(\.points) }
    }

    public struct Appointment: Hashable, Sendable {
        public var hazard: HazardID
        public var role: ResponsibleRole
        public var person: PersonID
    }

    public var seed: UInt64
    public var authorities: [Authority]
    /// One on duty at each authority.
    public var officers: [Person]
    public var sites: [Site]

    /// `samplingFactor` stretches every sampling period; 1 is life.
    public static func make(seed: UInt64, samplingFactor: Int64 = 1) -> DemonstrationCity {
        var names = PersonNames(seed: seed)
        let authorities = DemonstrationAuthorities.all
        let officers = authorities.enumerated().map { index, authority in
            Person(
                id: PersonID("DEMO-P-\(authority.id)"), employer: .authority(authority.id),
                name: DemonstrationAuthorities.officers[authority.id.rawValue] ?? names.next(),
                phone: phone(1001 + index), title: "值守员")
        }
        var counters: [String: Int] = [:]
        var sites: [Site] = []
        for (index, plan) in DemonstrationPlans.all.enumerated() {
            counters[plan.region, default: 0] += 1
            let number = counters[plan.region] ?? 1
            let code = "\(plan.region)\(padded(number, 3))"
            sites.append(
                SiteBuilder(code: code, ordinal: index, samplingFactor: samplingFactor).build(plan, names: &names))
        }
        return DemonstrationCity(seed: seed, authorities: authorities, officers: officers, sites: sites)
    }

    public var hazards: [Hazard] { sites.flatMap(\.hazards) }

    /// The site by code, name or short name.
    public func site(called name: String) -> Int? {
        sites.firstIndex {
            $0.enterprise.id.rawValue == name || $0.enterprise.name == name || $0.shortName == name
                || $0.gateway.rawValue == name
        }
    }

    /// The plants of all sites under one weather.
    public func plants(seed: UInt64, startingAt start: Timestamp) -> [Plant] {
        var generator = SeededGenerator(seed: seed)
        let weatherSeed = generator.next()
        return sites.map { site in
            Plant(
                code: site.enterprise.id.rawValue, equipment: site.equipment, seed: generator.next(),
                weatherSeed: weatherSeed, startingAt: start)
        }
    }

    /// Mobile numbers that are given to nobody: 139-0000-xxxx.
    static func phone(_ number: Int) -> String { "1390000\(padded(number, 4))" }

    static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
