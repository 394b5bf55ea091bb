import Domain
public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// The lists at 00:00, reminders, the deadlines of duty calls.
    public static func spotChecks(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .spotCheck, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try SpotCheckOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try SpotCheckOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try SpotCheckOperations.recover(context: &context, in: &session)
            })
    }
}
