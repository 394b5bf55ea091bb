import Domain
import Kernel
public import Storage

// What happens by itself: cameras that fell silent, enterprises that are offline for long, the look at the month.
extension PresenceOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .presence }

    /// The daily look runs from the first start on. One that fell due while nobody was there stays due.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        guard try !DueStore.isSet(.presence, id: "day", in: &session) else { return }
        try DueStore.set(.presence, id: "day", at: Day(context.now).next.start + .minutes(5), in: &session)
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if id == "day" { return try day(context: &context, in: &session) }
        let parts = id.split(separator: ".", maxSplits: 1)
        guard parts.count == 2 else { return try DueStore.set(.presence, id: id, at: nil, in: &session) }
        let enterprise = EnterpriseID(String(parts[1]))
        switch parts[0] {
        case "cameras": try CameraOperations.silence(of: enterprise, context: &context, in: &session)
        case "long": try long(enterprise, context: &context, in: &session)
        default: try DueStore.set(.presence, id: id, at: nil, in: &session)
        }
    }

    /// 长期离线: the regulator is told once, and the enterprise again (JC-14).
    private static func long(
        _ enterprise: EnterpriseID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let id = enterprise.rawValue
        try DueStore.set(.presence, id: "long." + id, at: nil, in: &session)
        guard let since = try PresenceStore.offlineSince(.enterprise, id, in: &session),
            let oversight = try Oversight.find(enterprise, in: &session)
        else { return }
        // While it is filed it is no offence; a day later is soon enough to look again.
        if try isFiled(enterprise, at: context.now, in: &session) {
            return try DueStore.set(.presence, id: "long." + id, at: context.now + .days(1), in: &session)
        }
        try context.log(stream: "presence", id, "longOffline", ["since": .integer(since.milliseconds)], in: &session)
        let hours = (context.now - since) / .hours(1)
        let text = "\(oversight.name) 自 \(ChinaTime.dateTime(since)) 起连续离线 \(hours) 小时,没有已确认的报备。"
        let recipients = oversight.offices.map { Recipient.authority($0) } + [.enterprise(enterprise)]
        for recipient in recipients {
            try NoticeOperations.send(
                Notice(
                    key: "longOffline:\(id):\(since.milliseconds)", recipient: recipient, subject: "presence:\(id)",
                    title: "长期离线", text: text, address: "/offline", enterprise: enterprise),
                context: &context, in: &session)
        }
    }

    /// Once a day: who went offline too often this month is unstable, a finding that asks for an upgrade (QY-02). The
    /// month of the day that ended, so that the last of a month is looked at too.
    private static func day(
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let today = Day(context.now)
        try DueStore.set(.presence, id: "day", at: today.next.start + .minutes(5), in: &session)
        let parts = Day(number: today.number - 1).components
        guard let first = Day(year: parts.year, month: parts.month, day: 1) else { return }
        let window = first.start..<today.start
        let rules = PresenceRules.standard
        for kind in [PresenceKind.enterprise, .point] {
            let counts = try PresenceStore.outages(
                kind, window: window, atLeast: rules.unstableTimes, scope: .system, in: &session)
            for outage in counts where rules.isUnstable(times: outage.times) {
                let found = context.ids.next("fi", at: context.now)
                let month = "\(parts.year) 年 \(parts.month) 月"
                try FindingStore.note(
                    .init(
                        rule: .unstableConnection, enterprise: outage.enterprise,
                        point: kind == .point ? PointID(outage.subject) : nil),
                    count: 1, detail: "\(month)离线 \(outage.times) 次,应升级改造", id: found, at: context.now,
                    in: &session)
            }
        }
    }
}
