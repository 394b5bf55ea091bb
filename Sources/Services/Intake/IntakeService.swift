public import Domain
public import Kernel
public import Logging
public import Operations
public import ServiceLifecycle
public import Storage
import Synchronization
import Wire

/// Takes uploads, keeps the points' clocks, and answers what points read. Uploads that wait together share one commit;
/// an answer goes out only after it. Whatever else changes points goes through `transaction`.
public final class IntakeService: Service, Sendable {
    public struct Configuration: Sendable {
        /// Uploads that may wait beside the batch under way.
        public var waitingCountMax = 2_000
        public var batchCountMax = 256
        /// How often the clocks of points are looked at.
        public var tick = Interval.milliseconds(250)
        public var registerCheck = Interval.seconds(1)
        public var checkpoint = Interval.minutes(5)

        public init() {}
    }

    struct Committed: Sendable {
        var outcome: IntakeOutcome
        /// What the whole batch logged, with its last upload.
        var journal: [LogEntry] = []
    }

    let store: Store
    let clock: ServerClock
    let board: PointBoard
    let configuration: Configuration
    let logger: Logger
    private let publish: @Sendable ([LogEntry]) -> Void
    private let group: CommitGroup<IntakeSubmission, Committed>
    let marks = Mutex(IntakeMarks())

    /// Loads the points. `publish` is told after each commit what was logged: for live pages and to wake the escalator.
    public static func start(
        store: Store, clock: ServerClock, configuration: Configuration = Configuration(), logger: Logger,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) async throws(StorageError) -> IntakeService {
        let now = clock.now()
        let (table, register) = try await store.read { session throws(StorageError) in
            (
                try PointTable.load(at: now, in: &session),
                try PointStateStore.lastRegisterChange(after: 0, in: &session)
            )
        }
        let service = IntakeService(
            store: store, clock: clock, board: PointBoard(table), configuration: configuration, logger: logger,
            publish: publish)
        service.marks.withLock { $0 = IntakeMarks(register: register ?? 0, checkpointAt: now, checkedAt: now) }
        try await service.reassessAll()
        return service
    }

    private init(
        store: Store, clock: ServerClock, board: PointBoard, configuration: Configuration, logger: Logger,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) {
        self.store = store
        self.clock = clock
        self.board = board
        self.configuration = configuration
        self.logger = logger
        self.publish = publish
        group = CommitGroup(
            store: store, waitingCountMax: configuration.waitingCountMax, batchCountMax: configuration.batchCountMax
        ) { submissions, session throws(StorageError) in
            try board.withTable { table throws(StorageError) in
                var context = Self.context(at: clock.now())
                let outcomes = try IntakeOperations.accept(
                    submissions, table: &table, context: &context, in: &session)
                var committed = outcomes.map { Committed(outcome: $0) }
                if !committed.isEmpty { committed[committed.count - 1].journal = context.journal }
                return committed
            }
        }
    }

    static func context(at now: Timestamp, actor: String = "system") -> OperationContext {
        var generator = SystemRandomNumberGenerator()
        return OperationContext(now: now, actor: actor, ids: IdentifierSource(seed: generator.next()))
    }
}

extension IntakeService {
    /// Takes one upload of an authenticated gateway; the body inflated. Returns after the values, and the alarms and
    /// warnings that they raise, are on disk.
    public func accept(
        body: [UInt8], gateway: GatewayID, enterprise: EnterpriseID
    ) async throws(IntakeRefusal) -> UploadAnswer {
        let received = clock.now()
        let submission = try read(body, gateway: gateway, enterprise: enterprise, received: received)
        let committed: Committed
        do throws(CommitFailure) { committed = try await group.submit(submission) } catch {
            switch error {
            case .busy: throw .busy
            case .storage(let failure):
                logger.error("an upload could not be stored", metadata: ["error": "\(failure)"])
                throw .storage(failure)
            }
        }
        if !committed.journal.isEmpty { publish(committed.journal) }
        switch committed.outcome {
        case .accepted(let count, let rejected, let isDuplicate):
            return UploadAnswer(accepted: count, isDuplicate: isDuplicate, rejected: rejected)
        case .conflict: throw .conflict
        case .foreign: throw .foreignPoints
        }
    }

    private func read(
        _ body: [UInt8], gateway: GatewayID, enterprise: EnterpriseID, received: Timestamp
    ) throws(IntakeRefusal) -> IntakeSubmission {
        let directory = board.withTable { $0.directory }
        var message = UploadMessage()
        do throws(UploadRefusal) {
            try UploadScanner.scan(body, directory: directory, into: &message)
        } catch { throw .unreadable(error) }
        guard message.dataSourceCode == gateway.rawValue else { throw .foreignSource(message.dataSourceCode) }
        var content: MessageBody?
        switch message.kind {
        case .realtime, .heartbeat: break
        case .company, .hazard, .equip, .target, .responsible, .promise, .offline, .video:
            do throws(UploadRefusal) { content = try MessageBody(String(decoding: body, as: UTF8.self)) } catch {
                throw .unreadable(error)
            }
        }
        return IntakeSubmission(
            gateway: gateway, enterprise: enterprise, received: received, message: message,
            bodyHash: Hash.sha256(body), body: content)
    }

    /// One transaction over the points: exemptions, clearing by hand, and all that needs the table.
    public func transaction<T: Sendable, E: TransactionFailure>(
        actor: String, _ body: @Sendable (inout PointTable, inout OperationContext, inout Session) throws(E) -> T
    ) async throws(E) -> T {
        let (board, clock) = (self.board, self.clock)
        let (value, journal) = try await store.write { session throws(E) in
            try board.withTable { table throws(E) in
                var context = Self.context(at: clock.now(), actor: actor)
                let value = try body(&table, &context, &session)
                return (value, context.journal)
            }
        }
        if !journal.isEmpty { publish(journal) }
        return value
    }

    /// What some points read now, in the order asked; unknown ones are left out. The caller has checked that it may
    /// see them.
    public func latest(_ points: [PointID]) -> [PointReading] {
        let now = clock.now()
        return board.withTable { table in
            points.compactMap { id in
                guard let place = table.place(of: id) else { return nil }
                let tracker = table.tracker(at: place)
                return PointReading(
                    point: id, value: tracker.value.isNaN ? nil : tracker.value, at: tracker.valueAt,
                    receivedAt: tracker.receivedAt, quality: tracker.quality, state: tracker.state,
                    stateSince: tracker.stateSince, offlineSince: tracker.offlineSince,
                    isExempt: table.isExempt(place, at: now))
            }
        }
    }
}
