import Kernel

/// A text with named places, as an operator's SMS or voice gateway wants it: `{"to":"{phone}","text":"{text}"}`. The
/// names are a closed set, there is no script; each value is escaped for the place in which it stands.
public enum ChannelTemplate {
    public enum Name: String, CaseIterable, Hashable, Sendable {
        /// Digits only.
        case phone
        case text
        /// 红色, 橙色……
        case level
        case warning
        /// The idempotency key.
        case key
        /// `2026-11-23 13:08:41` in China.
        case time
        /// The channel's secret, which stands nowhere else.
        case secret
    }

    /// How a value is escaped.
    public enum Place: Hashable, Sendable {
        /// One value in an address or in a form.
        case percent
        /// Within the quotes of a JSON text.
        case json
        /// A header's value: one line.
        case line
        case plain
    }

    public enum Refusal: Error, Hashable, Sendable {
        case unknownName(String)
        case unclosed
    }

    /// Braces that hold anything but a name's letters are text: JSON is full of them.
    public static func check(_ template: String) throws(Refusal) {
        var rest = template[...]
        while let start = rest.firstIndex(of: "{") {
            rest = rest[rest.index(after: start)...]
            let word = rest.prefix { $0.isASCII && $0.isLetter }
            guard !word.isEmpty else { continue }
            guard word.endIndex < rest.endIndex else { throw .unclosed }
            guard rest[word.endIndex] == "}" else { continue }
            guard Name(rawValue: String(word)) != nil else { throw .unknownName(String(word)) }
        }
    }

    /// The names that a template uses.
    public static func names(in template: String) -> Set<Name> {
        Set(Name.allCases.filter { template.contains("{\($0.rawValue)}") })
    }

    /// Values are put in at once: what a value holds is never read as a template again.
    public static func filled(_ template: String, _ values: [Name: String], place: Place) -> String {
        var output = ""
        var rest = template[...]
        while let start = rest.firstIndex(of: "{") {
            output += rest[..<start]
            rest = rest[start...]
            let word = rest.dropFirst().prefix { $0.isASCII && $0.isLetter }
            if let name = Name(rawValue: String(word)), word.endIndex < rest.endIndex, rest[word.endIndex] == "}" {
                output += escaped(values[name] ?? "", place)
                rest = rest[rest.index(after: word.endIndex)...]
            } else {
                output += "{"
                rest = rest.dropFirst()
            }
        }
        return output + rest
    }

    private static func escaped(_ value: String, _ place: Place) -> String {
        switch place {
        case .percent: PercentEncoding.encoded(value)
        case .json: String(JSON.string(value).text.dropFirst().dropLast())
        case .line: String(String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
        case .plain: value
        }
    }
}
