import Domain
import Kernel
import Storage

extension EnterpriseDesk.Todo {
    /// Today's commitment, until it came; nil where nothing is to be done.
    init?(_ line: CommitmentDayLine, now: Timestamp) {
        guard line.standing == nil, !line.isReleased else { return nil }
        let end = CommitmentRules.deadline(of: Day(now))
        id = "commitment"
        due = end.milliseconds
        dueText = Wording.remaining(end - now)
        dueWord = "承诺"
        isLate = now >= end
        isBlinking = false
        title = "今日安全承诺"
        detail = "10:00:00 前，以系统收到主要负责人签名为准"
        address = "/commitment"
        action = "填承诺"
        isPrimary = true
        order = end.milliseconds
    }

    /// An analysis that repeated alarms force; once it is answered, its measures.
    init?(_ form: RootCauseForm, now: Timestamp) {
        guard form.submittedAt == nil else { return nil }
        id = form.id
        due = form.dueAt.milliseconds
        dueText = Wording.remaining(form.dueAt - now)
        dueWord = "根因分析"
        isLate = form.dueAt <= now
        isBlinking = false
        title = "根因分析：\(form.pointName)"
        detail = "7 日内 \(form.alarms.count) 次\(form.side.label)报警，必须查找根源、制定整改措施"
        address = "/duties/cause/" + Form.encode(form.id)
        action = "填分析"
        isPrimary = true
        order = form.dueAt.milliseconds
    }
}
