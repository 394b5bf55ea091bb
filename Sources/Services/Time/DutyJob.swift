public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// Tasks of the responsible persons, reminders, root-cause forms.
    public static func duties(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .duty, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try DutyOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try DutyOperations.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in
                try DutyOperations.arm(context: &context, in: &session)
            })
    }
}
