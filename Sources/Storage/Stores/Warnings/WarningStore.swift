public import Domain
public import Kernel

/// Warnings as their streams, and the projection that lists read.
public enum WarningStore {
    /// One row of the projection, for finding what to load.
    public struct Reference: Hashable, Sendable {
        public let id: WarningID
        public let hazard: HazardID
        public let version: Int64
    }

    /// The warnings of a source that are not closed, oldest first.
    public static func open(of hazard: HazardID, in session: inout Session) throws(StorageError) -> [Reference] {
        try session.rows(
            """
            SELECT id, hazard_id, version FROM warning WHERE hazard_id = \(hazard) AND closed_at IS NULL
            ORDER BY ordinal
            """, reference)
    }

    /// - Parameter scope: of the caller; a warning outside it is not found.
    public static func reference(
        _ id: WarningID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Reference? {
        try session.first(
            """
            SELECT w.id, w.hazard_id, w.version FROM warning w
            WHERE w.id = \(id) AND \(scope.hazards(column: "w.hazard_id"))
            """, reference)
    }

    /// Replays a warning's stream.
    public static func load(_ id: WarningID, in session: inout Session) throws(StorageError) -> Warning {
        var warning: Warning?
        for stored in try session.stream(kind: "warning", id: id.rawValue) {
            guard let event = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload) else {
                throw damage("event \(stored.sequence) of warning \(id) cannot be read")
            }
            if case .raised(let raised) = event {
                warning = Warning(id: id, raised: raised, at: stored.entry.at)
            } else {
                warning?.apply(event, at: stored.entry.at)
            }
        }
        guard let warning else { throw damage("warning \(id) has no raised event") }
        return warning
    }

    public static func nextOrdinal(of hazard: HazardID, in session: inout Session) throws(StorageError) -> Int64 {
        let highest =
            try session.first("SELECT max(ordinal) FROM warning WHERE hazard_id = \(hazard)") {
                row throws(StorageError) in row.next() as Int64?
            } ?? nil
        return (highest ?? 0) + 1
    }

    /// Alarms of a source that are open and count (not exempted).
    public static func openAlarms(of hazard: HazardID, in session: inout Session) throws(StorageError) -> [AlarmID] {
        try session.rows(
            """
            SELECT id FROM alarm WHERE hazard_id = \(hazard) AND cleared_at IS NULL AND exempted_at IS NULL
            ORDER BY opened_at, id
            """
        ) { row throws(StorageError) in row.next() }
    }

    /// Writes the projection's row and the warning's row in `due`.
    public static func project(
        _ warning: Warning, version: Int64, in session: inout Session
    ) throws(StorageError) {
        let shown = warning.shownClock
        try session.execute(
            """
            INSERT INTO warning (id, hazard_id, enterprise_id, phase, level, peak_level, ordinal, raised_at, changed_at,
                acknowledged_at, acknowledged_by, cleared_at, all_clear_at, report_due_at, reported_at, approved_at,
                closed_at, rule_version, version, next_due_at, next_step, caution_count, open_supervisions)
            VALUES (\(warning.id), \(warning.hazard), \(warning.enterprise), \(warning.phase.rawValue),
                \(warning.level), \(warning.peakLevel), \(warning.ordinal), \(warning.raisedAt), \(warning.changedAt),
                \(warning.acknowledgedAt), \(warning.acknowledgedBy), \(warning.clearedAt), \(warning.allClearAt),
                \(warning.reportDueAt), \(warning.report?.reportedAt), \(warning.approvedAt), \(warning.closedAt),
                \(warning.rules.version), \(version), \(shown?.at), \(shown?.step.name),
                \(warning.cautionCount), \(warning.openSupervisions))
            ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, level = excluded.level,
                peak_level = excluded.peak_level, changed_at = excluded.changed_at,
                acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by,
                cleared_at = excluded.cleared_at, all_clear_at = excluded.all_clear_at,
                report_due_at = excluded.report_due_at, reported_at = excluded.reported_at,
                approved_at = excluded.approved_at, closed_at = excluded.closed_at, version = excluded.version,
                next_due_at = excluded.next_due_at, next_step = excluded.next_step,
                caution_count = excluded.caution_count, open_supervisions = excluded.open_supervisions
            """)
        try DueStore.set(.warning, id: warning.id.rawValue, at: warning.nextDeadline, in: &session)
    }

    private static func reference(_ row: inout Row) throws(StorageError) -> Reference {
        Reference(id: row.next(), hazard: row.next(), version: row.next())
    }

    private static func damage(_ message: String) -> StorageError {
        .other(.init(message: message, statement: "log"))
    }
}
