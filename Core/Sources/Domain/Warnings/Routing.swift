public import Kernel

/// Who is told of a hazard source's warnings, who is pushed and who orders the site check: the tiers of disposal
/// measures Art. 5–7 and 10–12, resolved for one source.
public struct Routing: Hashable, Sendable {
    public var enterprise: EnterpriseID
    /// The three responsible persons; a vacancy is told to the enterprise instead (A29).
    public var responsible: [ResponsibleRole: PersonID]
    /// 主责: the authority in charge of daily supervision (A10, A12).
    public var regulator: AuthorityID
    /// Told with the regulator where the enterprise lies in a park (A10).
    public var park: AuthorityID?
    public var city: AuthorityID
    public var province: AuthorityID
    /// 安科院安全生产风险监测预警中心 (Art. 7, A28).
    public var centers: [AuthorityID]

    public init(
        enterprise: EnterpriseID, responsible: [ResponsibleRole: PersonID], regulator: AuthorityID, park: AuthorityID?,
        city: AuthorityID, province: AuthorityID, centers: [AuthorityID]
    ) {
        self.enterprise = enterprise
        self.responsible = responsible
        self.regulator = regulator
        self.park = park
        self.city = city
        self.province = province
        self.centers = centers
    }

    /// The county tier: regulator and park both (A10).
    public var countyTier: [AuthorityID] { if let park, park != regulator { [regulator, park] } else { [regulator] } }

    /// Art. 5 yellow, Art. 6 orange, Art. 7 red; blue is told to nobody (A1). Nobody twice (A13, A29).
    public func recipients(of level: Level, rules: DisposalRules) -> [Recipient] {
        guard level > .blue else { return [] }
        var all = Set(countyTier.map(Recipient.authority))
        for role in ResponsibleRole.allCases {
            all.insert(responsible[role].map(Recipient.person) ?? .enterprise(enterprise))
        }
        if level >= .orange { all.insert(.authority(city)) }
        if level >= .red {
            all.insert(.authority(province))
            all.formUnion(centers.map(Recipient.authority))
        }
        all.formUnion(rules.additionalRecipients[level])
        return all.sorted(by: Recipient.ordered)
    }

    /// To whom a 警示通报 goes: yellow the enterprise (Art. 10), orange the county tier (Art. 11), red the city
    /// (Art. 12).
    public func cautioned(of level: Level) -> [Recipient] {
        switch level {
        case .blue: []
        case .yellow: [.enterprise(enterprise)]
        case .orange: countyTier.map(Recipient.authority).sorted(by: Recipient.ordered)
        case .red: [.authority(city)]
        }
    }

    /// Who orders the site check and answers for it (Art. 10–12, A15).
    public func supervisor(of level: Level) -> AuthorityID {
        switch level {
        case .blue: preconditionFailure("blue has no supervision")
        case .yellow: regulator
        case .orange: city
        case .red: province
        }
    }
}
