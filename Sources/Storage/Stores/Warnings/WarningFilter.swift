public import Domain
public import Kernel

/// Which warnings a list shows. Everything left out means all.
public struct WarningFilter: Hashable, Sendable {
    public var ids: [WarningID]?
    public var levels: [Level] = []
    public var phases: [Warning.Phase] = []
    /// Leaves out what is closed.
    public var isOpenOnly = false
    /// Warnings not yet lifted: the level is above blue.
    public var isRaisedOnly = false
    public var hasOpenSupervision = false
    /// Division code of a county, city or province: what begins like it without its zeros.
    public var region: String?
    public var enterprise: EnterpriseID?
    public var hazard: HazardID?
    /// Whose tracking it is: the regulator of the enterprise.
    public var regulator: AuthorityID?
    public var raisedFrom: Timestamp?
    public var raisedUntil: Timestamp?
    public var closedFrom: Timestamp?
    /// Part of the enterprise's or the hazard source's name.
    public var text: String?

    public init(ids: [WarningID]? = nil) { self.ids = ids }

    var condition: SQL {
        var parts: [SQL] = ["1 = 1"]
        if let ids { parts.append("w.id IN (\(list: ids))") }
        if !levels.isEmpty { parts.append("w.level IN (\(list: levels))") }
        if !phases.isEmpty { parts.append("w.phase IN (\(list: phases))") }
        if isOpenOnly { parts.append("w.closed_at IS NULL") }
        if isRaisedOnly { parts.append("w.closed_at IS NULL AND w.cleared_at IS NULL") }
        if hasOpenSupervision { parts.append("w.closed_at IS NULL AND w.open_supervisions > 0") }
        if let region { parts.append("substr(e.region, 1, \(region.count)) = \(region)") }
        if let enterprise { parts.append("w.enterprise_id = \(enterprise)") }
        if let hazard { parts.append("w.hazard_id = \(hazard)") }
        if let regulator { parts.append("e.regulator_id = \(regulator)") }
        if let raisedFrom { parts.append("w.raised_at >= \(raisedFrom)") }
        if let raisedUntil { parts.append("w.raised_at < \(raisedUntil)") }
        if let closedFrom { parts.append("w.closed_at >= \(closedFrom)") }
        if let text {
            let pattern = "%" + text.filter { $0 != "%" && $0 != "_" } + "%"
            parts.append("(e.name LIKE \(pattern) OR h.name LIKE \(pattern))")
        }
        return parts.joined(separator: " AND ")
    }
}
