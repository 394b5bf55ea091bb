public import Domain
public import Storage

/// Why an entry was not made.
public enum RegistryFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    /// The caller may not write this.
    case forbidden(String)
    /// The entry is not sound: every violation, cautions too.
    case violations([Violation])
    /// A file is not sound, or would change less than all of it.
    case file([ImportIssue])
    /// The rules refuse it now.
    case refused(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }
}
