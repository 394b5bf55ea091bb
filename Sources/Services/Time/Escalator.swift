import Kernel
public import Logging
public import ServiceLifecycle
public import Storage

/// Sleeps until the earliest deadline in the database, or a hint, and has it acted on. The table is the truth: a
/// restart reads it, a lost hint costs at most `pollInterval`.
public struct Escalator: Service {
    /// How many deadlines one transaction takes.
    public static let batchCountMax = 256

    private let store: Store
    private let clock: ServerClock
    private let jobs: [DueJob]
    private let hint: WakeHint
    private let pollInterval: Duration
    private let logger: Logger

    public init(
        store: Store, clock: ServerClock, jobs: [DueJob], hint: WakeHint, pollInterval: Duration = .seconds(1),
        logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.jobs = jobs
        self.hint = hint
        self.pollInterval = pollInterval
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await recover()
            while !Task.isCancelled { await hint.wait(atMost: await step()) }
        }
    }

    /// A deadline missed is told before any other is acted on; without a database there is nothing to do but to wait.
    private func recover() async {
        for job in jobs {
            guard let recover = job.recover else { continue }
            for attempt in 1...3 where !Task.isCancelled {
                do {
                    try await recover(clock.now())
                    break
                } catch {
                    logger.critical("recovery of deadlines failed", about: job.kind, error)
                    if attempt < 3 { await hint.wait(atMost: .seconds(1)) }
                }
            }
        }
    }

    /// Acts on what is due; how long to sleep.
    private func step() async -> Duration {
        do {
            guard let next = try await store.read({ session throws(StorageError) in try DueStore.next(in: &session) })
            else { return pollInterval }
            let now = clock.now()
            guard next <= now else { return min(pollInterval, clock.wait(for: next - now)) }
            var isCalm = true
            for job in jobs { if await !runAll(job) { isCalm = false } }
            // What is still due failed, or is of a kind without a job: do not spin.
            guard isCalm else { return .seconds(1) }
            let left = try await store.read { session throws(StorageError) in try DueStore.next(in: &session) }
            return left.map { $0 <= now ? .milliseconds(200) : .zero } ?? pollInterval
        } catch {
            logger.critical("deadlines cannot be read", metadata: ["error": "\(error)"])
            return .seconds(1)
        }
    }

    /// False where something failed.
    private func runAll(_ job: DueJob) async -> Bool {
        while !Task.isCancelled {
            do {
                if try await job.runDue(clock.now(), Self.batchCountMax) < Self.batchCountMax { return true }
            } catch let error as StorageError where error.isUnavailable {
                logger.critical("deadlines cannot be acted on", about: job.kind, error)
                return false
            } catch {
                logger.critical("a batch of deadlines failed; each is now tried alone", about: job.kind, error)
                await runEach(job)
                return false
            }
        }
        return true
    }

    /// One that cannot be acted on must not hold up the others.
    private func runEach(_ job: DueJob) async {
        let now = clock.now()
        do {
            let rows = try await store.read { session throws(StorageError) in
                try DueStore.due(job.kind, through: now, limit: 100_000, in: &session)
            }
            for row in rows where !Task.isCancelled {
                do {
                    try await job.runOne(row.id, now)
                } catch {
                    logger.critical("the deadline of \(row.id) failed", about: job.kind, error)
                }
            }
        } catch {
            logger.critical("deadlines cannot be read", about: job.kind, error)
        }
    }
}

extension Logger {
    func critical(_ message: Logger.Message, about kind: DueStore.Kind, _ error: any Error) {
        critical(message, metadata: ["kind": "\(kind.rawValue)", "error": "\(error)"])
    }
}
