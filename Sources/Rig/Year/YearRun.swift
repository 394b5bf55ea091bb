import Domain
import Kernel
import Operations
import Storage
import Wire

/// One run of a year: the virtual clock, the platform's timers, and what people and plants do in between.
struct YearRun {
    let plan: YearPlan
    let world: YearRegistry
    let database: Database
    /// Told of every bulletin that was issued, with its document.
    let issued: (YearDocument) -> Void

    var chance: SeededGenerator
    var agenda = YearAgenda()
    var table: PointTable
    var now: Timestamp
    var ids: IdentifierSource
    var plants: YearPlants
    /// What the platform refused to people, by its words.
    var refusals: [String: Int] = [:]
    /// Real time spent, by what was done. It decides nothing.
    var spent: [String: Duration] = [:]
    var faults: [String] = []
    /// Problems and findings that somebody will look at already.
    var underway: Set<String> = []
    var hazards: [WarningID: HazardID] = [:]
    /// When the last values were stored.
    var checkpointAt: Timestamp

    let settings: YearSettings

    init(
        _ plan: YearPlan, database: Database, issued: @escaping (YearDocument) -> Void
    ) throws(StorageError) {
        self.plan = plan
        self.database = database
        self.issued = issued
        var chance = SeededGenerator(seed: plan.seed)
        let start = plan.from.start
        let world = YearRegistry(plan, chance: &chance, at: start)
        var ids = IdentifierSource(seed: chance.next())
        let settings = YearSettings(sampled: Set(world.sites.prefix(plan.sampled).map(\.id)))
        do {
            try database.migrate()
        } catch { throw .other(.init(message: "\(error)", statement: "migrate")) }
        do throws(RegistryFailure) {
            try database.write { session throws(RegistryFailure) in
                var context = OperationContext(now: start, actor: "system", ids: ids)
                try world.store(plan, context: &context, in: &session)
                ids = context.ids
            }
        } catch {
            if case .storage(let failure) = error { throw failure }
            throw .other(.init(message: "\(error)", statement: "the province"))
        }
        table = try database.read { session throws(StorageError) in
            try PointTable.load(at: start, in: &session) { settings.settings(of: $0) }
        }
        self.world = world
        self.ids = ids
        self.settings = settings
        (now, checkpointAt) = (start, start)
        plants = YearPlants(world)
        self.chance = chance
        try begin()
    }

    /// As the server does at its start; then the first plans.
    private mutating func begin() throws(StorageError) {
        try act(as: "system") { table, context, session throws(StorageError) in
            try table.begin(in: &session)
            try RiskOperations.reassessAll(table: &table, context: &context, in: &session)
            try PresenceOperations.reconcile(table: &table, context: &context, in: &session)
            try table.finish(in: &session)
            try CommitmentOperations.arm(context: &context, in: &session)
            try DutyOperations.arm(context: &context, in: &session)
            try PatrolOperations.arm(context: &context, in: &session)
            try QualityOperations.arm(context: &context, in: &session)
            try SpotCheckOperations.arm(context: &context, in: &session)
            try PresenceOperations.arm(context: &context, in: &session)
            try BulletinOperations.recover(context: context, in: &session)
        }
        for site in world.sites.indices { try connect(site) }
        agenda.add(.day(plan.from), at: now)
        for point in world.points.indices { planExcursion(of: point) }
        for site in world.sites.indices { planOutage(of: site) }
        for site in 0..<plan.sampled { agenda.add(.sample(site), at: now + .minutes(15)) }
    }

    /// - Parameter progress: told after each virtual day.
    mutating func play(progress: (Day) -> Void) throws(StorageError) {
        let end = plan.until.start
        var day = plan.from
        while true {
            let due = try database.read { session throws(StorageError) in try DueStore.next(in: &session) }
            let next = [due, table.nextDeadline, agenda.next].compactMap { $0 }.min() ?? end
            guard next < end else { break }
            now = max(now, next)
            if Day(now) > day {
                progress(day)
                day = Day(now)
            }
            try settle()
            while let deed = agenda.take(through: now) {
                let start = ContinuousClock.now
                try perform(deed)
                spent[deed.name, default: .zero] += ContinuousClock.now - start
            }
        }
        now = end
        progress(day)
    }

    /// Everything that has fallen due, as the escalator has it acted on: points, levels, warnings, the daily work.
    private mutating func settle() throws(StorageError) {
        if let next = table.nextDeadline, next <= now {
            try act(as: "system") { table, context, session throws(StorageError) in
                try IntakeOperations.elapse(table: &table, context: &context, in: &session)
            }
        }
        for _ in 0..<1_000 {
            let instant = now
            let kinds = try database.read { session throws(StorageError) in
                try DueStore.kinds(through: instant, in: &session)
            }
            guard !kinds.isEmpty else { return }
            for kind in DueStore.Kind.allCases where kinds.contains(kind) {
                let start = ContinuousClock.now
                try run(kind)
                spent["timer " + kind.rawValue, default: .zero] += ContinuousClock.now - start
            }
        }
        faults.append("\(ChinaTime.dateTime(now)): a timer comes due again and again")
        throw .other(
            .init(message: "a timer comes due again and again at \(ChinaTime.dateTime(now))", statement: "due"))
    }

