import Domain
import Kernel
import Operations
import Storage

/// What must hold of the database whenever it is looked at.
enum RehearsalChecks {
    /// Rolls back what the check itself wrote.
    private enum Looked: TransactionFailure {
        case storage(StorageError)
        case found([String])
        init(storage: StorageError) { self = .storage(storage) }
    }

    static func faults(of run: RehearsalRun) throws(StorageError) -> [String] {
        var faults = try rebuildDifferences(run.database)
        faults += try run.database.read { session throws(StorageError) in
            var found = try WarningAudit.faults(in: &session)
            if case .broken(let place) = try LogChain.verify(in: &session) {
                found.append("the log is broken at \(place.sequence): \(place.reason)")
            }
            if case .broken(let place) = try UploadChain.verify(in: &session) {
                found.append("the uploads are broken at \(place.sequence): \(place.reason)")
            }
            found += try uploads(run, in: &session)
            found += try levels(in: &session)
            found += try deliveries(run, in: &session)
            return found
        }
        return faults
    }

    /// The projections are what the log makes of them.
    private static func rebuildDifferences(_ database: Database) throws(StorageError) -> [String] {
        do throws(Looked) {
            try database.write { session throws(Looked) in
                let differences: [String]
                do throws(StorageError) { differences = try WarningRebuild.run(in: &session) } catch {
                    throw .storage(error)
                }
                throw .found(differences)
            }
            return []
        } catch {
            switch error {
            case .found(let differences): return differences
            case .storage(let failure): throw failure
            }
        }
    }

    /// Every acknowledged upload is stored, once, with as many values as were acknowledged.
    private static func uploads(_ run: RehearsalRun, in session: inout Session) throws(StorageError) -> [String] {
        var stored: [String: [Int64]] = [:]
        let rows = try session.rows("SELECT gateway_id, seq, accepted FROM upload ORDER BY sequence") {
            row throws(StorageError) in
            (key: "\(row.next() as String)/\(row.next() as Int64)", count: row.next() as Int64)
        }
        for row in rows { stored[row.key, default: []].append(row.count) }
        var faults = stored.filter { $0.value.count > 1 }.map { "upload \($0.key) is stored \($0.value.count) times" }
        for (key, count) in run.acknowledged {
            let name = "GW-e\(key.enterprise)/\(key.seq)"
            if stored[name] != [Int64(count)] {
                faults.append("upload \(name) was acknowledged with \(count) values, stored: \(stored[name] ?? [])")
            }
        }
        return faults.sorted()
    }

    /// A source's level and its warning's agree; a source above blue has exactly one that stands.
    static func levels(in session: inout Session) throws(StorageError) -> [String] {
        try session.rows(
            """
            SELECT r.hazard_id, r.level, (SELECT count(*) FROM warning w WHERE w.hazard_id = r.hazard_id
                AND w.closed_at IS NULL AND w.cleared_at IS NULL AND w.level = r.level),
                (SELECT count(*) FROM warning w WHERE w.hazard_id = r.hazard_id AND w.closed_at IS NULL
                AND w.cleared_at IS NULL)
            FROM risk r ORDER BY r.hazard_id
            """
        ) { row throws(StorageError) in
            (
                hazard: row.next() as String, level: row.next() as Level, same: row.next() as Int64,
                standing: row.next() as Int64
            )
        }.filter { row in
            let wanted: Int64 = row.level == .blue ? 0 : 1
            return row.same != wanted || row.standing != wanted
        }.map { "\($0.hazard) is \($0.level.name) and has \($0.standing) standing warnings, \($0.same) of that level" }
    }

    /// What counts as delivered was received; what was received more than once was sent under one key.
    private static func deliveries(_ run: RehearsalRun, in session: inout Session) throws(StorageError) -> [String] {
        let delivered = try session.rows(
            "SELECT key FROM outbox WHERE state = 'delivered' AND channel <> 'portal' ORDER BY key"
        ) { row throws(StorageError) in row.next() as String }
        return delivered.filter { run.webhook.received[$0] == nil }.map { "\($0) is delivered and never arrived" }
    }
}

extension RehearsalRun {
    func outcome() throws(StorageError) -> Rehearsal.Outcome {
        try database.read { session throws(StorageError) in
            func count(_ sql: SQL) throws(StorageError) -> Int {
                Int(try session.first(sql) { row throws(StorageError) in row.next() as Int64 } ?? 0)
            }
            var hash = Hash(purpose: "fengsui rehearsal 1")
            hash.add(try LogChain.head(in: &session).hash)
            for sql in [
                "SELECT key || state || CAST(attempts AS TEXT) FROM outbox ORDER BY key",
                "SELECT id || CAST(opened_at AS TEXT) || current_state FROM alarm ORDER BY id",
            ] as [SQL] {
                let texts = try session.rows(sql) { row throws(StorageError) in row.next() as String }
                for text in texts { hash.add(text) }
            }
            for upload in try session.rows(
                "SELECT hash FROM upload ORDER BY sequence", { row throws(StorageError) in row.next() as [UInt8] })
            {
                hash.add(upload)
            }
            return Rehearsal.Outcome(
                digest: Hash.hexadecimal(hash.digest), transactions: transactions, crashes: crashes,
                uploads: try count("SELECT count(*) FROM upload"), repeatedUploads: repeatedUploads,
                alarms: try count("SELECT count(*) FROM alarm"), warnings: try count("SELECT count(*) FROM warning"),
                closed: try count("SELECT count(*) FROM warning WHERE closed_at IS NOT NULL"),
                deliveries: webhook.received.values.reduce(0, +), refusals: refusals, clockJumps: clockJumps)
        }
    }
}
