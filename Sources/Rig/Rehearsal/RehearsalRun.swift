import Domain
import Kernel
import Operations
import Storage
import Wire

/// One run of a rehearsal. What stands under "the process" is lost in a crash; the database and the world outside are
/// not.
struct RehearsalRun {
    static let start = Timestamp(milliseconds: 1_772_380_800_000)

    let plan: Rehearsal.Plan
    // The world outside.
    var chance: SeededGenerator
    var gateways: [RehearsalGateway]
    var webhook = RehearsalWebhook()
    var minute: Int64 = 0
    /// True time since the start, which the platform does not know.
    private var elapsed = Interval.zero
    /// How far the machine's clock is off.
    private var skew = Interval.zero
    private var downUntil: Int64 = 0
    private var isSettling = false

    // The database.
    private(set) var database: Database

    // The process.
    private var clock: MonotonicWallClock
    private var table: PointTable
    private(set) var now: Timestamp
    private(set) var needsRestart = false

    // Counts.
    var transactions = 0
    var crashes = 0
    var refusals = 0
    var clockJumps = 0
    var repeatedUploads = 0
    /// What was acknowledged: gateway, sequence number → count of values. Nothing of it may be lost.
    var acknowledged: [RehearsalGateway.Key: Int] = [:]

    init(_ plan: Rehearsal.Plan, database: Database) throws(StorageError) {
        self.plan = plan
        self.database = database
        chance = SeededGenerator(seed: plan.seed)
        gateways = RehearsalRegistry.enterprises.indices.map { RehearsalGateway(enterprise: $0) }
        now = Self.start
        clock = MonotonicWallClock(wall: Self.start, monotonic: .zero)
        do { try database.migrate() } catch {
            throw .other(.init(message: "\(error)", statement: "migrate"))
        }
        table = try database.write { session throws(StorageError) in
            try RehearsalRegistry.store(at: Self.start, in: &session)
            return try PointTable.load(at: Self.start, in: &session)
        }
    }

    // MARK: time

    /// One minute in steps of some seconds.
    mutating func takeMinute() throws(StorageError) {
        minute += 1
        if chance.chance(0.002) { jump() }
        for gateway in gateways.indices { gateways[gateway].sample(minute: minute, at: trueTime, &chance) }
        for _ in 0..<4 {
            elapsed = elapsed + .seconds(15)
            guard minute >= downUntil, !needsRestart else {
                for gateway in gateways.indices { _ = gateways[gateway].arrivals(at: trueTime) }
                continue
            }
            now = clock.now(wall: trueTime + skew, monotonic: elapsed)
            try step()
        }
    }

    private var trueTime: Timestamp { Self.start + elapsed }

    /// The machine's clock is set: forwards by up to three minutes, or back to the truth.
    private mutating func jump() {
        clockJumps += 1
        skew = skew > .zero ? .zero : .seconds(Int64(chance.integer(1...180)))
    }

    private mutating func step() throws(StorageError) {
        for gateway in gateways.indices {
            for upload in gateways[gateway].arrivals(at: trueTime) {
                try receive(upload, from: gateway)
                if needsRestart { return }
            }
        }
        try escalate()
        if needsRestart { return }
        try dispatch()
        if needsRestart { return }
        if chance.chance(0.2) { try act() }
        if !needsRestart, chance.chance(0.001) { crash() }
    }

    // MARK: the process

    /// One transaction, which a crash may end: before its commit, so that nothing of it happened, or after it, so that
    /// nobody learns of it. Nil where the process is dead now.
    private mutating func transaction<T>(
        actor: String, _ body: (inout RehearsalRun, inout OperationContext, inout Session) throws(StorageError) -> T
    ) throws(StorageError) -> T? {
        transactions += 1
        let diesInside = chance.chance(0.004)
        let diesAfter = chance.chance(0.004)
        var context = OperationContext(now: now, actor: actor, ids: IdentifierSource(seed: chance.next()))
        var copy = self
        do throws(RehearsalEnd) {
            let value = try database.write { session throws(RehearsalEnd) in
                let value: T
                do throws(StorageError) { value = try body(&copy, &context, &session) } catch {
                    throw .storage(error)
                }
                if diesInside { throw .killed }
                return value
            }
            self = copy
            guard !diesAfter else {
                crash()
                return nil
            }
            return value
        } catch {
            switch error {
            case .storage(let failure): throw failure
            case .killed:
                crash()
                return nil
            }
        }
    }

    private mutating func crash() {
        crashes += 1
        needsRestart = true
        let isLong = chance.chance(0.3)
        downUntil = isLong && !isSettling ? minute + Int64(chance.integer(1...150)) : minute
    }

    /// From the database alone, in the order of the server: the points, their sources' levels, the missed deadlines.
    mutating func restart(on reopened: Database) throws(StorageError) {
        database = reopened
        guard minute >= downUntil else { return }
        needsRestart = false
        let floor = try database.read { session throws(StorageError) in
            try session.first("SELECT max(recorded_at) FROM log") { row throws(StorageError) in
                row.next() as Timestamp?
            } ?? nil
        }
        clock = MonotonicWallClock(wall: trueTime + skew, monotonic: elapsed, floor: floor ?? .distantPast)
        now = clock.now(wall: trueTime + skew, monotonic: elapsed)
        let instant = now
        table = try database.read { session throws(StorageError) in try PointTable.load(at: instant, in: &session) }
        _ = try transaction(actor: "system") { run, context, session throws(StorageError) in
            try run.table.begin(in: &session)
            try RiskOperations.reassessAll(table: &run.table, context: &context, in: &session)
            try run.table.finish(in: &session)
        }
        guard !needsRestart else { return }
        _ = try transaction(actor: "system") { _, context, session throws(StorageError) in
            for id in try WarningOperations.missed(context: context, in: &session) {
                try WarningOperations.recover(id, context: &context, in: &session)
            }
        }
    }

