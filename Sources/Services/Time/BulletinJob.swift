public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// Drafts of bulletins.
    public static func bulletins(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .bulletin, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try BulletinOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try BulletinOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try BulletinOperations.recover(context: context, in: &session)
            })
    }
}
