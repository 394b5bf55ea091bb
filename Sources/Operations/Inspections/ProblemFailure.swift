public import Domain
public import Storage

/// Why an operation on a problem, a patrol or a site check did not happen.
public enum ProblemFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case forbidden(String)
    case refused(ProblemRefusal)
    case unsuitable(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .unsuitable(let reason): reason
        case .refused(let refusal): refusal.reason
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }

    static func ruling<T>(_ body: () throws(ProblemRefusal) -> T) throws(ProblemFailure) -> T {
        do throws(ProblemRefusal) { return try body() } catch { throw .refused(error) }
    }
}
