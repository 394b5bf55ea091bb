public import Kernel

/// What is registered, in memory, for checking new entries against: the whole register for an import, one
/// enterprise's part for a form.
public struct RegistryIndex: Sendable {
    public private(set) var authorities: AuthorityDirectory
    public private(set) var enterprises: [EnterpriseID: Enterprise] = [:]
    public private(set) var hazards: [HazardID: Hazard] = [:]
    public private(set) var equipment: [EquipmentID: Equipment] = [:]
    public private(set) var points: [PointID: MonitoringPoint] = [:]
    public private(set) var people: [PersonID: Person] = [:]
    public private(set) var responsibilities: [HazardID: ResponsibilityHistory] = [:]

    private var enterpriseByName: [String: EnterpriseID] = [:]
    private var hazardByName: [Key: HazardID] = [:]
    private var equipmentByName: [Key: EquipmentID] = [:]
    private var pointByName: [PointKey: PointID] = [:]
    private var pointByTag: [Key: PointID] = [:]
    private var authorityByName: [String: AuthorityID] = [:]

    private struct Key: Hashable {
        let enterprise: EnterpriseID
        let name: String
        init(_ enterprise: EnterpriseID, _ name: String) {
            self.enterprise = enterprise
            self.name = name.foldedForComparison
        }
    }
    private struct PointKey: Hashable {
        let enterprise: EnterpriseID
        let equipment: EquipmentID?
        let quantity: Quantity
        let name: String
        init(_ point: MonitoringPoint) {
            enterprise = point.enterprise
            equipment = point.equipment
            quantity = point.quantity
            name = point.name.foldedForComparison
        }
    }

    public init(authorities: some Sequence<Authority> = []) {
        self.authorities = AuthorityDirectory([])
        for authority in authorities { add(authority) }
    }

    public mutating func add(_ authority: Authority) {
        if let old = authorities[authority.id] { authorityByName[old.name.foldedForComparison] = nil }
        authorities.add(authority)
        authorityByName[authority.name.foldedForComparison] = authority.id
    }

    public mutating func add(_ enterprise: Enterprise) {
        if let old = enterprises[enterprise.id] { enterpriseByName[old.name.foldedForComparison] = nil }
        enterprises[enterprise.id] = enterprise
        enterpriseByName[enterprise.name.foldedForComparison] = enterprise.id
    }

    public mutating func add(_ hazard: Hazard) {
        if let old = hazards[hazard.id] { hazardByName[Key(old.enterprise, old.name)] = nil }
        hazards[hazard.id] = hazard
        hazardByName[Key(hazard.enterprise, hazard.name)] = hazard.id
    }

    public mutating func add(_ item: Equipment) {
        if let old = equipment[item.id] { equipmentByName[Key(old.enterprise, old.name)] = nil }
        equipment[item.id] = item
        equipmentByName[Key(item.enterprise, item.name)] = item.id
    }

    public mutating func add(_ point: MonitoringPoint) {
        if let old = points[point.id] {
            pointByName[PointKey(old)] = nil
            if let tag = old.tag { pointByTag[Key(old.enterprise, tag)] = nil }
        }
        points[point.id] = point
        pointByName[PointKey(point)] = point.id
        if let tag = point.tag { pointByTag[Key(point.enterprise, tag)] = point.id }
    }

    public mutating func add(_ person: Person) { people[person.id] = person }

    public mutating func set(_ history: ResponsibilityHistory, of hazard: HazardID) {
        responsibilities[hazard] = history
    }

    public func enterprise(named name: String) -> Enterprise? {
        enterpriseByName[name.foldedForComparison].flatMap { enterprises[$0] }
    }
    public func authority(named name: String) -> Authority? {
        authorityByName[name.foldedForComparison].flatMap { authorities[$0] }
    }
    public func hazard(named name: String, of enterprise: EnterpriseID) -> Hazard? {
        hazardByName[Key(enterprise, name)].flatMap { hazards[$0] }
    }
    public func equipment(named name: String, of enterprise: EnterpriseID) -> Equipment? {
        equipmentByName[Key(enterprise, name)].flatMap { equipment[$0] }
    }
    /// The point of the same name, equipment and quantity (SJ-12).
    public func point(like point: MonitoringPoint) -> MonitoringPoint? {
        pointByName[PointKey(point)].flatMap { points[$0] }
    }
    public func point(tagged tag: String, of enterprise: EnterpriseID) -> MonitoringPoint? {
        pointByTag[Key(enterprise, tag)].flatMap { points[$0] }
    }
    /// People of an enterprise by that name who have not left, by id.
    public func people(named name: String, of enterprise: EnterpriseID) -> [Person] {
        let name = name.foldedForComparison
        return people.values.filter {
            $0.employer == .enterprise(enterprise) && $0.name.foldedForComparison == name && $0.leftAt == nil
        }.sorted { $0.id < $1.id }
    }
}
