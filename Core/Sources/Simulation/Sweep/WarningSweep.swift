import Domain
public import Kernel

/// A seeded random world of warnings: levels, alarms, answers, outages, time that jumps onto, just before and just
/// after exact deadlines. After each step a second book (`SweepBook`), which shares no arithmetic with the rules, says
/// what ought to have happened, and the two are compared.
public struct WarningSweep {
    /// What a run came to. The same seed gives the same outcome on every machine.
    public struct Outcome: Hashable, Sendable {
        public let seed: UInt64
        /// Over everything that happened, in order.
        public let digest: UInt64
        public let events: Int
        public let warnings: Int
        public let closed: Int
        /// How long the warnings stood, added up: simulated warning-time.
        public let warningTime: Interval
    }

    /// A check failed.
    public struct Fault: Error, CustomStringConvertible {
        public let seed: UInt64
        public let step: Int
        public let at: Timestamp
        public let what: String

        public var description: String {
            "seed \(seed), step \(step), \(ChinaTime.rfc3339(at)) (\(at.milliseconds)): \(what)\n"
                + "  again: swift run --package-path Core sweep --from \(seed) --to \(seed)"
        }
    }

    public struct Size: Sendable {
        public var sources: Int
        public var steps: Int
        public init(sources: Int, steps: Int) {
            self.sources = sources
            self.steps = steps
        }
    }

    let seed: UInt64
    let size: Size
    var chance: SeededGenerator
    var world: WarningWorld
    var book: SweepBook
    var digest = SweepDigest()
    var step = 0
    private var events = 0
    private var closed = 0
    private var warningTime = Interval.zero
    private var alarmCount = 0
    /// Every event of the warnings that are open, for replaying them.
    private var streams: [WarningID: [(at: Timestamp, event: WarningEvent)]] = [:]
    private var indices: [HazardID: Int] = [:]

    public static func run(seed: UInt64, size: Size = Size(sources: 3, steps: 400)) throws(Fault) -> Outcome {
        var sweep = WarningSweep(seed: seed, size: size)
        while sweep.step < size.steps {
            sweep.step += 1
            try sweep.takeStep()
        }
        return try sweep.end()
    }

    private init(seed: UInt64, size: Size) {
        self.seed = seed
        self.size = size
        var chance = SeededGenerator(seed: seed)
        let start = Timestamp(milliseconds: 1_772_380_800_000)
        let rules = SweepWorldMaker.rules(&chance)
        let routings = (0..<size.sources).map { SweepWorldMaker.routing($0, &chance) }
        let hazards = (0..<size.sources).map { HazardID("h\($0)") }
        world = WarningWorld(start: start, rules: rules, routings: Array(zip(hazards, routings)))
        book = SweepBook(start: start, rules: rules, routings: routings)
        self.chance = chance
        for (index, hazard) in hazards.enumerated() { indices[hazard] = index }
    }

    // MARK: a step

    private mutating func takeStep() throws(Fault) {
        let target = nextInstant()
        let before = world.now
        book.pass(to: target)
        world.advance(to: target)
        if target > before { try check() }
        if !world.isRunning {
            // Only time passes while the platform is down.
            guard chance.chance(0.4) else { return }
            world.start()
            book.start()
        } else if chance.chance(0.02) {
            world.stop()
            book.stop()
        } else {
            try act(on: chance.integer(0...size.sources - 1))
        }
        try check()
    }

    /// Onto a deadline, or a hair before or after it; onto the end of a rebound's ten minutes; or just on.
    private mutating func nextInstant() -> Timestamp {
        let hair = Interval.milliseconds(Int64(chance.integer(-1...1)))
        let source = world.sources[chance.integer(0...size.sources - 1)]
        var target = world.now
        switch chance.integer(0...9) {
        case 0, 1, 2:
            if let due = source.open.compactMap(\.nextDeadline).min() { target = due + hair }
        case 3, 4:
            let left = source.open.last.flatMap { warning in
                Level.warnings.compactMap { warning.issues[$0]?.leftAt }.max() ?? warning.clearedAt
            }
            if let left { target = left + .minutes(10) + hair }
        case 5: break
        case 6: target = world.now + .milliseconds(Int64(chance.integer(1...600_000)))
        case 7: target = world.now + .minutes(Int64(chance.integer(1...180)))
        case 8: target = world.now + .minutes(Int64(chance.integer(1...20)))
        default: target = world.now + .hours(Int64(chance.integer(1...30)))
        }
        return max(target, world.now)
    }

