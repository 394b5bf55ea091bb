public import Kernel

extension Filing {
    /// What happens to a filing by itself.
    public enum Step: String, CaseIterable, Hashable, Sendable {
        /// The regulator is reminded of what waits.
        case confirmReminder
        /// The time limit of the decision has passed: counted, and the regulator's superior is told (JC-11).
        case confirmOverdue
        /// It begins to hold.
        case begin
        /// The enterprise is reminded that it ends soon.
        case endReminder
        /// It is over: everything counts again.
        case over
    }

    /// The steps still to come or due, each with its instant, earliest first.
    ///
    /// - Parameter done: those that were taken, by their keys.
    public func steps(_ rules: FilingRules, done: Set<String>) -> [(step: Step, key: String, at: Timestamp)] {
        var found: [(step: Step, key: String, at: Timestamp)] = []
        if withdrawnAt == nil {
            if decision == nil {
                found.append((.confirmReminder, "confirmReminder", submittedAt + rules.confirmReminder))
                found.append((.confirmOverdue, "confirmOverdue", submittedAt + rules.confirmWithin))
            } else if let wish {
                let mark = String(wish.askedAt.milliseconds)
                found.append((.confirmReminder, "confirmReminder." + mark, wish.askedAt + rules.confirmReminder))
                found.append((.confirmOverdue, "confirmOverdue." + mark, wish.askedAt + rules.confirmWithin))
            }
        }
        if let decision, decision.isConfirmed {
            if from > decision.at { found.append((.begin, "begin", from)) }
            let mark = String(until.milliseconds)
            if endedAt == nil {
                let begin = max(decision.at, from)
                let at = until - rules.endReminder
                // A filing of an hour needs no reminder two hours before its end.
                if at > begin { found.append((.endReminder, "endReminder." + mark, at)) }
            }
            found.append((.over, "over." + String(end.milliseconds), end))
        }
        return found.filter { !done.contains($0.key) }.sorted { $0.at < $1.at }
    }
}
