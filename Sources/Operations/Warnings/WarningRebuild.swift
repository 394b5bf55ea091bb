import Domain
import Kernel
public import Storage

/// Makes the projections of warnings again from the log: `warning`, `warning_alarm`, `supervision`, `disposal_report`,
/// `level_span`, and the deadlines in `due`. The log is the truth; these tables are for reading.
public enum WarningRebuild {
    /// Where the tables were not what the log says, one line each; empty where nothing was wrong. Inside one
    /// transaction of the caller, who commits to mend or rolls back to look only.
    public static func run(in session: inout Session) throws(StorageError) -> [String] {
        let before = try contents(in: &session)
        for table in ["warning_alarm", "supervision", "disposal_report", "level_span", "warning"] {
            try session.execute(SQL(raw: "DELETE FROM \(table)"))
        }
        try session.execute("DELETE FROM due WHERE kind = 'warning'")
        for id in try streams(in: &session) { try replay(id, in: &session) }
        let after = try contents(in: &session)
        let lost = before.subtracting(after).sorted().map { "in the tables, not in the log: \($0)" }
        let missing = after.subtracting(before).sorted().map { "in the log, not in the tables: \($0)" }
        return lost + missing
    }

    static func streams(in session: inout Session) throws(StorageError) -> [WarningID] {
        try session.rows(
            "SELECT stream_id FROM log WHERE stream_kind = 'warning' AND version = 1 ORDER BY sequence"
        ) { row throws(StorageError) in row.next() }
    }

    private static func replay(_ id: WarningID, in session: inout Session) throws(StorageError) {
        var recorder: WarningRecorder?
        for stored in try session.stream(kind: "warning", id: id.rawValue) {
            guard let event = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload) else {
                throw damage("event \(stored.sequence) of warning \(id) cannot be read")
            }
            if case .raised(let raised) = event {
                let warning = Warning(id: id, raised: raised, at: stored.entry.at)
                recorder = WarningRecorder(current: VersionedWarning(warning: warning, version: 0), contact: nil)
            }
            try recorder?.replay(stored, event, in: &session)
        }
        guard let recorder else { throw damage("warning \(id) has no raised event") }
        try WarningStore.project(recorder.current.warning, version: recorder.current.version, in: &session)
    }

    /// Every row of every projected table as one text.
    private static func contents(in session: inout Session) throws(StorageError) -> Set<String> {
        var found: Set<String> = []
        for (table, columns, condition) in Self.tables {
            let parts = columns.split(separator: " ").map { "coalesce(CAST(\($0) AS TEXT), 'NULL')" }
            let text = parts.joined(separator: " || '|' || ")
            let rows = try session.rows(SQL(raw: "SELECT \(text) FROM \(table) WHERE \(condition)")) {
                row throws(StorageError) in row.next() as String
            }
            for row in rows { found.insert("\(table) \(row)") }
        }
        return found
    }

    private static let tables: [(table: String, columns: String, condition: String)] = [
        (
            "warning",
            "id hazard_id enterprise_id phase level peak_level ordinal raised_at changed_at acknowledged_at "
                + "acknowledged_by cleared_at all_clear_at report_due_at reported_at approved_at closed_at "
                + "rule_version version next_due_at next_step caution_count open_supervisions", "1 = 1"
        ),
        ("warning_alarm", "warning_id alarm_id linked_at", "1 = 1"),
        (
            "supervision",
            "warning_id ordinal level authority_id enterprise_id ordered_at fed_back_at feedback fed_back_by", "1 = 1"
        ),
        (
            "disposal_report",
            "warning_id ordinal result cause measures reported_at reported_by is_late state decided_at decided_by note",
            "1 = 1"
        ),
        ("level_span", "warning_id version hazard_id enterprise_id level from_at until_at", "1 = 1"),
        ("due", "kind id at", "kind = 'warning'"),
    ]

    private static func damage(_ message: String) -> StorageError {
        .other(.init(message: message, statement: "log"))
    }
}
