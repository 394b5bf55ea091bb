public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// The deadlines of problems and site checks.
    public static func problems(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .problem, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try ProblemOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try ProblemOperations.elapse(id, context: &context, in: &session)
            })
    }
}
