import Kernel

/// Collects the events of one decision, applying each to a copy so that the next sees what the last has changed.
struct WarningDeed {
    var warning: Warning
    let now: Timestamp
    var events: [WarningEvent] = []

    init(warning: Warning, now: Timestamp) {
        self.warning = warning
        self.now = now
    }

    mutating func add(_ event: WarningEvent) {
        warning.apply(event, at: now)
        events.append(event)
    }

    mutating func setLevel(_ level: Level, openAlarms: [AlarmID], cause: JSON, routing: Routing) {
        let old = warning.level
        guard level != old else { return }
        // A clock that ran out before this instant has run out, even where nobody has acted on it yet: a fall a
        // moment after the deadline must not swallow the push or the site check.
        catchUp(isLate: false, routing: routing)
        if level > old { rise(to: level, cause: cause, routing: routing) } else { fall(to: level, cause: cause) }
        if old == .blue {
            for alarm in openAlarms where !warning.openAlarms.contains(alarm) { add(.alarmLinked(alarm)) }
        }
        if level == .blue {
            add(.cleared)
            noticeAllClear()
        }
        if level > old { orderInterruptedSupervisions(routing: routing) }
    }

    /// A3, A6: clocks left within the rebound time go on, older ones are dead, the level reached is issued if it has
    /// no clock; levels jumped over are not (A5) unless the rules cascade.
    private mutating func rise(to level: Level, cause: JSON, routing: Routing) {
        var change = WarningEvent.Changed(
            from: warning.level, to: level, issued: [], resumed: [], lapsed: [],
            recipients: routing.recipients(of: level, rules: warning.rules), cause: cause)
        for passed in Level.warnings where passed <= level {
            guard let issue = warning.issues[passed], !issue.hasLapsed, let left = issue.leftAt else { continue }
            if now - left <= warning.rules.reboundWithin {
                change.resumed.append(passed)
            } else {
                change.lapsed.append(passed)
            }
        }
        let hasClock = warning.issues[level].map { !$0.hasLapsed && !change.lapsed.contains(level) } ?? false
        if !hasClock { change.issued = issuedLevels(at: level) }
        add(.changed(change))
    }

    /// A4: a level reached only on the way down is issued now; one that was stood at or above all along keeps its
    /// clock. Nothing is sent.
    private mutating func fall(to level: Level, cause: JSON) {
        var change = WarningEvent.Changed(
            from: warning.level, to: level, issued: [], resumed: [], lapsed: [], recipients: [], cause: cause)
        if level > .blue, warning.issues[level]?.isRunning != true { change.issued = issuedLevels(at: level) }
        add(.changed(change))
    }

    /// With `cascadeLowerTimers` every lower level that was never issued counts as issued too (A5).
    private func issuedLevels(at level: Level) -> [Level] {
        guard warning.rules.cascadeLowerTimers else { return [level] }
        return [level] + Level.warnings.filter { $0 < level && warning.issues[$0] == nil }
    }

    /// A supervision whose time came while its level was left is ordered at the rebound.
    private mutating func orderInterruptedSupervisions(routing: Routing) {
        for level in Level.warnings {
            guard let issue = warning.issues[level], issue.isRunning, !issue.supervisionOrdered,
                issue.supervisionDue(warning.rules.clocks[level]) < now
            else { continue }
            add(.supervisionOrdered(level: level, of: routing.supervisor(of: level), isLate: false))
        }
    }

    /// 消警 (A16): the last linked alarm has cleared; where there was none, the level is back at blue.
    mutating func noticeAllClear() {
        guard warning.allClearAt == nil, warning.openAlarms.isEmpty, warning.hadAlarms || warning.clearedAt != nil
        else { return }
        add(.allClear(reportDueAt: now + warning.rules.reportWithin))
    }

    /// Every deadline up to and including now: yellow, orange, red; caution before supervision; then the report.
    mutating func elapse(routing: Routing) {
        guard warning.closedAt == nil else { return }
        for level in Level.warnings {
            caution(level, isInclusive: true, isLate: false, routing: routing)
            supervise(level, isInclusive: true, isLate: false, routing: routing)
        }
        if warning.isReportAwaited, let due = warning.reportDueAt, due <= now { add(.reportOverdue) }
    }

    /// T8: what was due before now is missed; what falls due exactly now is on time and comes with `elapse`.
    mutating func recover(routing: Routing) {
        guard warning.closedAt == nil else { return }
        catchUp(isLate: true, routing: routing)
    }

    private mutating func catchUp(isLate: Bool, routing: Routing) {
        for level in Level.warnings {
            caution(level, isInclusive: false, isLate: isLate, routing: routing)
            supervise(level, isInclusive: false, isLate: isLate, routing: routing)
        }
    }

    /// Of several missed periods only the latest is pushed.
    private mutating func caution(_ level: Level, isInclusive: Bool, isLate: Bool, routing: Routing) {
        guard let issue = warning.issues[level], issue.isRunning else { return }
        let period = warning.rules.clocks[level].cautionPeriod
        let end = isInclusive ? now + .milliseconds(1) : now
        let count = issue.count(before: end, period: period)
        guard count > issue.lastCount else { return }
        // A server that was held up for a while says so; the tolerance keeps ordinary lag from being called late.
        let due = issue.issuedAt + period * count
        let wasHeldUp = count > issue.lastCount + 1 || now - due > Self.lateTolerance
        add(
            .cautioned(
                .init(
                    level: level, count: count, recipients: routing.cautioned(of: level),
                    isLate: isLate || wasHeldUp)))
    }

    private mutating func supervise(_ level: Level, isInclusive: Bool, isLate: Bool, routing: Routing) {
        guard let issue = warning.issues[level], issue.isRunning, !issue.supervisionOrdered else { return }
        let due = issue.supervisionDue(warning.rules.clocks[level])
        guard isInclusive ? due <= now : due < now else { return }
        let wasHeldUp = now - due > Self.lateTolerance
        add(
            .supervisionOrdered(
                level: level, of: routing.supervisor(of: level), isLate: isLate || wasHeldUp))
    }

    mutating func closeIfComplete() {
        if warning.isComplete { add(.closed) }
    }

    /// 本项目约定: a push later than this is marked 补发.
    static let lateTolerance = Interval.minutes(2)
}
