public import Kernel

/// One warning of one major hazard source, from raising to closing (disposal measures Art. 4–13; A33: one episode a
/// source). A value: `decide` says what happens and changes nothing, `apply` makes it so, `nextDeadline` is derived.
/// The state is the events applied in order, and nothing else.
public struct Warning: Hashable, Sendable {
    public let id: WarningID
    public let hazard: HazardID
    public let enterprise: EnterpriseID
    public let ordinal: Int64
    /// Frozen when the warning was raised.
    public let rules: DisposalRules
    public let raisedAt: Timestamp

    public private(set) var level: Level
    public private(set) var peakLevel: Level
    public private(set) var changedAt: Timestamp
    public private(set) var issues: PerWarningLevel<Issue?> = PerWarningLevel(repeating: nil)
    /// 预警解除; nil while above blue.
    public private(set) var clearedAt: Timestamp?
    /// Linked alarms that are open.
    public private(set) var openAlarms: Set<AlarmID> = []
    /// Since the raise or the latest rebound from blue.
    public private(set) var hadAlarms = false
    /// 消警 (A16); nil until then and again after a rebound or a new alarm.
    public private(set) var allClearAt: Timestamp?
    public private(set) var reportDueAt: Timestamp?
    public private(set) var reportOverdueAt: Timestamp?
    public private(set) var reports: [DisposalReport] = []
    public private(set) var supervisions: [Supervision] = []
    /// By a responsible person, since the latest rise: a rise asks for a new acknowledgement.
    public private(set) var acknowledgedAt: Timestamp?
    public private(set) var acknowledgedBy: PersonID?
    public private(set) var progressedAt: Timestamp?
    public private(set) var cautionCount: Int64 = 0
    public private(set) var closedAt: Timestamp?

    /// A warning begins with its `raised` event.
    public init(id: WarningID, raised: WarningEvent.Raised, at now: Timestamp) {
        self.id = id
        hazard = raised.hazard
        enterprise = raised.enterprise
        ordinal = raised.ordinal
        rules = raised.rules
        raisedAt = now
        level = raised.level
        peakLevel = raised.level
        changedAt = now
        for level in raised.issued { issues[level] = Issue(issuedAt: now) }
    }

    /// The report that counts.
    public var report: DisposalReport? { reports.last { $0.counts } }
    public var isApproved: Bool { report?.state == .approved }
    public var openSupervisions: Int { supervisions.count { $0.fedBackAt == nil } }

    /// Whether a rise now is a rebound of this episode (A6).
    public func canRebound(at now: Timestamp) -> Bool {
        guard closedAt == nil else { return false }
        guard let clearedAt else { return true }
        return now - clearedAt <= rules.reboundWithin
    }

    /// Cleared, alarms cleared, report approved, every supervision answered (YJ-01; domain §11).
    var isComplete: Bool {
        closedAt == nil && clearedAt != nil && openAlarms.isEmpty && isApproved && openSupervisions == 0
    }

    /// The next instant at which something happens by itself; never set by hand.
    public var nextDeadline: Timestamp? {
        guard closedAt == nil else { return nil }
        var next: Timestamp?
        func consider(_ instant: Timestamp?) {
            if let instant { next = next.map { min($0, instant) } ?? instant }
        }
        for level in Level.warnings { consider(issues[level]?.nextDeadline(rules.clocks[level])) }
        if isReportAwaited { consider(reportDueAt) }
        return next
    }

    /// 消警 happened, nobody reported, and that is not yet on record as overdue.
    var isReportAwaited: Bool { allClearAt != nil && report == nil && reportOverdueAt == nil }
}

extension Warning {
    /// Makes an event so. Total: an event in the log has happened.
    public mutating func apply(_ event: WarningEvent, at now: Timestamp) {
        switch event {
        case .raised: preconditionFailure("a warning is raised once")
        case .changed(let change): apply(change, at: now)
        case .cleared: clearedAt = now
        case .alarmLinked(let alarm):
            openAlarms.insert(alarm)
            hadAlarms = true
            stopReportClock(at: now)
        case .alarmCleared(let alarm): openAlarms.remove(alarm)
        case .allClear(let due):
            allClearAt = now
            reportDueAt = due
        case .cautioned(let caution):
            issues[caution.level]?.lastCount = caution.count
            cautionCount += 1
        case .supervisionOrdered(let level, let authority, _):
            issues[level]?.supervisionOrdered = true
            supervisions.append(Supervision(level: level, authority: authority, orderedAt: now))
        case .reportOverdue: reportOverdueAt = now
        case .acknowledged(let person, _):
            if acknowledgedAt == nil {
                acknowledgedAt = now
                acknowledgedBy = person
            }
        case .progressed: progressedAt = now
        case .reported(let report):
            reports.append(DisposalReport(reportedAt: now, isLate: report.isLate, state: .submitted))
        case .reportReturned(_, _, let due):
            setCountingReport(to: .returned, at: now)
            reportDueAt = due
            reportOverdueAt = nil
        case .reportApproved: setCountingReport(to: .approved, at: now)
        case .fedBack(let index, _, _): supervisions[index].fedBackAt = now
        case .annotated: break
        case .closed: closedAt = now
        }
    }

    private mutating func apply(_ change: WarningEvent.Changed, at now: Timestamp) {
        if change.from == .blue {
            // The hour that had begun is void (A6); the next 消警 starts it again.
            clearedAt = nil
            hadAlarms = !openAlarms.isEmpty
            stopReportClock(at: now)
        }
        level = change.to
        changedAt = now
        peakLevel = max(peakLevel, change.to)
        if change.to > change.from {
            acknowledgedAt = nil
            acknowledgedBy = nil
        }
        for level in change.lapsed { issues[level]?.hasLapsed = true }
        for level in change.resumed {
            guard var issue = issues[level] else { preconditionFailure("a level resumes that was never issued") }
            issue.leftAt = nil
            // Nothing was pushed while it was interrupted, and those periods are not counted again.
            let passed = issue.count(before: now, period: rules.clocks[level].cautionPeriod)
            issue.lastCount = max(issue.lastCount, passed)
            issues[level] = issue
        }
        for level in change.issued { issues[level] = Issue(issuedAt: now) }
        for level in Level.warnings where level > change.to && issues[level]?.isRunning == true {
            issues[level]?.leftAt = now
        }
    }

    /// A rebound or a new alarm: what was reported is history.
    private mutating func stopReportClock(at now: Timestamp) {
        allClearAt = nil
        reportDueAt = nil
        reportOverdueAt = nil
        setCountingReport(to: .void, at: now)
    }

    private mutating func setCountingReport(to state: DisposalReport.State, at now: Timestamp) {
        guard let index = reports.lastIndex(where: { $0.counts }) else { return }
        reports[index].state = state
        reports[index].decidedAt = now
    }
}
