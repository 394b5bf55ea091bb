import Domain
import Hummingbird
import Kernel
import Storage

/// 今天要做的: an enterprise's safety officer's first page, ordered by the nearest time limit.
struct EnterpriseDesk: Sendable {
    struct Todo: Sendable {
        var id: String
        var due: Int64?
        var dueText: String
        var dueWord: String
        var isLate: Bool
        var level: LevelMark?
        var isBlinking: Bool
        var title: String
        var detail: String
        var address: String
        var action: String
        var isPrimary: Bool
        /// For sorting; things without a limit come last.
        var order: Int64
    }
    struct DayCell: Sendable {
        var day: String
        var level: LevelMark?
    }
    struct Fact: Sendable {
        var title: String
        var text: String
        var address: String?
        var isShort: Bool
    }

    var todos: [Todo]
    var count: Int
    var hazards: [HazardLine]
    var hazardCount: Int
    var facts: [Fact]
    var days: [DayCell]
    var unread: Int
    var soundClass: String?

    struct Found: Sendable {
        var warnings: [WarningListing]
        var hazards: [HazardListing]
        var returned: [WarningID: String]
        var figures: DeskFigures
        var exemptions: [ExemptionListing]
        var worst: [Day: Level]
        var unread: Int
        var gateways: (online: Int, all: Int)
        var commitment: CommitmentDayLine?
        var causes: [RootCauseForm]
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        var found = try await visit.read { session throws(StorageError) in
            try Self.read(enterprise, scope: scope, now: now, in: &session)
        }
        visit.site.freshen(&found.warnings)
        return visit.page("today", EnterpriseDesk(found, now: now), title: "今天要做的", section: .today)
    }

