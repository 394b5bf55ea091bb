import Domain
import Kernel

/// The checker's own book of one case. It counts by adding periods up, keeps no event and shares no arithmetic with
/// `Warning`.
struct SweepCase {
    /// One issuing of one level.
    struct Ladder {
        var nextPush: Timestamp
        var rung: Int64 = 1
        /// Nil once ordered.
        var siteCheckAt: Timestamp?
        var leftAt: Timestamp?
        let period: Interval

        init(from origin: Timestamp, clock: DisposalRules.Clock) {
            period = clock.cautionPeriod
            nextPush = origin + period
            siteCheckAt = origin + clock.supervisionDelay
        }

        mutating func climb() {
            nextPush = nextPush + period
            rung += 1
        }
    }

    enum Report { case none, submitted, approved }

    let ordinal: Int64
    let rules: DisposalRules
    var ladders: [Level: Ladder] = [:]
    /// Levels that ever had a ladder.
    var everIssued: Set<Level> = []
    var clearedAt: Timestamp?
    var alarms: Set<AlarmID> = []
    var sawAlarm = false
    /// 消警 happened.
    var isQuiet = false
    var reportDueAt: Timestamp?
    var isOverdueNoted = false
    var report = Report.none
    /// Ordered of whom, and whether answered.
    var siteChecks: [(of: AuthorityID, isAnswered: Bool)] = []

    var running: [Level] { Level.warnings.filter { ladders[$0].map { $0.leftAt == nil } ?? false } }

    mutating func issue(_ level: Level, at now: Timestamp) {
        ladders[level] = Ladder(from: now, clock: rules.clocks[level])
        everIssued.insert(level)
    }

    mutating func unsettleReport() {
        isQuiet = false
        reportDueAt = nil
        isOverdueNoted = false
        report = .none
    }

    mutating func becomeQuiet(at now: Timestamp) {
        isQuiet = true
        reportDueAt = now + rules.reportWithin
    }

    var isComplete: Bool {
        clearedAt != nil && alarms.isEmpty && report == .approved && siteChecks.allSatisfy(\.isAnswered)
    }

    /// The earliest instant at which this case asks for something by itself.
    var nextDeadline: Timestamp? {
        var candidates: [Timestamp] = []
        for level in running {
            guard let ladder = ladders[level] else { continue }
            candidates.append(ladder.nextPush)
            if let due = ladder.siteCheckAt { candidates.append(due) }
        }
        if awaitsReport, let reportDueAt { candidates.append(reportDueAt) }
        return candidates.min()
    }

    var awaitsReport: Bool { isQuiet && report == .none && !isOverdueNoted }

    /// Where no clock runs, somebody must be known for whom the case waits.
    var waitsForSomebody: Bool {
        !alarms.isEmpty || (isQuiet && report != .approved) || siteChecks.contains { !$0.isAnswered }
    }
}
