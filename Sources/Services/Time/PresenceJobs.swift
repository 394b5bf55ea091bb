import Domain
public import Kernel
public import Operations
public import Storage

extension DueJob {
    /// Silent cameras, long offline, the daily look at the month.
    public static func presence(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .presence, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try PresenceOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try PresenceOperations.elapse(id, context: &context, in: &session)
            })
    }

    /// Reminders and ends of filings.
    public static func filings(
        store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) -> DueJob {
        DueJob(
            kind: .filing, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try FilingOperations.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try FilingOperations.elapse(FilingID(id), context: &context, in: &session)
            })
    }
}
