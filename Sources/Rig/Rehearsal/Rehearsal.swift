public import Kernel
public import Storage

/// The whole platform under a seed: the production operations on a real database; gateways that lose, repeat, delay
/// and reorder; officers; a webhook whose answers get lost; crashes between any two transactions, inside one, and after
/// a commit whose answer nobody saw; a wall clock that jumps. The same seed gives the same digest on every engine.
public struct Rehearsal {
    public struct Plan: Hashable, Sendable {
        public var seed: UInt64
        public var minutes: Int64
        public init(seed: UInt64, minutes: Int64) {
            self.seed = seed
            self.minutes = minutes
        }
    }

    /// What a run came to.
    public struct Outcome: Hashable, Sendable {
        /// Over the log, the uploads and the outbox, as they stand in the database at the end.
        public let digest: String
        public let transactions: Int
        public let crashes: Int
        public let uploads: Int
        public let repeatedUploads: Int
        public let alarms: Int
        public let warnings: Int
        public let closed: Int
        public let deliveries: Int
        public let refusals: Int
        public let clockJumps: Int
    }

    /// A check failed, or the database did.
    public enum Fault: Error, CustomStringConvertible {
        case check(seed: UInt64, at: Timestamp, [String])
        case storage(seed: UInt64, at: Timestamp, StorageError)

        public var description: String {
            switch self {
            case .check(let seed, let at, let lines):
                (["seed \(seed), \(ChinaTime.rfc3339(at)): checks failed"] + lines.prefix(20)).joined(separator: "\n  ")
            case .storage(let seed, let at, let error): "seed \(seed), \(ChinaTime.rfc3339(at)): \(error)"
            }
        }
    }

    /// Runs on a database that `open` gives: empty the first time, the same one again after each crash. A database in
    /// memory is given back as it is: there only what the process knew is lost.
    public static func run(
        _ plan: Plan, open: () throws(StorageError) -> Database
    ) throws(Fault) -> Outcome {
        var run: RehearsalRun
        do {
            run = try RehearsalRun(plan, database: try open())
        } catch { throw .storage(seed: plan.seed, at: RehearsalRun.start, error) }
        while run.minute < plan.minutes {
            do throws(StorageError) {
                try run.takeMinute()
                if run.needsRestart { try run.restart(on: try open()) }
            } catch { throw .storage(seed: plan.seed, at: run.now, error) }
            if run.minute % 360 == 0 { try check(&run) }
        }
        do throws(StorageError) { try run.settle() } catch { throw .storage(seed: plan.seed, at: run.now, error) }
        try check(&run)
        do throws(StorageError) { return try run.outcome() } catch {
            throw .storage(seed: plan.seed, at: run.now, error)
        }
    }

    private static func check(_ run: inout RehearsalRun) throws(Fault) {
        let faults: [String]
        do throws(StorageError) { faults = try RehearsalChecks.faults(of: run) } catch {
            throw .storage(seed: run.plan.seed, at: run.now, error)
        }
        guard faults.isEmpty else { throw .check(seed: run.plan.seed, at: run.now, faults) }
    }
}

/// Why a transaction of a rehearsal ended.
enum RehearsalEnd: TransactionFailure {
    case storage(StorageError)
    /// The process was killed inside it.
    case killed

    init(storage: StorageError) { self = .storage(storage) }
}

extension Rehearsal {
    /// A database in memory: after a crash it is given back, with what was committed.
    public static func memory() -> () throws(StorageError) -> Database {
        var kept: Database?
        return { () throws(StorageError) -> Database in
            if let kept { return kept }
            let opened = try Database.open(.memory)
            kept = opened
            return opened
        }
    }

    /// A database that is really closed and opened again.
    public static func reopened(_ location: DatabaseLocation) -> () throws(StorageError) -> Database {
        var last: Database?
        return { () throws(StorageError) -> Database in
            try last?.close()
            let opened = try Database.open(location)
            last = opened
            return opened
        }
    }
}
