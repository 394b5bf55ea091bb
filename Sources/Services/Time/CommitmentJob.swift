public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// The commitment's day: begun at 0:00, reminders, the list of the missing, comparing with the data.
    public static func commitments(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .commitment, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try CommitmentOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try CommitmentOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try CommitmentOperations.arm(context: &context, in: &session)
            })
    }
}
