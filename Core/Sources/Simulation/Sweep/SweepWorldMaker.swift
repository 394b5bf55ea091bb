import Domain
import Kernel

/// The sources and rules of a sweep: with and without park, city, province; vacancies; the law's rules and stricter.
enum SweepWorldMaker {
    static func rules(_ chance: inout SeededGenerator) -> DisposalRules {
        var rules = DisposalRules.statutory
        rules.approvalTakenAsGiven = chance.chance(0.5)
        rules.cascadeLowerTimers = chance.chance(0.3)
        guard chance.chance(0.4) else { return rules }
        for level in Level.warnings {
            let law = rules.clocks[level]
            rules.clocks[level] = .init(
                cautionPeriod: .seconds(Int64(chance.integer(600...Int(law.cautionPeriod.seconds)))),
                supervisionDelay: .seconds(Int64(chance.integer(60...Int(law.supervisionDelay.seconds)))))
        }
        rules.reportWithin = .minutes(Int64(chance.integer(1...60)))
        if chance.chance(0.3) { rules.additionalRecipients[.orange] = [.authority("army"), .authority("city")] }
        return rules
    }

    static func routing(_ index: Int, _ chance: inout SeededGenerator) -> Routing {
        var responsible: [ResponsibleRole: PersonID] = [:]
        for role in ResponsibleRole.allCases where chance.chance(0.8) {
            responsible[role] = PersonID("u\(index)-\(chance.integer(1...3))")
        }
        let province: AuthorityID = "province"
        let city: AuthorityID = chance.chance(0.8) ? "city" : province
        return Routing(
            enterprise: EnterpriseID("e\(index)"), responsible: responsible,
            regulator: chance.chance(0.9) ? AuthorityID("county\(index)") : city,
            park: chance.chance(0.4) ? "park" : nil, city: city, province: province,
            centers: chance.chance(0.9) ? ["center"] : [])
    }
}
