public import Domain
public import Storage

/// Why an operation on a spot check, a plan or a duty call did not happen.
public enum SpotCheckFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case forbidden(String)
    case refused(String)
    /// What is missing in the record.
    case gaps([SpotCheckRecord.Gap])
    case problem(ProblemFailure)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .refused(let reason): reason
        case .gaps(let gaps): "还差 \(gaps.count) 项:" + gaps.map(\.text).joined(separator: ";")
        case .problem(let failure): failure.text
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
