/// An incident asked for by name: `leak@晋沁化工`, `coolingLoss@140521001/R-201!severe`. Without equipment or severity
/// the plant takes what fits.
public struct IncidentRequest: Hashable, Sendable {
    public var kind: Incident.Kind
    /// Code, name or short name of the enterprise.
    public var enterprise: String
    /// Mark or id of the equipment.
    public var equipment: String?
    public var severity: Incident.Severity?

    public init?(_ text: String) {
        let halves = text.split(separator: "@", maxSplits: 1)
        guard halves.count == 2, let kind = Incident.Kind(rawValue: String(halves[0])) else { return nil }
        self.kind = kind
        var place = halves[1]
        if let mark = place.firstIndex(of: "!") {
            guard let severity = Incident.Severity(rawValue: String(place[place.index(after: mark)...])) else {
                return nil
            }
            self.severity = severity
            place = place[..<mark]
        }
        if let slash = place.firstIndex(of: "/") {
            equipment = String(place[place.index(after: slash)...])
            place = place[..<slash]
        }
        guard !place.isEmpty, equipment?.isEmpty != true else { return nil }
        enterprise = String(place)
    }
}
