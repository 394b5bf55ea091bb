public import Domain
public import Storage

/// Why an operation on a bulletin did not happen.
public enum BulletinFailure: TransactionFailure, Hashable {
    /// There is none of that id that the caller may see.
    case notFound
    case forbidden(String)
    /// The rules refuse it.
    case refused(BulletinRefusal)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason): reason
        case .refused(let refusal): refusal.reason
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
