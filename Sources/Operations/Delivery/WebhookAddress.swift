/// Where a webhook may point: an `http` or `https` address that an administrator has entered. Addresses inside our own
/// network are allowed, for that is where an authority's systems are; the link-local range, where clouds keep their
/// secrets, is not.
public enum WebhookAddress {
    public enum Refusal: Error, Hashable, Sendable {
        case tooLong
        case notHTTP
        case withCredentials
        case noHost
        case forbiddenHost
        case badCharacter
    }

    public static func check(_ url: String) throws(Refusal) {
        guard url.utf8.count <= 2_000 else { throw .tooLong }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) else { throw .badCharacter }
        let lowercased = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else { throw .notHTTP }
        let authority = lowercased.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { throw .withCredentials }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        guard !host.isEmpty, host != "[" else { throw .noHost }
        let port = authority.dropFirst(host.count + (authority.hasPrefix("[") ? 1 : 0))
        guard port.isEmpty || (port.hasPrefix(":") && UInt16(port.dropFirst()) != nil) else { throw .noHost }
        let forbidden = ["169.254.", "[fe8", "[fe9", "[fea", "[feb", "0.", "[::ffff:169.254."]
        guard !forbidden.contains(where: host.hasPrefix) else { throw .forbiddenHost }
    }
}

extension WebhookAddress.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong: "网址过长"
        case .notHTTP: "网址须以 http:// 或 https:// 开头"
        case .withCredentials: "网址中不得带用户名或密码"
        case .noHost: "网址缺少主机名或端口不正确"
        case .forbiddenHost: "不得指向该主机"
        case .badCharacter: "网址中有不允许的字符"
        }
    }
}
