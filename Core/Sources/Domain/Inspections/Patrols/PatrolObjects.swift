public import Kernel

/// Whom an office may patrol: its direct subordinates only (XC-04).
public struct PatrolObject: Hashable, Sendable {
    public var id: AuthorityID
    public var name: String
    public var level: AuthorityLevel
    /// What is counted once: the division; two regulators of one county are one (A12).
    public var division: String
    /// Parks may be patrolled by a city or province but do not count as divisions (§9); for a county they are what
    /// counts.
    public var isCounted: Bool

    public init(id: AuthorityID, name: String, level: AuthorityLevel, division: String, isCounted: Bool) {
        self.id = id
        self.name = name
        self.level = level
        self.division = division
        self.isCounted = isCounted
    }
}

extension AuthorityDirectory {
    /// The office that bears the nation's daily patrols: the centre where there is one (Art. 15, XC-35).
    public var nationalPatrolOffice: AuthorityID? {
        let sorted = authorities.values.sorted { $0.id < $1.id }
        return (sorted.first { $0.level == .center } ?? sorted.first { $0.level == .ministry })?.id
    }

    /// The office whose daily task an officer of this one works on: the ministry's is borne by its centre.
    public func patrolOffice(of id: AuthorityID) -> AuthorityID? {
        guard let authority = self[id] else { return nil }
        switch authority.level {
        case .ministry, .center: return nationalPatrolOffice
        case .province, .city, .county: return id
        case .park: return nil
        }
    }

    /// The direct subordinates of an office, by id.
    public func patrolObjects(of id: AuthorityID) -> [PatrolObject] {
        guard let office = self[id] else { return [] }
        return authorities.values.filter { isDirect($0, under: office) }.sorted { $0.id < $1.id }.map { authority in
            let isPark = authority.level == .park
            return PatrolObject(
                id: authority.id, name: authority.name, level: authority.level,
                division: isPark ? authority.id.rawValue : authority.region ?? authority.id.rawValue,
                isCounted: isPark == (office.level == .county))
        }
    }

    private func isDirect(_ authority: Authority, under office: Authority) -> Bool {
        switch office.level {
        case .ministry, .center:
            guard authority.level.depth > 0 else { return false }
            // Where the tree does not begin at the ministry, its subordinates are those with nobody above them.
            guard let parent = authority.parent.flatMap({ self[$0] }) else { return true }
            return parent.level.depth == 0
        case .province, .city: return authority.parent == office.id && authority.level.depth > office.level.depth
        case .county:
            guard authority.level == .park else { return false }
            return authority.parent == office.id
                || (office.coversRegion && authority.region != nil && authority.region == office.region)
        case .park: return false
        }
    }
}
