import Kernel

/// The schemas of the document, each under its name once.
struct APISchemas {
    private var order: [String] = []
    private var schemas: [String: JSON] = [:]

    var json: JSON { .object(order.sorted().compactMap { name in schemas[name].map { JSON.Member(name, $0) } }) }

    /// Notes a shape and all within it; a reference to it.
    @discardableResult
    mutating func add(_ shape: APIShape) -> JSON {
        let reference: JSON = ["$ref": .string("#/components/schemas/\(shape.name)")]
        guard schemas[shape.name] == nil else { return reference }
        order.append(shape.name)
        schemas[shape.name] = .null
        var properties: [JSON.Member] = []
        for field in shape.fields { properties.append(.init(field.key, property(field))) }
        var members: [JSON.Member] = [
            .init("type", "object"), .init("description", .string(shape.title)),
            .init("properties", .object(properties)),
        ]
        let required = shape.fields.filter { !$0.isOptional }.map { JSON.string($0.key) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        schemas[shape.name] = .object(members)
        return reference
    }

    private mutating func property(_ field: APIShape.Field) -> JSON {
        var schema = schema(of: field.form)
        if field.isOptional { schema = Self.nullable(schema) }
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

    mutating func schema(of form: APIForm) -> JSON {
        switch form {
        case .text: ["type": "string"]
        case .instant: ["type": "string", "format": "date-time"]
        case .day: ["type": "string", "format": "date"]
        case .integer(nil): ["type": "integer", "format": "int64"]
        case .integer(let range?):
            ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0.word) })]
        case .list(let item): ["type": "array", "items": schema(of: item)]
        case .object(let shape): add(shape)
        case .anything: [:]
        }
    }

    private static func nullable(_ schema: JSON) -> JSON {
        if schema["$ref"] != nil { return ["anyOf": [schema, ["type": "null"]]] }
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
