/// The ways out besides the inbox and the generic webhook.
public enum ChannelKind: String, CaseIterable, Hashable, Sendable {
    /// 钉钉群机器人
    case dingtalk
    /// 企业微信群机器人
    case wecom
    /// 飞书群机器人
    case feishu
    case email
    case sms
    case voice

    public var label: String {
        switch self {
        case .dingtalk: "钉钉群机器人"
        case .wecom: "企业微信群机器人"
        case .feishu: "飞书群机器人"
        case .email: "电子邮件"
        case .sms: "短信网关"
        case .voice: "语音电话网关"
        }
    }

    /// Speaks to a group: several recipients of one cause are one message there.
    public var isGroup: Bool {
        switch self {
        case .dingtalk, .wecom, .feishu: true
        case .email, .sms, .voice: false
        }
    }

    /// Messages a minute where an administrator has set nothing. The robots' operators close them for minutes beyond
    /// 20 (钉钉、企业微信); the others are ours. [本项目约定]
    public var usualLimitPerMinute: Int {
        switch self {
        case .dingtalk, .wecom, .feishu: 20
        case .email: 60
        case .sms: 60
        case .voice: 20
        }
    }

    /// How much text one message takes, in bytes of UTF-8: 企业微信 2048, 钉钉 and 飞书 20 KB, two long texts of SMS, half
    /// a minute of speech; with room left for head, link and mentions.
    public var textBytesMax: Int {
        switch self {
        case .dingtalk, .feishu: 15_000
        case .wecom: 1_500
        case .email: 60_000
        case .sms: 360
        case .voice: 360
        }
    }

    public func pace(limitPerMinute: Int?) -> DispatchPlan.Pace {
        DispatchPlan.Pace(
            limitPerMinute: limitPerMinute ?? usualLimitPerMinute, isGroup: isGroup, textBytesMax: textBytesMax)
    }
}

/// When a channel is used.
public enum ChannelStage: String, CaseIterable, Hashable, Sendable {
    /// At once.
    case first
    /// Only when nobody has acknowledged in time.
    case climb

    public var label: String {
        switch self {
        case .first: "立即"
        case .climb: "超时无人确认时"
        }
    }
}
