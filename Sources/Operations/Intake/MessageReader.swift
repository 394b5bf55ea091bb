import Kernel

/// Reads the members of an item, forgiving of numbers that stand as text.
struct MessageReader {
    let item: JSON

    init(_ item: JSON) { self.item = item }

    /// A text of 1 to 500 characters without control characters; a number is read as its digits.
    func text(_ name: String) -> String? {
        let found: String? =
            switch item[name] {
            case .string(let value)?: value
            case .integer(let value)?: String(value)
            case .number(let value)?: String(value)
            case .bool, .null, .array, .object, nil: nil
            }
        guard let found, !found.isEmpty, found.unicodeScalars.count <= 500,
            !found.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" })
        else { return nil }
        return found
    }

    func required(_ name: String) throws(MessageRefusal) -> String {
        guard let found = text(name) else { throw .refused("缺少 \(name)") }
        return found
    }

    /// `true`, `1`, `"1"` and their opposites.
    func flag(_ name: String) throws(MessageRefusal) -> Bool {
        switch item[name] {
        case .bool(let value)?: return value
        case .integer(1)?, .string("1")?, .string("true")?: return true
        case .integer(0)?, .string("0")?, .string("false")?: return false
        case nil: throw .refused("缺少 \(name)")
        case .integer, .number, .string, .array, .object, .null: throw .refused("\(name) 应为 0 或 1")
        }
    }

    func optionalFlag(_ name: String) throws(MessageRefusal) -> Bool? {
        switch item[name] {
        case nil, .null?: nil
        case .bool, .integer, .number, .string, .array, .object: try flag(name)
        }
    }

    func number(_ name: String) throws(MessageRefusal) -> Double? {
        switch item[name] {
        case nil, .null?: return nil
        case .integer(let value)?: return Double(value)
        case .number(let value)?: return value
        case .string(let text)?:
            if text.isEmpty { return nil }
            guard let value = Double(text), value.isFinite else { throw .refused("\(name) 不是数") }
            return value
        case .bool, .array, .object: throw .refused("\(name) 不是数")
        }
    }

    /// As in readings: `yyyy-MM-dd HH:mm:ss`, RFC 3339 or milliseconds.
    func time(_ name: String) throws(MessageRefusal) -> Timestamp? {
        switch item[name] {
        case nil, .null?: return nil
        case .integer(let value)?:
            guard value >= 0, value < 253_402_300_800_000 else { throw .refused("\(name) 不是时刻") }
            return Timestamp(milliseconds: value)
        case .string(let text)?:
            if text.isEmpty { return nil }
            guard let found = ChinaTime.parseDateTime(text) ?? ChinaTime.parseRFC3339(text) else {
                throw .refused("\(name) 不是时刻")
            }
            return found
        case .bool, .number, .array, .object: throw .refused("\(name) 不是时刻")
        }
    }

    /// One code or several: a text, a text with commas, or an array.
    func codes(_ name: String) -> [String] {
        if let list = item[name]?.array { return list.compactMap(\.string).filter { !$0.isEmpty } }
        return (text(name) ?? "").split(separator: ",").map { String($0) }
    }
}