    private mutating func run(_ kind: DueStore.Kind) throws(StorageError) {
        while true {
            let count = try act(as: "system") { table, context, session throws(StorageError) -> Int in
                switch kind {
                case .warning: return try WarningOperations.runDue(context: &context, in: &session)
                case .risk:
                    try table.begin(in: &session)
                    let count = try RiskOperations.runDue(table: &table, context: &context, in: &session)
                    try table.finish(in: &session)
                    return count
                case .climb: return try ClimbOperations.runDue(context: &context, in: &session, limit: 256)
                case .presence: return try PresenceOperations.runDue(context: &context, in: &session, limit: 256)
                case .filing: return try FilingOperations.runDue(context: &context, in: &session, limit: 256)
                case .commitment: return try CommitmentOperations.runDue(context: &context, in: &session)
                case .duty: return try DutyOperations.runDue(context: &context, in: &session)
                case .patrol: return try PatrolOperations.runDue(context: &context, in: &session)
                case .spotCheck: return try SpotCheckOperations.runDue(context: &context, in: &session)
                case .problem: return try ProblemOperations.runDue(context: &context, in: &session)
                case .quality: return try QualityOperations.runDue(context: &context, in: &session, limit: 256)
                case .bulletin: return try BulletinOperations.runDue(context: &context, in: &session, limit: 256)
                }
            }
            // Bulletins answer one gathering at a time.
            if (count ?? 0) < 256, kind != .bulletin || count == 0 { return }
        }
    }

    // MARK: transactions

    /// One transaction of somebody; nil where it was refused, which is noted.
    @discardableResult
    mutating func act<T, Failure: TransactionFailure>(
        as actor: String,
        _ body: (inout PointTable, inout OperationContext, inout Session) throws(Failure) -> T
    ) throws(StorageError) -> T? {
        var context = OperationContext(now: now, actor: actor, ids: ids)
        let outcome: Result<T, Failure>
        do throws(Failure) {
            outcome = .success(
                try database.write { session throws(Failure) in try body(&table, &context, &session) })
        } catch { outcome = .failure(error) }
        ids = context.ids
        switch outcome {
        case .success(let value):
            try react(to: context.journal)
            return value
        case .failure(let error):
            if let failure = Self.storageError(in: error) { throw failure }
            refusals["\(error)", default: 0] += 1
            return nil
        }
    }

    private static func storageError(in error: any Error) -> StorageError? {
        switch error {
        case let error as StorageError: return error
        case WarningFailure.storage(let error), CommitmentFailure.storage(let error), DutyFailure.storage(let error),
            ProblemFailure.storage(let error), SpotCheckFailure.storage(let error), BulletinFailure.storage(let error),
            QualityFailure.storage(let error), FilingFailure.storage(let error):
            return error
        default: return nil
        }
    }

    // MARK: what is planned

    func clock(_ day: Day, _ hours: Int64, _ minutes: Int64 = 0) -> Timestamp {
        day.start + .hours(hours) + .minutes(minutes)
    }

    mutating func soon(_ range: ClosedRange<Int>) -> Timestamp { now + .minutes(Int64(chance.integer(range))) }

    private mutating func perform(_ deed: YearAgenda.Deed) throws(StorageError) {
        switch deed {
        case .day(let day): plan(day)
        case .commit(let site): try commit(site)
        case .duties(let site): try doDuties(of: site)
        case .sample(let site): try sample(site)
        case .excursion(let point): try beginExcursion(of: point)
        case .settle(let point): try endExcursion(of: point)
        case .outage(let site): try beginOutage(of: site)
        case .reconnect(let site): try endOutage(of: site)
        case .miscount(let site): try tellLedger(of: site, tooMany: 1)
        case .file(let site): try file(site)
        case .decideFiling(let id): try decide(id)
        case .acknowledge(let warning, let hazard): try acknowledge(warning, hazard)
        case .report(let warning, let hazard): try report(warning, hazard)
        case .decideReport(let warning): try decideReport(warning)
        case .feedBack(let warning, let office): try feedBack(warning, office)
        case .patrol(let office): try patrol(office)
        case .check(let office): try check(office)
        case .problem(let id): try advance(id)
        case .finding(let id): try advance(id)
        case .analyse(let id): try analyse(id)
        case .call(let office): try call(office)
        case .answerCall(let id): try answer(id)
        case .bulletin(let id): try issue(id)
        case .receipts(let id): try sign(id)
        case .special(let office): try writeSpecial(office)
        case .judge(let day): try judge(day)
        }
    }

    /// A day's work of everybody, at its midnight.
    private mutating func plan(_ day: Day) {
        agenda.add(.day(day.next), at: day.next.start)
        for site in world.sites.indices {
            // One in fifty is late, one in two hundred forgets.
            let minutes = chance.chance(0.02) ? chance.integer(601...700) : chance.integer(390...598)
            if !chance.chance(0.005) { agenda.add(.commit(site), at: clock(day, 0, Int64(minutes))) }
            agenda.add(.duties(site), at: clock(day, 14, Int64(chance.integer(0...180))))
            if chance.chance(0.005) { agenda.add(.miscount(site), at: clock(day, 15)) }
            if chance.chance(0.025) { agenda.add(.file(site), at: clock(day, 8, Int64(chance.integer(0...500)))) }
        }
        agenda.add(.judge(day), at: clock(day, 2))
        for office in world.offices {
            // Somebody is ill, or forgets: three days in a hundred an office does not act.
            if !chance.chance(0.03) {
                agenda.add(.patrol(office.id), at: clock(day, 9, Int64(chance.integer(10...120))))
                agenda.add(.check(office.id), at: clock(day, 11, Int64(chance.integer(0...300))))
                // Must-checks that came up since.
                agenda.add(.check(office.id), at: clock(day, 22, Int64(chance.integer(0...80))))
            }
            if chance.chance(0.1) {
                agenda.add(.call(office.id), at: clock(day, 1, Int64(chance.integer(0...1_300))))
            }
            if office.level == .city, day.components.day == 15, day.components.month % 3 == 2 {
                agenda.add(.special(office.id), at: clock(day, 10))
            }
        }
    }
}
