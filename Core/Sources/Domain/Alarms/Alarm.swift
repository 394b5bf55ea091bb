public import Kernel

/// One crossing of a limit from beginning to end (application rules 七; domain §11): the state it began with, the worst
/// and the present one, not one row a crossing of each limit.
///
/// Chatter: an alarm that opens within 30 minutes of the same point's last clearing is a new alarm, because the old
/// one *is* cleared and the hour of Art. 9 counts from there (A16). It carries the chain's id and the next ordinal, so
/// that lists and statistics can show the chain as one while each occurrence still counts.
public struct Alarm: Hashable, Sendable {
    public let id: AlarmID
    public let point: PointID
    /// Nil for a point that belongs to no major hazard source; it alarms all the same.
    public let hazard: HazardID?
    public let enterprise: EnterpriseID
    public let quantity: Quantity
    /// The id of the first alarm of the chain, its own where it is the first.
    public let chain: AlarmID
    /// 1, or one more than that of the alarm before it in the chain.
    public let occurrence: Int
    public let openedAt: Timestamp
    public let startState: PointState
    public let startValue: Double
    public private(set) var worstState: PointState
    public private(set) var worstValue: Double
    public private(set) var currentState: PointState
    public private(set) var currentSince: Timestamp
    /// Since when the value has been beyond the limits of this side (high or low) without a break.
    public private(set) var sideSince: Timestamp
    public private(set) var lastValue: Double
    /// The limit of the present state.
    public private(set) var threshold: Double?
    public private(set) var clearedAt: Timestamp?
    public private(set) var dispelType: DispelType?
    public private(set) var clearedBy: String?
    /// Since when an approved exemption takes it out of A and K.
    public private(set) var exemptedAt: Timestamp?

    public static let chatterWindow = Interval.minutes(30)

    /// What an earlier alarm of the point passes on.
    public struct Predecessor: Hashable, Sendable {
        public var chain: AlarmID
        public var occurrence: Int
        public var clearedAt: Timestamp
        public init(chain: AlarmID, occurrence: Int, clearedAt: Timestamp) {
            self.chain = chain
            self.occurrence = occurrence
            self.clearedAt = clearedAt
        }
    }

    public init(
        id: AlarmID, point: PointID, hazard: HazardID?, enterprise: EnterpriseID, quantity: Quantity,
        state: PointState, at instant: Timestamp, value: Double, threshold: Double?, after predecessor: Predecessor?,
        isExempt: Bool
    ) {
        precondition(state.isAlarm, "an alarm opens in an alarm state")
        let isChatter = predecessor.map { instant - $0.clearedAt <= Self.chatterWindow } ?? false
        self.id = id
        self.point = point
        self.hazard = hazard
        self.enterprise = enterprise
        self.quantity = quantity
        chain = isChatter ? predecessor?.chain ?? id : id
        occurrence = isChatter ? (predecessor?.occurrence ?? 0) + 1 : 1
        openedAt = instant
        startState = state
        startValue = value
        worstState = state
        worstValue = value
        currentState = state
        currentSince = instant
        sideSince = instant
        lastValue = value
        self.threshold = threshold
        exemptedAt = isExempt ? instant : nil
    }

    public init(
        id: AlarmID, point: PointID, hazard: HazardID?, enterprise: EnterpriseID, quantity: Quantity, chain: AlarmID,
        occurrence: Int, openedAt: Timestamp, startState: PointState, startValue: Double, worstState: PointState,
        worstValue: Double, currentState: PointState, currentSince: Timestamp, sideSince: Timestamp,
        lastValue: Double, threshold: Double?, clearedAt: Timestamp?, dispelType: DispelType?, clearedBy: String?,
        exemptedAt: Timestamp?
    ) {
        self.id = id
        self.point = point
        self.hazard = hazard
        self.enterprise = enterprise
        self.quantity = quantity
        self.chain = chain
        self.occurrence = occurrence
        self.openedAt = openedAt
        self.startState = startState
        self.startValue = startValue
        self.worstState = worstState
        self.worstValue = worstValue
        self.currentState = currentState
        self.currentSince = currentSince
        self.sideSince = sideSince
        self.lastValue = lastValue
        self.threshold = threshold
        self.clearedAt = clearedAt
        self.dispelType = dispelType
        self.clearedBy = clearedBy
        self.exemptedAt = exemptedAt
    }
}

extension Alarm {
    public var isOpen: Bool { clearedAt == nil }
    /// Whether it counts in A and K.
    public var counts: Bool { exemptedAt == nil }

    public mutating func change(to state: PointState, at instant: Timestamp, value: Double, threshold: Double?) {
        precondition(isOpen && state.isAlarm, "an open alarm changes among alarm states")
        if state.isHighSide != currentState.isHighSide { sideSince = instant }
        currentState = state
        currentSince = instant
        if state.severity > worstState.severity {
            worstState = state
            worstValue = value
        }
        lastValue = value
        self.threshold = threshold
    }

    public mutating func clear(as type: DispelType, at instant: Timestamp, by actor: String, value: Double?) {
        precondition(isOpen, "an alarm is cleared once")
        clearedAt = max(instant, openedAt)
        dispelType = type
        clearedBy = actor
        if type.needsApproval, type != .limitChange { exemptedAt = exemptedAt ?? clearedAt }
        if let value { lastValue = value }
    }

    public var predecessor: Predecessor? {
        clearedAt.map { Predecessor(chain: chain, occurrence: occurrence, clearedAt: $0) }
    }
}
