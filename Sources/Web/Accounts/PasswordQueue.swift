import Dispatch
import Operations
import Synchronization

/// Password hashing takes a tenth of a second of one core and 64 MiB: one at a time, on a queue of its own, and no
/// more than a few waiting.
final class PasswordQueue: Sendable {
    private static let waitingMax = 50
    private let queue = DispatchQueue(label: "web.passwords")
    private let waiting = Mutex(0)
    /// Checked where the login is unknown, so that the time of the answer does not tell.
    private let nobody = Password.hash(Tokens.make()) ?? ""

    /// nil where the memory is not to be had.
    func hash(_ password: String) async -> String? {
        await withCheckedContinuation { done in
            queue.async { done.resume(returning: Password.hash(password)) }
        }
    }

    func verify(_ password: String, against hash: String?) async throws -> Bool {
        let isFull = waiting.withLock { count in
            if count >= Self.waitingMax { return true }
            count += 1
            return false
        }
        if isFull { throw PageRefusal.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { done in
            queue.async { [self] in
                let isRight = Password.verify(password, against: hash ?? self.nobody)
                done.resume(returning: isRight && hash != nil)
            }
        }
    }
}
