public import Domain
public import Storage

/// Why a version of the risk model was not taken.
public enum ModelFailure: TransactionFailure, Hashable {
    /// The parameter that cannot be, by its place in the model.
    case parameter(RiskModelError)
    case forbidden(String)
    case refused(String)
    case notFound
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }
}
