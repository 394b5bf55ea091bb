public import Kernel

extension Warning {
    /// What follows from a command. Reads, changes nothing; the same state, command and instant give the same events.
    /// - Throws: a refusal, which changes nothing and is shown to whoever asked.
    public func decide(
        _ command: WarningCommand, at now: Timestamp, routing: Routing
    ) throws(WarningRefusal) -> [WarningEvent] {
        var deed = WarningDeed(warning: self, now: now)
        switch command {
        case .setLevel(let level, let alarms, let cause):
            guard closedAt == nil else { throw .isClosed }
            deed.setLevel(level, openAlarms: alarms, cause: cause, routing: routing)
        case .alarmOpened(let alarm):
            // After 预警解除 a new alarm is none of this case (A16 speaks of alarms before it); a rebound links it.
            if closedAt == nil, level > .blue, !openAlarms.contains(alarm) { deed.add(.alarmLinked(alarm)) }
        case .alarmCleared(let alarm):
            if closedAt == nil, openAlarms.contains(alarm) {
                deed.add(.alarmCleared(alarm))
                deed.noticeAllClear()
            }
        case .elapse: deed.elapse(routing: routing)
        case .recover: deed.recover(routing: routing)
        case .acknowledge(let person, let note):
            guard closedAt == nil else { throw .isClosed }
            guard routing.responsible.values.contains(person) else { throw .notResponsible }
            deed.add(.acknowledged(by: person, note: note))
        case .progress(let actor, let text):
            guard closedAt == nil else { throw .isClosed }
            guard !text.isBlank else { throw .emptyText }
            deed.add(.progressed(by: actor, text: text))
        case .report(let actor, let result, let cause, let measures):
            try checkReportable()
            guard !result.isBlank, !cause.isBlank, !measures.isBlank else { throw .incompleteReport }
            let isLate = reportDueAt.map { now > $0 } ?? false
            deed.add(
                .reported(.init(by: actor, result: result, cause: cause, measures: measures, isLate: isLate)))
            if rules.approvalTakenAsGiven { deed.add(.reportApproved(by: "drill")) }
        case .returnReport(let actor, let note):
            guard closedAt == nil else { throw .isClosed }
            guard report?.state == .submitted else { throw .nothingToDecide }
            guard !note.isBlank else { throw .emptyText }
            deed.add(.reportReturned(by: actor, note: note, reportDueAt: now + rules.reportWithin))
        case .approveReport(let actor):
            guard closedAt == nil else { throw .isClosed }
            guard report?.state == .submitted else { throw .nothingToDecide }
            deed.add(.reportApproved(by: actor))
        case .feedBack(let authority, let text):
            guard closedAt == nil else { throw .isClosed }
            guard let index = oldestSupervision(of: authority) else { throw .noSupervisionToAnswer }
            deed.add(.fedBack(supervision: index, by: authority, text: text))
        case .annotate(let actor, let text):
            guard !text.isBlank else { throw .emptyText }
            deed.add(.annotated(by: actor, text: text))
        }
        deed.closeIfComplete()
        return deed.events
    }

    /// Whether a report would be taken now, and if not, why.
    public func checkReportable() throws(WarningRefusal) {
        guard closedAt == nil else { throw .isClosed }
        guard allClearAt != nil else { throw .notYetClear }
        guard report == nil else { throw .alreadyReported }
    }

    /// The oldest unanswered supervision ordered of that authority.
    public func oldestSupervision(of authority: AuthorityID) -> Int? {
        supervisions.firstIndex { $0.authority == authority && $0.fedBackAt == nil }
    }

    /// The first event of a new episode.
    public static func raise(
        id: WarningID, hazard: HazardID, ordinal: Int64, level: Level, openAlarms: [AlarmID], cause: JSON,
        rules: DisposalRules, routing: Routing, at now: Timestamp
    ) -> [WarningEvent] {
        precondition(level > .blue, "blue is no warning (A1)")
        let issued = [level] + (rules.cascadeLowerTimers ? Level.warnings.filter { $0 < level } : [])
        let raised = WarningEvent.Raised(
            hazard: hazard, enterprise: routing.enterprise, ordinal: ordinal, level: level, issued: issued,
            recipients: routing.recipients(of: level, rules: rules), rules: rules, cause: cause)
        return [.raised(raised)] + openAlarms.map(WarningEvent.alarmLinked)
    }
}

extension String {
    /// Nothing but white space, the full-width space of Chinese text included.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
