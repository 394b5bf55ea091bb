public import Kernel

extension Problem {
    /// The events of a new problem: raised, and what follows at once.
    /// - Parameter supervisionNumber: 督办单文号, used where it is a major hidden danger.
    public static func raise(
        _ draft: ProblemDraft, id: ProblemID, path: [AuthorityID], supervisionNumber: String,
        rules: ProblemRules = .standard, at now: Timestamp
    ) throws(ProblemRefusal) -> (problem: Problem, events: [ProblemEvent]) {
        guard isWritten(draft.text) else { throw .blankText }
        if let order = draft.rectification { try check(order, at: now) }
        precondition(path.first == draft.finder, "a problem's path begins with its finder")
        let raised = ProblemEvent.Raised(draft: draft, path: path, rules: rules)
        var problem = Problem(id: id, raised: raised, at: now)
        var events: [ProblemEvent] = [.raised(raised)]
        func add(_ event: ProblemEvent) {
            events.append(event)
            problem.apply(event, at: now)
        }
        if draft.severity == .majorHiddenDanger {
            add(.supervised(number: supervisionNumber, requirement: draft.text, by: draft.finder))
        }
        if let order = draft.rectification {
            add(.ordered(order, deadline: problem.deadline(of: order, at: now), by: draft.finder))
        }
        if path.count > 1, draft.isHandedDownAtOnce || draft.severity >= .serious {
            add(.handedDown(from: path[0], to: path[1], note: ""))
        }
        return (problem, events)
    }

    public func decide(_ command: ProblemCommand, at now: Timestamp) throws(ProblemRefusal) -> [ProblemEvent] {
        switch command {
        case .handDown(let next, let note, let office):
            return [try decideHandDown(to: next, note: note, by: office)]
        case .order(let order, let office):
            try checkOpen(for: office)
            try checkNotOwn(office)
            try Problem.check(order, at: now)
            guard stage == .raised || stage == .ordered else { throw .wrongStage(stage) }
            return [.ordered(order, deadline: deadline(of: order, at: now), by: office)]
        case .feedBack(let answer, let party):
            return [try decideFeedback(answer, by: party, at: now)]
        case .recheck(let result, let note, let next, let office):
            return try decideRecheck(result, note: note, next: next, by: office, at: now)
        case .close(let note, let office):
            return [try decideClose(note: note, by: office)]
        case .judgeMajor(let number, let requirement, let office):
            try checkOpen(for: office)
            try checkNotOwn(office)
            guard supervision == nil else { throw .alreadySupervised }
            guard Problem.isWritten(requirement), Problem.isWritten(number) else { throw .blankText }
            return [.supervised(number: number, requirement: requirement, by: office)]
        case .liftSupervision(let note, let office):
            guard let supervision, supervision.liftedAt == nil else { throw .notSupervised }
            guard supervision.by == office else { throw .notSupervisor }
            guard stage == .rechecked else { throw .wrongStage(stage) }
            return [.supervisionLifted(note: note, by: office)]
        case .penalise(let number, let cause, let amount, let office):
            guard hasReached(office) else { throw .notReached }
            guard Problem.isWritten(number), Problem.isWritten(cause), amount >= 0 else { throw .penaltyIncomplete }
            return [.penalised(number: number, cause: cause, amountYuan: amount, by: office)]
        case .urge(let note, let office):
            try checkOpen(for: office)
            return [.urged(note: note, by: office)]
        case .elapse:
            return elapsed(at: now)
        }
    }

    private func decideHandDown(
        to next: AuthorityID, note: String, by office: AuthorityID
    ) throws(ProblemRefusal) -> ProblemEvent {
        guard isOpen else { throw .closed }
        guard office == holder else { throw .notHolder }
        guard !isDelivered else { throw .atTheEnd }
        guard next == path[position + 1] else { throw .skipsLevel }
        return .handedDown(from: office, to: next, note: note)
    }

