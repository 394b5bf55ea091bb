import Kernel
import Operations
import Storage
import Support
import Testing

/// Every kind of damage to every kind of evidence is found and named, on both engines.
@Suite(.serialized) struct EvidenceTests {
    private static let count: Int64 = 9

    private func filled(_ engine: Engine) throws -> Database {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            for number in 1...Self.count {
                try session.append(
                    LogEntry(
                        // Sign-ins and changes are entries of the same chain.
                        streamKind: number.isMultiple(of: 3) ? "audit" : "warning", streamID: "s\(number % 2)",
                        kind: "k", at: Timestamp(milliseconds: number), recordedAt: Timestamp(milliseconds: number),
                        actor: "a", payload: ["number": .integer(number)]))
                let body = [UInt8]("{\"n\":\(number)}".utf8)
                try UploadChain.append(
                    [
                        Upload(
                            gateway: "g1", epoch: "e", seq: number, receivedAt: Timestamp(milliseconds: number),
                            bodyHash: Hash.sha256(body), payload: body, acceptedCount: 1, rejected: "[]")
                    ], in: &session)
                try MessageStore.insert(
                    MessageRecord(
                        sequence: number, gateway: "g1", enterprise: "e1", kind: "offline",
                        receivedAt: Timestamp(milliseconds: number), accepted: 1, rejected: 0,
                        body: String(decoding: body, as: UTF8.self)), in: &session)
            }
        }
        return database
    }

    private func verdict(
        _ table: String, _ database: Database, anchors: [LogChain.Anchor] = []
    ) throws -> LogChain.Verdict {
        try database.read { session throws(StorageError) in
            table == "log"
                ? try LogChain.verify(anchors: anchors, in: &session)
                : try UploadChain.verify(anchors: anchors, in: &session)
        }
    }

    private func stray(_ database: Database) throws -> [EvidenceAudit.Fault] {
        try database.read { session throws(StorageError) in try EvidenceAudit.faults(in: &session) }
    }

    /// The columns of a table that may be changed without breaking a rule of the schema, each with another value.
    private static let changes: [String: [String]] = [
        "log": [
            "stream_kind = 'x'", "stream_id = 'x'", "version = version + 100", "kind = 'x'", "at = at + 1",
            "recorded_at = recorded_at - 1", "actor = 'x'", "payload = '{}'",
        ],
        "upload": [
            "gateway_id = 'x'", "epoch = 'x'", "seq = seq + 100", "received_at = received_at + 1",
            "body_hash = payload", "payload = body_hash", "accepted = 0", "rejected = ''",
        ],
    ]

    @Test(arguments: Engine.underTest, ["log", "upload"])
    func `each column changed in the first, a middle and the last row is found`(
        engine: Engine, table: String
    ) throws {
        let database = try filled(engine)
        #expect(try stray(database) == [])
        for change in try #require(Self.changes[table]) {
            for place in [1, 5, Self.count] {
                let failure = #expect(throws: Undone.self) {
                    try database.write { session throws(Undone) in
                        try Undone.storing { () throws(StorageError) in
                            try session.execute(
                                SQL(raw: "UPDATE \(table) SET \(change) WHERE sequence = \(place)"))
                        }
                        let found = try Undone.storing { () throws(StorageError) in
                            table == "log"
                                ? try LogChain.verify(in: &session) : try UploadChain.verify(in: &session)
                        }
                        throw .found(found)
                    }
                }
                #expect(failure == .found(.broken(.init(sequence: place, reason: .changed))), "\(change) \(place)")
            }
        }
        guard case .intact = try verdict(table, database) else {
            Issue.record("the damage was not undone")
            return
        }
    }

    @Test(arguments: Engine.underTest, ["log", "upload"])
    func `a row removed at any place is found, the tail too`(engine: Engine, table: String) throws {
        for place in [1, 5, Self.count] {
            let database = try filled(engine)
            try database.write { session throws(StorageError) in
                try session.execute(SQL(raw: "DELETE FROM \(table) WHERE sequence = \(place)"))
            }
            #expect(try verdict(table, database) == .broken(.init(sequence: place, reason: .missing)))
        }
        // The tail cut off together with the head: only what was noted down elsewhere tells.
        let database = try filled(engine)
        guard case .intact(let noted) = try verdict(table, database) else { return }
        try database.write { session throws(StorageError) in
            try session.execute(SQL(raw: "DELETE FROM \(table) WHERE sequence > 6"))
            try session.execute(
                SQL(
                    raw: "UPDATE chain SET sequence = 6, hash = (SELECT hash FROM \(table) WHERE sequence = 6) "
                        + "WHERE name = '\(table)'"))
        }
        let anchor = try #require(LogChain.Anchor(noted.text))
        #expect(try verdict(table, database, anchors: [anchor]) == .broken(.init(sequence: 7, reason: .missing)))
    }

    @Test(arguments: Engine.underTest, ["log", "upload"])
    func `a row slipped in before, between or behind is found`(engine: Engine, table: String) throws {
        let columns =
            table == "log"
            ? ("stream_kind, stream_id, version, kind, at, recorded_at, actor, payload", "'x','x',1,'x',1,1,'x','{}'")
            : ("gateway_id, epoch, seq, received_at, body_hash, payload, accepted, rejected", nil as String?)
        for place in [0, 1, 5, Self.count + 1] as [Int64] {
            let database = try filled(engine)
            try database.write { session throws(StorageError) in
                if place > 0 {
                    // Make room: later rows move up by one.
                    try session.execute(
                        SQL(raw: "UPDATE \(table) SET sequence = -sequence - 1 WHERE sequence >= \(place)"))
                    try session.execute(SQL(raw: "UPDATE \(table) SET sequence = -sequence WHERE sequence < 0"))
                }
                let values =
                    columns.1 ?? "gateway_id, 'forged', seq, received_at, body_hash, payload, accepted, rejected"
                try session.execute(
                    SQL(
                        raw: "INSERT INTO \(table) (sequence, \(columns.0), previous_hash, hash) "
                            + "SELECT \(place), \(values), hash, hash FROM \(table) "
                            + "WHERE sequence = \(place > 1 ? place - 1 : 2)"))
            }
            if place == 0 {
                #expect(try stray(database).contains(.init(table: table, key: "0", reason: .inserted)))
            } else {
                guard case .broken(let found) = try verdict(table, database) else {
                    Issue.record("\(place) was not found")
                    continue
                }
                #expect(found.sequence == place)
            }
        }
    }

    @Test(arguments: Engine.underTest) func `a message changed or slipped in is found`(engine: Engine) throws {
        for place in [1, 5, Self.count] {
            let database = try filled(engine)
            try database.write { session throws(StorageError) in
                try session.execute("UPDATE message SET body = body || ' ' WHERE upload_sequence = \(place)")
                try session.execute(
                    """
                    INSERT INTO message (upload_sequence, gateway_id, enterprise_id, kind, received_at, accepted,
                        rejected, body)
                    SELECT 99, gateway_id, enterprise_id, kind, received_at, accepted, rejected, body FROM message
                    WHERE upload_sequence = 1
                    """)
            }
            #expect(
                try stray(database) == [
                    .init(table: "message", key: "\(place)", reason: .changed),
                    .init(table: "message", key: "99", reason: .inserted),
                ])
        }
    }

    @Test(arguments: BackupTests.engines)
    func `a photo changed, removed or slipped in is found`(engine: Engine) throws {
        let database = try OldData.upgraded(engine)
        let ids = try database.read { session throws(StorageError) in
            try session.rows("SELECT id FROM duty_photo ORDER BY id") { row throws(StorageError) in
                row.next() as String
            }
        }
        #expect(ids.count >= 3)
        #expect(try stray(database) == [])
        let (first, middle, last) = (ids[0], ids[ids.count / 2], ids[ids.count - 1])
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO duty_photo (id, task_id, enterprise_id, media_type, size, hash, bytes, taken_at, taken_by)
                SELECT 'zz', task_id, enterprise_id, media_type, size, hash, bytes, taken_at, taken_by
                FROM duty_photo WHERE id = \(first)
                """)
            try session.execute("UPDATE duty_photo SET bytes = hash WHERE id = \(middle)")
            try session.execute("DELETE FROM duty_photo WHERE id = \(last)")
        }
        #expect(
            Set(try stray(database)) == [
                .init(table: "duty_photo", key: middle, reason: .changed),
                .init(table: "duty_photo", key: "zz", reason: .inserted),
                .init(table: "duty_photo", key: last, reason: .missing),
            ])
    }

    /// Takes a damage back after it was looked at.
    private enum Undone: Error, Equatable, TransactionFailure {
        case storage(StorageError)
        case found(LogChain.Verdict)

        init(storage: StorageError) { self = .storage(storage) }

        @discardableResult
        static func storing<T>(_ body: () throws(StorageError) -> T) throws(Undone) -> T {
            do throws(StorageError) { return try body() } catch { throw .storage(error) }
        }
    }
}
