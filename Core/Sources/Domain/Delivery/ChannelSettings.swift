public import Kernel

/// How a channel reaches its receiver, without what is secret. Which of these a kind uses stands in `objections`.
public struct ChannelSettings: Hashable, Sendable {
    public enum Security: String, CaseIterable, Hashable, Sendable {
        case none, starttls, tls

        public var label: String {
            switch self {
            case .none: "不加密（只用于本机或内网）"
            case .starttls: "STARTTLS（通常 587 端口）"
            case .tls: "SMTPS（通常 465 端口）"
            }
        }
    }

    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    // SMS and voice gateways
    public var method = "POST"
    public var url = ""
    public var headers: [Header] = []
    public var contentType = "application/json"
    public var body = ""
    /// Statuses that mean taken: `200`, `200-299`.
    public var successStatus = "200-299"
    /// A member of the answer's JSON (`code`, `data.status`) that must equal `successValue`; empty: none.
    public var successField = ""
    public var successValue = ""

    // SMTP
    public var host = ""
    public var port = 587
    public var security = Security.starttls
    public var username = ""
    public var sender = ""
    /// Mail addresses of the owner itself: an office has no address in the register.
    public var addresses: [String] = []

    /// Whom a robot always mentions: phone numbers, with 飞书 open ids (`ou_…`) or `all`.
    public var mentions: [String] = []
    /// Where a test goes: a phone number or a mail address.
    public var testAddress = ""

    public init() {}

    public var json: JSON {
        [
            "method": .string(method), "url": .string(url),
            "headers": .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "contentType": .string(contentType), "body": .string(body), "successStatus": .string(successStatus),
            "successField": .string(successField), "successValue": .string(successValue), "host": .string(host),
            "port": .integer(Int64(port)), "security": .string(security.rawValue), "username": .string(username),
            "sender": .string(sender), "addresses": .array(addresses.map { .string($0) }),
            "mentions": .array(mentions.map { .string($0) }), "testAddress": .string(testAddress),
        ]
    }

    public init(json: JSON) {
        func text(_ key: String, _ usual: String) -> String { json[key]?.string ?? usual }
        func texts(_ key: String) -> [String] { json[key]?.array?.compactMap(\.string) ?? [] }
        method = text("method", method)
        url = text("url", url)
        headers = (json["headers"]?.array ?? []).compactMap { item in
            guard let name = item["name"]?.string, let value = item["value"]?.string else { return nil }
            return Header(name, value)
        }
        contentType = text("contentType", contentType)
        body = text("body", body)
        successStatus = text("successStatus", successStatus)
        successField = text("successField", successField)
        successValue = text("successValue", successValue)
        host = text("host", host)
        port = json["port"]?.integer.flatMap { Int(exactly: $0) } ?? port
        security = Security(rawValue: text("security", "")) ?? security
        username = text("username", username)
        sender = text("sender", sender)
        addresses = texts("addresses")
        mentions = texts("mentions")
        testAddress = text("testAddress", testAddress)
    }

    /// The statuses that mean taken; nil where they cannot be read.
    public var successStatuses: ClosedRange<Int>? {
        let ends = successStatus.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        switch (ends.first ?? nil, ends.last ?? nil) {
        case (let low?, let high?) where ends.count <= 2 && low >= 100 && low <= high && high <= 599: return low...high
        case (_, _): return nil
        }
    }

    /// What is wrong with them for a kind; empty where they may be used. Addresses are checked by the caller.
    public func objections(for kind: ChannelKind) -> [String] {
        switch kind {
        case .dingtalk, .wecom: mentions.allSatisfy(Self.isPhone) ? [] : ["总是 @ 的要写手机号"]
        case .feishu:
            mentions.allSatisfy { $0 == "all" || ($0.hasPrefix("ou_") && $0.allSatisfy(Self.isWord)) }
                ? [] : ["飞书群机器人只能 @ open_id（ou_ 开头）或 all，不能 @ 手机号"]
        case .email: mailObjections
        case .sms, .voice: gatewayObjections
        }
    }

    private var mailObjections: [String] {
        var found: [String] = []
        if host.isEmpty || !host.allSatisfy({ Self.isWord($0) || ".-:[]".contains($0) }) { found.append("邮件服务器不正确") }
        if !(1...65_535).contains(port) { found.append("端口应在 1–65535 之间") }
        if !Self.isMailAddress(sender) { found.append("发件地址不正确") }
        for address in addresses where !Self.isMailAddress(address) { found.append("收件地址“\(address)”不正确") }
        if !testAddress.isEmpty, !Self.isMailAddress(testAddress) { found.append("测试接收的邮箱不正确") }
        return found
    }

    private var gatewayObjections: [String] {
        var found: [String] = []
        if !["GET", "POST", "PUT"].contains(method) { found.append("方法只能是 GET、POST 或 PUT") }
        for template in [url, body] + headers.map(\.value) {
            do throws(ChannelTemplate.Refusal) { try ChannelTemplate.check(template) } catch {
                switch error {
                case .unknownName(let name): found.append("没有占位符 {\(name)}")
                case .unclosed: found.append("占位符没有写完")
                }
            }
        }
        for header in headers where header.name.isEmpty || !header.name.allSatisfy({ Self.isWord($0) || $0 == "-" }) {
            found.append("请求头“\(header.name)”的名字不正确")
        }
        if headers.contains(where: { $0.value.utf8.contains { $0 < 32 } }) { found.append("请求头只能有一行") }
        let used = ChannelTemplate.names(in: url).union(ChannelTemplate.names(in: body))
        if !used.contains(.phone) { found.append("网址或正文里要有 {phone}") }
        if !used.contains(.text) { found.append("网址或正文里要有 {text}") }
        if successStatuses == nil { found.append("成功状态码写成 200 或 200-299") }
        if !testAddress.isEmpty, !Self.isPhone(testAddress) { found.append("测试接收的号码不正确") }
        return found
    }

    /// Letters and digits of ASCII and `_`.
    static func isWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    /// 5–20 digits, with spaces and hyphens between, perhaps a `+` in front.
    public static func isPhone(_ text: String) -> Bool {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        return (5...20).contains(digits.count) && text.allSatisfy { $0.isASCII && ($0.isNumber || "+- ".contains($0)) }
    }

    /// What a gateway and a robot take: digits, with `+` where the number is of another country.
    public static func dialled(_ phone: String) -> String { phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") } }

    /// One mailbox of ASCII, without what could end a line of SMTP.
    public static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        return text.allSatisfy { isWord($0) || ".+-@=".contains($0) }
    }
}
