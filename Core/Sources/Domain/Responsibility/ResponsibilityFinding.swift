public import Kernel

/// What is wrong with the three responsible persons of a source: a data-quality finding (A29, QY-04).
public enum ResponsibilityFinding: Hashable, Sendable {
    case vacant(ResponsibleRole)
    /// In office although the person has left.
    case left(ResponsibleRole, PersonID)
    /// Nobody can be reached there: no phone, or not one of 11 digits.
    case unreachable(ResponsibleRole, PersonID)
    /// One person in several roles: allowed, one message only, and worth a look.
    case sameAs([ResponsibleRole], PersonID)

    /// The rule's name in `finding.rule`.
    public var rule: String {
        switch self {
        case .vacant: "responsibleVacant"
        case .left: "responsibleLeft"
        case .unreachable: "responsibleUnreachable"
        case .sameAs: "responsibleSamePerson"
        }
    }

    public static func find(
        in history: ResponsibilityHistory, people: [PersonID: Person]
    ) -> [ResponsibilityFinding] {
        var found = history.vacancies.map(ResponsibilityFinding.vacant)
        let held = history.inOffice
        for role in ResponsibleRole.allCases {
            guard let id = held[role], let person = people[id] else { continue }
            if person.leftAt != nil { found.append(.left(role, id)) }
            if !(person.phone.map(Person.isMobile) ?? false) { found.append(.unreachable(role, id)) }
        }
        for person in Set(held.values).sorted() {
            let roles = ResponsibleRole.allCases.filter { held[$0] == person }
            if roles.count > 1 { found.append(.sameAs(roles, person)) }
        }
        return found
    }

    public func text(people: [PersonID: Person]) -> String {
        func name(_ id: PersonID) -> String { people[id]?.name ?? id.rawValue }
        return switch self {
        case .vacant(let role): "\(role.label)空缺,他的预警改送企业管理员"
        case .left(let role, let id): "\(role.label)\(name(id))已离职,仍在任上"
        case .unreachable(let role, let id): "\(role.label)\(name(id))没有可用的手机号"
        case .sameAs(let roles, let id): "\(name(id))兼任\(roles.map(\.label).joined(separator: "、")),同一预警只发一条"
        }
    }
}
