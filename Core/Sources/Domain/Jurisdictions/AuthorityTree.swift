public import Kernel

/// Which authority stands under which, and which tier each is.
public struct AuthorityTree: Sendable {
    public struct Node: Hashable, Sendable {
        public let id: AuthorityID
        public let level: AuthorityLevel
        public let parent: AuthorityID?
        public init(id: AuthorityID, level: AuthorityLevel, parent: AuthorityID?) {
            self.id = id
            self.level = level
            self.parent = parent
        }
    }

    private let nodes: [AuthorityID: Node]
    /// Every authority of level `center`, in the order given.
    public let centers: [AuthorityID]

    public init(_ list: [Node]) {
        nodes = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        centers = list.filter { $0.level == .center }.map(\.id)
    }

    public subscript(id: AuthorityID) -> Node? { nodes[id] }

    /// The authority itself and those above it, nearest first. A loop ends the walk.
    public func lineage(of id: AuthorityID) -> [Node] {
        var line: [Node] = []
        var next: AuthorityID? = id
        while let current = next, let node = nodes[current], !line.contains(node) {
            line.append(node)
            next = node.parent
        }
        return line
    }

    /// The routing of one source; nil where no city or province stands at or above the regulator. Where a tier is
    /// missing the next one above stands in (A13).
    public func routing(
        enterprise: EnterpriseID, regulator: AuthorityID, park: AuthorityID?, responsible: [ResponsibleRole: PersonID]
    ) -> Routing? {
        let line = lineage(of: regulator)
        func nearest(_ levels: [AuthorityLevel]) -> AuthorityID? {
            for level in levels {
                if let node = line.first(where: { $0.level == level }) { return node.id }
            }
            return nil
        }
        guard let city = nearest([.city, .province]) else { return nil }
        // A municipality's bureau is its province too (A13: 市局兼省), unless something stands above it.
        let province = nearest([.province, .center, .ministry]) ?? city
        return Routing(
            enterprise: enterprise, responsible: responsible, regulator: regulator, park: park, city: city,
            province: province, centers: centers)
    }
}
