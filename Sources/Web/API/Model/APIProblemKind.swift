import HTTPTypes

/// Every way in which the API refuses, by the last part of its type's address `/problems/…` (RFC 9457).
enum APIProblemKind: String, CaseIterable, Sendable {
    case notSignedIn = "not-signed-in"
    case wrongToken = "wrong-token"
    case forbidden
    case readOnlyToken = "read-only-token"
    case csrf
    case notFound = "not-found"
    case method
    case parameter
    case notJSON = "not-json"
    case mediaType = "media-type"
    case fields
    case refused
    case conflict
    case tooLarge = "too-large"
    case tooMany = "too-many"
    case tooOften = "too-often"
    case busy
    // Of the upload.
    case noKey = "no-key"
    case wrongKey = "wrong-key"
    case badGzip = "bad-gzip"
    case encoding
    case type
    case unreadable
    case incomplete
    case foreignSource = "foreign-source"
    case foreignPoints = "foreign-points"
    case storage

    var status: HTTPResponse.Status {
        switch self {
        case .notSignedIn, .wrongToken, .noKey, .wrongKey: .unauthorized
        case .forbidden, .readOnlyToken, .csrf, .foreignSource, .foreignPoints: .forbidden
        case .notFound: .notFound
        case .method: .methodNotAllowed
        case .parameter, .notJSON, .badGzip, .unreadable: .badRequest
        case .mediaType, .encoding, .type: .unsupportedMediaType
        case .fields, .tooMany, .incomplete: .unprocessableContent
        case .refused, .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .tooOften: .tooManyRequests
        case .busy, .storage: .serviceUnavailable
        }
    }

    /// What it means, and what to do.
    var title: String {
        switch self {
        case .notSignedIn: "没有登录，也没有带令牌"
        case .wrongToken: "令牌不认识、已过期或已撤销"
        case .forbidden: "这个账号的岗位不能做这件事"
        case .readOnlyToken: "这枚令牌只能读"
        case .csrf: "用浏览器会话写入时要带 X-CSRF-Token，且须同源"
        case .notFound: "没有这一项，或不在本账号的管辖范围内；两者不区分"
        case .method: "这个地址不接受这种方法"
        case .parameter: "地址里的参数不认识或读不懂"
        case .notJSON: "请求体不是 JSON 对象"
        case .mediaType: "请求体要用 application/json"
        case .fields: "有字段缺少或不对，errors 里逐项列出"
        case .refused: "规则不允许现在这样做，detail 写明原因，code 供程序判断"
        case .conflict: "别人刚刚改过，重新读取后再试"
        case .tooLarge: "请求体太大"
        case .tooMany: "要下载的行数太多，请缩小范围"
        case .tooOften: "问得太频繁，等 Retry-After 秒再试"
        case .busy: "暂时不可用，过几秒再试"
        case .noKey: "上传没有带网关密钥"
        case .wrongKey: "网关密钥不认识或已撤销"
        case .badGzip: "gzip 内容损坏"
        case .encoding: "Content-Encoding 只能是 gzip 或不写"
        case .type: "Content-Type 只能是 application/json"
        case .unreadable: "上传不是规定的格式"
        case .incomplete: "上传缺少必要的成员，或 type 不认识"
        case .foreignSource: "dataSourceCode 不是这把密钥的网关"
        case .foreignPoints: "全部点位都属于别的企业"
        case .storage: "数据库暂时不可用，过几秒再传"
        }
    }
}

extension Problem {
    init(_ kind: APIProblemKind, _ detail: String? = nil) {
        self.init(kind.status, kind.rawValue, detail ?? kind.title)
        if kind == .busy || kind == .storage { retryAfterSeconds = 2 }
    }

    /// Several fields are wrong: each by its name.
    init(fields: [FieldError]) {
        self.init(.fields, fields.map(\.message).joined(separator: "；"))
        errors = fields
    }

    /// The rules refuse: the words for people, the case's name for programs.
    init(refused words: String, code: some Any) {
        self.init(.refused, words)
        let name = String(describing: code)
        self.code = String(name.prefix { $0 != "(" })
    }
}
