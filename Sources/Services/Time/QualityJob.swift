public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// The day that is to be read, and the deadlines of findings. The reading itself is the scanner's.
    public static func quality(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .quality, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try QualityOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try QualityOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try QualityOperations.arm(context: &context, in: &session)
            })
    }
}