    private func decideFeedback(
        _ answer: ProblemCommand.Answer, by party: ProblemParty, at now: Timestamp
    ) throws(ProblemRefusal) -> ProblemEvent {
        guard isOpen else { throw .closed }
        guard party == subject || (party == .authority(last) && isDelivered) else { throw .notSubject }
        if case .authority = subject, !isDelivered { throw .notReached }
        guard stage == .raised || stage == .ordered else { throw .wrongStage(stage) }
        guard Problem.isWritten(answer.measures) else { throw .blankText }
        if let finished = answer.finishedAt {
            guard finished <= now else { throw .finishedInFuture }
            guard Problem.isWritten(answer.proof) || !answer.attachments.isEmpty else { throw .proofMissing }
        }
        let isLate = feedbacks.isEmpty && (feedbackDueAt.map { now > $0 } ?? false)
        return .fedBack(answer, by: party, isLate: isLate)
    }

    /// 已整改 needs a report of the end; 未整改 and 反复 send it back with a new order; what was closed and comes again
    /// is open again.
    private func decideRecheck(
        _ result: RecheckResult, note: String, next: Rectification?, by office: AuthorityID, at now: Timestamp
    ) throws(ProblemRefusal) -> [ProblemEvent] {
        guard hasReached(office) else { throw .notReached }
        try checkNotOwn(office)
        guard Problem.isWritten(note) else { throw .blankText }
        switch result {
        case .rectified: guard stage == .rectified else { throw .wrongStage(stage) }
        case .unrectified: guard stage == .ordered || stage == .rectified else { throw .wrongStage(stage) }
        case .recurring:
            guard stage == .rectified || stage == .rechecked || stage == .closed else { throw .wrongStage(stage) }
        }
        let checked = ProblemEvent.rechecked(result, note: note, by: office)
        guard result != .rectified else { return [checked] }
        let order = next ?? .atOnce
        try Problem.check(order, at: now)
        return [checked, .ordered(order, deadline: deadline(of: order, at: now), by: office)]
    }

    private func decideClose(note: String, by office: AuthorityID) throws(ProblemRefusal) -> ProblemEvent {
        try checkOpen(for: office)
        try checkNotOwn(office)
        guard stage == .rechecked else { throw .wrongStage(stage) }
        guard isDelivered else { throw .notDelivered }
        if severity == .majorHiddenDanger, supervision == nil { throw .notSupervised }
        if let supervision, supervision.liftedAt == nil { throw .supervised }
        return .closed(note: note, by: office)
    }

    /// Everything that fell due up to and including now, each once.
    private func elapsed(at now: Timestamp) -> [ProblemEvent] {
        guard isOpen else { return [] }
        var events: [ProblemEvent] = []
        if !isHolderOverdue, let due = holderDueAt, due <= now {
            events.append(.holderOverdue(holder, above: position > 0 ? path[position - 1] : nil))
        }
        if !isFeedbackOverdue, feedbacks.isEmpty, let due = feedbackDueAt, due <= now {
            events.append(.feedbackOverdue)
        }
        if !isReminded, let due = remindAt, due <= now, let deadline, now < deadline {
            events.append(.deadlineNear(deadline))
        }
        // The last office and the one above it, then one more each day. After an outage all that should know by now
        // are told once.
        if let due = nextEscalation, due <= now, let deadline {
            let days = Int((now - deadline) / rules.escalateEvery)
            events.append(.rectificationOverdue(told: path.suffix(min(path.count, 2 + days)).reversed()))
        }
        return events
    }

    func deadline(of order: Rectification, at now: Timestamp) -> Timestamp {
        switch order {
        case .atOnce: now + rules.atOnceWithin
        case .limited(_, let deadline): deadline
        }
    }

    private func checkOpen(for office: AuthorityID) throws(ProblemRefusal) {
        guard isOpen else { throw .closed }
        guard hasReached(office) else { throw .notReached }
    }

    private func checkNotOwn(_ office: AuthorityID) throws(ProblemRefusal) {
        if subject == .authority(office) { throw .ownProblem }
    }

    static func check(_ order: Rectification, at now: Timestamp) throws(ProblemRefusal) {
        guard case .limited(let measures, let deadline) = order else { return }
        guard isWritten(measures) else { throw .measuresMissing }
        guard deadline > now else { throw .deadlinePast }
    }

    static func isWritten(_ text: String) -> Bool {
        text.unicodeScalars.contains { !$0.properties.isWhitespace }
    }
}
