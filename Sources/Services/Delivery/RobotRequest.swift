import Domain
import Kernel
import Operations
import Storage

/// What a group robot is sent and how its answer is read. All three answer HTTP 200 whatever happens: the code in the
/// body decides.
struct RobotRequest: Hashable {
    let url: String
    let body: JSON

    /// - Parameters:
    ///   - channel: of one of the three robots.
    ///   - phones: of the persons whom the message concerns.
    init(_ message: ChannelMessage, channel: ChannelRecord, phones: [String], at now: Timestamp) {
        let address = channel.secrets["address"] ?? ""
        let sign = channel.secrets["sign"].flatMap { $0.isEmpty ? nil : $0 }
        let mobiles = Self.unique(channel.settings.mentions.map(ChannelSettings.dialled) + phones)
        switch channel.kind {
        case .dingtalk:
            url = sign.map { Self.signedAddress(address, secret: $0, at: now) } ?? address
            // A mention rings only where it also stands in the text.
            let names = mobiles.isEmpty ? "" : "\n" + mobiles.map { "@" + $0 }.joined(separator: " ")
            body = [
                "msgtype": "text", "text": ["content": .string(message.text + names)],
                "at": ["atMobiles": .array(mobiles.map { .string($0) }), "isAtAll": false],
            ]
        case .wecom:
            url = address
            body = [
                "msgtype": "text",
                "text": [
                    "content": .string(message.text), "mentioned_mobile_list": .array(mobiles.map { .string($0) }),
                ],
            ]
        case .feishu:
            url = address
            // Only by open id; a phone number is no mention here.
            let marks = channel.settings.mentions.map { "<at user_id=\"\($0)\"></at>" }.joined(separator: " ")
            let text = Self.withoutTags(message.text) + (marks.isEmpty ? "" : "\n" + marks)
            var members: [JSON.Member] = []
            if let sign {
                let seconds = String(now.milliseconds / 1_000)
                members = [
                    .init("timestamp", .string(seconds)),
                    .init("sign", .string(Self.feishuSign(seconds: seconds, secret: sign))),
                ]
            }
            body = .object(members + [.init("msg_type", "text"), .init("content", ["text": .string(text)])])
        case .email, .sms, .voice: preconditionFailure("no robot")
        }
    }

    /// 钉钉: HMAC-SHA256 with the secret over `<ms>\n<secret>`, Base64, in the address.
    private static func signedAddress(_ address: String, secret: String, at now: Timestamp) -> String {
        let instant = String(now.milliseconds)
        let code = WebhookSignature.code(key: [UInt8](secret.utf8), message: [UInt8]((instant + "\n" + secret).utf8))
        let mark = address.contains("?") ? "&" : "?"
        return address + mark + "timestamp=\(instant)&sign=" + PercentEncoding.encoded(Base64Text.encoded(code))
    }

    /// 飞书: HMAC-SHA256 over nothing, with `<seconds>\n<secret>` as the key, Base64.
    private static func feishuSign(seconds: String, secret: String) -> String {
        Base64Text.encoded(WebhookSignature.code(key: [UInt8]((seconds + "\n" + secret).utf8), message: []))
    }

    /// A name of an enterprise must not become a tag.
    private static func withoutTags(_ text: String) -> String {
        String(text.map { $0 == "<" ? "＜" : $0 })
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// What the robot said.
    static func outcome(kind: ChannelKind, status: Int, body: String) -> DeliveryOutcome {
        guard status == 200 else {
            return status == 429
                ? .limited(detail: "HTTP 429", retryAfter: .minutes(1)) : .refused(detail: "HTTP \(status)")
        }
        guard let json = try? JSON.parse(body),
            let code = (json["errcode"] ?? json["code"] ?? json["StatusCode"])?.integer
        else { return .refused(detail: "HTTP 200，应答不是机器人的格式") }
        if code == 0 { return .delivered(detail: "HTTP 200，code 0") }
        let words = (json["errmsg"] ?? json["msg"] ?? json["StatusMessage"])?.string ?? ""
        let detail = "code \(code) \(words.prefix(160))"
        return limits(of: kind).contains(code)
            ? .limited(detail: detail, retryAfter: .minutes(1)) : .refused(detail: detail)
    }

    /// The codes that say "too many".
    private static func limits(of kind: ChannelKind) -> Set<Int64> {
        switch kind {
        case .dingtalk: [130_101, 410_100, 90_030]
        case .wecom: [45_009, 45_033]
        case .feishu: [11_232, 9_499, 99_991_400]
        case .email, .sms, .voice: []
        }
    }
}
