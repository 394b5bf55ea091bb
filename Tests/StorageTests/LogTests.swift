import Kernel
import Storage
import Support
import Testing

@Suite struct LogTests {
    @Test(arguments: Engine.underTest) func `a stream counts its versions and comes back in order`(engine: Engine)
        throws
    {
        let database = try engine.database()

        try database.write { session throws(StorageError) in
            #expect(try session.append(.example("w1", 1)) == 1)
            #expect(try session.append(.example("w2", 2)) == 1)
            #expect(try session.append(.example("w1", 3)) == 2)
        }
        try database.write { session throws(StorageError) in #expect(try session.append(.example("w1", 4)) == 3) }

        let stream = try database.read { session throws(StorageError) in
            try session.stream(kind: "warning", id: "w1")
        }
        #expect(stream.map(\.version) == [1, 2, 3])
        #expect(stream.map(\.sequence) == [1, 3, 4])
        #expect(stream.map(\.entry) == [.example("w1", 1), .example("w1", 3), .example("w1", 4)])
    }

    @Test(arguments: Engine.underTest) func `who acts on an old view is refused`(engine: Engine) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            try session.append(.example("w1", 1), expectedVersion: 0)
            try session.append(.example("w1", 2), expectedVersion: 1)
        }

        let error = #expect(throws: StorageError.self) {
            try database.write { session throws(StorageError) in
                try session.append(.example("w1", 3), expectedVersion: 1)
            }
        }

        #expect(error?.isConflict == true)
    }

    @Test(arguments: Engine.underTest)
    func `a transaction rolled back leaves no gap in the chain`(engine: Engine) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in try session.append(.example("w1", 1)) }

        #expect(throws: Refusal.notNow) {
            try database.write { session throws(Refusal) in
                do throws(StorageError) { try session.append(.example("w1", 2)) } catch { throw .storage(error) }
                throw Refusal.notNow
            }
        }
        try database.write { session throws(StorageError) in try session.append(.example("w1", 3)) }

        guard case .intact(let head) = try database.verify() else {
            Issue.record("the chain is broken")
            return
        }
        #expect(head.sequence == 2)
    }

    @Test(arguments: Engine.underTest) func `both engines give the same hashes`(engine: Engine) throws {
        let database = try engine.database()

        try database.write { session throws(StorageError) in
            for number in 1...3 { try session.append(.example("安\(number)", Int64(number))) }
        }

        let head = try database.read { session throws(StorageError) in try LogChain.head(in: &session) }
        #expect(Hash.hexadecimal(head.hash) == "957c3087b1cbe6395f0aa30a4e9c6e320a242a3bdfbf9ea2b6b0f519471ba240")
    }

    @Test(
        arguments: Engine.underTest,
        [
            ("UPDATE log SET payload = '{}' WHERE sequence = 5", 5, .changed),
            ("UPDATE log SET at = at + 1 WHERE sequence = 10", 10, .changed),
            ("UPDATE log SET actor = 'nobody' WHERE sequence = 1", 1, .changed),
            ("UPDATE log SET payload = 'no JSON' WHERE sequence = 4", 4, .changed),
            ("DELETE FROM log WHERE sequence = 7", 7, .missing),
            ("DELETE FROM log WHERE sequence = 1", 1, .missing),
            ("DELETE FROM log WHERE sequence >= 9", 9, .missing),
            ("DELETE FROM log", 1, .missing),
            (
                "UPDATE log SET sequence = CASE sequence WHEN 3 THEN -4 ELSE -3 END WHERE sequence IN (3, 4)", 3,
                .unlinked
            ),
            ("UPDATE chain SET sequence = 9", 10, .headDiffers),
            ("DELETE FROM chain", 10, .headDiffers),
        ] as [(String, Int64, LogChain.Break.Reason)])
    func `a row changed, removed or moved is found`(
        engine: Engine, damage: (String, Int64, LogChain.Break.Reason)
    ) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            for number in 1...10 { try session.append(.example("w\(number % 3)", Int64(number))) }
        }
        guard case .intact = try database.verify() else {
            Issue.record("broken before the damage")
            return
        }

        try database.write { session throws(StorageError) in
            try session.execute(SQL(raw: damage.0))
            try session.execute("UPDATE log SET sequence = -sequence WHERE sequence < 0")
        }

        #expect(try database.verify() == .broken(.init(sequence: damage.1, reason: damage.2)))
    }

    @Test(arguments: Engine.underTest)
    func `a log rewritten together with its head is found by an anchor`(engine: Engine) throws {
        let original = try engine.database()
        let forged = try engine.database()
        for (database, first) in [(original, Int64(1)), (forged, 99)] {
            try database.write { session throws(StorageError) in
                try session.append(.example("w1", first))
                try session.append(.example("w1", 2))
            }
        }
        let anchor = try original.read { session throws(StorageError) in try LogChain.head(in: &session) }

        #expect(try forged.verify(anchors: [anchor]) == .broken(.init(sequence: 2, reason: .anchorDiffers)))
        #expect(try original.verify(anchors: [anchor]) == .intact(head: anchor))
    }

    @Test(arguments: Engine.underTest.filter { $0 != .sqlite })
    func `two processes append in one line`(engine: Engine) async throws {
        let location = try engine.location()
        let stores = [try await Store.open(location, readers: 1), try await Store.open(location, readers: 1)]
        try await stores[0].migrate()

        try await withThrowingTaskGroup { group in
            for store in stores {
                group.addTask {
                    for number in 0..<25 {
                        try await store.write { session throws(StorageError) in
                            try session.append(.example("w1", Int64(number)))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }

        let verdict = try await stores[0].read { session throws(StorageError) in
            try LogChain.verify(batch: 7, in: &session)
        }
        guard case .intact(let head) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(head.sequence == 50)
    }
}

extension LogEntry {
    static func example(_ id: String, _ number: Int64) -> LogEntry {
        LogEntry(
            streamKind: "warning", streamID: id, kind: "raised", at: Timestamp(milliseconds: number),
            recordedAt: Timestamp(milliseconds: number + 1), actor: "system", payload: ["number": .integer(number)])
    }
}

extension Database {
    func verify(anchors: [LogChain.Anchor] = []) throws(StorageError) -> LogChain.Verdict {
        try read { session throws(StorageError) in try LogChain.verify(anchors: anchors, batch: 4, in: &session) }
    }
}
