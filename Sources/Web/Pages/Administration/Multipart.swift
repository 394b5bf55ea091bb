/// The parts of a form with files (RFC 7578), whole in memory: the caller bounds the size.
struct Multipart: Sendable {
    struct Part: Sendable {
        var bytes: [UInt8]
        /// Empty where the browser sent a field and no file, or a file field without one.
        var fileName: String
    }

    private var parts: [String: [Part]] = [:]

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
            if let name = Self.value(" name=\"", head) {
                let part = Part(
                    bytes: Array(body[min(headEnd + 4, next)..<next]), fileName: Self.value("filename=\"", head) ?? "")
                parts[name, default: []].append(part)
            }
            place = next + 2
        }
    }

    /// The last part of that name.
    func bytes(_ name: String) -> [UInt8] { parts[name]?.last?.bytes ?? [] }
    /// What the browser calls the file; never used as a path.
    func fileName(_ name: String) -> String? { parts[name]?.last.flatMap { $0.fileName.isEmpty ? nil : $0.fileName } }
    func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }
    /// Every field of that name, as text.
    func all(_ name: String) -> [String] {
        (parts[name] ?? []).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
    /// The files that were chosen under a name.
    func files(_ name: String) -> [Part] { (parts[name] ?? []).filter { !$0.fileName.isEmpty } }

    private static func boundary(_ contentType: String) -> String? {
        guard let range = contentType.firstRange(of: "boundary=") else { return nil }
        let rest = contentType[range.upperBound...].prefix { $0 != ";" }
        let plain = rest.filter { $0 != "\"" }
        return plain.isEmpty || plain.utf8.count > 70 ? nil : String(plain)
    }

    private static func value(_ prefix: String, _ head: String) -> String? {
        guard let range = head.firstRange(of: prefix) else { return nil }
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
