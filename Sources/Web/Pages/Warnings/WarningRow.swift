import Domain
import Kernel
import Storage

/// One line of the duty desk (pages rules 4 to 9).
struct WarningRow: Sendable {
    var id: String
    var rowClass: String
    var level: LevelMark
    var levelName: String
    var state: String
    /// 本级未签收
    var isUnsigned: Bool
    /// Counting since then; a lifted warning shows a length that stands still.
    var since: Int64?
    var lasted: String
    var clock: DueClock?
    var region: String
    var enterprise: String
    var enterpriseAddress: String
    var hazard: String
    var point: String?
    var pointAddress: String?
    var reading: ReadingText?
    var responsible: String
    var isSelected: Bool
    var href: String
    var address: String
    /// Orders the rows in the browser as `order` here does.
    var order: String
    var title: String
    var isGone: Bool

    init(_ warning: WarningListing, officer: Officer, selected: WarningID?, now: Timestamp) {
        let state = Self.markState(warning)
        id = warning.id.rawValue
        // A lifted warning keeps the colour it had: the level itself is back at blue.
        let shown = warning.clearedAt == nil ? warning.level : warning.peakLevel
        level = LevelMark(shown, state: state)
        levelName = shown.name
        self.state = Self.word(warning.phase)
        isUnsigned = warning.receipt == .unread
        let isUnacknowledged = Self.isUnacknowledged(warning)
        rowClass = Self.rowClass(warning, isUnacknowledged: isUnacknowledged)
        if warning.clearedAt == nil, warning.closedAt == nil {
            since = warning.changedAt.milliseconds
            lasted = Wording.elapsed(now - warning.changedAt)
        } else {
            lasted = Wording.elapsed((warning.clearedAt ?? warning.closedAt ?? now) - warning.raisedAt)
        }
        clock = DueClock(warning, now: now)
        region = warning.regionName.map(Self.county) ?? warning.region
        enterprise = warning.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(warning.enterprise.rawValue)
        hazard = [warning.hazardName, warning.alarm?.equipmentName].compactMap(\.self).joined(separator: " ")
        if let alarm = warning.alarm {
            point = Points.title(kind: alarm.pointKind, name: alarm.pointName, tag: alarm.pointTag)
            pointAddress = "/point/" + Form.encode(alarm.point.rawValue)
            reading = ReadingText(alarm, now: now)
        }
        responsible = Self.tracker(warning)
        isSelected = warning.id == selected
        href = "/?selected=" + Form.encode(id)
        address = "/warning/" + Form.encode(id)
        order = Self.order(warning, isUnacknowledged: isUnacknowledged)
        title = "\(level.word) \(region) \(enterprise) \(warning.hazardName)"
        isGone = warning.closedAt != nil
    }

    /// The duty desk blinks for what it was told and has not opened; where it was not told, for what the enterprise
    /// has not acknowledged.
    static func isUnacknowledged(_ warning: WarningListing) -> Bool {
        guard warning.closedAt == nil else { return false }
        return warning.receipt == .unread || warning.phase == .unacknowledged
    }

    private static func markState(_ warning: WarningListing) -> LevelMark.State {
        if warning.closedAt != nil { return .closed }
        return warning.clearedAt == nil ? .open : .lifted
    }

    private static func rowClass(_ warning: WarningListing, isUnacknowledged: Bool) -> String {
        if warning.closedAt != nil { return "is-closed" }
        if isUnacknowledged { return warning.clearedAt == nil ? "is-unack" : "is-unack is-lifted" }
        return warning.clearedAt == nil ? "is-ack" : "is-lifted"
    }

    static func word(_ phase: Warning.Phase) -> String {
        switch phase {
        case .unacknowledged: "未确认"
        case .acknowledged: "已确认·未消警"
        case .handling: "处理中·未消警"
        case .allClear: "已消警·未解除"
        case .cleared: "已解除·未消警"
        case .awaitingReport: "已解除·待上报"
        case .awaitingApproval: "已上报·待审核"
        case .awaitingFeedback: "待督办反馈"
        case .closed: "已闭环"
        }
    }

    /// Who has the matter in hand by law: the tracker of the level (Art. 10–12), after clearing the enterprise.
    private static func tracker(_ warning: WarningListing) -> String {
        if warning.phase == .awaitingReport { return "企业" }
        switch warning.level {
        case .red: return "省厅"
        case .orange: return "市局"
        case .yellow, .blue: return county(warning.regulatorName)
        }
    }

    /// 泽州县应急管理局 → 泽州县; other names as they are.
    static func county(_ name: String) -> String {
        for ending in ["应急管理局", "应急局", "应急管理厅"] where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return name
    }

    /// Fixed width throughout, so that text order is the order of the rule.
    private static func order(_ warning: WarningListing, isUnacknowledged: Bool) -> String {
        let due = warning.nextDueAt ?? warning.reportDueAt
        let newest = 9_999_999_999_999 - warning.raisedAt.milliseconds
        return (isUnacknowledged ? "0" : "1") + String(3 - warning.level.rawValue)
            + padded(due?.milliseconds ?? 9_999_999_999_999) + padded(newest) + warning.id.rawValue
    }

    private static func padded(_ number: Int64) -> String {
        let text = String(max(0, number))
        return String(repeating: "0", count: max(0, 13 - text.count)) + text
    }
}

/// 时限 → 下一步: to the next step of the law, or how far past it and how many notices went.
struct DueClock: Sendable {
    var at: Int64
    var text: String
    var isLate: Bool
    var step: String

    init?(_ warning: WarningListing, now: Timestamp) {
        let due: Timestamp
        if warning.closedAt != nil { return nil }
        if warning.allClearAt != nil, warning.reportedAt == nil, let reportDueAt = warning.reportDueAt {
            due = reportDueAt
            step = "→ 企业上报"
        } else if warning.clearedAt == nil, warning.level > .blue, warning.cautionCount > 0,
            case let first = warning.changedAt + DisposalRules.statutory.clocks[warning.level].cautionPeriod,
            first < now
        {
            due = first
            step = "已通报 \(warning.cautionCount) 次"
        } else if let next = warning.nextDueAt {
            due = next
            step = "→ " + Self.word(warning.nextStep)
        } else {
            return nil
        }
        at = due.milliseconds
        text = Wording.remaining(due - now)
        isLate = due < now
    }

    /// Art. 10–12: who is told next, or who goes to the site.
    static func word(_ step: String?) -> String {
        switch step {
        case "caution-yellow": "警示通报 企业"
        case "caution-orange": "警示通报 县"
        case "caution-red": "警示通报 市"
        case "supervision-yellow": "核查督办 县"
        case "supervision-orange": "核查督办 市"
        case "supervision-red": "核查督办 省"
        case "report": "企业上报"
        default: "下一步"
        }
    }
}

/// 值 / 限 单位, or data trouble in its place.
struct ReadingText: Sendable {
    var text: String
    var trouble: String?

    init(_ alarm: LeadingAlarm, now: Timestamp) {
        let value = alarm.lastValue.map(Wording.figure) ?? "—"
        let limit = alarm.threshold.map { " / " + Wording.figure($0) } ?? ""
        text = "\(value)\(limit) \(alarm.unit)"
        if alarm.clearedAt == nil, let since = alarm.offlineSince {
            trouble = "离线 \(Wording.length(now - since))·冻结"
        }
    }
}
