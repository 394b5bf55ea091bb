/// The settings of a server from a file and from the environment, under the names of the command line's options. The
/// command line goes before the environment, and the environment before the file. Pure: texts come in, arguments and
/// mistakes come out.
public struct ServerSettings: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case text, number
        /// Is there or is not: 是 or 否.
        case flag
    }

    public struct Key: Hashable, Sendable {
        public var name: String
        public var kind: Kind

        public init(_ name: String, _ kind: Kind = .text) {
            self.name = name
            self.kind = kind
        }

        /// `FENGSUI_SECURE_COOKIES` of `secure-cookies`.
        public var variable: String {
            "FENGSUI_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
        }
    }

    /// Something that cannot be so, and where it stands.
    public struct Mistake: Hashable, Sendable {
        public var place: String
        public var text: String

        public var line: String { "\(place):\(text)" }
    }

    public struct Value: Hashable, Sendable {
        public var text: String
        /// `文件 第 3 行`, `环境变量 FENGSUI_PORT`.
        public var place: String
    }

    public let keys: [Key]
    public private(set) var values: [String: Value] = [:]
    public private(set) var mistakes: [Mistake] = []

    public init(keys: [Key]) { self.keys = keys }

    /// Lines of `name = value`; empty ones and such with # in front are passed over.
    public mutating func add(file text: String, named path: String) {
        var seen: [String: Int] = [:]
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = Self.trimmed(raw)
            guard !line.isEmpty, line.first != "#" else { continue }
            let place = "\(path) 第 \(index + 1) 行"
            guard let equals = line.firstIndex(of: "=") else {
                mistakes.append(Mistake(place: place, text: "应写成“名 = 值”:\(line.prefix(60))"))
                continue
            }
            let name = Self.trimmed(line[..<equals])
            let value = Self.trimmed(line[line.index(after: equals)...])
            if let first = seen[name] {
                mistakes.append(Mistake(place: place, text: "“\(name)”在第 \(first) 行已经写过"))
                continue
            }
            seen[name] = index + 1
            take(name, value, at: place)
        }
    }

    public mutating func add(environment: [String: String]) {
        for key in keys {
            guard let value = environment[key.variable], !value.isEmpty else { continue }
            take(key.name, value, at: "环境变量 \(key.variable)")
        }
    }

    /// A mistake that was seen elsewhere: a file that cannot be read.
    public mutating func refuse(_ place: String, _ text: String) {
        mistakes.append(Mistake(place: place, text: text))
    }

    private mutating func take(_ name: String, _ value: String, at place: String) {
        guard let key = keys.first(where: { $0.name == name }) else {
            let near = keys.map(\.name).min { Self.distance($0, name) < Self.distance($1, name) }
            let hint = near.map { Self.distance($0, name) <= 3 ? ",是不是“\($0)”" : "" } ?? ""
            return mistakes.append(Mistake(place: place, text: "没有“\(name)”这一项\(hint)"))
        }
        guard !value.isEmpty else { return mistakes.append(Mistake(place: place, text: "“\(name)”没有写值")) }
        switch key.kind {
        case .text: break
        case .number:
            guard Int64(value) != nil else {
                return mistakes.append(Mistake(place: place, text: "“\(name)”应是整数,写的是“\(value)”"))
            }
        case .flag:
            guard Self.isOn(value) != nil else {
                return mistakes.append(Mistake(place: place, text: "“\(name)”写“是”或“否”(yes、no),写的是“\(value)”"))
            }
        }
        values[name] = Value(text: value, place: place)
    }

    private static func isOn(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "是", "yes", "true", "on", "1": true
        case "否", "no", "false", "off", "0": false
        default: nil
        }
    }

    /// The arguments that stand for these settings, but for the options that the command line itself gives.
    public func arguments(besides given: [String]) -> [String] {
        let named = Set(
            given.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2).prefix { $0 != "=" }) })
        return keys.flatMap { key -> [String] in
            guard !named.contains(key.name), let value = values[key.name] else { return [] }
            switch key.kind {
            case .text, .number: return ["--\(key.name)=\(value.text)"]
            case .flag: return Self.isOn(value.text) == true ? ["--\(key.name)"] : []
            }
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let tail = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
        return String(tail.reversed())
    }

    /// Letters to change, add or leave out.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var before = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let changed = before + (letter == other ? 0 : 1)
                before = row[j + 1]
                row[j + 1] = min(changed, row[j + 1] + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
