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
            .problems(store: store, context: context, publish: publish),
            .commitments(store: store, context: context, publish: publish),
            .duties(store: store, context: context, publish: publish),
            .patrols(store: store, context: context, publish: publish),
            .quality(store: store, context: context, publish: publish),
        ]
    }
}
