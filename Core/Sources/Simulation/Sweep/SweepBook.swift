import Domain
import Kernel

/// What ought to happen, worked out a second time from the inputs alone: levels, alarms, outages, deeds of people. The
/// checks of the sweep compare it with what the state machine did.
struct SweepBook {
    struct Source {
        let routing: Routing
        var level = Level.blue
        var alarms: [AlarmID] = []
        /// Not closed, oldest first.
        var cases: [SweepCase] = []
        var caseCount: Int64 = 0
    }

    let rules: DisposalRules
    private(set) var sources: [Source]
    private(set) var expected: Set<SweepNotice> = []
    private var isUp = true
    private var startedAt = Timestamp.distantPast
    private var now: Timestamp

    init(start: Timestamp, rules: DisposalRules, routings: [Routing]) {
        now = start
        self.rules = rules
        sources = routings.map { Source(routing: $0) }
    }

    mutating func takeExpected() -> Set<SweepNotice> {
        defer { expected.removeAll(keepingCapacity: true) }
        return expected
    }

    private mutating func expect(_ kind: SweepNotice.Kind, _ source: Int, _ place: Int, at instant: Timestamp? = nil) {
        expected.insert(
            SweepNotice(
                at: instant ?? now, source: source, ordinal: sources[source].cases[place].ordinal, kind: kind))
    }

    // MARK: time

    /// Everything due before the instant (or on it, at the end of a run).
    mutating func pass(to instant: Timestamp, inclusive: Bool = false) {
        let limit = inclusive ? instant + .milliseconds(1) : instant
        if isUp, limit > now {
            for source in sources.indices {
                for place in sources[source].cases.indices { climb(source, place, before: limit) }
            }
        }
        now = instant
    }

    private mutating func climb(_ source: Int, _ place: Int, before limit: Timestamp) {
        let routing = sources[source].routing
        for level in sources[source].cases[place].running {
            guard var ladder = sources[source].cases[place].ladders[level] else { continue }
            while ladder.nextPush < limit {
                expect(
                    .caution(level, ladder.rung, to: Self.pushed(level, routing), isLate: false), source, place,
                    at: ladder.nextPush)
                ladder.climb()
            }
            sources[source].cases[place].ladders[level] = ladder
            if let due = ladder.siteCheckAt, due < limit { order(level, source, place, at: due, isLate: false) }
        }
        let standing = sources[source].cases[place]
        if standing.awaitsReport, let due = standing.reportDueAt, due < limit {
            expect(.reportOverdue, source, place, at: max(due, startedAt))
            sources[source].cases[place].isOverdueNoted = true
        }
    }

    private mutating func order(_ level: Level, _ source: Int, _ place: Int, at instant: Timestamp, isLate: Bool) {
        let authority = Self.siteChecker(level, sources[source].routing)
        sources[source].cases[place].ladders[level]?.siteCheckAt = nil
        sources[source].cases[place].siteChecks.append((authority, false))
        expect(.supervision(level, of: authority, isLate: isLate), source, place, at: instant)
    }

    mutating func stop() { isUp = false }

    mutating func start() {
        isUp = true
        startedAt = now
        for source in sources.indices {
            for place in sources[source].cases.indices {
                for level in sources[source].cases[place].running {
                    guard var ladder = sources[source].cases[place].ladders[level] else { continue }
                    var missed: Int64?
                    while ladder.nextPush < now {
                        missed = ladder.rung
                        ladder.climb()
                    }
                    sources[source].cases[place].ladders[level] = ladder
                    if let missed {
                        let to = Self.pushed(level, sources[source].routing)
                        expect(.caution(level, missed, to: to, isLate: true), source, place)
                    }
                    if let due = ladder.siteCheckAt, due < now { order(level, source, place, at: now, isLate: true) }
                }
            }
        }
    }

    // MARK: levels and alarms

    mutating func setLevel(_ level: Level, of source: Int) {
        let old = sources[source].level
        guard level != old else { return }
        sources[source].level = level
        if old == .blue {
            begin(level, source)
        } else {
            let told = level > old ? told(level, source) : []
            expect(.changed(from: old, to: level, told: told), source, sources[source].cases.count - 1)
        }
        let place = sources[source].cases.count - 1
        if level > old {
            resume(upTo: level, source, place)
        } else {
            for above in sources[source].cases[place].running where above > level {
                sources[source].cases[place].ladders[above]?.leftAt = now
            }
        }
        if level == .blue {
            clear(source, place)
        } else if !sources[source].cases[place].running.contains(level) {
            sources[source].cases[place].issue(level, at: now)
            if rules.cascadeLowerTimers {
                for lower in Level.warnings
                where lower < level && !sources[source].cases[place].everIssued.contains(lower) {
                    sources[source].cases[place].issue(lower, at: now)
                }
            }
        }
    }

    /// From blue: the latest case goes on where it may, else a new one begins.
    private mutating func begin(_ level: Level, _ source: Int) {
        let latest = sources[source].cases.last
        if let latest, latest.ordinal == sources[source].caseCount, let cleared = latest.clearedAt,
            now - cleared <= .minutes(10)
        {
            expect(.changed(from: .blue, to: level, told: told(level, source)), source, sources[source].cases.count - 1)
        } else {
            sources[source].caseCount += 1
            sources[source].cases.append(SweepCase(ordinal: sources[source].caseCount, rules: rules))
            expect(.raised(level, to: told(level, source)), source, sources[source].cases.count - 1)
        }
        let place = sources[source].cases.count - 1
        sources[source].cases[place].clearedAt = nil
        sources[source].cases[place].unsettleReport()
        for alarm in sources[source].alarms
        where sources[source].cases[place].alarms.insert(alarm).inserted {
            expect(.alarmLinked(alarm), source, place)
        }
        sources[source].cases[place].sawAlarm = !sources[source].alarms.isEmpty
    }

