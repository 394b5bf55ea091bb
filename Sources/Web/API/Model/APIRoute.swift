import Domain
import HTTPTypes
import Hummingbird
import Kernel

/// One operation of the API. It cannot be registered without its description, nor described without being registered:
/// both come from this value.
struct APIRoute: Sendable {
    /// How a caller proves who it is.
    enum Proof: Sendable {
        /// Nobody in particular.
        case none
        /// The cookie of a session, or a token of one's own.
        case account
        /// A gateway's key.
        case gateway
    }

    enum Answer: Sendable {
        case object(APIShape)
        /// Part of a list, with where it goes on; also as CSV and XLSX.
        case list(APIShape)
        case file(type: String)
    }

    var method: HTTPRequest.Method
    /// As OpenAPI writes it: `/api/v1/warnings/{id}`.
    var path: String
    /// Unique over the whole document.
    var operation: String
    var tag: APITag
    var title: String
    var detail = ""
    var proof = Proof.account
    var roles = Set(AccountRole.allCases)
    var parameters: [APIParameter] = []
    var body: APIShape?
    /// In the place of `body`: the body is one of these.
    var bodies: [APIShape] = []
    var answer: Answer
    var status = HTTPResponse.Status.ok
    var problems: [APIProblemKind] = []
    /// Of the body.
    var example: JSON?
    /// The page whose list this is: the page's downloads lead here, with its filters.
    var page: String?
    var handler: @Sendable (APICall, Request) async throws -> Response

    var isWriting: Bool { method != .get }

    /// `{id}` becomes `:id`.
    var routerPath: String {
        path.split(separator: "/").map { part in
            part.hasPrefix("{") ? ":" + part.dropFirst().dropLast() : String(part)
        }.joined(separator: "/")
    }

    /// Names between braces.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// Path parameters in order of the address, then those of the query.
    var allParameters: [APIParameter] {
        let names = pathNames
        let described = parameters.filter { names.contains($0.name) }.map(\.name)
        let rest = names.filter { !described.contains($0) }
            .map { APIParameter($0, "编号", .text, place: .path) }
        return rest + parameters
    }
}

/// A part of the document.
enum APITag: String, CaseIterable, Sendable {
    case account = "账号"
    case inbox = "消息"
    case upload = "数据上传"
    case registry = "企业、危险源、点位"
    case alarms = "报警"
    case exemptions = "报警豁免"
    case warnings = "预警"
    case commitments = "安全承诺"
    case filings = "报备"
    case duties = "包保履职"
    case problems = "问题"
    case patrols = "巡查"
    case spotChecks = "抽查"
    case dutyCalls = "查岗"
    case quality = "数据质量"
    case figures = "统计、排名、评比"
    case bulletins = "通报"
}

/// One value in an address.
struct APIParameter: Sendable {
    enum Place: String, Sendable { case path, query }

    var name: String
    var title: String
    var form: APIForm
    var place: Place

    init(_ name: String, _ title: String, _ form: APIForm = .text, place: Place = .query) {
        self.name = name
        self.title = title
        self.form = form
        self.place = place
    }

    /// `1`, as the check boxes and links of the pages send it.
    static func mark(_ name: String, _ title: String) -> APIParameter {
        APIParameter(name, title, .choice([("1", "是")]))
    }

    static let day = APIParameter("day", "日期；不写为今天", .day)
    static let office = APIParameter("office", "单位编号；不写为本单位")
    static let enterprise = APIParameter("enterprise", "企业编号")
}
