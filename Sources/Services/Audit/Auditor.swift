public import Kernel
public import Logging
public import ServiceLifecycle
public import Storage
import Synchronization

/// What the auditor found, for /healthz and the pages.
public struct AuditReport: Hashable, Sendable {
    public let at: Timestamp
    public let figures: AuditFigures
    /// What is wrong now.
    public let findings: [WatchFinding]
    public var isHealthy: Bool { findings.isEmpty && figures.due.count == 0 && figures.pending.count == 0 }
}

/// Looks whether the others do their work: warnings for which nothing is planned, deadlines more than two minutes late,
/// notices that have waited for more than five, channels that fail. What it finds it raises as findings of its own, and
/// closes them when they are mended. It asks the tables and none of those whom it watches.
public final class Auditor: Service {
    public static let dueLatenessMax = Interval.minutes(2)
    public static let pendingAgeMax = Interval.minutes(5)

    private let store: Store
    private let clock: ServerClock
    private let machine: MachineWatch?
    private let period: Duration
    private let logger: Logger
    /// Told when a finding was raised or closed.
    private let publish: @Sendable () -> Void
    private let latest = Mutex<Result<AuditReport, StorageError>?>(nil)

    public init(
        store: Store, clock: ServerClock, machine: MachineWatch? = nil, period: Duration = .seconds(15),
        logger: Logger, publish: @escaping @Sendable () -> Void = {}
    ) {
        self.store = store
        self.machine = machine
        self.clock = clock
        self.period = period
        self.logger = logger
        self.publish = publish
    }

    /// Of the last look; nil before the first. A failure means that the database could not be read.
    public var report: Result<AuditReport, StorageError>? { latest.withLock { $0 } }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: period)
            }
        }
    }

    /// Looks now.
    @discardableResult
    public func look() async -> Result<AuditReport, StorageError> {
        let now = clock.now()
        let result: Result<AuditReport, StorageError>
        do throws(StorageError) {
            let (figures, own) = try await store.read { session throws(StorageError) in
                (
                    try AuditStore.figures(
                        dueBefore: now - Self.dueLatenessMax, pendingBefore: now - Self.pendingAgeMax, in: &session),
                    try WatchQuestions.findings(at: now, limits: Self.limits, in: &session)
                )
            }
            let findings = own + (machine?.findings(at: now) ?? [])
            try await raise(findings, at: now)
            result = .success(AuditReport(at: now, figures: figures, findings: findings))
        } catch {
            result = .failure(error)
        }
        latest.withLock { $0 = result }
        complain(of: result)
        return result
    }

    /// When this auditor last saw what it must see; nil where its last look failed.
    public var trustedAt: Timestamp? {
        guard case .success(let report)? = report else { return nil }
        return report.at
    }

    /// Whether its last look was good and is fresh.
    public func isTrusted(at now: Timestamp) -> Bool {
        trustedAt.map { now - $0 <= Self.silenceMax } ?? false
    }

    /// Silence for longer than this means that nobody watches the watchers.
    public static let silenceMax = Interval.minutes(2)

    private static var limits: WatchQuestions.Limits {
        var limits = WatchQuestions.Limits()
        limits.lateness = dueLatenessMax
        limits.waiting = pendingAgeMax
        return limits
    }

    /// A write only where something has changed.
    private func raise(_ findings: [WatchFinding], at now: Timestamp) async throws(StorageError) {
        let change = try await store.read { session throws(StorageError) in
            try WatchFindingStore.change(to: findings, in: &session)
        }
        guard !change.isEmpty else { return }
        var generator = SystemRandomNumberGenerator()
        let seed = generator.next()
        let applied = try await store.write { session throws(StorageError) in
            // What stands may have changed meanwhile.
            let change = try WatchFindingStore.change(to: findings, in: &session)
            var ids = IdentifierSource(seed: seed)
            try WatchFindingStore.apply(
                change, newID: { ids.next("F", at: now) }, at: now, in: &session)
            return change
        }
        for finding in applied.opened {
            logger.error(
                "the watch found something",
                metadata: ["kind": "\(finding.kind.rawValue)", "subject": "\(finding.subject)"])
        }
        for finding in applied.closed {
            logger.notice(
                "what the watch found is mended",
                metadata: ["kind": "\(finding.kind.rawValue)", "subject": "\(finding.subject)"])
        }
        publish()
    }

    private func complain(of result: Result<AuditReport, StorageError>) {
        switch result {
        case .failure(let error): logger.critical("the audit cannot read", metadata: ["error": "\(error)"])
        case .success(let report):
            let figures = report.figures
            if figures.due.count > 0 {
                logger.critical(
                    "deadlines are late",
                    metadata: ["count": "\(figures.due.count)", "oldest": "\(Self.text(figures.due.oldest))"])
            }
            if figures.pending.count > 0 {
                logger.error(
                    "notices wait for their delivery",
                    metadata: ["count": "\(figures.pending.count)", "oldest": "\(Self.text(figures.pending.oldest))"])
            }
        }
    }

    private static func text(_ instant: Timestamp?) -> String { instant.map { ChinaTime.rfc3339($0) } ?? "-" }
}
