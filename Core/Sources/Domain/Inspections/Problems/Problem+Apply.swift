public import Kernel

extension Problem {
    /// Makes an event so.
    public mutating func apply(_ event: ProblemEvent, at instant: Timestamp) {
        switch event {
        case .raised: break
        case .handedDown(_, let next, _):
            position = path.firstIndex(of: next) ?? position
            heldSince = instant
            isHolderOverdue = false
        case .ordered(let order, let until, _):
            if isOverdue(at: instant) { wasOverdue = true }
            rectification = order
            orderedAt = instant
            deadline = until
            stage = .ordered
            isReminded = false
            escalations = 0
        case .fedBack(let answer, let party, let isLate):
            feedbacks.append(
                Feedback(
                    by: party, measures: answer.measures, proof: answer.proof, attachments: answer.attachments,
                    finishedAt: answer.finishedAt, at: instant))
            if isLate { isFeedbackOverdue = true }
            if answer.finishedAt != nil {
                if isOverdue(at: instant) { wasOverdue = true }
                stage = .rectified
            }
        case .rechecked(let result, let note, let office):
            rechecks.append(Recheck(by: office, result: result, note: note, at: instant))
            switch result {
            case .rectified: stage = .rechecked
            case .unrectified, .recurring:
                closedAt = nil
                supervision?.liftedAt = nil
            }
        case .supervised(let number, let requirement, let office):
            severity = .majorHiddenDanger
            supervision = Supervision(number: number, requirement: requirement, by: office, orderedAt: instant)
        case .supervisionLifted: supervision?.liftedAt = instant
        case .penalised(let number, let cause, let amount, let office):
            penalties.append(Penalty(number: number, cause: cause, amountYuan: amount, by: office, at: instant))
        case .urged: break
        case .closed:
            stage = .closed
            closedAt = instant
        case .holderOverdue: isHolderOverdue = true
        case .feedbackOverdue: isFeedbackOverdue = true
        case .deadlineNear: isReminded = true
        case .rectificationOverdue(let told):
            wasOverdue = true
            isReminded = true
            escalations = max(escalations + 1, told.count)
        }
    }

    /// A problem from its stream; nil where that does not begin with its raising.
    public static func replay(_ id: ProblemID, _ events: [(event: ProblemEvent, at: Timestamp)]) -> Problem? {
        guard let first = events.first, case .raised(let raised) = first.event else { return nil }
        var problem = Problem(id: id, raised: raised, at: first.at)
        for (event, instant) in events.dropFirst() { problem.apply(event, at: instant) }
        return problem
    }
}
