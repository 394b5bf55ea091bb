import Domain
import Kernel
import Logging
import Operations
import ServiceLifecycle
public import Storage
import Synchronization

/// Where the service stands in what it does from time to time.
struct IntakeMarks: Sendable {
    /// The last entry of the register's log that the table includes.
    var register: Int64 = 0
    var checkpointAt = Timestamp.distantPast
    var checkedAt = Timestamp.distantPast
}

extension IntakeService {
    /// The clocks of points, the register's changes, the checkpoints. A failure is logged and tried again: what is due
    /// stays due.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do { try await step() } catch {
                    logger.critical("the points' clocks stand still", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: clock.wait(for: configuration.tick))
            }
        }
        try? await storeCheckpoint()
    }

    private func step() async throws(StorageError) {
        let now = clock.now()
        if let next = board.withTable({ $0.nextDeadline }), next <= now {
            try await transaction(actor: "system") { table, context, session throws(StorageError) in
                try IntakeOperations.elapse(table: &table, context: &context, in: &session)
            }
        }
        let marks = marks.withLock { $0 }
        if now - marks.checkedAt >= configuration.registerCheck { try await followRegister() }
        if now - marks.checkpointAt >= configuration.checkpoint { try await storeCheckpoint() }
    }

    /// Takes what the register changed since it was looked at last.
    public func followRegister() async throws(StorageError) {
        let known = marks.withLock { $0.register }
        let now = clock.now()
        let changed = try await store.read { session throws(StorageError) in
            try PointStateStore.lastRegisterChange(after: known, in: &session)
        }
        if changed != nil {
            try await transaction(actor: "system") { table, context, session throws(StorageError) in
                try IntakeOperations.refreshRegister(table: &table, context: &context, in: &session)
            }
        }
        marks.withLock {
            $0.register = changed ?? $0.register
            $0.checkedAt = now
        }
    }

    /// Stores the last values, so that a restart need not read many uploads again. In small transactions: uploads go on
    /// in between, and are read again at a restart where they came after the mark.
    public func storeCheckpoint() async throws(StorageError) {
        let now = clock.now()
        let since = marks.withLock { $0.checkpointAt } - .minutes(1)
        let (count, last) = try await transaction(actor: "system") { table, _, session throws(StorageError) in
            (table.count, try UploadStore.lastSequence(in: &session))
        }
        for start in stride(from: 0, to: count, by: 2_000) {
            try await transaction(actor: "system") { table, _, session throws(StorageError) in
                try IntakeOperations.checkpoint(
                    start..<start + 2_000, receivedSince: since, table: &table, in: &session)
            }
        }
        try await store.write { session throws(StorageError) in
            try PointStateStore.setCheckpoint(last, at: now, in: &session)
        }
        marks.withLock { $0.checkpointAt = now }
    }

    /// Spans as the points stand, and every source by the model: at start.
    func reassessAll() async throws(StorageError) {
        try await transaction(actor: "model") { table, context, session throws(StorageError) in
            try table.begin(in: &session)
            try PresenceOperations.reconcile(table: &table, context: &context, in: &session)
            try RiskOperations.reassessAll(table: &table, context: &context, in: &session)
            try table.finish(in: &session)
        }
    }

    /// What the escalator does with the deadlines of kind `risk`.
    public var riskJob: DueJob {
        DueJob(
            kind: .risk,
            runDue: { [self] _, limit in
                try await transaction(actor: "model") { table, context, session throws(StorageError) in
                    try table.begin(in: &session)
                    let count = try RiskOperations.runDue(
                        table: &table, context: &context, in: &session, limit: limit)
                    try table.finish(in: &session)
                    return count
                }
            },
            runOne: { [self] id, _ in
                try await transaction(actor: "model") { table, context, session throws(StorageError) in
                    try table.begin(in: &session)
                    try RiskOperations.reassess(HazardID(id), table: &table, context: &context, in: &session)
                    try table.finish(in: &session)
                }
            })
    }
}
