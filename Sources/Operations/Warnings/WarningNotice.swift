public import Domain
import Kernel
import Storage

/// One notice to one recipient, derived from an event of the log and therefore repeatable.
struct WarningNotice {
    enum Kind: String {
        case sent, caution, supervision, reportOverdue
    }

    let warning: WarningID
    let enterprise: EnterpriseID
    let kind: Kind
    let level: Level
    let recipient: Recipient
    let message: String
    let isLate: Bool

    /// To whom an event speaks: exactly those whom the law names, since the event itself holds them.
    static func notices(for event: WarningEvent, warning: Warning, contact: HazardContact) -> [WarningNotice] {
        func notices(_ kind: Kind, _ level: Level, _ recipients: [Recipient], _ text: String, isLate: Bool = false)
            -> [WarningNotice]
        {
            recipients.map {
                WarningNotice(
                    warning: warning.id, enterprise: warning.enterprise, kind: kind, level: level, recipient: $0,
                    message: text, isLate: isLate)
            }
        }
        let place = "\(contact.enterpriseName) \(contact.hazardName)"
        switch event {
        case .raised(let raised):
            return notices(.sent, raised.level, raised.recipients, "\(place):\(raised.level.title)预警")
        case .changed(let change):
            let text = "\(place):由\(change.from.title)升级为\(change.to.title)预警"
            return notices(.sent, change.to, change.recipients, text)
        case .cautioned(let caution):
            let late = caution.isLate ? "(补发)" : ""
            let text = "警示通报第 \(caution.count) 次\(late):\(place) \(caution.level.title)预警未降级"
            return notices(.caution, caution.level, caution.recipients, text, isLate: caution.isLate)
        case .supervisionOrdered(let level, let authority, let isLate):
            let text = "现场核查督办:\(place) \(level.title)预警逾期未降级,请组织现场核查并在系统反馈"
            return notices(.supervision, level, [.authority(authority)], text, isLate: isLate)
        case .reportOverdue:
            let text = "处置结果上报逾期:\(place) 消警已满 1 小时,请补报处置结果、原因分析、整改措施"
            return notices(.reportOverdue, warning.peakLevel, [.enterprise(warning.enterprise)], text)
        case .cleared, .alarmLinked, .alarmCleared, .allClear, .acknowledged, .progressed, .reported,
            .reportReturned, .reportApproved, .fedBack, .annotated, .closed:
            return []
        }
    }

    /// The step is the event's place in the warning's stream, so that the key of a row is decided by the log alone.
    func row(version: Int64, at now: Timestamp) -> OutboxStore.Row {
        OutboxStore.Row(
            warning: warning, enterprise: enterprise, step: "\(kind.rawValue)-\(level.name)-\(version)",
            kind: kind.rawValue, level: level, recipient: recipient, message: message, isLate: isLate, createdAt: now)
    }
}

extension Level {
    /// The word of the law: 重大风险(红色)……
    public var title: String {
        switch self {
        case .blue: "蓝色"
        case .yellow: "黄色"
        case .orange: "橙色"
        case .red: "红色"
        }
    }
}
