/// Why a whole upload is refused. One bad value never is: it rejects itself.
public enum UploadRefusal: Error, Hashable, Sendable {
    case notJSON(reason: String, offset: Int)
    case wrongType(member: String, expected: String)
    case missing(member: String)
    case repeated(member: String)
    case unknownType(String)
    case tooManyValues(limit: Int)

    /// The HTTP status (contracts/upload.md).
    public var status: Int {
        switch self {
        case .notJSON, .wrongType, .repeated: 400
        case .missing, .unknownType: 422
        case .tooManyValues: 413
        }
    }

    public var detail: String {
        switch self {
        case .notJSON(let reason, let offset): "不是 JSON：\(reason)（第 \(offset) 字节）"
        case .wrongType(let member, let expected): "\(member) 应为\(expected)"
        case .missing(let member): "缺少 \(member)"
        case .repeated(let member): "\(member) 出现两次"
        case .unknownType(let type): "不认识的 type “\(type)”"
        case .tooManyValues(let limit): "超过 \(limit) 个值"
        }
    }
}
