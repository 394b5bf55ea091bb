/// Why a value was not committed by a `CommitGroup`.
public enum CommitFailure: Error, Hashable, Sendable {
    /// Too many wait already; nothing was done with the value. The sender should come again later.
    case busy
    case storage(StorageError)
}

/// Commits what arrives together in one transaction: while one commit is under way the next values wait, and the next
/// transaction takes all of them. A value is answered only after its commit.
public actor CommitGroup<Value: Sendable, Outcome: Sendable> {
    /// Does the work for some values in one transaction; one outcome a value, in their order. Must leave nothing behind
    /// outside of the database when it throws, for it is called again with fewer values.
    public typealias Commit = @Sendable ([Value], inout Session) throws(StorageError) -> [Outcome]

    private typealias Answer = Result<Outcome, CommitFailure>

    private let store: Store
    private let waitingCountMax: Int
    private let batchCountMax: Int
    private let commit: Commit
    private var waiting: [(value: Value, done: CheckedContinuation<Answer, Never>)] = []
    private var isCommitting = false

    /// `waitingCountMax` bounds what waits, beside the batch that is being committed.
    public init(store: Store, waitingCountMax: Int, batchCountMax: Int = 512, commit: @escaping Commit) {
        precondition(waitingCountMax > 0 && batchCountMax > 0, "a bound must leave room")
        self.store = store
        self.waitingCountMax = waitingCountMax
        self.batchCountMax = batchCountMax
        self.commit = commit
    }

    public var waitingCount: Int { waiting.count }

    /// Returns after the commit.
    public func submit(_ value: Value) async throws(CommitFailure) -> Outcome {
        guard waiting.count < waitingCountMax else { throw .busy }
        let answer = await withCheckedContinuation { done in
            waiting.append((value, done))
            if !isCommitting {
                isCommitting = true
                Task { await self.drain() }
            }
        }
        return try answer.get()
    }

    private func drain() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(batchCountMax))
            waiting.removeFirst(batch.count)
            let answers = await answers(for: batch.map(\.value))
            for (submission, answer) in zip(batch, answers) { submission.done.resume(returning: answer) }
        }
        isCommitting = false
    }

    private func answers(for values: [Value]) async -> [Answer] {
        let commit = commit
        do throws(StorageError) {
            let outcomes = try await store.write { session throws(StorageError) in try commit(values, &session) }
            precondition(outcomes.count == values.count, "one outcome a value")
            return outcomes.map { .success($0) }
        } catch {
            switch error {
            case .unavailable, .full: return values.map { _ in .failure(.storage(error)) }
            case .conflict, .constraint, .other:
                // One value that cannot be stored must not take the others with it.
                guard values.count > 1 else { return [.failure(.storage(error))] }
                let half = values.count / 2
                return await answers(for: Array(values[..<half])) + answers(for: Array(values[half...]))
            }
        }
    }
}
