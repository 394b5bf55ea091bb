public import Domain

/// A piece of equipment as the registry has it, with the process that runs in it and the points on it.
public struct EquipmentDesign: Hashable, Sendable {
    public enum Process: Hashable, Sendable {
        case storageTank(heightMeters: Double, heatedTo: Double?)
        case pressureTank(heightMeters: Double, kept: Double?)
        case cryogenicTank(heightMeters: Double)
        case gasHolder(heightMeters: Double)
        case reactor(ReactorDesign)
        case vessel(VesselDesign)
        case warehouse
    }

    public var registered: Equipment
    /// The short name that people say and write in tags: `V-203`.
    public var mark: String
    public var medium: Medium
    public var process: Process
    public var points: [PointDesign]
}
