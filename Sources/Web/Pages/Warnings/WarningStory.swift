import Domain
import Kernel
import Storage

/// The case told in words: why it stands where it does, what happened, what will happen by itself.
struct WarningStory: Sendable {
    struct Line: Sendable {
        var time: String
        var mark: LevelMark?
        var lead: String
        var text: String?
        var detail: String?
        var isNext: Bool
        var isNow: Bool
    }

    var why: String
    var lines: [Line]
    var acknowledgeDue: Timestamp
    var reportNote: String?
    /// What closing still lacks.
    var lacking: [String]

    init(_ dossier: WarningDossier, now: Timestamp) {
        let warning = dossier.warning
        why = Self.why(dossier, now: now)
        lines = (dossier.entries + dossier.climbed).enumerated()
            .sorted { ($0.element.entry.at, $0.offset) < ($1.element.entry.at, $1.offset) }
            .compactMap { Self.line($0.element, dossier: dossier, now: now) }
        if warning.closedAt == nil {
            lines.append(
                Line(
                    time: ChinaTime.clock(now), mark: nil, lead: "", text: nil, detail: nil, isNext: false, isNow: true)
            )
            lines += Self.next(dossier, now: now)
        }
        // 企业确认 within 5, 10 or 15 minutes of the latest rise (domain §10.9, 本项目约定).
        acknowledgeDue = warning.changedAt + Self.acknowledgeWithin(warning.level)
        reportNote = Self.reportNote(warning, now: now)
        lacking = Self.lacking(warning)
    }

    static func acknowledgeWithin(_ level: Level) -> Interval {
        switch level {
        case .red: .minutes(5)
        case .orange: .minutes(10)
        case .yellow, .blue: .minutes(15)
        }
    }

    private static func lacking(_ warning: Warning) -> [String] {
        var lacking: [String] = []
        if warning.clearedAt == nil { lacking.append("解除") }
        if warning.allClearAt == nil { lacking.append("消警") }
        if warning.report == nil { lacking.append("三要素上报") }
        if warning.openSupervisions > 0 { lacking.append("督办反馈 \(warning.openSupervisions) 件") }
        if !warning.isApproved { lacking.append("主责单位审核") }
        return lacking
    }

    private static func reportNote(_ warning: Warning, now: Timestamp) -> String? {
        if let report = warning.report {
            let late = report.isLate ? "（逾期）" : ""
            return "处置结果 \(Wording.stamp(report.reportedAt, now: now)) 已上报\(late)"
        }
        return warning.reportDueAt.map { "三要素上报应于 \(Wording.stamp($0, now: now)) 前" }
    }

    /// One line that answers "why is it orange?".
    private static func why(_ dossier: WarningDossier, now: Timestamp) -> String {
        guard dossier.warning.clearedAt == nil else {
            return "等级已回到蓝色，预警解除。"
        }
        let alarms = dossier.alarms.filter { $0.alarm.clearedAt == nil }.map { reading($0.alarm) }
        let causes = alarms.isEmpty ? "" : alarms.prefix(3).joined(separator: "；") + "。"
        guard let risk = dossier.risk, !risk.isOutright else {
            return causes + "等级由人工设定。"
        }
        let terms = RiskTerms(risk, now: now)
        return causes + (terms.floor.map { $0 + "；" } ?? "") + terms.summary + "。"
    }

    /// 压力 PT-2031 高高 2.47 / 2.40 MPa
    static func reading(_ alarm: LeadingAlarm) -> String {
        let title = Points.title(kind: alarm.pointKind, name: alarm.pointName, tag: alarm.pointTag)
        let state = Points.state(alarm.currentState, kind: alarm.pointKind)
        let value = alarm.lastValue.map(Wording.figure) ?? "—"
        let limit = alarm.threshold.map { " / " + Wording.figure($0) } ?? ""
        return "\(title) \(state) \(value)\(limit) \(alarm.unit)"
    }

    private static func next(_ dossier: WarningDossier, now: Timestamp) -> [Line] {
        var steps = dossier.warning.clocks.map { ($0.at, text($0.step, dossier: dossier)) }
        if let at = dossier.risk?.nextChangeAt, at > now { steps.append((at, "风险等级可能自行变化，到时重算")) }
        for (step, at) in dossier.climb?.plan ?? [] { steps.append((at, "仍无人确认：\(step.label)")) }
        return steps.sorted { $0.0 < $1.0 }.map { at, text in
            Line(
                time: Wording.stamp(at, now: now), mark: nil, lead: "", text: text, detail: nil, isNext: true,
                isNow: false)
        }
    }

    /// What a clock will do, and to whom (Art. 9–12).
    static func text(_ step: Warning.Step, dossier: WarningDossier) -> String {
        func names(_ recipients: [Recipient]) -> String {
            recipients.map { dossier.names[$0.id] ?? $0.id }.joined(separator: "、")
        }
        switch step {
        case .caution(let level):
            let period = Wording.length(dossier.warning.rules.clocks[level].cautionPeriod)
            return "\(LevelMark.word(level))仍未降：警示通报 → \(names(dossier.routing.cautioned(of: level)))，"
                + "以后每 \(period)"
        case .supervision(let level):
            let authority = dossier.routing.supervisor(of: level)
            return "\(LevelMark.word(level))仍未降：现场核查督办，\(dossier.names[authority.rawValue] ?? "")负责"
        case .reportDue: return "三要素上报到时"
        }
    }
}
