import Domain
import Kernel
import Operations
public import Storage

/// Runs a scenario through the production operations on a database in memory, under a virtual clock. Nothing outlives
/// the run, so that it is one transaction: the refusals of people come before anything is changed.
public struct DrillRun {
    private let scenario: Scenario
    private var context: OperationContext
    private var isRunning = true
    private var output: [UInt8] = []
    /// The place of each source in the file: the order of deadlines at one instant.
    private let places: [HazardID: Int]
    private var hazards: [WarningID: HazardID] = [:]
    private var points: DrillPoints

    public static func run(_ scenario: Scenario) throws(StorageError) -> [UInt8] {
        let database = try Database.open(.memory)
        do {
            try database.migrate()
        } catch { preconditionFailure("an empty database in memory cannot be migrated: \(error)") }
        return try database.write { session throws(StorageError) in
            var run = try DrillRun(scenario, in: &session)
            try run.play(in: &session)
            return run.output
        }
    }

    private init(_ scenario: Scenario, in session: inout Session) throws(StorageError) {
        self.scenario = scenario
        context = OperationContext(
            now: scenario.start, actor: "drill", ids: IdentifierSource(seed: 1), defaultRules: scenario.rules)
        let sources = scenario.enterprises.flatMap(\.hazards)
        places = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1.id, $0) })
        try DrillRegistry.store(scenario, in: &session)
        points = try DrillPoints(at: scenario.start, in: &session)
    }

    private mutating func play(in session: inout Session) throws(StorageError) {
        var index = 0
        while index < scenario.events.count {
            let instant = scenario.events[index].at
            try advance(to: instant, in: &session)
            while index < scenario.events.count, scenario.events[index].at == instant {
                try happen(scenario.events[index].deed, in: &session)
                index += 1
            }
            // Deadlines of an instant come after all its events.
            if isRunning { try settle(at: instant, in: &session) }
        }
        guard isRunning else { return }
        try advance(to: scenario.end, in: &session)
        try settle(at: scenario.end, in: &session)
    }

    /// Acts on every deadline before the instant, each at its own time.
    private mutating func advance(to instant: Timestamp, in session: inout Session) throws(StorageError) {
        while isRunning, let next = try DueStore.next(in: &session), next < instant {
            try settle(at: max(next, context.now), in: &session)
        }
        context.now = instant
    }

    /// Everything due up to and including the instant: first what changes levels by itself, then the warnings' clocks,
    /// sources in file order, episodes oldest first.
    private mutating func settle(at instant: Timestamp, in session: inout Session) throws(StorageError) {
        context.now = instant
        guard try DueStore.next(in: &session).map({ $0 <= instant }) ?? false || !points.isIdle(at: instant) else {
            return
        }
        try points.settle(context: &context, in: &session)
        while true {
            let due = try DueStore.due(.warning, through: instant, limit: 100_000, in: &session)
            if due.isEmpty { break }
            for id in inOrder(due.map { WarningID($0.id) }) {
                try WarningOperations.elapse(id, context: &context, in: &session)
            }
        }
        print()
    }

    private func inOrder(_ warnings: [WarningID]) -> [WarningID] {
        guard warnings.count > 1 else { return warnings }
        return warnings.sorted {
            Self.precedes($0, $1, places: places, hazards: hazards, journal: context.journal)
        }
    }

    private static func precedes(
        _ left: WarningID, _ right: WarningID, places: [HazardID: Int], hazards: [WarningID: HazardID],
        journal: [LogEntry]
    ) -> Bool {
        func place(_ id: WarningID) -> Int {
            let hazard = hazards[id] ?? hazardRaised(id, journal)
            return hazard.flatMap { places[$0] } ?? .max
        }
        let (first, second) = (place(left), place(right))
        // Ids sort by time, so that the older episode of one source comes first.
        return first == second ? left < right : first < second
    }

    /// The source of a warning that was raised since the journal was last printed.
    private static func hazardRaised(_ id: WarningID, _ journal: [LogEntry]) -> HazardID? {
        journal.first { $0.streamID == id.rawValue && $0.kind == "raised" }?.payload["hazard"]?.string
            .map { HazardID($0) }
    }

    private mutating func happen(_ deed: Scenario.Deed, in session: inout Session) throws(StorageError) {
        switch deed {
        case .stop: isRunning = false
        case .start: try start(in: &session)
        case .level(let hazard, let level):
            try DrillRegistry.setLevel(level, of: hazard, context: &context, in: &session)
        case .value(let point, let value):
            try points.accept(value, of: point, context: &context, in: &session)
        case .acknowledge(let hazard, let person):
            try ask("acknowledge", of: hazard, in: &session) { episodes throws(WarningRefusal) in
                guard let latest = episodes.acknowledgeable else { throw .isClosed }
                return (latest, .acknowledge(by: PersonID(person), note: ""))
            }
        case .report(let hazard, let result, let cause, let measures):
            try ask("report", of: hazard, in: &session) { episodes throws(WarningRefusal) in
                (
                    try episodes.reportable(),
                    .report(by: "enterprise", result: result, cause: cause, measures: measures)
                )
            }
        case .feedback(let hazard, let authority, let text):
            try ask("feedback", of: hazard, in: &session) { episodes throws(WarningRefusal) in
                let by = AuthorityID(authority)
                return (try episodes.supervised(by: by), .feedBack(by: by, text: text))
            }
        }
        print()
    }

    /// After an outage, before any other event of the instant: what was missed (T8).
    private mutating func start(in session: inout Session) throws(StorageError) {
        isRunning = true
        for id in inOrder(try WarningOperations.missed(context: context, in: &session)) {
            try WarningOperations.recover(id, context: &context, in: &session)
        }
    }

    /// A command of a person: printed as refused where the rules refuse it.
    private mutating func ask(
        _ word: String, of hazard: HazardID, in session: inout Session,
        _ choose: (Episodes) throws(WarningRefusal) -> (Warning, WarningCommand)
    ) throws(StorageError) {
        let episodes = try WarningOperations.episodes(of: hazard, context: &context, in: &session)
        do {
            let (warning, command): (Warning, WarningCommand)
            do throws(WarningRefusal) {
                (warning, command) = try choose(episodes)
            } catch { throw WarningFailure.refused(error) }
            try WarningOperations.perform(
                command, on: warning.id, scope: .system, context: &context, in: &session)
        } catch let error as WarningFailure {
            switch error {
            case .storage(let failure): throw failure
            case .notFound: preconditionFailure("a drill sees everything")
            case .refused(let refusal):
                DrillLine.write(
                    "refused", at: context.now,
                    [JSON.Member("do", .string(word)), JSON.Member("reason", .string(refusal.text))], to: &output)
            }
        } catch { preconditionFailure("no other error is thrown here") }
    }

    /// Turns the journal into lines.
    private mutating func print() {
        for entry in context.journal { print(entry) }
        context.journal.removeAll(keepingCapacity: true)
    }

    private mutating func print(_ entry: LogEntry) {
        switch entry.streamKind {
        case "warning":
            guard let event = WarningEvent(kind: entry.kind, payload: entry.payload) else {
                preconditionFailure("an event of our own cannot be read: \(entry.kind)")
            }
            let id = WarningID(entry.streamID)
            if case .raised(let raised) = event { hazards[id] = raised.hazard }
            guard let hazard = hazards[id] else { preconditionFailure("a warning was never raised") }
            DrillLine.write(event, of: hazard, at: entry.at, to: &output)
            if case .closed = event { hazards[id] = nil }
        case "alarm": DrillPoints.print(entry, to: &output)
        default: break
        }
    }
}
