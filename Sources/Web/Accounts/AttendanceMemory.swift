import Domain
import Kernel
import Synchronization

/// Which officers were already noted as being at work in this hour, so that not every click writes.
final class AttendanceMemory: Sendable {
    private let hours = Mutex<[AccountID: Int64]>([:])

    /// Whether this hour is new for the account; it is not from then on.
    func isNew(_ account: AccountID, at now: Timestamp) -> Bool {
        let hour = now.milliseconds / 3_600_000
        return hours.withLock { $0.updateValue(hour, forKey: account) } != hour
    }
}
