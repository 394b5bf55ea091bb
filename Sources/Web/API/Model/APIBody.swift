import Domain
import Kernel

/// The body of a request, already held against its shape: what is not optional is there, and everything reads.
struct APIBody: Sendable {
    private let json: JSON

    /// Empty, where an operation takes none.
    init() { json = .object([]) }

    /// Every field that is missing, unknown or of the wrong kind is named at once.
    init(_ text: String, shape: APIShape) throws(Problem) {
        guard let parsed = try? JSON.parse(text.isEmpty ? "{}" : text), case .object = parsed else {
            throw Problem(.notJSON)
        }
        let errors = Self.errors(in: parsed, shape, at: "")
        guard errors.isEmpty else { throw Problem(fields: errors) }
        json = parsed
    }

    /// For handlers that read the body as a value of the core.
    var whole: JSON { json }

    func has(_ key: String) -> Bool { json[key].map { $0 != .null } ?? false }
    func text(_ key: String) -> String { json[key]?.string?.trimmedOfSpace ?? "" }
    /// nil where it is left out or blank.
    func value(_ key: String) -> String? { text(key).isEmpty ? nil : text(key) }
    func flag(_ key: String) -> Bool { json[key]?.bool ?? false }
    func integer(_ key: String) -> Int64? { json[key]?.integer }
    func instant(_ key: String) -> Timestamp? { json[key]?.string.flatMap(ChinaTime.parseRFC3339) }
    func day(_ key: String) -> Day? { json[key]?.string.flatMap(ChinaTime.parseDate) }
    func texts(_ key: String) -> [String] { json[key]?.array?.compactMap(\.string) ?? [] }
    func items(_ key: String) -> [JSON] { json[key]?.array ?? [] }

    private static func errors(in json: JSON, _ shape: APIShape, at path: String) -> [FieldError] {
        var errors: [FieldError] = []
        for member in json.members ?? [] where !shape.fields.contains(where: { $0.key == member.key }) {
            errors.append(FieldError(field: path + member.key, message: "不认识的字段“\(member.key)”"))
        }
        for field in shape.fields {
            let value = json[field.key] ?? .null
            if value == .null {
                if !field.isOptional {
                    errors.append(FieldError(field: path + field.key, message: "缺少“\(field.title)”"))
                }
                continue
            }
            errors += Self.errors(in: value, field.form, field.title, at: path + field.key)
        }
        return errors
    }

    private static func errors(in value: JSON, _ form: APIForm, _ title: String, at path: String) -> [FieldError] {
        func wrong(_ words: String) -> [FieldError] { [FieldError(field: path, message: "“\(title)”\(words)")] }
        switch form {
        case .text:
            guard let text = value.string else { return wrong("要写文字") }
            return form.objection(text).map(wrong) ?? []
        case .day, .month, .instant, .choice:
            guard let text = value.string else { return wrong("要写文字") }
            return form.objection(text).map(wrong) ?? []
        case .integer:
            guard let number = value.integer else { return wrong("要写整数") }
            return form.objection(String(number)).map(wrong) ?? []
        case .number: return value.double == nil ? wrong("要写数") : []
        case .flag: return value.bool == nil ? wrong("要写 true 或 false") : []
        case .list(let item):
            guard let items = value.array else { return wrong("要写成列表") }
            return items.enumerated().flatMap { Self.errors(in: $1, item, title, at: "\(path)[\($0)]") }
        case .object(let shape):
            guard value.members != nil else { return wrong("要写成对象") }
            return Self.errors(in: value, shape, at: path + ".")
        case .moment, .anything: return []
        }
    }
}
