public import Kernel

/// What happened to a warning. An event in the log has happened: `Warning.apply` never refuses one. Recipients stand
/// in the event, so that the log says who was told even after offices have changed.
public enum WarningEvent: Hashable, Sendable {
    case raised(Raised)
    case changed(Changed)
    /// The level is back at blue (预警解除).
    case cleared
    /// An alarm of the source that is open while the warning stands belongs to it.
    case alarmLinked(AlarmID)
    case alarmCleared(AlarmID)
    /// 消警 (A16): the report's hour runs from here.
    case allClear(reportDueAt: Timestamp)
    case cautioned(Cautioned)
    case supervisionOrdered(level: Level, of: AuthorityID, isLate: Bool)
    case reportOverdue
    case acknowledged(by: PersonID, note: String)
    /// What is being done: on site, measures taken.
    case progressed(by: String, text: String)
    case reported(Reported)
    case reportReturned(by: String, note: String, reportDueAt: Timestamp)
    case reportApproved(by: String)
    case fedBack(supervision: Int, by: AuthorityID, text: String)
    case annotated(by: String, text: String)
    case closed

    public struct Raised: Hashable, Sendable {
        public var hazard: HazardID
        public var enterprise: EnterpriseID
        /// The how-manieth episode of the source, from 1.
        public var ordinal: Int64
        public var level: Level
        /// Levels whose clocks begin.
        public var issued: [Level]
        public var recipients: [Recipient]
        public var rules: DisposalRules
        public var cause: JSON
    }

    public struct Changed: Hashable, Sendable {
        public var from: Level
        public var to: Level
        public var issued: [Level]
        /// Levels whose clocks go on (A6).
        public var resumed: [Level]
        /// Levels whose clocks were found dead (A6).
        public var lapsed: [Level]
        /// Empty on a fall.
        public var recipients: [Recipient]
        public var cause: JSON
    }

    public struct Cautioned: Hashable, Sendable {
        public var level: Level
        public var count: Int64
        public var recipients: [Recipient]
        /// The one catch-up after an outage (T8).
        public var isLate: Bool
    }

    public struct Reported: Hashable, Sendable {
        public var by: String
        public var result: String
        public var cause: String
        public var measures: String
        public var isLate: Bool
    }
}
