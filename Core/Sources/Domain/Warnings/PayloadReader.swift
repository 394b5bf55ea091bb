import Kernel

/// Reads the members of a log payload.
struct PayloadReader {
    let json: JSON

    func text(_ key: String) -> String? { json[key]?.string }
    func integer(_ key: String) -> Int64? { json[key]?.integer }
    func bool(_ key: String) -> Bool? { json[key]?.bool }
    func instant(_ key: String) -> Timestamp? { integer(key).map(Timestamp.init(milliseconds:)) }
    func level(_ key: String) -> Level? { text(key).flatMap(Level.init(name:)) }
    func levels(_ key: String) -> [Level]? { all(key) { $0.string.flatMap(Level.init(name:)) } }
    func recipients(_ key: String) -> [Recipient]? { all(key, Recipient.init(json:)) }

    private func all<Value>(_ key: String, _ read: (JSON) -> Value?) -> [Value]? {
        guard let items = json[key]?.array else { return nil }
        let values = items.compactMap(read)
        return values.count == items.count ? values : nil
    }
}

extension JSON {
    static func levels(_ levels: [Level]) -> JSON { .array(levels.map { .string($0.name) }) }
    static func recipients(_ recipients: [Recipient]) -> JSON { .array(recipients.map(\.json)) }
}

extension Recipient {
    var json: JSON { .array([.string(kind), .string(id)]) }

    init?(json: JSON) {
        guard let parts = json.array, parts.count == 2, let kind = parts[0].string, let id = parts[1].string else {
            return nil
        }
        self.init(kind: kind, id: id)
    }
}
