public import Domain
public import Storage

/// Why an operation on a warning did not happen.
public enum WarningFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    /// The rules refuse it.
    case refused(WarningRefusal)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }
}