    private static func read(
        _ enterprise: EnterpriseID, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Found {
        var filter = WarningFilter()
        filter.isOpenOnly = true
        let warnings = try WarningList.rows(filter, scope: scope, limit: 100, in: &session)
        let returned = try session.rows(
            """
            SELECT r.warning_id, r.note FROM disposal_report AS r JOIN warning AS w ON w.id = r.warning_id
            WHERE w.enterprise_id = \(enterprise) AND w.closed_at IS NULL AND w.reported_at IS NULL
                AND r.state = 'returned' ORDER BY r.ordinal
            """
        ) { row throws(StorageError) in (row.next() as WarningID, row.next() as String?) }
        var notes: [WarningID: String] = [:]
        for (id, note) in returned { notes[id] = note ?? "" }
        let gateways = try session.first(
            """
            SELECT count(*), CAST(COALESCE(sum(CASE WHEN seen_at >= \(now - DeskFigures.gatewaySilence) THEN 1 ELSE 0
                END), 0) AS BIGINT) FROM gateway WHERE enterprise_id = \(enterprise) AND revoked_at IS NULL
            """
        ) { row throws(StorageError) in (row.next() as Int, row.next() as Int) }
        return Found(
            warnings: warnings, hazards: try HazardListing.all(.init(), scope: scope, limit: 100, in: &session),
            returned: notes, figures: try DeskFigures.read(scope: scope, now: now, in: &session),
            exemptions: try ExemptionListing.all(state: .running, scope: scope, now: now, limit: 50, in: &session),
            worst: try RiskChanges.worstByDay(
                of: enterprise, from: Day(number: Day(now).number - 6), scope: scope, in: &session),
            unread: try Inbox.unreadCount(scope: scope, in: &session),
            gateways: (gateways?.1 ?? 0, gateways?.0 ?? 0),
            commitment: try CommitmentStore.line(of: enterprise, day: Day(now), scope: scope, in: &session),
            causes: try RootCauseStore.list(isOpenOnly: true, scope: scope, in: &session))
    }

    init(_ found: Found, now: Timestamp) {
        var todos = found.warnings.compactMap { Todo($0, returned: found.returned[$0.id], now: now) }
        todos += found.exemptions.compactMap { Todo($0, now: now) }
        todos += [found.commitment.flatMap { Todo($0, now: now) }].compactMap(\.self)
        todos += found.causes.compactMap { Todo($0, now: now) }
        todos.sort { ($0.order, $0.id) < ($1.order, $1.id) }
        self.todos = todos
        count = todos.count
        hazards = found.hazards.map(HazardLine.init)
        hazardCount = found.hazards.count
        let figures = found.figures
        let vacant = found.hazards.reduce(0) { $0 + max(0, 3 - $1.responsibles) }
        let offline = figures.points - figures.pointsOnline
        facts = [
            Fact(title: "待上报", text: "\(figures.awaitingReport) 件", address: nil, isShort: figures.awaitingReport > 0),
            Fact(
                title: "网关", text: "\(found.gateways.online)/\(found.gateways.all) 在线", address: nil,
                isShort: found.gateways.online < found.gateways.all),
            Fact(title: "离线点位", text: "\(offline) 个", address: "/points?state=offline", isShort: offline > 0),
            Fact(
                title: "未消警报警", text: "\(figures.openAlarms) 起", address: "/alarms?state=open",
                isShort: figures.openAlarms > 0),
            Fact(title: "包保责任人", text: vacant == 0 ? "无空缺" : "空缺 \(vacant) 岗", address: nil, isShort: vacant > 0),
            Fact(
                title: "报备与豁免", text: "运行 \(figures.exemptionsRunning) · 待批 \(figures.exemptionsAsked)",
                address: "/exemptions", isShort: false),
            Fact(title: "数据质量待办", text: "\(figures.findings) 件", address: nil, isShort: figures.findings > 0),
        ]
        let today = Day(now)
        days = (0..<7).map { offset in
            let day = Day(number: today.number - 6 + Int32(offset))
            return DayCell(
                day: day == today ? "今" : String(day.components.day),
                level: found.worst[day].flatMap { $0 == .blue ? nil : LevelMark($0) })
        }
        unread = found.unread
        let loudest = found.warnings.filter { $0.phase == .unacknowledged }.map(\.level).max()
        soundClass = loudest.map { "sound-\($0.name)" }
    }
}

extension EnterpriseDesk.Todo {
    /// nil where the enterprise has nothing to do but wait.
    init?(_ warning: WarningListing, returned: String?, now: Timestamp) {
        let reading = warning.alarm.map { WarningStory.reading($0) }
        id = warning.id.rawValue
        address = "/warning/" + Form.encode(id)
        let shown = warning.clearedAt == nil ? warning.level : warning.peakLevel
        level = LevelMark(shown, state: warning.clearedAt == nil ? .open : .lifted)
        isBlinking = warning.phase == .unacknowledged && warning.level >= .orange
        let place = [warning.hazardName, warning.alarm.map(WarningPage.headline)].compactMap(\.self)
            .joined(separator: " ")
        var dueAt: Timestamp?
        switch warning.phase {
        case .unacknowledged:
            dueAt = warning.changedAt + WarningStory.acknowledgeWithin(warning.level)
            dueWord = "确认"
            title = place
            detail = [reading, "\(Wording.stamp(warning.changedAt, now: now)) 起 · 要三级包保责任人之一确认"]
                .compactMap(\.self).joined(separator: " · ")
            action = "确认并处置"
            isPrimary = true
        case .acknowledged, .handling, .allClear:
            dueAt = warning.nextDueAt
            dueWord = "前降级"
            title = place
            detail = [reading, DueClock.word(warning.nextStep)].compactMap(\.self).joined(separator: " · ")
            action = warning.allClearAt == nil ? "处置" : "上报"
            isPrimary = warning.allClearAt != nil
            if warning.allClearAt != nil, warning.reportedAt == nil { dueAt = warning.reportDueAt; dueWord = "前上报" }
        case .cleared, .awaitingReport:
            dueAt = warning.reportDueAt
            dueWord = "上报"
            title = "上报处置结果：\(warning.hazardName)"
            detail = returned.map { "上次被退回：\($0)" } ?? "处置结果、原因分析、整改措施"
            action = warning.allClearAt == nil ? "看经过" : "填上报"
            isPrimary = warning.allClearAt != nil
        case .awaitingApproval, .awaitingFeedback:
            dueWord = "已上报"
            title = "等待审核：\(warning.hazardName)"
            detail = "主责单位 \(warning.regulatorName) 审核后闭环"
            action = "看经过"
            isPrimary = false
        case .closed: return nil
        }
        due = dueAt?.milliseconds
        dueText = dueAt.map { Wording.remaining($0 - now) } ?? ""
        isLate = dueAt.map { $0 < now } ?? false
        order = dueAt?.milliseconds ?? .max
    }

    /// A filing that ends today.
    init?(_ exemption: ExemptionListing, now: Timestamp) {
        guard let until = exemption.until, Day(until) == Day(now) else { return nil }
        id = exemption.id
        address = "/exemptions"
        due = until.milliseconds
        dueText = Wording.remaining(until - now)
        dueWord = "报备到期"
        isLate = false
        isBlinking = false
        title = "报备到期：" + Points.title(kind: exemption.pointKind, name: exemption.pointName, tag: exemption.pointTag)
        detail = "到点自动恢复报警；没修完请在到期前续报"
        action = "续报"
        isPrimary = false
        order = until.milliseconds
    }
}