    /// The deadlines of points, levels and warnings, as the escalator has them acted on.
    private mutating func escalate() throws(StorageError) {
        if let next = table.nextDeadline, next <= now {
            _ = try transaction(actor: "system") { run, context, session throws(StorageError) in
                try IntakeOperations.elapse(table: &run.table, context: &context, in: &session)
            }
        }
        guard !needsRestart else { return }
        let instant = now
        let due = try database.read { session throws(StorageError) in
            (
                try DueStore.due(.risk, through: instant, limit: 1, in: &session).count,
                try DueStore.due(.warning, through: instant, limit: 1, in: &session).count
                    + DueStore.due(.climb, through: instant, limit: 1, in: &session).count
            )
        }
        if due.0 > 0 {
            _ = try transaction(actor: "system") { run, context, session throws(StorageError) in
                try run.table.begin(in: &session)
                _ = try RiskOperations.runDue(table: &run.table, context: &context, in: &session)
                try run.table.finish(in: &session)
            }
        }
        guard !needsRestart, due.1 > 0 else { return }
        _ = try transaction(actor: "system") { _, context, session throws(StorageError) in
            _ = try ClimbOperations.runDue(context: &context, in: &session)
            _ = try WarningOperations.runDue(context: &context, in: &session)
        }
    }

    // MARK: uploads

    private mutating func receive(_ upload: RehearsalGateway.Upload, from index: Int) throws(StorageError) {
        var message = UploadMessage()
        do throws(UploadRefusal) {
            try UploadScanner.scan(upload.body, directory: table.directory, into: &message)
        } catch { preconditionFailure("a gateway of ours wrote what is not read: \(error)") }
        let gateway = gateways[index].id
        let submission = IntakeSubmission(
            gateway: gateway, enterprise: RehearsalRegistry.enterprises[index].id, received: now, message: message,
            bodyHash: Hash.sha256(upload.body))
        let outcomes = try transaction(actor: "gateway:\(gateway)") { run, context, session throws(StorageError) in
            try IntakeOperations.accept([submission], table: &run.table, context: &context, in: &session)
        }
        guard let outcome = outcomes?.first else { return }
        switch outcome {
        case .accepted(let count, _, let isDuplicate):
            if isDuplicate { repeatedUploads += 1 }
            acknowledged[upload.key] = count
            // The answer may get lost on its way.
            if !chance.chance(0.1) { gateways[index].settle(upload.key.seq) }
        case .conflict, .foreign: preconditionFailure("a gateway of ours never does that: \(outcome)")
        }
    }

    // MARK: deliveries

    private mutating func dispatch() throws(StorageError) {
        let instant = now
        let waiting = try database.read { session throws(StorageError) in
            var found: [Delivery] = []
            for pending in try DeliveryStore.pending(in: &session) where pending.nextAttemptAt <= instant {
                found += try DeliveryStore.due(channel: pending.channel, through: instant, limit: 8, in: &session)
            }
            return found
        }
        for delivery in waiting {
            let outcome = webhook.send(delivery.key, &chance)
            let jitter = chance.unit()
            _ = try transaction(actor: "system") { _, context, session throws(StorageError) in
                try DeliveryOperations.recordAttempt(
                    delivery, outcome: outcome, rule: RetryRule(), jitter: jitter, context: &context, in: &session)
            }
            if needsRestart { return }
        }
    }

    // MARK: people

    /// Somebody does something about a warning that is open, or about one that is none of theirs.
    private mutating func act() throws(StorageError) {
        let open = try database.read { session throws(StorageError) in
            try session.rows("SELECT id, hazard_id FROM warning WHERE closed_at IS NULL ORDER BY raised_at, id") {
                row throws(StorageError) in (id: row.next() as WarningID, hazard: row.next() as HazardID)
            }
        }
        guard !open.isEmpty else { return }
        let (id, hazard) = chance.pick(open)
        let (command, scope, isAllowed) = RehearsalOfficer.deed(on: hazard, &chance)
        let failure = try transaction(actor: RehearsalOfficer.account(of: scope)) {
            _, context, session throws(StorageError) -> WarningFailure? in
            do throws(WarningFailure) {
                try WarningOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
                return nil
            } catch {
                if case .storage(let failure) = error { throw failure }
                return error
            }
        }
        guard let answered = failure else { return }
        switch answered {
        case nil: precondition(isAllowed, "\(scope) did what is none of its business to \(id)")
        case .refused: refusals += 1
        case .notFound: precondition(!isAllowed, "\(scope) does not find \(id)")
        case .storage: break
        }
    }

    /// The end: the machine stays up, the network is quiet, and everything that waits arrives.
    mutating func settle() throws(StorageError) {
        downUntil = minute
        isSettling = true
        for _ in 0..<600 {
            if needsRestart { try restart(on: database) }
            elapsed = elapsed + .seconds(15)
            guard !needsRestart else { continue }
            now = clock.now(wall: trueTime + skew, monotonic: elapsed)
            for index in gateways.indices { gateways[index].resend(at: trueTime) }
            for gateway in gateways.indices where !needsRestart {
                for upload in gateways[gateway].arrivals(at: trueTime) where !needsRestart {
                    try receive(upload, from: gateway)
                }
            }
            if !needsRestart { try escalate() }
            if gateways.allSatisfy(\.isQuiet) { break }
        }
        while needsRestart { try restart(on: database) }
    }
}
