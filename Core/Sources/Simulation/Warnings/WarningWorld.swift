public import Domain
public import Kernel

/// Warnings of many sources under a virtual clock, without a database: the rules alone. The full rig runs the same
/// rules through the operations.
public struct WarningWorld: Sendable {
    public struct Source: Sendable {
        public let id: HazardID
        public var routing: Routing
        public var level: Level = .blue
        /// Not closed, oldest first.
        public var open: [Warning] = []
        public var episodeCount: Int64 = 0
        public var openAlarms: [AlarmID] = []
    }

    /// One line of what happened.
    public struct Line: Hashable, Sendable {
        public let at: Timestamp
        public let hazard: HazardID
        public let warning: WarningID
        public let event: WarningEvent
    }

    public private(set) var now: Timestamp
    public private(set) var sources: [Source]
    public private(set) var isRunning = true
    public var rules: DisposalRules
    /// Everything since the last `takeLines`.
    public private(set) var lines: [Line] = []
    /// Warnings that were closed since the last `takeClosed`, in their last state.
    public private(set) var closed: [Warning] = []
    private var nextDeadlines: [Timestamp]

    public init(start: Timestamp, rules: DisposalRules, routings: [(HazardID, Routing)]) {
        now = start
        self.rules = rules
        sources = routings.map { Source(id: $0.0, routing: $0.1) }
        nextDeadlines = Array(repeating: .distantFuture, count: routings.count)
    }

    public mutating func takeLines() -> [Line] {
        defer { lines.removeAll(keepingCapacity: true) }
        return lines
    }

    public mutating func takeClosed() -> [Warning] {
        defer { closed.removeAll(keepingCapacity: true) }
        return closed
    }

    /// Acts on every deadline before the instant, each at its time, then sets the clock. Deadlines on the instant
    /// itself wait until time moves on: events come first.
    public mutating func advance(to instant: Timestamp) {
        precondition(instant >= now, "time runs forwards")
        // What an outage left over comes after the events of the instant of the start.
        guard instant > now else { return }
        while isRunning, let due = nextDeadlines.min(), due < instant { settle(at: due) }
        now = instant
    }

    /// Acts on the deadlines up to and including the instant: the end of a run.
    public mutating func finish(at instant: Timestamp) {
        advance(to: instant)
        if isRunning { settle(at: instant) }
    }

    private mutating func settle(at instant: Timestamp) {
        now = max(now, instant)
        for index in sources.indices where nextDeadlines[index] <= instant {
            for warning in sources[index].open {
                if let due = warning.nextDeadline, due <= instant { act(.elapse, on: warning.id, of: index) }
            }
            precondition(nextDeadlines[index] > instant, "a deadline was acted on and did not move forward")
        }
    }

    /// The platform is killed: no deadline is acted on until `start`.
    public mutating func stop() { isRunning = false }

    public mutating func start() {
        isRunning = true
        for index in sources.indices {
            for warning in sources[index].open { act(.recover, on: warning.id, of: index) }
        }
    }

    public mutating func setLevel(_ level: Level, of index: Int) {
        let source = sources[index]
        guard level != source.level else { return }
        sources[index].level = level
        if let standing = Episodes(open: source.open).standing(at: now) {
            act(.setLevel(level, openAlarms: source.openAlarms, cause: .null), on: standing.id, of: index)
        } else if level > .blue {
            raise(level, of: index)
        }
    }

    private mutating func raise(_ level: Level, of index: Int) {
        sources[index].episodeCount += 1
        let source = sources[index]
        let id = WarningID("\(source.id)#\(source.episodeCount)")
        let events = Warning.raise(
            id: id, hazard: source.id, ordinal: source.episodeCount, level: level, openAlarms: source.openAlarms,
            cause: .null, rules: rules, routing: source.routing, at: now)
        guard case .raised(let raised)? = events.first else { preconditionFailure("a raise begins with raised") }
        var warning = Warning(id: id, raised: raised, at: now)
        for event in events.dropFirst() { warning.apply(event, at: now) }
        for event in events { lines.append(Line(at: now, hazard: source.id, warning: id, event: event)) }
        sources[index].open.append(warning)
        refreshDeadline(of: index)
    }

    public mutating func openAlarm(_ alarm: AlarmID, of index: Int) {
        sources[index].openAlarms.append(alarm)
        if let latest = sources[index].open.last { act(.alarmOpened(alarm), on: latest.id, of: index) }
    }

    public mutating func clearAlarm(_ alarm: AlarmID, of index: Int) {
        sources[index].openAlarms.removeAll { $0 == alarm }
        for warning in sources[index].open { act(.alarmCleared(alarm), on: warning.id, of: index) }
    }

    public mutating func acknowledge(by person: PersonID, of index: Int) throws(WarningRefusal) {
        let episodes = Episodes(open: sources[index].open, lastOrdinal: sources[index].episodeCount)
        guard let latest = episodes.acknowledgeable else { throw .isClosed }
        try perform(.acknowledge(by: person, note: ""), on: latest.id, of: index)
    }

    public mutating func report(
        _ index: Int, result: String = "已处置", cause: String = "原因", measures: String = "措施"
    ) throws(WarningRefusal) {
        let target = try Episodes(open: sources[index].open).reportable()
        try perform(.report(by: "e", result: result, cause: cause, measures: measures), on: target.id, of: index)
    }

    public mutating func feedBack(by authority: AuthorityID, of index: Int) throws(WarningRefusal) {
        let target = try Episodes(open: sources[index].open).supervised(by: authority)
        try perform(.feedBack(by: authority, text: "已核查"), on: target.id, of: index)
    }

    private mutating func act(_ command: WarningCommand, on id: WarningID, of index: Int) {
        do {
            try perform(command, on: id, of: index)
        } catch {
            preconditionFailure("the system was refused: \(error)")
        }
    }

    /// Any command on one episode.
    public mutating func perform(
        _ command: WarningCommand, on id: WarningID, of index: Int
    ) throws(WarningRefusal) {
        guard let place = sources[index].open.firstIndex(where: { $0.id == id }) else { throw .isClosed }
        let events = try sources[index].open[place].decide(command, at: now, routing: sources[index].routing)
        for event in events {
            sources[index].open[place].apply(event, at: now)
            lines.append(Line(at: now, hazard: sources[index].id, warning: id, event: event))
        }
        if sources[index].open[place].closedAt != nil { closed.append(sources[index].open.remove(at: place)) }
        refreshDeadline(of: index)
    }

    private mutating func refreshDeadline(of index: Int) {
        nextDeadlines[index] = sources[index].open.compactMap(\.nextDeadline).min() ?? .distantFuture
    }
}
