public import Kernel
public import Operations
public import Storage

/// What the escalator does with the deadlines of one kind. The functions keep their own transactions.
public struct DueJob: Sendable {
    public let kind: DueStore.Kind
    /// Acts on up to `limit` deadlines up to and including `now`, earliest first, in one transaction; how many.
    public let runDue: @Sendable (_ now: Timestamp, _ limit: Int) async throws -> Int
    /// Acts on one thing alone. For when one of them spoils the transaction of all.
    public let runOne: @Sendable (_ id: String, _ now: Timestamp) async throws -> Void
    /// Run once at start, before anything else: what fell due while nobody was there.
    public let recover: (@Sendable (_ now: Timestamp) async throws -> Void)?

    public init(
        kind: DueStore.Kind,
        runDue: @escaping @Sendable (_ now: Timestamp, _ limit: Int) async throws -> Int,
        runOne: @escaping @Sendable (_ id: String, _ now: Timestamp) async throws -> Void,
        recover: (@Sendable (_ now: Timestamp) async throws -> Void)? = nil
    ) {
        self.kind = kind
        self.runDue = runDue
        self.runOne = runOne
        self.recover = recover
    }

    /// A job over the operations of one part.
    public init<Part: TimedOperations>(
        _ part: Part.Type, store: Store, context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void
    ) {
        self.init(
            kind: Part.dueKind, store: store, context: context, publish: publish,
            runDue: { context, session, limit throws(StorageError) in
                try Part.runDue(context: &context, in: &session, limit: limit)
            },
            runOne: { id, context, session throws(StorageError) in
                try Part.elapse(id, context: &context, in: &session)
            },
            recover: { context, session throws(StorageError) in try Part.arm(context: &context, in: &session) })
    }

    /// A job over operations: each call of `context` gives a fresh one for one transaction; `publish` is told after
    /// the commit what was logged.
    init(
        kind: DueStore.Kind, store: Store,
        context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void,
        runDue: @escaping @Sendable (inout OperationContext, inout Session, Int) throws(StorageError) -> Int,
        runOne: @escaping @Sendable (String, inout OperationContext, inout Session) throws(StorageError) -> Void,
        recover: @escaping @Sendable (inout OperationContext, inout Session) throws(StorageError) -> Void
    ) {
        self.kind = kind
        self.runDue = { now, limit in
            let (count, journal) = try await store.write { session throws(StorageError) in
                var context = context(now)
                let count = try runDue(&context, &session, limit)
                return (count, context.journal)
            }
            publish(journal)
            return count
        }
        self.runOne = { id, now in
            let journal = try await store.write { session throws(StorageError) in
                var context = context(now)
                try runOne(id, &context, &session)
                return context.journal
            }
            publish(journal)
        }
        self.recover = { now in
            let journal = try await store.write { session throws(StorageError) in
                var context = context(now)
                try recover(&context, &session)
                return context.journal
            }
            publish(journal)
        }
    }
}
