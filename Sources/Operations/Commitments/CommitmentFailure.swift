public import Domain
public import Storage

/// Why a commitment, or something around it, was not taken.
public enum CommitmentFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case forbidden(String)
    /// The commitment is not whole: everything that is wrong, in the order of the form.
    case problems([CommitmentProblem])
    /// The rules refuse it.
    case refused(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page, or the answer to an upload, says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .refused(let reason): reason
        case .problems(let problems): problems.map(\.text).joined(separator: ";")
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
