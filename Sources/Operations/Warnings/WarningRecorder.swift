import Domain
import Kernel
import Storage

/// Writes the events of one decision: the log, what lists read, and the outbox, all in the caller's transaction.
struct WarningRecorder {
    var current: VersionedWarning
    /// Nil where the log is only read again: then nobody is told.
    let contact: HazardContact?

    init(current: VersionedWarning, contact: HazardContact?) {
        self.current = current
        self.contact = contact
    }

    mutating func record(
        _ event: WarningEvent, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let contact else { preconditionFailure("an event is recorded and nobody to tell is known") }
        let id = current.warning.id
        let entry = LogEntry(
            streamKind: "warning", streamID: id.rawValue, kind: event.kind, at: context.now, recordedAt: context.now,
            actor: context.actor, payload: event.payload)
        current.version = try session.append(entry, expectedVersion: current.version)
        context.journal.append(entry)
        let levelBefore = levelBefore(event)
        try take(event, at: context.now, actor: context.actor, in: &session)
        try SpotCheckOperations.levelChanged(
            current.warning, from: levelBefore, context: &context, in: &session)
        for notice in WarningNotice.notices(for: event, warning: current.warning, contact: contact) {
            try OutboxStore.post(
                notice.row(version: current.version, at: context.now), in: &session)
        }
    }

    /// An event that is in the log already, when the projections are made again.
    mutating func replay(_ stored: StoredEntry, _ event: WarningEvent, in session: inout Session) throws(StorageError) {
        current.version = stored.version
        try take(event, at: stored.entry.at, actor: stored.entry.actor, in: &session)
    }

    private mutating func take(
        _ event: WarningEvent, at now: Timestamp, actor: String, in session: inout Session
    ) throws(StorageError) {
        let before = current.warning
        let levelBefore = levelBefore(event)
        if case .raised = event {} else { current.warning.apply(event, at: now) }
        try LevelSpans.record(
            current.warning, from: levelBefore, version: current.version, at: now, in: &session)
        try projectDetail(of: event, before: before, at: now, actor: actor, in: &session)
    }

    /// A warning comes up from blue.
    private func levelBefore(_ event: WarningEvent) -> Level {
        if case .raised = event { .blue } else { current.warning.level }
    }

    func finish(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        try WarningStore.project(current.warning, version: current.version, in: &session)
        try ClimbOperations.follow(current.warning, contact: contact, context: &context, in: &session)
        context.warnings[current.warning.id] = current.warning.closedAt == nil ? current : nil
    }

    /// The tables beside the warning's own row.
    private func projectDetail(
        of event: WarningEvent, before: Warning, at now: Timestamp, actor: String, in session: inout Session
    ) throws(StorageError) {
        let id = current.warning.id
        switch event {
        case .alarmLinked(let alarm):
            try session.execute(
                """
                INSERT INTO warning_alarm (warning_id, alarm_id, linked_at) VALUES (\(id), \(alarm), \(now))
                ON CONFLICT (warning_id, alarm_id) DO NOTHING
                """)
            try voidReport(in: &session, at: now, before: before)
        case .changed: try voidReport(in: &session, at: now, before: before)
        case .supervisionOrdered(let level, let authority, _):
            try session.execute(
                """
                INSERT INTO supervision (warning_id, ordinal, level, authority_id, enterprise_id, ordered_at)
                VALUES (\(id), \(current.warning.supervisions.count - 1), \(level), \(authority),
                    \(current.warning.enterprise), \(now))
                """)
        case .fedBack(let index, _, let text):
            try session.execute(
                """
                UPDATE supervision SET fed_back_at = \(now), feedback = \(text), fed_back_by = \(actor)
                WHERE warning_id = \(id) AND ordinal = \(index)
                """)
        case .reported(let report):
            try session.execute(
                """
                INSERT INTO disposal_report (warning_id, ordinal, result, cause, measures, reported_at, reported_by,
                    is_late, state)
                VALUES (\(id), \(current.warning.reports.count - 1), \(report.result), \(report.cause),
                    \(report.measures), \(now), \(report.by), \(report.isLate), 'submitted')
                """)
        case .reportReturned(let actor, let note, _):
            try settleReport("returned", before: before, by: actor, note: note, at: now, in: &session)
        case .reportApproved(let actor):
            try settleReport("approved", before: before, by: actor, note: nil, at: now, in: &session)
        case .raised, .cleared, .alarmCleared, .allClear, .cautioned, .reportOverdue, .acknowledged, .progressed,
            .annotated, .closed:
            break
        }
    }

    private func voidReport(in session: inout Session, at now: Timestamp, before: Warning) throws(StorageError) {
        guard before.report != nil, current.warning.report == nil else { return }
        try settleReport("void", before: before, by: nil, note: nil, at: now, in: &session)
    }

    private func settleReport(
        _ state: String, before: Warning, by actor: String?, note: String?, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        guard let ordinal = before.reports.lastIndex(where: { $0.counts }) else { return }
        try session.execute(
            """
            UPDATE disposal_report SET state = \(state), decided_at = \(now), decided_by = \(actor), note = \(note)
            WHERE warning_id = \(current.warning.id) AND ordinal = \(ordinal)
            """)
    }
}
