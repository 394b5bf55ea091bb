import Kernel

/// The schemas of the document, each under its name once.
struct APISchemas {
    private var order: [String] = []
    private var schemas: [String: JSON] = [:]

    var json: JSON { .object(order.sorted().compactMap { name in schemas[name].map { JSON.Member(name, $0) } }) }

    /// Notes a shape and all within it; a reference to it.
    ///
    /// - Parameter isClosed: of what is sent to us: a field that is not named is refused, also in the objects within.
    @discardableResult
    mutating func add(_ shape: APIShape, isClosed: Bool = false) -> JSON {
        let reference: JSON = ["$ref": .string("#/components/schemas/\(shape.name)")]
        guard schemas[shape.name] == nil else { return reference }
        order.append(shape.name)
        schemas[shape.name] = .null
        var properties: [JSON.Member] = []
        for field in shape.fields {
            properties.append(.init(field.key, property(field, isClosed, refusesNull: shape.refusesNull)))
        }
        var members: [JSON.Member] = [
            .init("type", "object"), .init("description", .string(shape.title)),
            .init("properties", .object(properties)),
        ]
        let required = shape.fields.filter { !$0.isOptional }.map { JSON.string($0.key) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        if isClosed { members.append(.init("additionalProperties", false)) }
        schemas[shape.name] = .object(members)
        return reference
    }

    private mutating func property(_ field: APIShape.Field, _ isClosed: Bool, refusesNull: Bool) -> JSON {
        var schema = schema(of: field.form, isClosed: isClosed)
        if field.isOptional, !refusesNull { schema = Self.nullable(schema) }
        // A reference stands alone in older tools: what is said about it goes around it.
        if schema["$ref"] != nil { return ["allOf": [schema], "description": .string(field.title)] }
        var members = schema.members ?? []
        members.append(.init("description", .string(words(field))))
        if let example = field.example { members.append(.init("examples", [example])) }
        return .object(members)
    }

    /// A choice also says what its words mean.
    private func words(_ field: APIShape.Field) -> String {
        guard case .choice(let words) = field.form, words.contains(where: { $0.word != $0.title }) else {
            return field.title
        }
        return field.title + "：" + words.map { "\($0.word) \($0.title)" }.joined(separator: "，")
    }

    mutating func schema(of form: APIForm, isClosed: Bool = false) -> JSON {
        switch form {
        case .text: ["type": "string"]
        case .instant: ["type": "string", "format": "date-time"]
        case .day: ["type": "string", "format": "date"]
        case .month: ["type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"]
        case .moment: Self.moment
        case .integer(nil): ["type": "integer", "format": "int64"]
        case .integer(let range?):
            ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0.word) })]
        case .list(let item): ["type": "array", "items": schema(of: item, isClosed: isClosed)]
        case .object(let shape): add(shape, isClosed: isClosed)
        case .anything: [:]
        }
    }

    private static let date =
        "20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
        + "|02-(0[1-9]|1[0-9]|2[0-8]))|20([02468][048]|[13579][26])-02-29"
    private static let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    private static let offset = "[+-](0[0-9]|1[0-3]):[0-5][0-9]"

    /// `yyyy-MM-dd HH:mm:ss`, RFC 3339, or milliseconds since 1970.
    private static let moment: JSON = [
        "anyOf": [
            ["type": "integer", "minimum": 0, "maximum": 253_402_300_799_999],
            [
                "type": "string",
                "pattern": .string("^(\(date)) \(time)$|^(\(date))T\(time)(\\.[0-9]+)?(Z|\(offset))$"),
            ],
        ]
    ]

    private static func nullable(_ schema: JSON) -> JSON {
        if schema["$ref"] != nil || schema["anyOf"] != nil { return ["anyOf": [schema, ["type": "null"]]] }
        return .object(
            (schema.members ?? []).map { member in
                switch member.key {
                case "type": .init("type", [member.value, "null"])
                case "enum": .init("enum", .array((member.value.array ?? []) + [.null]))
                default: member
                }
            })
    }

    /// Of the fields that have one; nil where a required one has none.
    static func example(of shape: APIShape) -> JSON? {
        var members: [JSON.Member] = []
        for field in shape.fields {
            if let example = field.example {
                members.append(.init(field.key, example))
            } else if !field.isOptional {
                return nil
            }
        }
        return members.isEmpty ? nil : .object(members)
    }
}
