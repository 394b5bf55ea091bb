public import Domain
public import Storage

/// Why an act on a finding did not happen.
public enum QualityFailure: TransactionFailure, Hashable {
    /// There is none of that id in the caller's jurisdiction.
    case notFound
    case refused(QualityFinding.Refusal)
    /// Somebody else was first.
    case changedMeanwhile
    case words(String)
    case storage(StorageError)

    public init(storage: StorageError) { self = .storage(storage) }

    /// What the page says.
    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .refused(let refusal): refusal.text
        case .changedMeanwhile: "刚才有人先处理了这一条,请刷新后再看"
        case .words(let words): words
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
