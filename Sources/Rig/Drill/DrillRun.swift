import Domain
import Kernel
import Operations
public import Storage

/// Runs a scenario through the production operations on a database in memory, under a virtual clock.
public struct DrillRun {
    private let scenario: Scenario
    private let database: Database
    private var context: OperationContext
    private var isRunning = true
    private var nextDue: Timestamp?
    private var output: [UInt8] = []
    /// The place of each source in the file: the order of deadlines at one instant.
    private let places: [HazardID: Int]
    private var hazards: [WarningID: HazardID] = [:]
    private var points: DrillPoints

    public static func run(_ scenario: Scenario) throws(StorageError) -> [UInt8] {
        var run = try DrillRun(scenario)
        try run.play()
        return run.output
    }

    private init(_ scenario: Scenario) throws(StorageError) {
        self.scenario = scenario
        database = try Database.open(.memory)
        context = OperationContext(
            now: scenario.start, actor: "drill", ids: IdentifierSource(seed: 1), defaultRules: scenario.rules)
        let sources = scenario.enterprises.flatMap(\.hazards)
        places = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1.id, $0) })
        do {
            try database.migrate()
        } catch { preconditionFailure("an empty database in memory cannot be migrated: \(error)") }
        points = try database.write { session throws(StorageError) in
            try DrillRegistry.store(scenario, in: &session)
            return try DrillPoints(at: scenario.start, in: &session)
        }
    }

    private mutating func play() throws(StorageError) {
        var index = 0
        while index < scenario.events.count {
            let instant = scenario.events[index].at
            try advance(to: instant)
            while index < scenario.events.count, scenario.events[index].at == instant {
                try happen(scenario.events[index].deed)
                index += 1
            }
            // Deadlines of an instant come after all its events.
            if isRunning { try settle(at: instant) }
        }
        guard isRunning else { return }
        try advance(to: scenario.end)
        try settle(at: scenario.end)
    }

    /// Acts on every deadline before the instant, each at its own time.
    private mutating func advance(to instant: Timestamp) throws(StorageError) {
        while isRunning, let next = nextDue, next < instant { try settle(at: max(next, context.now)) }
        context.now = instant
    }

    /// Everything due up to and including the instant: first what changes levels by itself, then the warnings' clocks,
    /// sources in file order, episodes oldest first.
    private mutating func settle(at instant: Timestamp) throws(StorageError) {
        context.now = instant
        guard nextDue.map({ $0 <= instant }) ?? false || !points.isIdle(at: instant) else { return }
        try transaction { run, session throws(StorageError) in
            try run.points.settle(context: &run.context, in: &session)
            while true {
                let due = try DueStore.due(.warning, through: instant, limit: 100_000, in: &session)
                if due.isEmpty { break }
                let ordered = due.map { WarningID($0.id) }.sorted { left, right in
                    Self.precedes(
                        left, right, places: run.places, hazards: run.hazards, journal: run.context.journal)
                }
                for id in ordered { try WarningOperations.elapse(id, context: &run.context, in: &session) }
            }
        }
        print()
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

    private mutating func happen(_ deed: Scenario.Deed) throws(StorageError) {
        switch deed {
        case .stop: isRunning = false
        case .start: try start()
        case .level(let hazard, let level):
            try transaction { run, session throws(StorageError) in
                try DrillRegistry.setLevel(level, of: hazard, context: &run.context, in: &session)
            }
        case .value(let point, let value):
            try transaction { run, session throws(StorageError) in
                try run.points.accept(value, of: point, context: &run.context, in: &session)
            }
        case .acknowledge(let hazard, let person):
            try ask("acknowledge", of: hazard) { episodes throws(WarningRefusal) in
                guard let latest = episodes.acknowledgeable else { throw .isClosed }
                return (latest, .acknowledge(by: PersonID(person), note: ""))
            }
        case .report(let hazard, let result, let cause, let measures):
            try ask("report", of: hazard) { episodes throws(WarningRefusal) in
                (
                    try episodes.reportable(),
                    .report(by: "enterprise", result: result, cause: cause, measures: measures)
                )
            }
        case .feedback(let hazard, let authority, let text):
            try ask("feedback", of: hazard) { episodes throws(WarningRefusal) in
                let by = AuthorityID(authority)
                return (try episodes.supervised(by: by), .feedBack(by: by, text: text))
            }
        }
        print()
    }

    /// After an outage, before any other event of the instant: what was missed (T8).
    private mutating func start() throws(StorageError) {
        isRunning = true
        let (places, hazards) = (self.places, self.hazards)
        try transaction { run, session throws(StorageError) in
            let missed = try WarningOperations.missed(context: run.context, in: &session)
            let ordered = missed.sorted {
                Self.precedes($0, $1, places: places, hazards: hazards, journal: [])
            }
            for id in ordered { try WarningOperations.recover(id, context: &run.context, in: &session) }
        }
    }

    /// A command of a person: printed as refused where the rules refuse it.
    private mutating func ask(
        _ word: String, of hazard: HazardID,
        _ choose: (Episodes) throws(WarningRefusal) -> (Warning, WarningCommand)
    ) throws(StorageError) {
        do {
            try transaction { run, session throws(WarningFailure) in
                do {
                    let episodes = try WarningOperations.episodes(of: hazard, context: &run.context, in: &session)
                    let (warning, command) = try choose(episodes)
                    try WarningOperations.perform(
                        command, on: warning.id, scope: .system, context: &run.context, in: &session)
                } catch let error as WarningRefusal {
                    throw WarningFailure.refused(error)
                } catch let error as StorageError {
                    throw WarningFailure.storage(error)
                } catch let error as WarningFailure {
                    throw error
                } catch { preconditionFailure("no other error is thrown here") }
            }
        } catch {
            switch error {
            case .storage(let failure): throw failure
            case .notFound: preconditionFailure("a drill sees everything")
            case .refused(let refusal):
                DrillLine.write(
                    "refused", at: context.now,
                    [JSON.Member("do", .string(word)), JSON.Member("reason", .string(refusal.text))], to: &output)
            }
        }
    }

    /// One transaction. A refusal comes before anything was changed; a failure of the storage ends the run.
    private mutating func transaction<Failure: TransactionFailure>(
        _ body: (inout DrillRun, inout Session) throws(Failure) -> Void
    ) throws(Failure) {
        let database = self.database
        try database.write { session throws(Failure) in
            try body(&self, &session)
            do throws(StorageError) {
                nextDue = try DueStore.next(in: &session)
            } catch { throw Failure(storage: error) }
        }
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
