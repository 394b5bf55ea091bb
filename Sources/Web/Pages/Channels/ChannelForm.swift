import Domain
import Kernel
import Operations
import Storage

/// What an administrator wrote that cannot be read.
struct ChannelFormFailure: Error {
    let text: String
}

/// The form of a channel: what is common, and what its kind needs.
struct ChannelForm {
    let kind: ChannelKind
    let form: Form

    // MARK: Reading

    func draft() throws(ChannelFormFailure) -> ChannelOperations.Draft {
        var limit: Int?
        if let text = form.value("limit") {
            guard let number = Int(text) else { throw ChannelFormFailure(text: "每分钟条数要写整数") }
            limit = number
        }
        guard let stage = ChannelStage(rawValue: form["stage"]) else { throw ChannelFormFailure(text: "请选何时用") }
        var secrets: [String: String] = [:]
        for secret in ChannelOperations.secrets(of: kind) { secrets[secret.name] = form["secret-" + secret.name] }
        return ChannelOperations.Draft(
            kind: kind, name: form["name"], owner: try owner(),
            levels: Set(form.all("levels").compactMap { Level(name: $0) }),
            takesNotices: form["notices"] == "1", stage: stage, limitPerMinute: limit, settings: try settings(),
            secrets: secrets)
    }

    private func owner() throws(ChannelFormFailure) -> ChannelRecord.Owner {
        let parts = form["owner"].split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.last) {
        case ("platform", _): return .platform
        case ("authority", let id?) where parts.count == 2: return .authority(AuthorityID(id))
        case ("enterprise", let id?) where parts.count == 2: return .enterprise(EnterpriseID(id))
        case (_, _): throw ChannelFormFailure(text: "请选归属")
        }
    }

    private func settings() throws(ChannelFormFailure) -> ChannelSettings {
        var settings = ChannelSettings()
        settings.mentions = words("mentions")
        settings.testAddress = form["testAddress"]
        switch kind {
        case .dingtalk, .wecom, .feishu: break
        case .email:
            guard let port = Int(form["port"]) else { throw ChannelFormFailure(text: "端口要写整数") }
            guard let security = ChannelSettings.Security(rawValue: form["security"]) else {
                throw ChannelFormFailure(text: "请选加密方式")
            }
            settings.host = form["host"]
            settings.port = port
            settings.security = security
            settings.username = form["username"]
            settings.sender = form["sender"]
            settings.addresses = words("addresses")
        case .sms, .voice:
            settings.method = form["method"]
            settings.url = form["url"]
            settings.contentType = form["contentType"]
            settings.body = form["body"]
            settings.successStatus = form["successStatus"]
            settings.successField = form["successField"]
            settings.successValue = form["successValue"]
            for line in form["headers"].split(whereSeparator: \.isNewline) {
                guard let colon = line.firstIndex(of: ":") else {
                    throw ChannelFormFailure(text: "请求头一行一个，写成 名字: 值")
                }
                settings.headers.append(
                    .init(
                        Form.trimmed(String(line[..<colon])), Form.trimmed(String(line[line.index(after: colon)...]))))
            }
        }
        return settings
    }

    /// Words with spaces, commas or lines between.
    private func words(_ name: String) -> [String] {
        form[name].split { $0.isWhitespace || ",，、;；".contains($0) }.map(String.init)
    }

    // MARK: Showing

    func page(channel: ChannelRecord?, names: [String: String], scope: Scope, csrf: String) -> EntryForm {
        var hidden = [EntryForm.Hidden(name: "kind", value: kind.rawValue)]
        if let channel { hidden.append(.init(name: "id", value: channel.id)) }
        return EntryForm(
            title: channel == nil ? "设置" : "修改", action: "/admin/channel", csrf: csrf, hidden: hidden,
            groups: [
                .init(groupTitle: nil, inputs: common(channel, names: names, scope: scope)),
                .init(groupTitle: kind.label, inputs: own(channel?.settings) + secrets(channel)),
            ])
    }

    private func common(_ channel: ChannelRecord?, names: [String: String], scope: Scope) -> [EntryForm.Input] {
        var owner = EntryForm.Input(id: "owner", label: "归属", value: Self.word(channel?.owner))
        if channel == nil {
            owner.isChoice = true
            owner.choices = Choice.list(owners(names, scope: scope), selected: form.value("owner") ?? "")
            owner.hint = kind.isGroup ? "这个群是谁的" : "全平台、单位或企业"
        } else {
            // The form sends the word, the sheet above shows the name.
            owner.isFixed = true
        }
        var levels = EntryForm.Input(id: "levels", label: "接收哪些预警", value: "")
        levels.isMany = true
        let chosen =
            form.has("name")
            ? Set(form.all("levels")) : Set(channel?.levels.map(\.name) ?? Level.warnings.map(\.name))
        levels.choices = Level.warnings.reversed().map {
            Choice(value: $0.name, title: LevelMark.word($0), isSelected: chosen.contains($0.name))
        }
        levels.hint = "可多选；蓝色不推送"
        return [
            text("name", "名称", channel?.name ?? "", hint: "如 县局值班群"), owner, levels,
            choice(
                "notices", "日常通知", [("0", "不接收"), ("1", "接收")], channel?.takesNotices == true ? "1" : "0",
                hint: "履职、巡查、通报等"),
            choice(
                "stage", "何时用", ChannelStage.allCases.map { ($0.rawValue, $0.label) },
                channel?.stage.rawValue ?? ChannelStage.first.rawValue, hint: "语音多用后一种"),
            text(
                "limit", "每分钟最多", channel?.limitPerMinute.map(String.init) ?? "",
                hint: "条；不填按 \(kind.usualLimitPerMinute)（本项目约定）。超出时合并成汇总，红色总是先发、单发", mode: "numeric"),
        ]
    }

    private func owners(_ names: [String: String], scope: Scope) -> [(String, String)] {
        // Nothing is chosen beforehand where a group belongs to somebody: a slip would tell others.
        var pairs = [("", "请选择")]
        if scope == .system, !kind.isGroup { pairs = [("platform", "全平台")] }
        let sorted = names.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
        return pairs + sorted.filter { $0.0.hasPrefix("authority:") } + sorted.filter { !$0.0.hasPrefix("authority:") }
    }

    private static func word(_ owner: ChannelRecord.Owner?) -> String {
        switch owner {
        case .platform?: "platform"
        case .authority(let id)?: "authority:" + id.rawValue
        case .enterprise(let id)?: "enterprise:" + id.rawValue
        case nil: ""
        }
    }

    private func own(_ settings: ChannelSettings?) -> [EntryForm.Input] {
        let settings = settings ?? usual
        switch kind {
        case .dingtalk, .wecom:
            return [
                text("mentions", "总是 @ 的手机号", settings.mentions.joined(separator: " "), hint: "空格分开；包保责任人自动 @")
            ]
        case .feishu:
            return [
                text(
                    "mentions", "总是 @ 的 open_id", settings.mentions.joined(separator: " "),
                    hint: "ou_ 开头，或 all；飞书群机器人不能按手机号 @")
            ]
        case .email:
            return [
                text("host", "SMTP 服务器", settings.host), text("port", "端口", String(settings.port), mode: "numeric"),
                choice(
                    "security", "加密", ChannelSettings.Security.allCases.map { ($0.rawValue, $0.label) },
                    settings.security.rawValue),
                text("username", "用户名", settings.username, hint: "不用登录就空着"), text("sender", "发件地址", settings.sender),
                text("addresses", "本单位的收件地址", settings.addresses.joined(separator: " "), hint: "空格分开；个人的邮箱登记在人员上"),
                text("testAddress", "测试接收", settings.testAddress),
            ]
        case .sms, .voice:
            return [
                choice("method", "方法", ["POST", "GET", "PUT"].map { ($0, $0) }, settings.method),
                text("url", "网址", settings.url, hint: "可用占位符，自动百分号转义"),
                choice(
                    "contentType", "正文格式",
                    ["application/json", "application/x-www-form-urlencoded", "text/plain"].map { ($0, $0) },
                    settings.contentType),
                area("body", "正文模板", settings.body, hint: "占位符：" + Self.placeholders),
                area(
                    "headers", "请求头", settings.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n"),
                    hint: "一行一个，名字: 值"),
                text("successStatus", "成功的状态码", settings.successStatus, hint: "200 或 200-299"),
                text("successField", "应答 JSON 的字段", settings.successField, hint: "如 code 或 data.status；不看就空着"),
                text("successValue", "该字段应等于", settings.successValue),
                text("testAddress", "测试接收的号码", settings.testAddress, mode: "tel"),
            ]
        }
    }

    private static let placeholders = ChannelTemplate.Name.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")

    private var usual: ChannelSettings {
        var settings = ChannelSettings()
        settings.body = #"{"phone":"{phone}","content":"{text}"}"#
        return settings
    }

    /// Empty always: what was saved is known by its last four letters.
    private func secrets(_ channel: ChannelRecord?) -> [EntryForm.Input] {
        ChannelOperations.secrets(of: kind).map { secret in
            let hint =
                channel?.secrets[secret.name].map { "已存\(Self.tail($0))；不改就空着" }
                ?? (secret.isNeeded ? "必填；保存后不再显示" : "可不填；保存后不再显示")
            var input = text("secret-" + secret.name, secret.label, "", hint: hint)
            input.value = ""
            return input
        }
    }

    /// The last four letters, where they give little away.
    private static func tail(_ secret: String) -> String { secret.count >= 12 ? "，末四位 \(secret.suffix(4))" : "" }

    static func help(_ kind: ChannelKind) -> [String] {
        switch kind {
        case .dingtalk: ["群设置 → 智能群助手 → 添加机器人 → 自定义，安全设置选“加签”。被 @ 的人要在群里。"]
        case .wecom: ["群里添加群机器人，复制 Webhook 地址。它没有签名，地址本身就是密钥。"]
        case .feishu: ["群设置 → 群机器人 → 自定义机器人，安全设置选“签名校验”。群机器人不能按手机号 @ 人。"]
        case .email: ["一封邮件重发时 Message-ID 不变，收件方不会当成两封。"]
        case .sms, .voice: ["占位符按所在位置自动转义，没有脚本。{text} 是全文，{phone} 只有数字。"]
        }
    }

    private func text(
        _ name: String, _ label: String, _ value: String, hint: String? = nil, mode: String = "text"
    ) -> EntryForm.Input {
        EntryForm.Input(
            id: name, label: label, hint: hint, value: form.has(name) ? form[name] : value, isText: true, mode: mode)
    }

    private func area(_ name: String, _ label: String, _ value: String, hint: String) -> EntryForm.Input {
        EntryForm.Input(
            id: name, label: label, hint: hint, value: form.has(name) ? form[name] : value, isArea: true)
    }

    private func choice(
        _ name: String, _ label: String, _ pairs: [(String, String)], _ value: String, hint: String? = nil
    ) -> EntryForm.Input {
        let chosen = form.has(name) ? form[name] : value
        return EntryForm.Input(
            id: name, label: label, hint: hint, value: chosen, isChoice: true,
            choices: Choice.list(pairs, selected: chosen))
    }
}
