import Domain
import Kernel
import Storage

/// Who is told of what happened to a problem.
struct ProblemNotices {
    let problem: Problem
    let subjectName: String

    /// - Parameter version: of the event in the problem's stream; makes each notice happen once.
    func notices(for event: ProblemEvent, version: Int64) -> [Notice] {
        telling(event).map { recipient, title in
            Notice(
                key: "problem:\(problem.id):\(version)", recipient: recipient, subject: "problem:\(problem.id)",
                title: title, text: "\(subjectName):\(problem.text)\(detail(event))",
                address: "/problem/\(problem.id)", enterprise: enterprise)
        }
    }

    private var enterprise: EnterpriseID? { if case .enterprise(let id) = problem.subject { id } else { nil } }
    private var subject: Recipient { problem.subject.recipient }
    private var offices: [Recipient] { Array(Set([problem.finder, problem.holder])).sorted().map { .authority($0) } }

    private func telling(_ event: ProblemEvent) -> [(Recipient, String)] {
        let word = problem.severity.label
        switch event {
        case .raised: return enterprise == nil ? [] : [(subject, "\(problem.source.label)发现\(word),请核实整改并反馈")]
        case .handedDown(_, let next, _): return [(.authority(next), "交办\(word):\(problem.source.label)")]
        case .ordered(let order, _, _): return [(subject, "\(word)\(order.label)")]
        case .fedBack(let answer, _, _):
            return offices.map { ($0, answer.finishedAt == nil ? "问题有了反馈" : "问题已整改,请复查") }
        case .rechecked(let result, _, _): return [(subject, "复查结论:\(result.label)")]
        case .supervised: return ([subject] + offices).map { ($0, "重大隐患挂牌督办") }
        case .supervisionLifted: return [(subject, "督办已解除")]
        case .penalised: return []
        case .urged:
            return Array(Set([subject, .authority(problem.holder)])).sorted(by: Recipient.ordered)
                .map { ($0, "催办:\(word)") }
        case .closed: return ([subject] + offices).map { ($0, "问题已闭环") }
        case .holderOverdue(let office, let above):
            return [office, above].compactMap { $0 }.map { (.authority($0), "问题超时没有交办") }
        case .feedbackOverdue: return ([subject] + offices).map { ($0, "问题超时没有反馈") }
        case .deadlineNear: return [(subject, "整改期限快到了")]
        case .rectificationOverdue(let told):
            return [(subject, "逾期未整改")]
                + told.filter { .authority($0) != subject }
                .map { (.authority($0), "逾期未整改,请督促") }
        }
    }

    private func detail(_ event: ProblemEvent) -> String {
        switch event {
        case .raised: "。请在 \(ChinaTime.dateTime(problem.raisedAt + problem.rules.feedbackWithin)) 前反馈"
        case .ordered(_, let deadline, _): "。期限 \(ChinaTime.dateTime(deadline))"
        case .handedDown(_, _, let note), .supervisionLifted(let note, _), .closed(let note, _): addition(note)
        case .urged(let note, _), .rechecked(_, let note, _): addition(note)
        case .fedBack(let answer, _, _): addition(answer.measures)
        case .supervised(let number, let requirement, _): "。\(number):\(requirement)"
        case .penalised(let number, let cause, _, _): "。\(number):\(cause)"
        case .holderOverdue, .feedbackOverdue: ""
        case .deadlineNear(let deadline): "。期限 \(ChinaTime.dateTime(deadline))"
        case .rectificationOverdue: problem.deadline.map { "。期限是 \(ChinaTime.dateTime($0))" } ?? ""
        }
    }

    private func addition(_ note: String) -> String { note.isEmpty ? "" : "。\(note)" }
}
