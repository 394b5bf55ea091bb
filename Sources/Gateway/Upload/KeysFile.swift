/// The keys of gateways: one a line, gateway and key with white space between; `#` begins a remark.
public struct KeysFile: Sendable {
    public struct Mistake: Error, CustomStringConvertible, Sendable {
        public var description: String
    }

    public private(set) var keys: [String: String] = [:]

    public init(_ text: String) throws(Mistake) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.prefix { $0 != "#" }
            let words = content.split(whereSeparator: \.isWhitespace)
            if words.isEmpty { continue }
            guard words.count == 2 else { throw Mistake(description: "第 \(index + 1) 行:应为“网关 密钥”") }
            guard keys.updateValue(String(words[1]), forKey: String(words[0])) == nil else {
                throw Mistake(description: "第 \(index + 1) 行:网关 \(words[0]) 出现两次")
            }
        }
        if keys.isEmpty { throw Mistake(description: "文件里没有密钥") }
    }
}
