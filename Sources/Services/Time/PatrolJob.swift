public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// Midnight's tasks and the day's reminders.
    public static func patrols(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .patrol, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try PatrolOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try PatrolOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try PatrolOperations.arm(context: &context, in: &session)
            })
    }
}
