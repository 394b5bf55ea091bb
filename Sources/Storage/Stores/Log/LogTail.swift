public import Domain
public import Kernel

/// The newest part of the log, as the event stream needs it.
public struct LogTail: Hashable, Sendable {
    /// The last entry's place in the log.
    public var last: Int64
    /// Warnings that changed themselves or whose alarms did.
    public var warnings: [WarningID]
    /// Something else happened that a page may show.
    public var touchesPages: Bool

    public static func last(in session: inout Session) throws(StorageError) -> Int64 {
        try session.first("SELECT COALESCE(max(sequence), 0) FROM log") { row throws(StorageError) in
            row.next() as Int64
        } ?? 0
    }

    public static func since(
        _ sequence: Int64, limit: Int, in session: inout Session
    ) throws(StorageError) -> LogTail {
        let entries = try session.rows(
            """
            SELECT sequence, stream_kind, stream_id FROM log WHERE sequence > \(sequence)
            ORDER BY sequence LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            (sequence: row.next() as Int64, kind: row.next() as String, id: row.next() as String)
        }
        guard let last = entries.last?.sequence else {
            return LogTail(last: sequence, warnings: [], touchesPages: false)
        }
        var warnings = Set(entries.filter { $0.kind == "warning" || $0.kind == "delivery" }.map { WarningID($0.id) })
        let alarms = Set(entries.filter { $0.kind == "alarm" }.map { AlarmID($0.id) })
        if !alarms.isEmpty {
            let linked = try session.rows(
                """
                SELECT DISTINCT l.warning_id FROM warning_alarm AS l JOIN warning AS w ON w.id = l.warning_id
                WHERE w.closed_at IS NULL AND l.alarm_id IN (\(list: alarms.sorted()))
                """
            ) { row throws(StorageError) in row.next() as WarningID }
            warnings.formUnion(linked)
        }
        return LogTail(
            last: last, warnings: warnings.sorted(),
            touchesPages: entries.contains { $0.kind != "account" && $0.kind != "audit" })
    }
}
