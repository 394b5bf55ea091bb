public import Domain
public import Kernel
public import Storage

/// Findings of data quality: noted, handed down, put right, checked again (SJ-27, XC-36). Each function runs inside one
/// transaction of the caller.
public enum QualityOperations {
    /// Something that was seen to be wrong, by a detector or by another part of the system.
    public struct Sighting: Sendable {
        public var subject: QualityFindingStore.Subject
        public var detail: String
        public var count: Int
        /// Marks and an excerpt of the curve.
        public var evidence: JSON?

        public init(_ subject: QualityFindingStore.Subject, detail: String, count: Int = 1, evidence: JSON? = nil) {
            self.subject = subject
            self.detail = detail
            self.count = count
            self.evidence = evidence
        }
    }

    /// What was put right and comes back within this time is the same matter again. [本项目约定]
    public static let recurrence = Interval.days(30)

    /// Notes what was seen: adds to the open finding of the subject, opens one that was closed not long ago once more,
    /// or begins a new one. What the register shows is handed to the enterprise at once, with the usual deadline; what
    /// accuses somebody waits for a person.
    @discardableResult
    public static func note(
        _ sighting: Sighting, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> QualityFindingID {
        let subject = sighting.subject
        if var stored = try QualityFindingStore.latest(of: subject, in: &session) {
            let isRecent = stored.endedAt.map { context.now - $0 <= recurrence } ?? true
            if stored.finding.state.isOpen || (isRecent && stored.finding.state == .closed) {
                try QualityFindingStore.seenAgain(
                    stored.id, detail: sighting.detail, count: sighting.count, evidence: sighting.evidence,
                    at: context.now, in: &session)
                if stored.finding.state == .closed {
                    let event = QualityFinding.Event.reopened(
                        reason: "闭环后再次发现", deadline: context.now + QualityFinding.usualDeadline)
                    _ = try record(event, &stored, context: &context, in: &session)
                }
                return stored.id
            }
        }
        let id = QualityFindingID(context.ids.next("fi", at: context.now))
        try QualityFindingStore.insert(
            id, subject, detail: sighting.detail, count: sighting.count, evidence: sighting.evidence, at: context.now,
            in: &session)
        try QualityFindingStore.addStep(
            id, .init(kind: "found", at: context.now, actor: context.actor, note: sighting.detail), in: &session)
        try context.log(
            stream: "quality", id.rawValue, "found",
            [
                "rule": .string(subject.rule.rawValue), "enterprise": .string(subject.enterprise.rawValue),
                "point": subject.point.map { .string($0.rawValue) } ?? .null, "detail": .string(sighting.detail),
            ], in: &session)
        if subject.rule.endsByItself {
            var stored = QualityFindingStore.Stored(
                id: id, subject: subject, finding: QualityFinding(rule: subject.rule), version: 0, endedAt: nil,
                detail: sighting.detail)
            let event = QualityFinding.Event.assigned(
                deadline: context.now + QualityFinding.usualDeadline, advice: subject.rule.advice)
            _ = try record(event, &stored, context: &context, in: &session)
        }
        return id
    }

    /// What a person asks of a finding.
    /// - Parameter scope: of the caller; a finding outside it is `.notFound`.
    @discardableResult
    public static func perform(
        _ command: QualityFinding.Command, on id: QualityFindingID, by actor: QualityFinding.Actor, scope: Scope,
        context: inout OperationContext, in session: inout Session
    ) throws(QualityFailure) -> QualityFinding {
        let found = try QualityFailure.storing { () throws(StorageError) in
            try QualityFindingStore.find(id, scope: scope, in: &session)
        }
        guard var stored = found else { throw .notFound }
        let event: QualityFinding.Event
        do throws(QualityFinding.Refusal) {
            event = try stored.finding.decide(command, by: actor, account: context.actor, at: context.now)
        } catch { throw .refused(error) }
        if case .supervised(let words) = event {
            try raiseProblem(stored, words: words, scope: scope, context: &context, in: &session)
        }
        let isFirst = try QualityFailure.storing { () throws(StorageError) in
            try record(event, &stored, context: &context, in: &session)
        }
        guard isFirst else { throw .changedMeanwhile }
        return stored.finding
    }

    /// Stores an event with its step, log line, timer and notices; false where another was first.
    static func record(
        _ event: QualityFinding.Event, _ stored: inout QualityFindingStore.Stored, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        stored.finding.apply(event, by: context.actor)
        guard try QualityFindingStore.update(stored, at: context.now, in: &session) else { return false }
        stored.version += 1
        try QualityFindingStore.addStep(
            stored.id, .init(kind: event.kind, at: context.now, actor: context.actor, note: event.text), in: &session)
        try context.log(
            stream: "quality", stored.id.rawValue, event.kind,
            ["note": .string(event.text), "enterprise": .string(stored.subject.enterprise.rawValue)], in: &session)
        // A deadline that has passed has been acted on: what happens to the finding afterwards must not ring it again.
        let isRunning = stored.finding.state == .assigned && !stored.finding.isOverdue(at: context.now)
        let timer = isRunning ? stored.finding.deadline : nil
        try DueStore.set(.quality, id: timerPrefix + stored.id.rawValue, at: timer, in: &session)
        try tell(event, stored, context: &context, in: &session)
        return true
    }

    static let timerPrefix = "finding:"

    private static func tell(
        _ event: QualityFinding.Event, _ stored: QualityFindingStore.Stored, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let enterprise = stored.subject.enterprise
        let recipient: Recipient?
        let title: String
        switch event {
        case .assigned(let deadline, _), .failed(_, let deadline), .reopened(_, let deadline):
            recipient = .enterprise(enterprise)
            title = "数据质量问题待整改,\(ChinaTime.dateTime(deadline).prefix(16)) 前完成"
        case .advised:
            recipient = .enterprise(enterprise)
            title = "数据质量问题有新的意见"
        case .rectified:
            let found = try RegistryQueries.enterprise(enterprise, scope: .system, in: &session)
            recipient = found.map { .authority($0.jurisdiction.regulator) }
            title = "数据质量问题已整改,待复核"
        case .passed, .dismissed, .supervised, .vanished: return
        }
        guard let recipient else { return }
        // The first check of an enterprise finds many at once: what the system hands down is told once a day.
        let isSystem = context.actor == "system"
        let key =
            isSystem
            ? "quality-day:\(enterprise):\(Day(context.now).number)" : "quality:\(stored.id):\(stored.version)"
        try NoticeOperations.send(
            Notice(
                key: key, recipient: recipient, subject: "quality:\(stored.id)",
                title: isSystem ? "今日有数据质量问题待整改" : title,
                text: "\(stored.subject.rule.label):\(stored.detail)",
                address: isSystem ? "/findings" : "/findings/\(stored.id)", enterprise: enterprise),
            context: &context, in: &session)
    }

    /// Under supervision: a problem of the office that regulates the enterprise, or of the caller's own.
    private static func raiseProblem(
        _ stored: QualityFindingStore.Stored, words: String, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(QualityFailure) {
        let found = try QualityFailure.storing { () throws(StorageError) in
            try RegistryQueries.enterprise(stored.subject.enterprise, scope: .system, in: &session)
        }
        guard let enterprise = found else { throw .notFound }
        let finder: AuthorityID
        if case .authority(let own) = scope { finder = own } else { finder = enterprise.jurisdiction.regulator }
        let rule = stored.subject.rule
        let draft = ProblemDraft(
            source: .quality(stored.id.rawValue), subject: .enterprise(enterprise.id),
            severity: rule.severity == .serious ? .serious : .general, topic: rule.rawValue,
            text: "\(rule.label):\(stored.detail)" + (words.isEmpty ? "" : "。\(words)"), finder: finder,
            hazard: stored.subject.hazard)
        do throws(ProblemFailure) {
            let problem = try ProblemOperations.raise(draft, context: &context, in: &session)
            try ProblemFailure.storing { () throws(StorageError) in
                try QualityFindingStore.setProblem(problem, of: stored.id, in: &session)
            }
        } catch .storage(let error) {
            throw .storage(error)
        } catch {
            throw .words(error.text)
        }
    }
}
