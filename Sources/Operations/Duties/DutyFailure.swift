public import Storage

/// Why something around a duty was not done.
public enum DutyFailure: TransactionFailure, Hashable {
    case notFound
    case forbidden(String)
    /// By field.
    case fields([Field])
    case refused(String)
    case storage(StorageError)

    public struct Field: Hashable, Sendable {
        public var name: String
        public var text: String
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    public init(storage: StorageError) { self = .storage(storage) }

    public var text: String {
        switch self {
        case .notFound: "没有找到,或不在您的辖区"
        case .forbidden(let reason), .refused(let reason): reason
        case .fields(let fields): fields.map(\.text).joined(separator: ";")
        case .storage: "数据库暂时不可用,请稍后再试"
        }
    }
}
