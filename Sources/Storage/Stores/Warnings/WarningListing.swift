public import Domain
public import Kernel

/// One line of a list of warnings: the warning, where it is, and the alarm that says most about it.
public struct WarningListing: Hashable, Sendable {
    public var id: WarningID
    public var level: Level
    public var peakLevel: Level
    public var phase: Warning.Phase
    public var ordinal: Int64
    public var raisedAt: Timestamp
    public var changedAt: Timestamp
    public var acknowledgedAt: Timestamp?
    public var acknowledgedBy: String?
    public var clearedAt: Timestamp?
    public var allClearAt: Timestamp?
    public var reportDueAt: Timestamp?
    public var reportedAt: Timestamp?
    public var approvedAt: Timestamp?
    public var closedAt: Timestamp?
    public var nextDueAt: Timestamp?
    public var nextStep: String?
    public var cautionCount: Int
    public var openSupervisions: Int
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var region: String
    public var regionName: String?
    public var regulator: AuthorityID
    public var regulatorName: String
    public var hazard: HazardID
    public var hazardName: String
    public var hazardGrade: Int
    public var alarm: LeadingAlarm?
    /// Whether the viewer was told of it, and has not opened it since the last rise.
    public var receipt: Receipt

    public enum Receipt: Hashable, Sendable {
        case notRecipient, unread, read
    }
}

/// The worst open alarm of a warning, or its latest one where none is open.
public struct LeadingAlarm: Hashable, Sendable {
    public var id: AlarmID
    public var point: PointID
    public var pointName: String
    public var pointTag: String?
    public var pointKind: String
    public var unit: String
    public var equipmentName: String?
    public var openedAt: Timestamp
    public var currentState: String
    public var worstState: String
    public var lastValue: Double?
    public var worstValue: Double?
    public var threshold: Double?
    public var clearedAt: Timestamp?
    public var offlineSince: Timestamp?
}
