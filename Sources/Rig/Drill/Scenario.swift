public import Domain
public import Kernel

/// A drill's scenario, checked: every id is known, every time possible, nothing laxer than the law.
public struct Scenario: Sendable {
    public var start: Timestamp
    public var end: Timestamp
    public var authorities: [Authority]
    public var enterprises: [Enterprise]
    public var rules: DisposalRules
    public var events: [Event]

    public struct Authority: Sendable {
        public var id: AuthorityID
        public var level: AuthorityLevel
        public var name: String
        public var region: String?
        public var parent: AuthorityID?
    }

    public struct Enterprise: Sendable {
        public var id: EnterpriseID
        public var name: String
        public var regulator: AuthorityID
        public var park: AuthorityID?
        public var hazards: [Hazard]
    }

    public struct Hazard: Sendable {
        public var id: HazardID
        public var name: String
        public var grade: Int
        public var responsible: [ResponsibleRole: PersonID]
        public var points: [Point]
    }

    public struct Point: Sendable {
        public var id: PointID
        public var kind: String
        public var unit: String
        public var equipment: String?
        public var range: (low: Double, high: Double)?
        public var lowLow: Double?
        public var low: Double?
        public var high: Double?
        public var highHigh: Double?
    }

    public struct Event: Sendable {
        public var at: Timestamp
        public var deed: Deed
    }

    public enum Deed: Sendable {
        case level(HazardID, Level)
        case value(PointID, Double)
        case acknowledge(HazardID, by: String)
        case report(HazardID, result: String, cause: String, measures: String)
        case feedback(HazardID, by: String, text: String)
        case stop
        case start
    }
}

/// Everything that is wrong with a scenario, one line a mistake, each naming its place.
public struct ScenarioMistakes: Error, Sendable {
    public let lines: [String]
}
