import Synchronization

/// Wakes the one task that waits for it; a hint given while nobody waits is kept, several are one. Hints only save
/// time: whoever waits looks at the database afterwards, and also without a hint from time to time.
public final class WakeHint: Sendable {
    private struct State {
        var isGiven = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func wake() {
        let waiting = state.withLock { state in
            state.isGiven = true
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Returns at a hint, after the time, or when the task is cancelled.
    public func wait(atMost duration: Duration) async {
        let timer = Task {
            if (try? await Task.sleep(for: duration)) != nil { self.wake() }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isGiven = state.withLock { state in
                    if !state.isGiven {
                        precondition(state.waiting == nil, "only one task waits")
                        state.waiting = continuation
                    }
                    return state.isGiven
                }
                if isGiven { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
        timer.cancel()
        state.withLock { $0.isGiven = false }
    }
}
