import Kernel

/// What bulletins say: a pure function of the facts. The sections are those of the regulation and in its order; they
/// may be added to, never left out (TB-04, TB-05, TB-07, TB-08).
public enum BulletinContent {
    public static func document(_ facts: BulletinFacts) -> Document {
        switch facts.kind {
        case .daily: facts.office.isOfCounty ? countyDaily(facts) : daily(facts)
        case .weekly, .monthly, .quarterly, .yearly:
            facts.office.isOfCounty ? countyPeriod(facts) : period(facts)
        case .special: special(facts)
        case .ranking: ranking(facts)
        }
    }

    /// The keys and titles of the sections that the regulation asks for, in its order.
    public static func requiredSections(
        _ kind: BulletinKind, level: AuthorityLevel
    ) -> [(key: String, title: String)] {
        let isOfCounty = level == .county || level == .park
        switch kind {
        case .daily: return isOfCounty ? countyDailySections : dailySections
        case .weekly, .monthly, .quarterly, .yearly:
            return isOfCounty ? countyPeriodSections : periodSections(kind.prefix)
        case .special: return [("finding", "突出问题"), ("cases", "有关情况"), ("advice", "整改要求")]
        case .ranking: return [("board", "重大、较大安全风险次数排名"), ("enterprises", "涉及企业名单"), ("ladder", "通报措施")]
        }
    }

    static let dailySections: [(key: String, title: String)] = [
        ("commitmentRate", "安全承诺率"), ("onlineRate", "系统在线率"), ("videoRate", "视频在线率"),
        ("offline", "离线企业排名"), ("responsibility", "重大危险源包保责任制落实"), ("installations", "装置开停车"),
        ("considerable", "较大以上安全风险企业"), ("cases", "警情及处置"), ("inspections", "巡查抽查异常"),
        ("advice", "重点改进建议"),
    ]

    static func periodSections(_ prefix: String) -> [(key: String, title: String)] {
        [
            ("commitmentMean", "安全承诺率\(prefix)均值及排名"), ("onlineMean", "重大危险源企业在线数量与在线率\(prefix)均值及排名"),
            ("videoMean", "视频在线企业数量与在线率\(prefix)均值及排名"), ("riskChange", "较大及以上安全风险企业\(prefix)变化"),
            ("riskPlaces", "较大及以上安全风险\(prefix)主要分布"), ("cases", "\(prefix)主要警情与处置统计"),
            ("inspections", "巡查抽查异常情况统计"), ("attention", "重点关注企业清单与问题"), ("analysis", "相关内容分析"),
            ("advice", "改进建议"),
        ]
    }

    static let countyDailySections: [(key: String, title: String)] = [
        ("alarms", "企业报警消警"), ("considerable", "较大以上安全风险预警处置"), ("commitments", "安全承诺落实"),
        ("online", "系统在线"), ("video", "视频在线"), ("responsibility", "重大危险源包保责任制落实"),
        ("inspections", "抽查发现的异常"),
    ]

    static let countyPeriodSections: [(key: String, title: String)] = [
        ("commitments", "企业按时安全承诺次数与排名"), ("risks", "较大以上安全风险次数及排名"), ("online", "在线时长与排名"),
        ("video", "视频在线时长与排名"), ("riskList", "较大及以上安全风险企业清单"),
        ("inspections", "巡查抽查异常情况统计分析"), ("alarms", "报警预警消警情况分析"), ("numbers", "数量排名"),
    ]

    static func sections(
        _ required: [(key: String, title: String)], _ blocks: [String: [DocumentBlock]]
    ) -> [DocumentSection] {
        required.map { key, title in
            DocumentSection(key: key, title: title, blocks: blocks[key] ?? [.text("/")])
        }
    }

    /// The head that every bulletin shares; number, date and copies are set where it is issued.
    static func frame(_ facts: BulletinFacts, form: Document.Form, title: String) -> Document {
        var document = Document(
            form: form,
            mark: form == .plain
                ? "\(facts.office.place)危险化学品安全生产风险监测预警系统\(facts.kind.label)" : "\(facts.office.name)文件",
            issuer: facts.office.name, title: title)
        document.signers = ["值班人", "审核人", "签发人"].map { DocumentSigner(role: $0) }
        document.addressees = facts.addressees
        if facts.isDemonstration { document.caution = "演示数据" }
        return document
    }
}
