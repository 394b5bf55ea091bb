public import Kernel

/// Everything that the model looks at for one major hazard source.
public struct RiskInputs: Hashable, Sendable {
    /// 1 to 4, 一级 to 四级.
    public var grade: Int
    /// Points in use and not exempt: the denominator of the average.
    public var pointCount: Int
    /// Alarms that count (not exempt): those that stand, and those that opened or cleared within the window.
    public var alarms: [AlarmInput]
    /// Since when the longest silent point without an approved filing has been offline.
    public var offlineSince: Timestamp?
    public var hasBadKeyPoint: Bool
    /// A point is offline or bad: the level must not fall.
    public var isFrozen: Bool
    /// Nil: the module is not in use.
    public var commitment: CommitmentInput?

    public init(
        grade: Int, pointCount: Int, alarms: [AlarmInput] = [], offlineSince: Timestamp? = nil,
        hasBadKeyPoint: Bool = false, isFrozen: Bool = false, commitment: CommitmentInput? = nil
    ) {
        precondition((1...4).contains(grade), "a major hazard source has grade 1 to 4")
        self.grade = grade
        self.pointCount = pointCount
        self.alarms = alarms
        self.offlineSince = offlineSince
        self.hasBadKeyPoint = hasBadKeyPoint
        self.isFrozen = isFrozen
        self.commitment = commitment
    }

    public struct AlarmInput: Hashable, Sendable {
        public var point: PointID
        /// How the explanation names the point.
        public var name: String
        public var quantity: Quantity
        public var state: PointState
        public var openedAt: Timestamp
        /// Since when it has stood in its present state, and on its side of the limits at all.
        public var currentSince: Timestamp
        public var sideSince: Timestamp
        public var clearedAt: Timestamp?

        public init(
            point: PointID, name: String, quantity: Quantity, state: PointState, openedAt: Timestamp,
            currentSince: Timestamp, sideSince: Timestamp, clearedAt: Timestamp?
        ) {
            self.point = point
            self.name = name
            self.quantity = quantity
            self.state = state
            self.openedAt = openedAt
            self.currentSince = currentSince
            self.sideSince = sideSince
            self.clearedAt = clearedAt
        }
    }

    public struct CommitmentInput: Hashable, Sendable {
        /// The instant from which today's commitment is missing; nil once it is made.
        public var overdueAt: Timestamp?
        public var hasSpecialFire: Bool
        public var hasFirstFire: Bool
        public var hasConfinedSpace: Bool
        public var isStartingUpOrTrial: Bool

        public init(
            overdueAt: Timestamp? = nil, hasSpecialFire: Bool = false, hasFirstFire: Bool = false,
            hasConfinedSpace: Bool = false, isStartingUpOrTrial: Bool = false
        ) {
            self.overdueAt = overdueAt
            self.hasSpecialFire = hasSpecialFire
            self.hasFirstFire = hasFirstFire
            self.hasConfinedSpace = hasConfinedSpace
            self.isStartingUpOrTrial = isStartingUpOrTrial
        }
    }
}
