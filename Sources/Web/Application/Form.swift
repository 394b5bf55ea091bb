import Kernel

/// The fields of a form or of a query, decoded. A field that is not there reads as empty text.
struct Form: Sendable {
    private var values: [String: [String]] = [:]

    init() {}

    /// `a=1&b=%E4%B8%AD`, as browsers send it.
    init(_ encoded: some StringProtocol) {
        for pair in encoded.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decode(parts[0])
            values[name, default: []].append(parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    /// The first value of that name without spaces around it.
    subscript(_ name: String) -> String {
        get { Self.trimmed(values[name]?.first ?? "") }
        set { values[name] = [newValue] }
    }
    func all(_ name: String) -> [String] { (values[name] ?? []).map(Self.trimmed) }
    var names: [String] { values.keys.sorted() }
    func has(_ name: String) -> Bool { values[name] != nil }
    /// nil where the field is missing or blank.
    func value(_ name: String) -> String? { self[name].isEmpty ? nil : self[name] }

    /// Whether an address leads to a page of ours: a path, never `//elsewhere`, and nothing that browsers drop or turn.
    static func isOurs(_ address: String) -> Bool {
        address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\")
            && address.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    static func trimmed(_ text: String) -> String {
        let kept = text.drop(while: \.isWhitespace)
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }

    static func decode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes.filter { $0 != 0 && $0 != 13 }, as: UTF8.self)
    }

    /// For one value in an address.
    static func encode(_ text: String) -> String { PercentEncoding.encoded(text) }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
