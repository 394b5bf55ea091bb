import Domain
public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// The deadlines of warnings.
    public static func warnings(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .warning, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try WarningOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try WarningOperations.elapse(WarningID(id), context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                for id in try WarningOperations.missed(context: context, in: &session) {
                    try WarningOperations.recover(id, context: &context, in: &session)
                }
            })
    }
}
