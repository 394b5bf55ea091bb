import Domain
import Kernel
public import Storage

/// Whether what the log says of warnings, what is due and what was posted agree. Reads only.
public enum WarningAudit {
    /// What does not agree, one line each.
    public static func faults(in session: inout Session) throws(StorageError) -> [String] {
        var faults: [String] = []
        var wanted: Set<String> = []
        var due: [String: Timestamp] = [:]
        var open: [HazardID: Int] = [:]
        for id in try WarningRebuild.streams(in: &session) {
            let (warning, keys) = try read(id, in: &session)
            if let next = warning.nextDeadline { due[id.rawValue] = next }
            if warning.closedAt == nil, warning.level > .blue { open[warning.hazard, default: 0] += 1 }
            for key in keys where !wanted.insert(key).inserted { faults.append("posted twice by the log: \(key)") }
        }
        for (hazard, count) in open where count > 1 { faults.append("\(hazard) stands in \(count) warnings at once") }
        try climbFaults(&faults, wanted: &wanted, in: &session)
        let stored = try DueStore.due(.warning, through: .distantFuture, limit: 10_000_000, in: &session)
        for row in stored where due[row.id] != row.at {
            let right = due[row.id].map { String($0.milliseconds) } ?? "none"
            faults.append("\(row.id) is due at \(row.at.milliseconds), by its log at \(right)")
        }
        let known = Set(stored.map(\.id))
        for id in due.keys.sorted() where !known.contains(id) { faults.append("\(id) has lost its deadline") }
        let posted = Set(
            try session.rows(
                "SELECT key FROM outbox WHERE channel = 'portal' AND (subject = '' OR subject LIKE 'climb:%')"
            ) { row throws(StorageError) in row.next() as String })
        faults += wanted.subtracting(posted).sorted().map { "never posted: \($0)" }
        faults += posted.subtracting(wanted).sorted().map { "posted without an event: \($0)" }
        return faults
    }

    /// Climbs by their log: their deadlines, and the notices that their steps ask for.
    private static func climbFaults(
        _ faults: inout [String], wanted: inout Set<String>, in session: inout Session
    ) throws(StorageError) {
        let ids = try session.rows("SELECT DISTINCT stream_id FROM log WHERE stream_kind = 'climb' ORDER BY stream_id")
        {
            row throws(StorageError) in row.next() as String
        }
        for id in ids {
            var climb: Climb?
            for stored in try session.stream(kind: "climb", id: id) {
                guard let event = Climb.Event(kind: stored.entry.kind, payload: stored.entry.payload) else {
                    throw damage("event \(stored.sequence) of climb \(id) cannot be read")
                }
                if climb == nil, case .began(let level, let within) = event {
                    climb = Climb(level: level, within: within, since: stored.entry.at, lastStep: nil, end: nil)
                } else {
                    climb?.apply(event, at: stored.entry.at)
                }
                for to in stored.entry.payload["recipients"]?.array ?? [] {
                    let parts = to.array?.compactMap(\.string) ?? []
                    wanted.insert("notice/climb/\(id)/\(stored.version)/\(parts.joined(separator: ":"))/portal")
                }
            }
            let due = try DueStore.at(.climb, id: id, in: &session)
            if climb?.nextDeadline != due { faults.append("the climb of \(id) is not due as its log says") }
        }
    }

    /// A warning by its log, and the keys in the inboxes that its events ask for.
    private static func read(
        _ id: WarningID, in session: inout Session
    ) throws(StorageError) -> (warning: Warning, keys: [String]) {
        var keys: [String] = []
        var warning: Warning?
        for stored in try session.stream(kind: "warning", id: id.rawValue) {
            guard let event = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload) else {
                throw damage("event \(stored.sequence) of warning \(id) cannot be read")
            }
            func add(_ kind: String, _ level: Level, _ recipients: [Recipient]) {
                for to in recipients {
                    keys.append("\(id)/\(kind)-\(level.name)-\(stored.version)/\(to.kind):\(to.id)/portal")
                }
            }
            switch event {
            case .raised(let raised):
                warning = Warning(id: id, raised: raised, at: stored.entry.at)
                add("sent", raised.level, raised.recipients)
                continue
            case .changed(let change): add("sent", change.to, change.recipients)
            case .cautioned(let caution): add("caution", caution.level, caution.recipients)
            case .supervisionOrdered(let level, let authority, _): add("supervision", level, [.authority(authority)])
            case .reportOverdue:
                if let warning { add("reportOverdue", warning.peakLevel, [.enterprise(warning.enterprise)]) }
            case .cleared, .alarmLinked, .alarmCleared, .allClear, .acknowledged, .progressed, .reported,
                .reportReturned, .reportApproved, .fedBack, .annotated, .closed:
                break
            }
            warning?.apply(event, at: stored.entry.at)
        }
        guard let warning else { throw damage("warning \(id) has no raised event") }
        return (warning, keys)
    }

    private static func damage(_ message: String) -> StorageError {
        .other(.init(message: message, statement: "log"))
    }
}
