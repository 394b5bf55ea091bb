import Domain
import Kernel
public import Storage

// What happens to filings by themselves: reminders, the time limit of the decision, the end.
extension FilingOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .filing }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let found = try FilingStore.find(FilingID(id), scope: .system, in: &session) else {
            return try DueStore.set(.filing, id: id, at: nil, in: &session)
        }
        var done = found.done
        let rules = try FilingSettingsStore.load(of: found.filing.id, in: &session)
        let due = found.filing.steps(rules, done: done).filter { $0.at <= context.now }
        for step in due {
            done.insert(step.key)
            // After an outage the overdue notice says what the reminder would have said.
            if step.step == .confirmReminder, due.contains(where: { $0.step == .confirmOverdue }) { continue }
            if step.step == .endReminder, due.contains(where: { $0.step == .over }) { continue }
            try take(step.step, key: step.key, found.filing, rules, context: &context, in: &session)
        }
        try FilingStore.store(found.filing, done: done, in: &session)
        try arm(found.filing, done: done, in: &session)
    }

    private static func take(
        _ step: Filing.Step, key: String, _ filing: Filing, _ rules: FilingRules, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        guard let oversight = try Oversight.find(filing.enterprise, in: &session) else { return }
        let limit = SettingParameter<FilingRules>.text(Double(rules.confirmWithin.milliseconds) / 3_600_000)
        let what = "\(oversight.name) 的\(filing.kind.label)报备"
        switch step {
        case .confirmReminder:
            try tell(
                .authority(oversight.regulator), filing, key: key, title: "报备等待确认",
                text: "\(what)还没有确认,时限 \(limit) 小时,夜间不顺延。", context: &context, in: &session)
        case .confirmOverdue:
            try context.log(
                stream: "filing", filing.id.rawValue, "confirmOverdue",
                ["regulator": .string(oversight.regulator.rawValue)], in: &session)
            let offices = [oversight.regulator] + (oversight.superior.map { [$0] } ?? [])
            for office in offices {
                try tell(
                    .authority(office), filing, key: key, title: "报备确认超时",
                    text: "\(what)提交 \(limit) 小时仍未确认,已计入确认时限统计。", context: &context, in: &session)
            }
        case .begin:
            try context.log(stream: "filing", filing.id.rawValue, "began", [:], in: &session)
            try RiskStore.callForAssessment(of: filing, at: context.now, in: &session)
        case .endReminder:
            try tell(
                .enterprise(filing.enterprise), filing, key: key, title: "报备即将到期",
                text: "\(filing.kind.label)报备 \(ChinaTime.dateTime(filing.until)) 到期。到期后离线和报警照常计算;需要延长请现在申请。",
                context: &context, in: &session)
        case .over:
            try context.log(
                stream: "filing", filing.id.rawValue, "over", ["end": .integer(filing.end.milliseconds)], in: &session)
            try RiskStore.callForAssessment(of: filing, at: context.now, in: &session)
            let recipients = oversight.offices.map { Recipient.authority($0) } + [.enterprise(filing.enterprise)]
            for recipient in recipients {
                try tell(
                    recipient, filing, key: key, title: "报备已结束", text: "\(what)已结束,离线和报警恢复正常计算。",
                    context: &context, in: &session)
            }
        }
    }
}
