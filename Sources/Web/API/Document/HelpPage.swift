import Domain
import Hummingbird
import Kernel

/// 接口说明: the document of the API, for people. Made from the same table.
struct HelpPage: Sendable {
    struct Field: Sendable {
        var name: String
        var title: String
        var kind: String
        var isRequired: Bool
        /// The words that it may have.
        var words: String?
    }
    struct Operation: Sendable {
        var id: String
        var method: String
        var path: String
        var summary: String
        var detail: String?
        var roles: String?
        var parameters: [Field]
        var hasParameters: Bool
        var body: [Field]
        var hasBody: Bool
        var example: String?
        var answer: String?
        var answerName: String?
        var problems: String
    }
    struct Group: Sendable {
        var anchor: String
        var tagTitle: String
        var operations: [Operation]
    }
    struct Shape: Sendable {
        var shapeName: String
        var shapeTitle: String
        var fields: [Field]
    }
    struct Refusal: Sendable {
        var kind: String
        var status: Int
        var meaning: String
    }

    var groups: [Group]
    var shapes: [Shape]
    var refusals: [Refusal]
    var sizeMax: Int
    var csrfHeader: String

    static func show(_ site: Site, _ routes: [APIRoute]) -> Response {
        let layout = site.layout(
            title: "接口说明", frame: .bare, theme: .light, officer: nil, section: nil, hasStream: false)
        return site.html(site.templates.render("help-api", PageContext(page: layout, model: HelpPage(routes))))
    }

    init(_ routes: [APIRoute]) {
        var shapes: [String: APIShape] = [:]
        groups = APITag.allCases.enumerated().compactMap { index, tag in
            let own = routes.filter { $0.tag == tag }
            guard !own.isEmpty else { return nil }
            return Group(
                anchor: "t-\(index)", tagTitle: tag.rawValue, operations: own.map { Operation($0, &shapes) })
        }
        self.shapes = shapes.values.sorted { $0.name < $1.name }.map { shape in
            Shape(shapeName: shape.name, shapeTitle: shape.title, fields: shape.fields.map { Field($0) })
        }
        refusals = APIProblemKind.allCases.map {
            Refusal(kind: $0.rawValue, status: Int($0.status.code), meaning: $0.title)
        }
        sizeMax = APIPaging.sizeMax
        csrfHeader = APIServer.csrfHeader
    }
}

extension HelpPage.Operation {
    init(_ route: APIRoute, _ shapes: inout [String: APIShape]) {
        id = route.operation
        method = route.method.rawValue
        path = route.path
        summary = route.title
        detail = route.detail.isEmpty ? nil : route.detail
        switch route.proof {
        case .account:
            roles = AccountRole.allCases.filter(route.roles.contains).map { Wording.account($0) }.joined(separator: "、")
        case .gateway: roles = "网关密钥"
        case .none: roles = nil
        }
        parameters = route.allParameters.map { parameter in
            HelpPage.Field(
                name: parameter.name, title: parameter.title, kind: parameter.form.word,
                isRequired: parameter.place == .path, words: parameter.form.words)
        }
        hasParameters = !parameters.isEmpty
        body = (route.body?.fields ?? []).map { HelpPage.Field($0) }
        hasBody = !body.isEmpty
        example = (route.example ?? route.body.flatMap(APISchemas.example))?.text
        for shape in route.bodies { shape.collect(into: &shapes) }
        for field in route.body?.fields ?? [] { field.form.collect(into: &shapes) }
        switch route.answer {
        case .object(let shape):
            (answer, answerName) = ("一个 ", shape.name)
            shape.collect(into: &shapes)
        case .list(let shape):
            (answer, answerName) = ("列表，每项为 ", shape.name)
            shape.collect(into: &shapes)
        case .file(let type): (answer, answerName) = ("文件 \(type)", nil)
        }
        problems = route.problems.map(\.rawValue).joined(separator: "、")
    }
}

extension HelpPage.Field {
    init(_ field: APIShape.Field) {
        self.init(
            name: field.key, title: field.title, kind: field.form.word, isRequired: !field.isOptional,
            words: field.form.words)
    }
}

extension APIShape {
    func collect(into shapes: inout [String: APIShape]) {
        guard shapes[name] == nil else { return }
        shapes[name] = self
        for field in fields { field.form.collect(into: &shapes) }
    }
}

extension APIForm {
    func collect(into shapes: inout [String: APIShape]) {
        switch self {
        case .list(let item): item.collect(into: &shapes)
        case .object(let shape): shape.collect(into: &shapes)
        case .text, .instant, .day, .month, .moment, .integer, .number, .flag, .choice, .anything: break
        }
    }

    /// What kind of value it is, in a word.
    var word: String {
        switch self {
        case .text: "文字"
        case .instant: "时刻"
        case .day: "日期"
        case .month: "月份"
        case .moment: "时刻，yyyy-MM-dd HH:mm:ss、RFC 3339 或毫秒"
        case .integer(nil): "整数"
        case .integer(let range?): "整数 \(range.lowerBound)–\(range.upperBound)"
        case .number: "数"
        case .flag: "真假"
        case .choice: "选一"
        case .list(let item): item.word + "的列表"
        case .object(let shape): shape.name
        case .anything: "—"
        }
    }

    /// The words of a choice with what they mean.
    var words: String? {
        guard case .choice(let words) = self else { return nil }
        return words.map { $0.word == $0.title ? $0.word : "\($0.word) \($0.title)" }.joined(separator: "，")
    }
}
