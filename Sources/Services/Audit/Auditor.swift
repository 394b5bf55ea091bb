public import Kernel
public import Logging
public import ServiceLifecycle
public import Storage
import Synchronization

/// What the auditor found, for /healthz and the pages.
public struct AuditReport: Hashable, Sendable {
    public let at: Timestamp
    public let figures: AuditFigures
    /// No deadline is late and no delivery is stuck.
    public var isHealthy: Bool { figures.due.count == 0 && figures.pending.count == 0 }
}

/// Looks whether the others do their work: a deadline more than two minutes late, a notice that has waited for more
/// than five.
public final class Auditor: Service {
    public static let dueLatenessMax = Interval.minutes(2)
    public static let pendingAgeMax = Interval.minutes(5)

    private let store: Store
    private let clock: ServerClock
    private let period: Duration
    private let logger: Logger
    private let latest = Mutex<Result<AuditReport, StorageError>?>(nil)

    public init(store: Store, clock: ServerClock, period: Duration = .seconds(15), logger: Logger) {
        self.store = store
        self.clock = clock
        self.period = period
        self.logger = logger
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
            let figures = try await store.read { session throws(StorageError) in
                try AuditStore.figures(
                    dueBefore: now - Self.dueLatenessMax, pendingBefore: now - Self.pendingAgeMax, in: &session)
            }
            result = .success(AuditReport(at: now, figures: figures))
        } catch {
            result = .failure(error)
        }
        latest.withLock { $0 = result }
        complain(of: result)
        return result
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
