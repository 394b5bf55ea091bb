public import Kernel
public import Operations
public import Storage

/// The timers of the daily work: one line a part.
public enum DailyWork {
    /// - Parameters:
    ///   - context: a fresh context for one transaction at the given instant.
    ///   - publish: told after each commit what was logged.
    public static func jobs(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> [DueJob] {
        [
            DueJob(ClimbOperations.self, store: store, context: context, publish: publish),
            DueJob(ProblemOperations.self, store: store, context: context, publish: publish),
            DueJob(CommitmentOperations.self, store: store, context: context, publish: publish),
            DueJob(DutyOperations.self, store: store, context: context, publish: publish),
            DueJob(PatrolOperations.self, store: store, context: context, publish: publish),
            DueJob(QualityOperations.self, store: store, context: context, publish: publish),
            DueJob(SpotCheckOperations.self, store: store, context: context, publish: publish),
            DueJob(PresenceOperations.self, store: store, context: context, publish: publish),
            DueJob(FilingOperations.self, store: store, context: context, publish: publish),
            .bulletins(store: store, context: context, publish: publish),
        ]
    }
}
