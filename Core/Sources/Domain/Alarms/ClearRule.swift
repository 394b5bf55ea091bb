/// Who may clear an alarm by hand, and when (domain §11: 人工不能在值仍越限时消警).
public enum ClearRule {
    /// What is known of the alarm's point.
    public struct Situation: Equatable, Sendable {
        public var isAlarmOpen: Bool
        public var isBeyondLimit: Bool
        /// The last value is good and the point is online: only then is "within the limits" known.
        public var isValueTrusted: Bool

        public init(isAlarmOpen: Bool, isBeyondLimit: Bool, isValueTrusted: Bool) {
            self.isAlarmOpen = isAlarmOpen
            self.isBeyondLimit = isBeyondLimit
            self.isValueTrusted = isValueTrusted
        }
    }

    public enum Refusal: Error, Hashable, Sendable {
        case alreadyCleared
        case valueBeyondLimit
        /// Offline or bad: nobody knows that the value came back.
        case valueUnknown
        /// Filing, false alarm, out of use and new limits come from an approved request, never from this button.
        case needsApproval
        /// Recovery by itself is what the platform sees, nobody's statement.
        case notByHand

        public var reason: String {
            switch self {
            case .alreadyCleared: "该报警已经消警"
            case .valueBeyondLimit: "测量值仍在报警限以外,不能人工消警"
            case .valueUnknown: "点位离线或数据质量差,不能确认已经恢复,不能人工消警"
            case .needsApproval: "此类消警须由监管部门批准,企业不能单方面消警"
            case .notByHand: "自动恢复由系统判定,不能人工选择"
            }
        }
    }

    public static func check(_ type: DispelType, in situation: Situation) throws(Refusal) {
        guard situation.isAlarmOpen else { throw .alreadyCleared }
        switch type {
        case .recoveredByHand:
            guard situation.isValueTrusted else { throw .valueUnknown }
            guard !situation.isBeyondLimit else { throw .valueBeyondLimit }
        case .recovered: throw .notByHand
        case .filing, .falseAlarm, .limitChange, .outOfUse: throw .needsApproval
        }
    }
}
