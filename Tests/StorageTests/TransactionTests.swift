import Kernel
import Storage
import Support
import Testing

enum Refusal: TransactionFailure, Equatable {
    case notNow
    case storage(StorageError)
    init(storage: StorageError) { self = .storage(storage) }
}

@Suite struct TransactionTests {
    @Test(arguments: Engine.underTest) func `a typed refusal rolls back and arrives`(engine: Engine) throws {
        let database = try engine.database()

        #expect(throws: Refusal.notNow) {
            try database.write { session throws(Refusal) in
                do throws(StorageError) { try session.put("a") } catch { throw Refusal(storage: error) }
                throw Refusal.notNow
            }
        }

        #expect(try database.read { session throws(StorageError) in try session.keys() } == [])
    }

    @Test(arguments: Engine.underTest) func `a taken key is a conflict that names the statement`(engine: Engine) throws
    {
        let database = try engine.database()
        try database.write { session throws(StorageError) in try session.put("a") }

        let error = #expect(throws: StorageError.self) {
            try database.write { session throws(StorageError) in
                try session.put("b")
                try session.put("a")
            }
        }

        #expect(error?.isConflict == true)
        #expect(error?.detail.statement.hasPrefix("INSERT INTO setting") == true)
        #expect(try database.read { session throws(StorageError) in try session.keys() } == ["a"])
    }

    @Test(arguments: Engine.underTest)
    func `a body that swallows an error does not commit`(engine: Engine) throws {
        let database = try engine.database()

        let error = #expect(throws: StorageError.self) {
            try database.write { session throws(StorageError) in
                try session.put("a")
                try? session.put("a")
            }
        }

        #expect(error?.isConflict == true)
        #expect(try database.read { session throws(StorageError) in try session.keys() } == [])
    }

    @Test(arguments: Engine.underTest) func `rules of the schema are constraints`(engine: Engine) throws {
        let database = try engine.database()
        let statements: [SQL] = [
            "INSERT INTO setting (key, value, changed_at) VALUES (\("a"), \(nil as String?), \(0))",
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at) VALUES ('h', 'nobody', 'n', 'k', 1, 0)
            """,
            "INSERT INTO authority (id, level, name, created_at) VALUES ('a', 'village', 'n', 0)",
        ]

        for statement in statements {
            let error = #expect(throws: StorageError.self) {
                try database.write { session throws(StorageError) in try session.execute(statement) }
            }
            guard case .constraint = error else {
                Issue.record("\(statement.text): \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: Engine.underTest) func `execute counts the rows it changed`(engine: Engine) throws {
        let database = try engine.database()

        try database.write { session throws(StorageError) in
            for key in ["a", "b", "c"] { try session.put(key) }
            #expect(try session.execute("UPDATE setting SET changed_at = \(1) WHERE key < \("c")") == 2)
            #expect(try session.execute("UPDATE setting SET changed_at = \(1) WHERE key = \("z")") == 0)
            #expect(
                try session.execute(
                    "INSERT INTO setting (key, value, changed_at) VALUES ('a', '', 0) ON CONFLICT DO NOTHING") == 0)
            #expect(try session.execute("DELETE FROM setting") == 3)
        }
    }

    @Test(arguments: Engine.underTest)
    func `a statement that answers its rows is run to the end`(engine: Engine) throws {
        let database = try engine.database()

        let first = try database.write { session throws(StorageError) in
            for key in ["a", "b", "c"] { try session.put(key) }
            return try session.first("UPDATE setting SET changed_at = 9 RETURNING changed_at") {
                row throws(StorageError) in row.next() as Int64
            }
        }

        #expect(first == 9)
        let changed = try database.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM setting WHERE changed_at = 9") { row throws(StorageError) in
                row.next() as Int64
            }
        }
        #expect(changed == 3)
    }

    @Test(arguments: Engine.underTest) func `a read cannot write`(engine: Engine) throws {
        let database = try engine.database()

        let error = #expect(throws: StorageError.self) {
            try database.read { session throws(StorageError) in try session.put("a") }
        }

        #expect(error != nil)
        #expect(try database.read { session throws(StorageError) in try session.keys() } == [])
    }

    @Test(arguments: Engine.underTest)
    func `more different statements than the cache holds are no trouble`(engine: Engine) throws {
        let database = try engine.database()

        let sum = try database.read { session throws(StorageError) in
            var sum: Int64 = 0
            for number in 0..<1_100 {
                sum +=
                    try session.first(SQL(raw: "SELECT \(number % 600) + ") + "\(1)") {
                        row throws(StorageError) in row.next() as Int64
                    } ?? 0
            }
            return sum
        }

        #expect(sum == Int64(1_100 + (0..<1_100).reduce(0) { $0 + $1 % 600 }))
    }

    @Test(arguments: Engine.underTest)
    func `a reader cannot write, and what it read stays as it was`(engine: Engine) throws {
        let database = try engine.database()
        #expect(throws: StorageError.self) {
            try database.read { session throws(StorageError) in
                _ = try session.execute("INSERT INTO setting (key, value, changed_at) VALUES ('reader', 'x', 1)")
            }
        }
        let count = try database.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM setting WHERE key = 'reader'") { row throws(StorageError) in
                row.next() as Int64
            }
        }
        #expect(count == 0)
    }

    @Test func `a database that leaves nothing behind commits, rolls back and refuses a writing reader`() throws {
        let database = try Database.scratch()
        try database.migrate()
        try database.write { session throws(StorageError) in
            try session.execute("INSERT INTO setting (key, value, changed_at) VALUES ('kept', 'x', 1)")
        }
        #expect(throws: StorageError.self) {
            try database.write { session throws(StorageError) in
                try session.execute("INSERT INTO setting (key, value, changed_at) VALUES ('gone', 'x', 1)")
                try session.execute("INSERT INTO setting (key, value, changed_at) VALUES ('kept', 'x', 1)")
            }
        }
        #expect(throws: StorageError.self) {
            try database.read { session throws(StorageError) in
                _ = try session.execute("DELETE FROM setting")
            }
        }
        let keys = try database.read { session throws(StorageError) in
            try session.rows("SELECT key FROM setting ORDER BY key") { row throws(StorageError) in row.next() as String
            }
        }
        #expect(keys == ["kept"])
    }
}

extension Session {
    mutating func put(_ key: String) throws(StorageError) {
        try execute("INSERT INTO setting (key, value, changed_at) VALUES (\(key), \("v"), \(0))")
    }

    mutating func keys() throws(StorageError) -> [String] {
        try rows("SELECT key FROM setting ORDER BY key") { row throws(StorageError) in row.next() }
    }
}
