extension Bulletin {
    public static let textCharactersMax = 4_000

    /// What would happen; changes nothing. Every pair of command and phase is decided.
    public func decide(_ command: BulletinCommand) throws(BulletinRefusal) -> [BulletinEvent] {
        switch command {
        case .edit(let edits, let actor): return try edit(edits, by: actor)
        case .submit(let actor):
            try require([.draft])
            try requireFilledIn()
            return [.submitted(by: actor)]
        case .sendBack(let note, let actor):
            try require([.submitted, .approved])
            guard !note.isBlank else { throw .blankReason }
            return [.sentBack(note: note, by: actor)]
        case .approve(let actor):
            try require([.submitted])
            guard actor != submittedBy, !editors.contains(actor) else { throw .ownWork }
            return [.approved(by: actor)]
        case .issue(let number, let receivers, let copies, let actor):
            return [try issue(number, to: receivers, copies: copies, by: actor)]
        case .acknowledge(let recipient, let actor):
            try Self.checkAcknowledgement(
                phase, isReceiver: receivers.contains(recipient) || copies.contains(recipient),
                isAcknowledged: acknowledged.contains(recipient))
            return [.acknowledged(recipient, by: actor)]
        case .correct(let id, let actor):
            try require([.issued])
            guard correction == nil else { throw .correctedAlready }
            return [.correctionBegun(id, by: actor)]
        case .dropCorrection:
            try require([.issued])
            return correction == nil ? [] : [.correctionDropped]
        case .supersede:
            try require([.issued])
            return [.superseded]
        case .withdraw(let reason, let actor):
            try require([.draft, .submitted, .approved, .issued])
            guard !reason.isBlank else { throw .blankReason }
            return [.withdrawn(reason: reason, by: actor)]
        case .publish(let channel, let actor):
            try require([.issued])
            guard publicity == .openToPublic else { throw .notPublic }
            guard !channel.place.isBlank else { throw .blankPlace }
            return [.published(channel, by: actor)]
        }
    }

    /// Whether one that it went to may sign for it (SZ-14).
    public static func checkAcknowledgement(
        _ phase: Phase, isReceiver: Bool, isAcknowledged: Bool
    ) throws(BulletinRefusal) {
        guard phase == .issued || phase == .superseded else { throw .wrongPhase(phase) }
        guard isReceiver else { throw .notReceiver }
        guard !isAcknowledged else { throw .acknowledgedAlready }
    }

    private func require(_ phases: Set<Phase>) throws(BulletinRefusal) {
        guard phases.contains(phase) else { throw .wrongPhase(phase) }
    }

    private func requireFilledIn() throws(BulletinRefusal) {
        let missing = missing
        guard missing.isEmpty else { throw .missing(missing.map(\.label)) }
    }

    /// Only manual fields and advice: the system's figures are locked. What stays the same is no event.
    private func edit(_ edits: [DocumentEdit], by actor: String) throws(BulletinRefusal) -> [BulletinEvent] {
        try require([.draft])
        let present = document
        var texts: [String: String] = [:]
        for field in present.manualFields { texts[field.key] = field.text }
        let advice = Dictionary(present.advice.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
        texts.merge(advice) { first, _ in first }
        var events: [BulletinEvent] = []
        for edit in edits {
            guard let before = texts[edit.key] else { throw .locked(edit.key) }
            guard edit.text.count <= Self.textCharactersMax else { throw .tooLong }
            if advice[edit.key] != nil, edit.text.isBlank { throw .emptyAdvice }
            guard edit.text != before else { continue }
            texts[edit.key] = edit.text
            events.append(.edited(edit, before: before, by: actor))
        }
        return events
    }

    /// A public one only after approval (TB-02); an internal one also straight from the draft.
    private func issue(
        _ number: BulletinNumber, to receivers: [Recipient], copies: [Recipient], by actor: String
    ) throws(BulletinRefusal) -> BulletinEvent {
        switch publicity {
        case .internalUse: try require([.draft, .approved])
        case .openToPublic:
            try require([.draft, .submitted, .approved])
            guard phase == .approved else { throw .notApproved }
        }
        try requireFilledIn()
        guard !receivers.isEmpty || publicity == .openToPublic else { throw .noReceiver }
        return .issued(number, to: receivers, copies: copies, by: actor)
    }

    /// Makes an event so. Never refuses: what is in the log has happened.
    public mutating func apply(_ event: BulletinEvent) {
        switch event {
        case .edited(let edit, _, let actor):
            edits.removeAll { $0.key == edit.key }
            edits.append(edit)
            editors.insert(actor)
        case .submitted(let actor):
            phase = .submitted
            submittedBy = actor
        case .sentBack:
            phase = .draft
            submittedBy = nil
            approvedBy = nil
        case .approved(let actor):
            phase = .approved
            approvedBy = actor
        case .issued(let number, let receivers, let copies, let actor):
            phase = .issued
            self.number = number
            self.receivers = receivers
            self.copies = copies
            issuedBy = actor
        case .acknowledged(let recipient, _): acknowledged.insert(recipient)
        case .correctionBegun(let id, _): correction = id
        case .correctionDropped: correction = nil
        case .superseded: phase = .superseded
        case .withdrawn: phase = .withdrawn
        case .published(let channel, _): channels.append(channel)
        }
    }
}
