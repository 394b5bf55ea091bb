public import Kernel

/// All authorities by id: who is above whom, and which of them may see an enterprise (A10–A13).
public struct AuthorityDirectory: Sendable {
    public private(set) var authorities: [AuthorityID: Authority]

    public init(_ authorities: some Sequence<Authority>) {
        self.authorities = Dictionary(authorities.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    }

    public subscript(id: AuthorityID) -> Authority? { authorities[id] }

    public mutating func add(_ authority: Authority) { authorities[authority.id] = authority }

    /// The authority itself, its parent, and so on upwards. Ends where a parent is missing, or at a ring.
    public func lineage(of id: AuthorityID) -> [Authority] {
        var line: [Authority] = []
        var next: AuthorityID? = id
        while let current = next, let authority = authorities[current], !line.contains(where: { $0.id == current }) {
            line.append(authority)
            next = authority.parent
        }
        return line
    }

    /// Everybody who may see an enterprise, sorted by id: the lineages of its regulator, of its co-regulators, of its
    /// park and of each authority whose region covers its address; the centre and the ministry see all.
    /// An enterprise in a park of another county is seen by both counties (A11); a regulator by assignment sees
    /// only what it was given (A12); a missing level is simply skipped (A13).
    public func visibility(of place: Jurisdiction) -> [AuthorityID] {
        var seen: Set<AuthorityID> = []
        let starts = [place.regulator] + place.coRegulators + [place.park].compactMap { $0 } + covering(place.region)
        for start in starts { for authority in lineage(of: start) { seen.insert(authority.id) } }
        for authority in authorities.values where authority.level == .center || authority.level == .ministry {
            seen.insert(authority.id)
        }
        return seen.sorted()
    }

    /// The authorities whose region covers the division, sorted by id.
    public func covering(_ region: String) -> [AuthorityID] {
        guard let code = DivisionCode(region) else { return [] }
        return authorities.values.filter { authority in
            guard authority.coversRegion, let own = authority.region.flatMap(DivisionCode.init) else { return false }
            switch authority.level {
            case .province, .city, .county: return own.covers(code)
            case .ministry, .center, .park: return false
            }
        }.map(\.id).sorted()
    }
}

/// Where an enterprise stands: what decides who may see it.
public struct Jurisdiction: Hashable, Sendable {
    /// The county in which its site lies.
    public var region: String
    /// The one that regulates it day by day and tracks its warnings (A10).
    public var regulator: AuthorityID
    public var coRegulators: [AuthorityID]
    public var park: AuthorityID?

    public init(
        region: String, regulator: AuthorityID, coRegulators: [AuthorityID] = [], park: AuthorityID? = nil
    ) {
        self.region = region
        self.regulator = regulator
        self.coRegulators = coRegulators
        self.park = park
    }
}
