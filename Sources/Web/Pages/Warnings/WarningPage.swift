import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// A link of the path on top of a page.
struct Crumb: Sendable {
    var title: String
    var address: String?
}

/// 处置单: one warning from raising to closing, with everything that one can do about it.
struct WarningPage: Sendable {
    struct AlarmLine: Sendable {
        var title: String
        var address: String
        var reading: String
        var trouble: String?
        var since: Int64?
        var lasted: String
        var isOpen: Bool
        var note: String?
    }

    var crumbs: [Crumb]
    var level: LevelMark
    var isBlinking: Bool
    var title: String
    var subtitle: String
    var state: String
    var since: Int64?
    var lasted: String
    var clock: DueClock?
    var lacking: String?
    var risk: RiskTerms?
    var whyTitle: String
    var why: String
    var lines: [WarningStory.Line]
    var chart: String?
    var pointTitle: String?
    var pointAddress: String?
    var alarms: [AlarmLine]
    var alarmSummary: String
    var callers: [Caller]
    var firstDial: String?
    var receipts: Receipts
    var later: [Receipts.Line]
    var forms: WarningForms
    var help: String
    var hazardAddress: String
    /// For who may order a site check (XC-06, SZ-11).
    var siteCheckAddress: String?
    /// The form that takes the case out as one file.
    var export: Export?