    private mutating func act(on source: Int) throws(Fault) {
        switch chance.integer(0...20) {
        case 0...7: setLevel(of: source)
        case 8, 9:
            alarmCount += 1
            let alarm = AlarmID("a\(alarmCount)")
            book.openAlarm(alarm, of: source)
            world.openAlarm(alarm, of: source)
        case 10...12:
            guard let alarm = world.sources[source].openAlarms.first else { return }
            book.clearAlarm(alarm, of: source)
            world.clearAlarm(alarm, of: source)
        case 13:
            let person = chance.pick(["u\(source)-1", "u\(source)-2", "nobody"].map { PersonID($0) })
            let isTaken = book.acknowledge(by: person, of: source)
            try expect(isTaken, "acknowledge by \(person)") { world throws(WarningRefusal) in
                try world.acknowledge(by: person, of: source)
            }
        case 14, 15, 16:
            let isTaken = book.report(source)
            try expect(isTaken, "report") { world throws(WarningRefusal) in try world.report(source) }
        case 17:
            guard let warning = world.sources[source].open.first else { return }
            let approves = chance.chance(0.6)
            let isTaken = book.decide(approves: approves, source, ordinal: warning.ordinal)
            let command = approves ? WarningCommand.approveReport(by: "o") : .returnReport(by: "o", note: "x")
            try expect(isTaken, "decide") { world throws(WarningRefusal) in
                try world.perform(command, on: warning.id, of: source)
            }
        case 18, 19:
            let routing = world.sources[source].routing
            let authority = chance.pick([routing.regulator, routing.city, routing.province])
            let isTaken = book.feedBack(by: authority, of: source)
            try expect(isTaken, "feedback by \(authority)") { world throws(WarningRefusal) in
                try world.feedBack(by: authority, of: source)
            }
        default:
            // A note, progress, or a deadline looked at before its time: nothing follows.
            guard let warning = world.sources[source].open.last else { return }
            try expect(true, "look") { world throws(WarningRefusal) in
                try world.perform(.recover, on: warning.id, of: source)
            }
        }
    }

    private mutating func setLevel(of source: Int) {
        // Mostly a swing of one or two levels, so that rebounds and lapses are frequent.
        let level = chance.pick(Level.allCases)
        book.setLevel(level, of: source)
        world.setLevel(level, of: source)
    }

    /// The world takes or refuses a person's deed as the book does.
    private mutating func expect(
        _ isTaken: Bool, _ deed: String, _ body: (inout WarningWorld) throws(WarningRefusal) -> Void
    ) throws(Fault) {
        do throws(WarningRefusal) {
            try body(&world)
        } catch {
            guard !isTaken else { throw fault("\(deed) was refused: \(error)") }
            // Refused by both. Had the world taken what the book refuses, its events would now be too many.
        }
    }

    // MARK: checks

    private mutating func end() throws(Fault) -> Outcome {
        if !world.isRunning {
            world.start()
            book.start()
        }
        let last = world.now + .hours(30)
        book.pass(to: last, inclusive: true)
        world.finish(at: last)
        try check()
        for source in world.sources {
            for warning in source.open { warningTime = warningTime + (world.now - warning.raisedAt) }
        }
        let warnings = world.sources.reduce(0) { $0 + Int($1.episodeCount) }
        return Outcome(
            seed: seed, digest: digest.value, events: events, warnings: warnings, closed: closed,
            warningTime: warningTime)
    }

    func fault(_ what: String) -> Fault { Fault(seed: seed, step: step, at: world.now, what: what) }

    private mutating func check() throws(Fault) {
        let lines = world.takeLines()
        let ended = world.takeClosed()
        events += lines.count
        closed += ended.count
        for warning in ended { warningTime = warningTime + ((warning.closedAt ?? world.now) - warning.raisedAt) }
        for line in lines { digest.add(line) }
        try compare(lines)
        try checkStreams(lines, ended: ended)
        try checkDeadlines()
    }

