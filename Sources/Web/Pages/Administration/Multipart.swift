/// The parts of a form with a file (RFC 7578), whole in memory: the caller bounds the size.
struct Multipart: Sendable {
    private var parts: [String: [UInt8]] = [:]
    private var fileNames: [String: String] = [:]

    /// nil where the body is not of that form.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"), let found = Self.boundary(contentType) else {
            return nil
        }
        let marker = Array("--\(found)".utf8)
        guard var place = Self.find(marker, in: body, from: 0) else { return nil }
        while true {
            place += marker.count
            // Two dashes end the last part, CRLF begins the next one.
            if body[place...].starts(with: Array("--".utf8)) { return }
            guard body[place...].starts(with: [13, 10]),
                let headEnd = Self.find([13, 10, 13, 10], in: body, from: place),
                let next = Self.find([13, 10] + marker, in: body, from: headEnd + 2)
            else { return nil }
            let head = String(decoding: body[(place + 2)..<headEnd], as: UTF8.self)
            if let name = Self.name(head) {
                parts[name] = Array(body[min(headEnd + 4, next)..<next])
                fileNames[name] = Self.value(" filename", head)
            }
            place = next + 2
        }
    }

    func bytes(_ name: String) -> [UInt8] { parts[name] ?? [] }
    /// What the browser calls the file; never used as a path.
    func fileName(_ name: String) -> String? { fileNames[name].flatMap { $0.isEmpty ? nil : $0 } }
    func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

    private static func boundary(_ contentType: String) -> String? {
        guard let range = contentType.firstRange(of: "boundary=") else { return nil }
        let rest = contentType[range.upperBound...].prefix { $0 != ";" }
        let plain = rest.filter { $0 != "\"" }
        return plain.isEmpty || plain.utf8.count > 70 ? nil : String(plain)
    }

    private static func name(_ head: String) -> String? {
        value(" name", head)
    }

    private static func value(_ key: String, _ head: String) -> String? {
        guard let range = head.firstRange(of: key + "=\"") else { return nil }
        return String(head[range.upperBound...].prefix { $0 != "\"" })
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard needle.count <= body.count, start <= body.count - needle.count else { return nil }
        for place in start...(body.count - needle.count) where body[place] == needle[0] {
            if body[place..<(place + needle.count)].elementsEqual(needle) { return place }
        }
        return nil
    }
}
