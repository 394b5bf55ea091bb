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

    /// A job over operations: each call of `context` gives a fresh one for one transaction; `publish` is told after
    /// the commit what was logged.
    public init(
        kind: DueStore.Kind, store: Store,
        context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void,
        runDue: @escaping @Sendable (inout OperationContext, inout Session, Int) throws(StorageError) -> Int,
        runOne: @escaping @Sendable (String, inout OperationContext, inout Session) throws(StorageError) -> Void,
        recover: (@Sendable (inout OperationContext, inout Session) throws(StorageError) -> Void)? = nil
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
        guard let recover else {
            self.recover = nil
            return
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
