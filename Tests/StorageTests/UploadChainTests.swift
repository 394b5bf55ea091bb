import Kernel
import Storage
import Support
import Testing

@Suite struct UploadChainTests {
    @Test(
        arguments: Engine.underTest,
        [
            ("UPDATE upload SET received_at = received_at + 1 WHERE sequence = 2", .changed, 2),
            ("UPDATE upload SET payload = body_hash WHERE sequence = 3", .changed, 3),
            ("DELETE FROM upload WHERE sequence = 2", .missing, 2),
            ("DELETE FROM upload WHERE sequence = 5", .missing, 5),
        ] as [(String, LogChain.Break.Reason, Int64)])
    func `SJ-20 an upload changed or removed is found`(
        engine: Engine, damage: (String, LogChain.Break.Reason, Int64)
    ) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            #expect(try UploadChain.append([Self.upload(1), Self.upload(2)], in: &session) == 1)
            #expect(try UploadChain.append([], in: &session) == nil)
        }
        try database.write { session throws(StorageError) in
            #expect(try UploadChain.append((3...5).map(Self.upload), in: &session) == 3)
        }
        guard case .intact(let head) = try verify(database) else {
            Issue.record("broken before the damage")
            return
        }
        #expect(head.sequence == 5)

        try database.write { session throws(StorageError) in try session.execute(SQL(raw: damage.0)) }

        #expect(try verify(database) == .broken(.init(sequence: damage.2, reason: damage.1)))
    }

    @Test(arguments: Engine.underTest) func `the same upload twice is a conflict`(engine: Engine) throws {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            _ = try UploadChain.append([Self.upload(1)], in: &session)
        }

        let error = #expect(throws: StorageError.self) {
            try database.write { session throws(StorageError) in
                _ = try UploadChain.append([Self.upload(1)], in: &session)
            }
        }

        #expect(error?.isConflict == true)
    }

    private static func upload(_ seq: Int64) -> Upload {
        Upload(
            gateway: "g1", epoch: "e", seq: seq, receivedAt: Timestamp(milliseconds: seq),
            bodyHash: Hash.sha256([UInt8(seq)]), payload: [1, 2, 3], acceptedCount: 3, rejected: "[]")
    }

    private func verify(_ database: Database) throws(StorageError) -> LogChain.Verdict {
        try database.read { session throws(StorageError) in try UploadChain.verify(batch: 2, in: &session) }
    }
}