    /// What happened is exactly what ought to have: nothing early, nothing missing, nothing twice, to nobody else.
    private mutating func compare(_ lines: [WarningWorld.Line]) throws(Fault) {
        var happened: Set<SweepNotice> = []
        for line in lines {
            guard let source = indices[line.hazard], let kind = SweepNotice.kind(of: line.event) else {
                throw fault("somebody is told twice: \(line.event)")
            }
            if case .noted = kind { continue }
            let ordinal = Int64(line.warning.rawValue.split(separator: "#").last ?? "") ?? 0
            let notice = SweepNotice(at: line.at, source: source, ordinal: ordinal, kind: kind)
            guard happened.insert(notice).inserted else { throw fault("twice: \(notice)") }
        }
        let expected = book.takeExpected()
        guard expected != happened else { return }
        let missing = expected.subtracting(happened).map { "  missing \($0)" }.sorted()
        let extra = happened.subtracting(expected).map { "  unwarranted \($0)" }.sorted()
        throw fault((["what happened is not what the law wants"] + missing + extra).joined(separator: "\n"))
    }

    /// The state is the events applied again; a closed warning is complete and stays silent.
    private mutating func checkStreams(_ lines: [WarningWorld.Line], ended: [Warning]) throws(Fault) {
        for line in lines { streams[line.warning, default: []].append((line.at, line.event)) }
        for warning in ended {
            try checkReplay(of: warning)
            streams[warning.id] = nil
            guard warning.phase == .closed, warning.nextDeadline == nil, warning.openAlarms.isEmpty,
                warning.level == .blue, warning.isApproved, warning.openSupervisions == 0
            else { throw fault("\(warning.id) is closed and not complete") }
        }
        // Every state at each step would be quadratic; one now and then finds what there is over many seeds.
        if step % 40 == 0, let warning = world.sources[chance.integer(0...size.sources - 1)].open.last {
            try checkReplay(of: warning)
        }
    }

    private func checkReplay(of warning: Warning) throws(Fault) {
        guard let stream = streams[warning.id], case .raised(let raised)? = stream.first?.event else {
            throw fault("\(warning.id) has no raised event")
        }
        var replayed = Warning(id: warning.id, raised: raised, at: stream[0].at)
        for (at, event) in stream.dropFirst() { replayed.apply(event, at: at) }
        guard replayed == warning else { throw fault("\(warning.id) replayed is not what it was") }
        for (_, event) in stream.suffix(3) where WarningEvent(kind: event.kind, payload: event.payload) != event {
            throw fault("\(event) does not read back")
        }
    }

    /// Each open warning's deadline is the book's and lies not in the past; where there is none, somebody is waited
    /// for.
    private func checkDeadlines() throws(Fault) {
        for (index, source) in world.sources.enumerated() {
            let cases = book.sources[index].cases
            guard cases.map(\.ordinal) == source.open.map(\.ordinal) else {
                throw fault("open are \(source.open.map(\.ordinal)), not \(cases.map(\.ordinal)) of \(source.id)")
            }
            for (book, warning) in zip(cases, source.open) {
                guard warning.nextDeadline == book.nextDeadline, warning.clocks.first?.at == book.nextDeadline else {
                    throw fault(
                        "\(warning.id) next acts at \(String(describing: warning.nextDeadline)), "
                            + "not at \(String(describing: book.nextDeadline))")
                }
                if let due = warning.nextDeadline {
                    // What an outage left over of a report is acted on after the events of its start.
                    guard !world.isRunning || due >= world.now || warning.nextStep == .reportDue else {
                        throw fault("\(warning.id) has a deadline in the past: \(due.milliseconds)")
                    }
                } else if !book.waitsForSomebody {
                    throw fault("\(warning.id) waits for nobody")
                }
                if warning.level > .blue, warning.nextDeadline == nil {
                    throw fault("\(warning.id) stands at \(warning.level.name) and no clock runs")
                }
            }
        }
    }
}
