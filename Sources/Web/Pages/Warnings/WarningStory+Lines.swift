import Domain
import Kernel
import Storage

extension WarningStory {
    /// One entry of the log as a line of the timeline; nil for what only the machine cares about.
    static func line(_ stored: StoredEntry, dossier: WarningDossier, now: Timestamp) -> Line? {
        if stored.entry.streamKind == "climb" { return climbLine(stored, dossier: dossier, now: now) }
        guard let event = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload) else { return nil }
        let time = Wording.stamp(stored.entry.at, now: now)
        func line(_ lead: String, _ text: String? = nil, detail: String? = nil, mark: LevelMark? = nil) -> Line {
            Line(time: time, mark: mark, lead: lead, text: text, detail: detail, isNext: false, isNow: false)
        }
        func name(_ id: String) -> String { dossier.names[id] ?? (id == "system" ? "系统" : id) }
        func names(_ recipients: [Recipient]) -> String {
            recipients.map { name($0.id) }.joined(separator: "、")
        }
        switch event {
        case .raised(let raised):
            return line(
                "\(LevelMark.word(raised.level)) · 预警产生", cause(raised.cause),
                detail: "推送 \(raised.recipients.count) 方：" + names(raised.recipients), mark: LevelMark(raised.level))
        case .changed(let change):
            let isRise = change.to > change.from
            let told =
                change.recipients.isEmpty
                ? nil
                : "推送 \(change.recipients.count) 方（由\(LevelMark.word(change.from))升级）：" + names(change.recipients)
            return line(
                "\(LevelMark.word(change.to)) · " + (isRise ? "升级" : "降级"), cause(change.cause), detail: told,
                mark: LevelMark(change.to, state: isRise ? .open : .lifted))
        case .cleared: return line("预警解除", "等级回到蓝色")
        case .alarmLinked(let alarm): return line("报警", alarmWords(alarm, dossier))
        case .alarmCleared(let alarm): return line("报警消除", alarmWords(alarm, dossier))
        case .allClear(let due):
            return line("全部消警", "\(Wording.stamp(due, now: now)) 前上报处置结果、原因分析、整改措施")
        case .cautioned(let caution):
            return line(
                "警示通报 第 \(caution.count) 次" + (caution.isLate ? "（补发）" : ""),
                "\(LevelMark.word(caution.level))仍未降 → \(names(caution.recipients))")
        case .supervisionOrdered(let level, let authority, let isLate):
            return line(
                "现场核查督办" + (isLate ? "（补发）" : ""),
                "\(LevelMark.word(level))仍未降 → \(name(authority.rawValue))")
        case .reportOverdue: return line("上报逾期", "消警满 1 小时没有上报，已通知企业")
        case .acknowledged(let person, let note):
            return line("\(role(person, dossier))\(name(person.rawValue))确认", nil, detail: quoted(note))
        case .progressed(let actor, let text): return line("\(name(actor)) 处理情况", nil, detail: quoted(text))
        case .reported(let report):
            return line(
                "\(name(report.by)) 上报处置结果" + (report.isLate ? "（逾期）" : ""), nil,
                detail: "处置结果：\(report.result)；原因分析：\(report.cause)；整改措施：\(report.measures)")
        case .reportReturned(let actor, let note, let due):
            return line(
                "\(name(actor)) 退回上报", "\(Wording.stamp(due, now: now)) 前重新上报", detail: quoted(note))
        case .reportApproved(let actor): return line("\(name(actor)) 审核通过")
        case .fedBack(_, let authority, let text):
            return line("\(name(authority.rawValue)) 督办反馈", nil, detail: quoted(text))
        case .annotated(let actor, let text): return line("\(name(actor)) 批注", nil, detail: quoted(text))
        case .closed: return line("闭环", "解除、消警、上报、督办反馈、审核都已完成")
        }
    }

    /// Only the steps that were taken, and what ended them: that a wait began is on the line of the rise itself.
    private static func climbLine(_ stored: StoredEntry, dossier: WarningDossier, now: Timestamp) -> Line? {
        guard case .climbed(let step, let isLate)? = Climb.Event(kind: stored.entry.kind, payload: stored.entry.payload)
        else { return nil }
        let names = (stored.entry.payload["recipients"]?.array ?? []).compactMap { $0.array?.last?.string }
            .map { dossier.names[$0] ?? $0 }
        return Line(
            time: Wording.stamp(stored.entry.at, now: now), mark: nil, lead: "无人确认" + (isLate ? "（补发）" : ""),
            text: "\(step.label) → \(names.joined(separator: "、"))", detail: nil, isNext: false, isNow: false)
    }

    private static func quoted(_ text: String) -> String? { text.isEmpty ? nil : "“\(text)”" }

    private static func role(_ person: PersonID, _ dossier: WarningDossier) -> String {
        dossier.responsible.first { $0.person == person }.map { Wording.role($0.role) + "负责人 " } ?? ""
    }

    private static func alarmWords(_ id: AlarmID, _ dossier: WarningDossier) -> String {
        guard let found = dossier.alarms.first(where: { $0.alarm.id == id })?.alarm else { return id.rawValue }
        return Points.title(kind: found.pointKind, name: found.pointName, tag: found.pointTag) + " "
            + Points.state(found.worstState, kind: found.pointKind)
    }

    /// What the model or a person gave as the reason.
    static func cause(_ json: JSON) -> String? {
        if let text = (json["text"] ?? json["reason"])?.string { return text }
        guard let score = json["score"]?.double else { return nil }
        let terms = RiskTerms.read(json).filter { $0.width > 0 }.map { "\($0.title) \($0.points)" }
        let sum = terms.isEmpty ? "" : " = " + terms.joined(separator: " + ")
        return "风险分 \(Wording.figure(score))\(sum)"
    }
}
