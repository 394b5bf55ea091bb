/// Where and why a text is not JSON. `offset` counts bytes from 0; line and column count from 1.
public struct JSONError: Error, Hashable, Sendable {
    public let reason: String
    public let offset: Int
    public let line: Int
    public let column: Int
}

extension JSON {
    /// Parses one strict JSON document (RFC 8259): UTF-8, no comments, no trailing commas, no second member of one
    /// name, nesting of 64 at the most.
    public static func parse(_ text: String) throws(JSONError) -> JSON { try parse([UInt8](text.utf8)) }

    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes)
        return try parser.document()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var index = 0

    mutating func document() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw failure("结尾之后还有内容") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < 64 else { throw failure("嵌套太深") }
        skipSpace()
        guard index < bytes.count else { throw failure("内容不完整") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("这里应是一个值")
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        // Filled where there are many: a few are compared faster than hashed.
        var seen: Set<String> = []
        index += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw failure("这里应是带引号的成员名")
            }
            let key = try string()
            if members.count == Self.fewMembers { seen = Set(members.map(\.key)) }
            let isNew =
                members.count < Self.fewMembers
                ? !members.contains { $0.key == key } : seen.insert(key).inserted
            guard isNew else { throw failure("成员“\(key)”出现两次") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("这里应是冒号") }
            members.append(JSON.Member(key, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw failure("这里应是逗号或右花括号") }
            return .object(members)
        }
    }

    private static let fewMembers = 12

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        var values: [JSON] = []
        index += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw failure("这里应是逗号或右方括号") }
            return .array(values)
        }
    }

    private mutating func string() throws(JSONError) -> String {
        index += 1
        // Most strings have no escape: they are one piece of the document.
        let start = index
        while index < bytes.count, Self.isPlain(bytes[index]) { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            guard let valid = String(validating: bytes[start..<index], as: UTF8.self) else {
                index += 1
                throw failure("不是 UTF-8")
            }
            index += 1
            return valid
        }
        return try escapedString(beginning: bytes[start..<index])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escapedString(beginning: ArraySlice<UInt8>) throws(JSONError) -> String {
        var text = [UInt8](beginning)
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let valid = String(validating: text, as: UTF8.self) else { throw failure("不是 UTF-8") }
                return valid
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<0x20: throw failure("字符串里有未转义的控制字符")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw failure("字符串没有结尾")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard index < bytes.count else { throw failure("字符串没有结尾") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var code = try fourHexadecimals()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("代理对不完整") }
                let low = try fourHexadecimals()
                guard (0xDC00..<0xE000).contains(low) else { throw failure("代理对不完整") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure("代理对不完整") }
            text += Character(scalar).utf8
        default: throw failure("不认识的转义")
        }
    }

    private mutating func fourHexadecimals() throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count, let text = String(validating: bytes[index..<index + 4], as: UTF8.self),
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let code = UInt32(text, radix: 16)
        else { throw failure("这里应是四位十六进制数") }
        index += 4
        return code
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = index
        var whole = true
        _ = take(UInt8(ascii: "-"))
        let first = index
        digits()
        guard index > first, bytes[first] != UInt8(ascii: "0") || index == first + 1 else {
            throw failure("不是数")
        }
        if take(UInt8(ascii: ".")) {
            whole = false
            let start = index
            digits()
            guard index > start else { throw failure("不是数") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            whole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            let start = index
            digits()
            guard index > start else { throw failure("不是数") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if whole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw failure("数超出范围") }
        return .number(value)
    }

    private mutating func digits() {
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[index...].starts(with: text.utf8) else { throw failure("这里应是一个值") }
        index += text.utf8.count
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    private func failure(_ reason: String) -> JSONError {
        let before = bytes[..<min(index, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - ((before.lastIndex(of: 0x0A) ?? -1) + 1) + 1
        return JSONError(reason: reason, offset: before.count, line: line, column: column)
    }
}