    struct Export: Sendable {
        var action: String
        var csrf: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, state: FormState(), status: .ok)
    }

    /// Opening it marks everything about it as read.
    static func render(
        _ visit: Visit, state: FormState, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now, account) = (visit.scope, visit.now, visit.officer.account)
        let id = WarningID(visit.parameter("id"))
        // Only where there is something to mark is there anything to write.
        let receipt = try await visit.read { session throws(StorageError) in
            try WarningStore.reference(id, scope: scope, in: &session) == nil
                ? nil
                : try Inbox.unread(id, scope: scope, in: &session)
        }
        guard let receipt else { throw PageRefusal.notFound }
        if receipt > 0 {
            try await visit.site.store.write { session throws(StorageError) in
                try Inbox.markRead(id, scope: scope, by: account, now: now, in: &session)
            }
            visit.site.events.committed()
        }
        let read = try await visit.read { session throws(StorageError) in
            try Self.read(id, scope: scope, now: now, in: &session)
        }
        guard var found = read else { throw PageRefusal.notFound }
        visit.site.freshen(&found.dossier)
        if var chart = found.chart {
            try await visit.site.fill(&chart, scope: scope)
            found.chart = chart
        }
        let page = WarningPage(found.dossier, chart: found.chart, officer: visit.officer, state: state, now: now)
        return visit.page("warning", page, title: "预警", section: .warnings, status: status)
    }

    private static func read(
        _ id: WarningID, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> (dossier: WarningDossier, chart: ChartData?)? {
        guard let dossier = try WarningDossier.read(id, scope: scope, in: &session) else { return nil }
        var chart: ChartData?
        if let point = dossier.listing.alarm?.point {
            chart = try ChartData.read(point, scope: scope, from: now - .hours(1), to: now, in: &session)
        }
        return (dossier, chart)
    }

    init(_ dossier: WarningDossier, chart: ChartData?, officer: Officer, state: FormState, now: Timestamp) {
        let (listing, warning) = (dossier.listing, dossier.warning)
        let story = WarningStory(dossier, now: now)
        let row = WarningRow(listing, officer: officer, selected: nil, now: now)
        level = row.level
        isBlinking = row.rowClass == "is-unack" && listing.phase == .unacknowledged && listing.level >= .orange
        crumbs = [
            Crumb(title: officer.organization, address: officer.home), Crumb(title: row.region, address: nil),
            Crumb(title: listing.enterpriseName, address: row.enterpriseAddress),
            Crumb(title: listing.hazardName, address: "/hazard/" + Form.encode(listing.hazard.rawValue)),
            Crumb(title: "预警 第 \(listing.ordinal) 次", address: nil),
        ]
        hazardAddress = "/hazard/" + Form.encode(listing.hazard.rawValue)
        if officer.role == .duty, officer.authority != nil {
            siteCheckAddress =
                "/sitechecks?warning=" + Form.encode(listing.id.rawValue) + "&enterprise="
                + Form.encode(listing.enterprise.rawValue)
        }
        if WarningCase.readers.contains(officer.role) {
            export = Export(action: "/warning/\(Form.encode(listing.id.rawValue))/export", csrf: officer.csrf)
        }
        title = listing.hazardName + (listing.alarm.map { " " + Self.headline($0) } ?? "")
        subtitle =
            "\(listing.enterpriseName) · \(Wording.grade(listing.hazardGrade))重大危险源 · 日常监管 "
            + listing.regulatorName
        self.state = row.state
        since = row.since
        lasted = row.lasted
        clock = row.clock
        lacking = warning.closedAt == nil ? story.lacking.joined(separator: "、") : nil
        risk = dossier.risk.map { RiskTerms($0, now: now) }
        whyTitle = warning.clearedAt == nil ? "为什么是" + level.word : "现在的等级"
        why = story.why
        lines = story.lines
        self.chart = chart.map { Chart(data: $0, size: .pane, now: now).picture }
        pointTitle = row.point
        pointAddress = row.pointAddress
        alarms = dossier.alarms.map { Self.line($0, now: now) }
        let open = dossier.alarms.count { $0.alarm.clearedAt == nil && !$0.isExempted }
        alarmSummary = dossier.alarms.isEmpty ? "没有关联报警" : open == 0 ? "都已消警" : "未消警 \(open)"
        callers = Caller.all(dossier, now: now)
        firstDial = callers.compactMap(\.dial).first
        receipts = Receipts(dossier, now: now)
        later = dossier.receipts.filter { $0.kind != "sent" }.suffix(12).map {
            Receipts.line($0, dossier: dossier, now: now)
        }
        forms = WarningForms(dossier, officer: officer, state: state, back: "", now: now)
        help = Self.help(officer.role, level: listing.level)
    }

    /// 压力高高
    static func headline(_ alarm: LeadingAlarm) -> String {
        let equipment = alarm.equipmentName.map { $0 + " " } ?? ""
        return equipment + Points.kind(alarm.pointKind) + Points.state(alarm.worstState, kind: alarm.pointKind)
    }

    private static func line(_ item: WarningDossier.Alarm, now: Timestamp) -> AlarmLine {
        let alarm = item.alarm
        let reading = ReadingText(alarm, now: now)
        return AlarmLine(
            title: Points.title(kind: alarm.pointKind, name: alarm.pointName, tag: alarm.pointTag),
            address: "/point/" + Form.encode(alarm.point.rawValue), reading: reading.text, trouble: reading.trouble,
            since: alarm.clearedAt == nil ? alarm.openedAt.milliseconds : nil,
            lasted: Wording.elapsed((alarm.clearedAt ?? now) - alarm.openedAt), isOpen: alarm.clearedAt == nil,
            note: item.isExempted ? "已豁免" : alarm.clearedAt == nil ? nil : "已消警")
    }

    private static func help(_ role: AccountRole, level: Level) -> String {
        switch role {
        case .duty, .admin:
            switch level {
            case .red: "红色由省跟踪；30 分钟未降级系统自动警示通报市，2 小时组织现场核查督办。依据《处置》第七、十二条。"
            case .orange: "橙色由市跟踪；1 小时未降级系统自动警示通报县（园区），12 小时组织现场核查督办。依据《处置》第六、十一条。"
            case .yellow: "黄色由县（园区）跟踪；1 小时未降级系统自动警示通报企业，24 小时组织现场核查督办。依据《处置》第五、十条。"
            case .blue: "已解除。消警后 1 小时内企业上报三要素，主责单位审核，督办已反馈，方可闭环。依据《处置》第九、十三条。"
            }
        case .safety, .responsible:
            "先确认，再去现场；整改直至消警；消警后 1 小时内上报处置结果、原因分析、整改措施。依据《处置》第三、八、九条。"
        }
    }
}
