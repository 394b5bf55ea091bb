import Kernel
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(20))) struct StoreTests {
    @Test func `SQLite waits for the disk at every commit, in WAL mode`() async throws {
        let store = try await Engine.sqliteFile.store()

        let settings = try await store.write { session throws(StorageError) in
            [
                try session.first("PRAGMA synchronous") { row throws(StorageError) in String(row.next() as Int64) },
                try session.first("PRAGMA journal_mode") { row throws(StorageError) in row.next() as String },
                try session.first("PRAGMA foreign_keys") { row throws(StorageError) in String(row.next() as Int64) },
                try session.first("PRAGMA busy_timeout") { row throws(StorageError) in String(row.next() as Int64) },
            ]
        }

        #expect(settings == ["2", "wal", "1", "30000"])
    }

    @Test(arguments: Engine.underTest.filter { $0 != .sqlite }, [1])
    func `readers do not wait for the writer and see only what is committed`(engine: Engine, _: Int) async throws {
        let store = try await engine.store()
        let (isWriting, began) = AsyncStream.makeStream(of: Void.self)
        let gate = Gate()

        async let writing: Void = store.write { session throws(StorageError) in
            try session.put("a")
            began.finish()
            gate.wait()
        }
        for await _ in isWriting {}
        let during = try await store.read { session throws(StorageError) in try session.keys() }
        gate.open()
        try await writing
        let after = try await store.read { session throws(StorageError) in try session.keys() }

        #expect(during == [])
        #expect(after == ["a"])
    }

    @Test(arguments: Engine.underTest) func `many readers and writers at once`(engine: Engine) async throws {
        let store = try await engine.store()

        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    try await store.write { session throws(StorageError) in try session.put("k\(number)") }
                }
                group.addTask { _ = try await store.read { session throws(StorageError) in try session.keys() } }
            }
            try await group.waitForAll()
        }

        #expect(try await store.read { session throws(StorageError) in try session.keys() }.count == 40)
    }
}

@Suite(.enabled(if: Engine.underTest.contains(.postgres)), .timeLimit(.minutes(20))) struct PostgresTests {
    @Test func `after a lost connection the next transaction connects again`() async throws {
        let store = try await Engine.postgres.store()
        let other = try await Store.open(Engine.postgres.location(), readers: 1)
        let processes = try await [
            store.write { session throws(StorageError) in try session.process() },
            store.read { session throws(StorageError) in try session.process() },
        ]

        try await other.write { session throws(StorageError) in
            for process in processes {
                try session.first("SELECT CAST(pg_terminate_backend(CAST(\(process) AS INTEGER)) AS INTEGER)") {
                    row throws(StorageError) in row.next() as Int64
                }
            }
        }

        try await store.write { session throws(StorageError) in try session.put("a") }
        for _ in 0..<3 {
            #expect(try await store.read { session throws(StorageError) in try session.keys() } == ["a"])
        }
    }

    @Test func `a connection lost before COMMIT is unavailable, and nothing is stored`() async throws {
        let store = try await Engine.postgres.store()
        let killer = try Database.open(Engine.postgres.location())
        let box = Box(killer)

        let error = await #expect(throws: StorageError.self) {
            try await store.write { session throws(StorageError) in
                try session.put("a")
                let process = try session.process()
                try box.terminate(process)
            }
        }

        #expect(error?.isUnavailable == true)
        #expect(error?.detail.statement == "COMMIT")
        #expect(try await store.read { session throws(StorageError) in try session.keys() } == [])
        try await store.write { session throws(StorageError) in try session.put("b") }
    }

    @Test func `a server that is not there is unavailable`() async throws {
        let error = await #expect(throws: StorageError.self) {
            _ = try await Store.open(.postgres("postgresql://nobody@127.0.0.1:1/none"))
        }

        #expect(error?.isUnavailable == true)
    }
}

extension Session {
    mutating func process() throws(StorageError) -> Int64 {
        try first("SELECT CAST(pg_backend_pid() AS BIGINT)") { row throws(StorageError) in row.next() } ?? 0
    }
}

/// Hands a database to one other thread.
final class Box: @unchecked Sendable {
    private let database: Database
    init(_ database: Database) { self.database = database }

    func terminate(_ process: Int64) throws(StorageError) {
        try database.write { session throws(StorageError) in
            _ = try session.first("SELECT CAST(pg_terminate_backend(CAST(\(process) AS INTEGER), 5000) AS INTEGER)") {
                row throws(StorageError) in row.next() as Int64
            }
        }
    }
}
