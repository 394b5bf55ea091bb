import Domain
import Kernel
import Storage
import Testing

/// The data folder after the last kill, opened without the server.
struct LeftBehind {
    let database: Database

    init(data: String) throws { database = try Database.open(.file(data + "/fengsui.sqlite")) }

    func check(_ acknowledged: [String: [Int64: Int]]) throws {
        try checkReadings(acknowledged)
        try checkAlarms()
        try checkWarnings()
        let verdict = try database.read { session throws(StorageError) in try LogChain.verify(in: &session) }
        guard case .intact = verdict else {
            Issue.record("the log's chain is broken: \(verdict)")
            return
        }
    }

    private func checkReadings(_ acknowledged: [String: [Int64: Int]]) throws {
        let rows = try database.read { session throws(StorageError) in
            try session.rows("SELECT gateway_id, seq, accepted FROM upload") { row throws(StorageError) in
                (gateway: row.next() as String, seq: row.next() as Int64, accepted: row.next() as Int)
            }
        }
        var stored: [String: [Int64: Int]] = [:]
        for row in rows {
            #expect(stored[row.gateway]?[row.seq] == nil, "\(row.gateway) \(row.seq) is stored twice")
            stored[row.gateway, default: [:]][row.seq] = row.accepted
        }
        for (gateway, seqs) in acknowledged {
            for (seq, accepted) in seqs {
                #expect(stored[gateway]?[seq] == accepted, "\(gateway) \(seq) was acknowledged with \(accepted)")
            }
        }
    }

    private func checkAlarms() throws {
        let open = try database.read { session throws(StorageError) in
            try session.rows("SELECT point_id FROM alarm WHERE cleared_at IS NULL") { row throws(StorageError) in
                row.next() as String
            }
        }
        #expect(Set(open).count == open.count, "a point has two open alarms")
    }

    private func checkWarnings() throws {
        let ids = try database.read { session throws(StorageError) in
            try session.rows("SELECT id FROM warning ORDER BY id") { row throws(StorageError) in
                row.next() as WarningID
            }
        }
        #expect(!ids.isEmpty, "warnings were raised")
        var cautions = 0
        var late = 0
        for id in ids {
            let (stream, due) = try database.read { session throws(StorageError) in
                (
                    try session.stream(kind: "warning", id: id.rawValue),
                    try session.first("SELECT at FROM due WHERE kind = 'warning' AND id = \(id.rawValue)") {
                        row throws(StorageError) in row.next() as Timestamp
                    }
                )
            }
            let counted = check(stream, id: id, due: due)
            cautions += counted.cautions
            late += counted.late
        }
        #expect(cautions > 0, "clocks ran out while the server was up")
        #expect(late > 0, "clocks ran out while the server was down, and were caught up")
    }

    /// Replays one warning beside a count of its own.
    private func check(
        _ stream: [StoredEntry], id: WarningID, due: Timestamp?
    ) -> (cautions: Int, late: Int) {
        var warning: Warning?
        var pushed: [Level: Int64] = [:]
        var supervised: Set<Level> = []
        var counted = (cautions: 0, late: 0)
        for stored in stream {
            guard let event = WarningEvent(kind: stored.entry.kind, payload: stored.entry.payload) else {
                Issue.record("\(id): event \(stored.sequence) cannot be read")
                continue
            }
            switch event {
            case .raised(let raised): warning = Warning(id: id, raised: raised, at: stored.entry.at)
            case .changed(let change):
                for level in change.issued {
                    pushed[level] = 0
                    supervised.remove(level)
                }
            case .cautioned(let caution):
                #expect(caution.count > pushed[caution.level] ?? 0, "\(id): a caution came twice")
                pushed[caution.level] = caution.count
                counted.cautions += 1
                if caution.isLate { counted.late += 1 }
            case .supervisionOrdered(let level, _, _):
                #expect(supervised.insert(level).inserted, "\(id): a supervision was ordered twice")
            case .cleared, .alarmLinked, .alarmCleared, .allClear, .reportOverdue, .acknowledged, .progressed,
                .reported, .reportReturned, .reportApproved, .fedBack, .annotated, .closed:
                break
            }
            if case .raised = event {} else { warning?.apply(event, at: stored.entry.at) }
        }
        #expect(warning?.nextDeadline == due, "\(id): its deadline is not in the database")
        if let due, let last = stream.last {
            // Whatever was due when the last event was written has been acted on.
            #expect(due > last.entry.at - .minutes(5), "\(id): a timer was forgotten")
        }
        return counted
    }
}
