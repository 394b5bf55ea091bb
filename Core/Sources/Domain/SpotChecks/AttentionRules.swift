public import Kernel

/// What is known of one enterprise that could make it one to look at first.
public struct AttentionFacts: Hashable, Sendable {
    public struct Commitment: Hashable, Sendable {
        public let day: Day
        /// `高风险` in the words of the commitment.
        public let level: String
        public let isHigh: Bool

        public init(day: Day, level: String, isHigh: Bool) {
            self.day = day
            self.level = level
            self.isHigh = isHigh
        }
    }

    public let enterprise: EnterpriseID
    public var alarms = 0
    public var cleared = 0
    /// Of all cleared alarms together.
    public var clearingMinutes = 0
    public var offlineHours = 0
    public var cameraViolation: Day?
    public var commitment: Commitment?

    public init(_ enterprise: EnterpriseID) { self.enterprise = enterprise }

    var meanMinutes: Int? { cleared > 0 ? clearingMinutes / cleared : nil }
}

/// 《省》一 names whom to look at first but no numbers: the thresholds are 本项目约定.
public enum AttentionRules {
    public static let windowDays: Int64 = 7
    /// The first so many of a jurisdiction.
    public static let places = 5
    public static let alarmsAtLeast = 5
    public static let meanMinutesAtLeast = 60
    public static let clearedAtLeast = 3
    /// JC-14, domain §9.
    public static let offlineHoursAtLeast = 72

    public static func reasons(among facts: [AttentionFacts]) -> [EnterpriseID: [AttentionReason]] {
        var found: [EnterpriseID: [AttentionReason]] = [:]
        let many = facts.filter { $0.alarms >= alarmsAtLeast }
        let slow = facts.filter { $0.cleared >= clearedAtLeast && ($0.meanMinutes ?? 0) >= meanMinutesAtLeast }
        for own in facts {
            var reasons: [AttentionReason] = []
            if let commitment = own.commitment, commitment.isHigh {
                reasons.append(.committedHighRisk(day: commitment.day, level: commitment.level))
            }
            // Ties share a place; all who share the last place are in.
            if own.alarms >= alarmsAtLeast {
                let place = 1 + many.count { $0.alarms > own.alarms }
                if place <= places { reasons.append(.manyAlarms(count: own.alarms, place: place)) }
            }
            if slow.contains(own), let mean = own.meanMinutes {
                let place = 1 + slow.count { ($0.meanMinutes ?? 0) > mean }
                if place <= places { reasons.append(.slowDisposal(meanMinutes: mean, place: place)) }
            }
            if let day = own.cameraViolation { reasons.append(.cameraViolation(day: day)) }
            if own.offlineHours >= offlineHoursAtLeast { reasons.append(.longOffline(hours: own.offlineHours)) }
            if !reasons.isEmpty { found[own.enterprise] = reasons }
        }
        return found
    }
}
