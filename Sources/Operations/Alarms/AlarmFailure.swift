public import Domain
public import Storage

/// Why an operation on an alarm or an exemption did not happen.
public enum AlarmFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case forbidden(String)
    /// The rules refuse it.
    case cannotClear(ClearRule.Refusal)
    case exemption(Exemption.Refusal)
    case refused(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .refused(let reason): reason
        case .cannotClear(let refusal): refusal.reason
        case .exemption(let refusal): refusal.reason
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
