public import Domain
public import Storage

/// Why something was not done to a filing or a record.
public enum FilingFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case forbidden(String)
    case refusal(FilingRefusal)
    case refused(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .refused(let reason): reason
        case .refusal(let refusal): refusal.reason
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }

    static func ruling(_ body: () throws(FilingRefusal) -> Void) throws(FilingFailure) {
        do throws(FilingRefusal) { try body() } catch { throw .refusal(error) }
    }
}
