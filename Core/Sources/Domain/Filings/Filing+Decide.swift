public import Kernel

/// What may be done to a filing, and when. Each function changes the value or refuses.
extension Filing {
    /// Whether a filing may be submitted as it stands.
    public func check(_ rules: FilingRules) throws(FilingRefusal) {
        guard !reason.isBlank else { throw .blankReason }
        guard !coverage.isEmpty else { throw kind == .camera ? .camerasMissing : .nothingCovered }
        let hasParts = !coverage.hazards.isEmpty || !coverage.points.isEmpty || !coverage.cameras.isEmpty
        if coverage.isWhole, hasParts { throw .wholeAndParts }
        switch kind {
        case .camera:
            guard !coverage.isWhole, coverage.hazards.isEmpty, coverage.points.isEmpty else { throw .onlyCameras }
            guard !coverage.cameras.isEmpty else { throw .camerasMissing }
        case .damage:
            guard foundAt != nil else { throw .foundAtMissing }
        case .longStop:
            guard until - from >= rules.longStopMin else {
                throw .tooShortForLongStop(days: rules.longStopMin / .days(1))
            }
        case .plannedStop, .maintenance: break
        }
        if let foundAt, foundAt > submittedAt { throw .foundInFuture }
        if kind.exemptsAlarms, measures.isBlank { throw .blankMeasures }
        guard until > from else { throw .endBeforeStart }
        guard until > submittedAt else { throw .alreadyOver }
        try checkLength(until, rules)
    }

    private func checkLength(_ until: Timestamp, _ rules: FilingRules) throws(FilingRefusal) {
        let longest = rules.longest(kind)
        guard until - from <= longest else { throw .tooLong(days: longest / .days(1)) }
    }

    /// Confirms or returns. A filing whose time has passed while it waited can still be confirmed: its effect goes back
    /// to the submission (A32).
    public mutating func decide(
        isConfirmed: Bool, note: String?, by actor: String, at now: Timestamp
    ) throws(FilingRefusal) {
        guard decision == nil, withdrawnAt == nil else { throw .notWaiting }
        if !isConfirmed, (note ?? "").isBlank { throw .blankNote }
        decision = Decision(isConfirmed: isConfirmed, at: now, by: actor, note: note)
    }

    public mutating func withdraw(at now: Timestamp) throws(FilingRefusal) {
        guard decision == nil, withdrawnAt == nil else { throw .notWaiting }
        withdrawnAt = now
    }

    /// Ends it before its time; what was asked of an extension lapses with it.
    public mutating func end(by actor: String, at now: Timestamp) throws(FilingRefusal) {
        switch state(at: now) {
        case .confirmed, .running: break
        case .waiting, .returned, .withdrawn, .over: throw .notRunning
        }
        endedAt = now
        endedBy = actor
        wish = nil
    }

    /// Asks for a longer end while the filing still holds.
    public mutating func ask(
        until: Timestamp, reason: String, by actor: String, at now: Timestamp, rules: FilingRules
    ) throws(FilingRefusal) {
        switch state(at: now) {
        case .confirmed, .running: break
        case .waiting, .returned, .withdrawn, .over: throw .notRunning
        }
        guard wish == nil else { throw .extensionWaiting }
        guard !reason.isBlank else { throw .blankReason }
        guard until > self.until else { throw .notLonger }
        try checkLength(until, rules)
        wish = Wish(until: until, reason: reason, askedAt: now, askedBy: actor)
    }

    /// Decides on an extension. It was asked for while the filing held, so that a confirmed one leaves no gap, even
    /// where the old end has passed meanwhile.
    public mutating func decideExtension(
        isConfirmed: Bool, note: String?, at now: Timestamp
    ) throws(FilingRefusal) {
        guard let wish, endedAt == nil else { throw .noExtension }
        if !isConfirmed, (note ?? "").isBlank { throw .blankNote }
        if isConfirmed { until = wish.until }
        self.wish = nil
    }
}