    private mutating func resume(upTo level: Level, _ source: Int, _ place: Int) {
        for passed in Level.warnings where passed <= level {
            guard var ladder = sources[source].cases[place].ladders[passed], let left = ladder.leftAt else { continue }
            guard now - left <= .minutes(10) else {
                sources[source].cases[place].ladders[passed] = nil
                continue
            }
            ladder.leftAt = nil
            while ladder.nextPush < now { ladder.climb() }
            sources[source].cases[place].ladders[passed] = ladder
            if let due = ladder.siteCheckAt, due < now { order(passed, source, place, at: now, isLate: false) }
        }
    }

    private mutating func clear(_ source: Int, _ place: Int) {
        expect(.cleared, source, place)
        sources[source].cases[place].clearedAt = now
        let standing = sources[source].cases[place]
        if !standing.sawAlarm, !standing.isQuiet { quiet(source, place) }
        closeIfComplete(source, place)
    }

    private mutating func quiet(_ source: Int, _ place: Int) {
        sources[source].cases[place].becomeQuiet(at: now)
        expect(.allClear(reportDueAt: now + rules.reportWithin), source, place)
    }

    mutating func openAlarm(_ alarm: AlarmID, of source: Int) {
        sources[source].alarms.append(alarm)
        let place = sources[source].cases.count - 1
        guard place >= 0, sources[source].level > .blue else { return }
        sources[source].cases[place].alarms.insert(alarm)
        sources[source].cases[place].sawAlarm = true
        sources[source].cases[place].unsettleReport()
        expect(.alarmLinked(alarm), source, place)
    }

    mutating func clearAlarm(_ alarm: AlarmID, of source: Int) {
        sources[source].alarms.removeAll { $0 == alarm }
        for place in sources[source].cases.indices.reversed() {
            guard sources[source].cases[place].alarms.remove(alarm) != nil else { continue }
            expect(.alarmCleared(alarm), source, place)
            if sources[source].cases[place].alarms.isEmpty { quiet(source, place) }
        }
    }

    // MARK: people; each answers whether the deed is taken

    mutating func acknowledge(by person: PersonID, of source: Int) -> Bool {
        guard let latest = sources[source].cases.last, latest.ordinal == sources[source].caseCount,
            sources[source].routing.responsible.values.contains(person)
        else { return false }
        expect(.acknowledged(person), source, sources[source].cases.count - 1)
        return true
    }

    mutating func report(_ source: Int) -> Bool {
        guard let place = sources[source].cases.firstIndex(where: { $0.isQuiet && $0.report == .none }) else {
            return false
        }
        let due = sources[source].cases[place].reportDueAt ?? .distantFuture
        expect(.reported(isLate: now > due), source, place)
        sources[source].cases[place].report = .submitted
        let ordinal = sources[source].cases[place].ordinal
        if rules.approvalTakenAsGiven { _ = decide(approves: true, source, ordinal: ordinal) }
        return true
    }

    mutating func decide(approves: Bool, _ source: Int, ordinal: Int64) -> Bool {
        guard let place = sources[source].cases.firstIndex(where: { $0.ordinal == ordinal }),
            sources[source].cases[place].report == .submitted
        else { return false }
        if approves {
            sources[source].cases[place].report = .approved
            expect(.approved, source, place)
        } else {
            sources[source].cases[place].report = .none
            sources[source].cases[place].isOverdueNoted = false
            sources[source].cases[place].reportDueAt = now + rules.reportWithin
            expect(.returned(reportDueAt: now + rules.reportWithin), source, place)
        }
        closeIfComplete(source, place)
        return true
    }

    mutating func feedBack(by authority: AuthorityID, of source: Int) -> Bool {
        for place in sources[source].cases.indices {
            let checks = sources[source].cases[place].siteChecks
            guard let index = checks.firstIndex(where: { $0.of == authority && !$0.isAnswered }) else { continue }
            sources[source].cases[place].siteChecks[index].isAnswered = true
            expect(.fedBack(authority), source, place)
            closeIfComplete(source, place)
            return true
        }
        return false
    }

    private mutating func closeIfComplete(_ source: Int, _ place: Int) {
        guard sources[source].cases[place].isComplete else { return }
        expect(.closed, source, place)
        sources[source].cases.remove(at: place)
    }

    // MARK: the law's tables, once more

    private func told(_ level: Level, _ source: Int) -> Set<Recipient> {
        let routing = sources[source].routing
        var told: Set<Recipient> = [.authority(routing.regulator)]
        if let park = routing.park { told.insert(.authority(park)) }
        for role in ResponsibleRole.allCases {
            if let person = routing.responsible[role] {
                told.insert(.person(person))
            } else {
                told.insert(.enterprise(routing.enterprise))
            }
        }
        if level == .orange || level == .red { told.insert(.authority(routing.city)) }
        if level == .red {
            told.insert(.authority(routing.province))
            for center in routing.centers { told.insert(.authority(center)) }
        }
        for more in rules.additionalRecipients[level] { told.insert(more) }
        return told
    }

    private static func pushed(_ level: Level, _ routing: Routing) -> Set<Recipient> {
        switch level {
        case .blue: []
        case .yellow: [.enterprise(routing.enterprise)]
        case .orange: Set([routing.regulator, routing.park].compactMap { $0 }.map(Recipient.authority))
        case .red: [.authority(routing.city)]
        }
    }

    private static func siteChecker(_ level: Level, _ routing: Routing) -> AuthorityID {
        switch level {
        case .blue, .yellow: routing.regulator
        case .orange: routing.city
        case .red: routing.province
        }
    }
}
