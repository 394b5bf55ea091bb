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
        case .notJSON(let reason, let offset): "not JSON: \(reason) (byte \(offset))"
        case .wrongType(let member, let expected): "\(member) must be \(expected)"
        case .missing(let member): "\(member) is missing"
        case .repeated(let member): "\(member) stands twice"
        case .unknownType(let type): "unknown type \"\(type)\""
        case .tooManyValues(let limit): "more than \(limit) values"
        }
    }
}
