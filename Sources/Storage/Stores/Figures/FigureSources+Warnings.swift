public import Domain
import Kernel

extension FigureSources {
    /// Warnings that were raised before the window's end and not closed before it began, replayed up to now, with the
    /// names of their sources. One query for all streams.
    public static func histories(
        window: FigureWindow, minimum: Level = .yellow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureBook.CaseRecord] {
        let chosen: SQL = """
            SELECT w.id FROM warning AS w WHERE w.raised_at < \(window.until) AND w.raised_at <= \(window.now)
                AND (w.closed_at IS NULL OR w.closed_at >= \(window.from - .minutes(10)))
                AND w.peak_level IN (\(list: Level.warnings.filter { $0 >= minimum }.map(\.name)))
                AND \(scope.hazards(column: "w.hazard_id"))
            """
        let names = try session.rows(
            """
            SELECT w.id, h.name FROM warning AS w JOIN hazard AS h ON h.id = w.hazard_id WHERE w.id IN (\(chosen))
            """
        ) { row throws(StorageError) in (row.next() as WarningID, row.next() as String) }
        let hazards = Dictionary(names, uniquingKeysWith: { first, _ in first })
        let rows = try session.rows(
            """
            SELECT l.stream_id, l.at, l.kind, l.payload FROM log AS l
            WHERE l.stream_kind = 'warning' AND l.at <= \(window.now) AND l.stream_id IN (\(chosen))
            ORDER BY l.stream_id, l.version
            """
        ) { row throws(StorageError) in
            (
                id: row.next() as WarningID, at: row.next() as Timestamp, kind: row.next() as String,
                payload: try row.read(JSON.self)
            )
        }
        var found: [FigureBook.CaseRecord] = []
        var index = rows.startIndex
        while index < rows.endIndex {
            let id = rows[index].id
            var events: [(at: Timestamp, event: WarningEvent)] = []
            while index < rows.endIndex, rows[index].id == id {
                let row = rows[index]
                guard let event = WarningEvent(kind: row.kind, payload: row.payload) else {
                    throw .other(.init(message: "an event of warning \(id) cannot be read", statement: "log"))
                }
                events.append((row.at, event))
                index += 1
            }
            if let history = WarningHistory(id: id, events: events, now: window.now) {
                found.append(FigureBook.CaseRecord(history: history, hazard: hazards[id] ?? ""))
            }
        }
        return found
    }
}
