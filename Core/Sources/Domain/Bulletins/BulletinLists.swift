public import Kernel

/// The names and cases behind the figures, each list in the order in which it is told.
public struct BulletinLists: Hashable, Sendable {
    /// An enterprise as a line names it.
    public struct Place: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var name: String
        /// The unit in which it counts, and whom advice goes to.
        public var unit: String
        public var unitName: String
        public var office: String

        public init(enterprise: EnterpriseID, name: String, unit: String, unitName: String, office: String) {
            self.enterprise = enterprise
            self.name = name
            self.unit = unit
            self.unitName = unitName
            self.office = office
        }
    }

    /// Did not commit itself in time on the period's last day.
    public struct Promise: Hashable, Sendable {
        public enum State: Hashable, Sendable { case late(Timestamp), byDelegate, missing }
        public var enterprise: EnterpriseID
        public var state: State
        /// Days of this month on which it did not commit itself in time, the last one included, of those expected.
        public var monthDays: Ratio

        public init(enterprise: EnterpriseID, state: State, monthDays: Ratio) {
            self.enterprise = enterprise
            self.state = state
            self.monthDays = monthDays
        }
    }

    /// Off line without a break, filed time taken out.
    public struct Offline: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var since: Timestamp
        /// nil: off line still at the period's end.
        public var until: Timestamp?
        public var length: Interval
        public var isStanding: Bool { until == nil }
        /// 长期离线 (JC-14).
        public var isLong: Bool { length >= .hours(72) }

        public init(enterprise: EnterpriseID, since: Timestamp, until: Timestamp? = nil, length: Interval) {
            self.enterprise = enterprise
            self.since = since
            self.until = until
            self.length = length
        }
    }

    public struct Vacancy: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var hazard: String
        public var role: ResponsibleRole

        public init(enterprise: EnterpriseID, hazard: String, role: ResponsibleRole) {
            self.enterprise = enterprise
            self.hazard = hazard
            self.role = role
        }
    }

    public struct OverdueDuties: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var ratio: Ratio

        public init(enterprise: EnterpriseID, ratio: Ratio) {
            self.enterprise = enterprise
            self.ratio = ratio
        }
    }

    /// 装置开停车, of the commitment of the period's last day.
    public struct Installations: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var total: Int
        public var running: Int
        public var stopped: Int
        public var underRepair: Int
        public var isStartingOrStopping: Bool
        public var isOnTrial: Bool
        public var topFires: Int
        public var firstFires: Int
        public var confinedSpaces: Int
        /// The enterprise's own judgement: high risk (SZ-05).
        public var isHighRisk: Bool

        public init(
            enterprise: EnterpriseID, total: Int, running: Int, stopped: Int, underRepair: Int,
            isStartingOrStopping: Bool, isOnTrial: Bool, topFires: Int, firstFires: Int, confinedSpaces: Int,
            isHighRisk: Bool
        ) {
            self.enterprise = enterprise
            self.total = total
            self.running = running
            self.stopped = stopped
            self.underRepair = underRepair
            self.isStartingOrStopping = isStartingOrStopping
            self.isOnTrial = isOnTrial
            self.topFires = topFires
            self.firstFires = firstFires
            self.confinedSpaces = confinedSpaces
            self.isHighRisk = isHighRisk
        }
    }

    /// A recorded start-up, shut-down or repair (units by name).
    public struct Operation: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var kind: String
        public var device: String
        public var from: Timestamp
        public var until: Timestamp

        public init(enterprise: EnterpriseID, kind: String, device: String, from: Timestamp, until: Timestamp) {
            self.enterprise = enterprise
            self.kind = kind
            self.device = device
            self.from = from
            self.until = until
        }
    }

    public struct Risk: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var peak: Level
        public var from: Timestamp
        public var until: Timestamp?
        public var hazards: [String]
        /// Began in the period; else it stood over from before.
        public var isNew: Bool

        public init(
            enterprise: EnterpriseID, peak: Level, from: Timestamp, until: Timestamp? = nil, hazards: [String],
            isNew: Bool
        ) {
            self.enterprise = enterprise
            self.peak = peak
            self.from = from
            self.until = until
            self.hazards = hazards
            self.isNew = isNew
        }
    }

    public struct Case: Hashable, Sendable {
        public var id: WarningID
        public var enterprise: EnterpriseID
        public var hazard: String
        public var peak: Level
        public var raisedAt: Timestamp
        public var isFallen: Bool
        public var clearedAt: Timestamp?
        public var cautions: Int
        /// nil: not yet due, or not yet all clear.
        public var isReportInTime: Bool?
        public var openSupervisions: Int

        public init(
            id: WarningID, enterprise: EnterpriseID, hazard: String, peak: Level, raisedAt: Timestamp,
            isFallen: Bool, clearedAt: Timestamp? = nil, cautions: Int, isReportInTime: Bool? = nil,
            openSupervisions: Int
        ) {
            self.id = id
            self.enterprise = enterprise
            self.hazard = hazard
            self.peak = peak
            self.raisedAt = raisedAt
            self.isFallen = isFallen
            self.clearedAt = clearedAt
            self.cautions = cautions
            self.isReportInTime = isReportInTime
            self.openSupervisions = openSupervisions
        }
    }

    /// Alarms of one enterprise.
    public struct Alarms: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var opened: Int
        public var cleared: Int
        public var clearTime: Ratio
        /// The oldest alarm that is open at the period's end.
        public var oldestOpen: Timestamp?

        public init(
            enterprise: EnterpriseID, opened: Int, cleared: Int, clearTime: Ratio, oldestOpen: Timestamp? = nil
        ) {
            self.enterprise = enterprise
            self.opened = opened
            self.cleared = cleared
            self.clearTime = clearTime
            self.oldestOpen = oldestOpen
        }
    }

    /// A point that came up again and again: three times in seven days asks for an analysis of causes (QY-10).
    public struct Repeated: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var point: PointID
        public var pointName: String
        public var count: Int

        public init(enterprise: EnterpriseID, point: PointID, pointName: String, count: Int) {
            self.enterprise = enterprise
            self.point = point
            self.pointName = pointName
            self.count = count
        }
    }

    public struct Problem: Hashable, Sendable {
        public enum Origin: String, Hashable, Sendable { case patrol, spotCheck, quality, siteCheck }
        public var id: String
        public var origin: Origin
        /// An enterprise, or an authority by its name.
        public var enterprise: EnterpriseID?
        public var authority: AuthorityID?
        public var subject: String
        public var isSerious: Bool
        public var isMajorHiddenDanger: Bool
        public var topic: String
        public var content: String
        public var raisedAt: Timestamp
        public var deadline: Timestamp?
        public var closedAt: Timestamp?
        public var isOverdue: Bool
        /// Raised in the period; else it is only overdue.
        public var isNew: Bool

        public init(
            id: String, origin: Origin, enterprise: EnterpriseID? = nil, authority: AuthorityID? = nil,
            subject: String, isSerious: Bool, isMajorHiddenDanger: Bool, topic: String, content: String,
            raisedAt: Timestamp, deadline: Timestamp? = nil, closedAt: Timestamp? = nil, isOverdue: Bool, isNew: Bool
        ) {
            self.id = id
            self.origin = origin
            self.enterprise = enterprise
            self.authority = authority
            self.subject = subject
            self.isSerious = isSerious
            self.isMajorHiddenDanger = isMajorHiddenDanger
            self.topic = topic
            self.content = content
            self.raisedAt = raisedAt
            self.deadline = deadline
            self.closedAt = closedAt
            self.isOverdue = isOverdue
            self.isNew = isNew
        }
    }

    /// One row of the appendix of the patrol measures (domain §10.8): a check that found something abnormal.
    public struct Check: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var cells: [String]

        public init(enterprise: EnterpriseID, cells: [String]) {
            self.enterprise = enterprise
            self.cells = cells
        }
    }

    /// The daily scores of data quality of one enterprise, the period's days added up (SJ-02).
    public struct Quality: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var tally: QualityTally

        public init(enterprise: EnterpriseID, tally: QualityTally) {
            self.enterprise = enterprise
            self.tally = tally
        }
    }

    /// The last spot check of the last days that saw a violation in the video (SZ-07).
    public struct Violation: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var day: Day

        public init(enterprise: EnterpriseID, day: Day) {
            self.enterprise = enterprise
            self.day = day
        }
    }

    /// A region that comes up again and again, for a bulletin (XC-19b).
    public struct Candidate: Hashable, Sendable {
        public var unit: String
        public var unitName: String
        public var office: String
        public var reasons: [String]

        public init(unit: String, unitName: String, office: String, reasons: [String]) {
            self.unit = unit
            self.unitName = unitName
            self.office = office
            self.reasons = reasons
        }
    }

    public var promises: [Promise] = []
    public var offline: [Offline] = []
    public var vacancies: [Vacancy] = []
    public var overdueDuties: [OverdueDuties] = []
    public var installations: [Installations] = []
    public var operations: [Operation] = []
    public var risks: [Risk] = []
    public var cases: [Case] = []
    public var alarms: [Alarms] = []
    public var repeated: [Repeated] = []
    public var problems: [Problem] = []
    public var checks: [Check] = []
    public var violations: [Violation] = []
    public var qualities: [Quality] = []
    public var candidates: [Candidate] = []
    public var unconnected: [EnterpriseID] = []

    public init() {}
}
