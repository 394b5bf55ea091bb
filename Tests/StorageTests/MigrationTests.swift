import Kernel
import Storage
import Support
import Testing

@Suite struct MigrationTests {
    private let first = Migration(name: "1", statements: ["CREATE TABLE a (x <integer> PRIMARY KEY, y <text>)"])
    private let second = Migration(
        name: "2", statements: ["ALTER TABLE a ADD COLUMN z <real>", "CREATE INDEX a_by_y ON a (y)"])

    @Test(arguments: Engine.underTest) func `running twice changes nothing`(engine: Engine) throws {
        let database = try Database.open(engine.location())

        try database.migrate()
        try database.migrate()

        let names = try database.read { session throws(StorageError) in
            try session.rows("SELECT name FROM schema_migration ORDER BY position") { row throws(StorageError) in
                row.next() as String
            }
        }
        #expect(names == Migration.all.map(\.name))
    }

    @Test(arguments: Engine.underTest)
    func `a failing migration is named, rolled back, and leaves the old data`(engine: Engine) throws {
        let database = try Database.open(engine.location())
        let broken = Migration(
            name: "3-broken",
            statements: ["UPDATE a SET y = 'spoiled'", "CREATE TABLE b (x <integer>)", "CREATE TABLE a (x <integer>)"])
        try database.migrate([first])
        try database.write { session throws(StorageError) in
            try session.execute("INSERT INTO a (x, y) VALUES (\(1), \("kept"))")
        }

        let failure = #expect(throws: MigrationFailure.self) { try database.migrate([first, second, broken]) }

        guard case .failed(name: "3-broken", let error) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(error.detail.statement.hasPrefix("CREATE TABLE a"))
        let rows = try database.write { session throws(StorageError) in
            try session.execute("UPDATE a SET z = 1.5 WHERE x = 1")
            return try session.rows("SELECT y FROM a") { row throws(StorageError) in row.next() as String }
        }
        #expect(rows == ["kept"])
        try database.migrate([first, second])
    }

    @Test(arguments: Engine.underTest)
    func `a database of a newer version is refused in clear words`(engine: Engine) throws {
        let database = try Database.open(engine.location())
        try database.migrate([first, second])

        let failure = #expect(throws: MigrationFailure.self) { try database.migrate([first]) }

        #expect(failure == .newerDatabase(names: ["2"]))
        #expect(failure?.description.contains("更新版本") == true)
    }

    @Test(arguments: Engine.underTest) func `a migration edited after it ran is noticed`(engine: Engine) throws {
        let database = try Database.open(engine.location())
        try database.migrate([first])

        let failure = #expect(throws: MigrationFailure.self) {
            try database.migrate([Migration(name: "1", statements: ["CREATE TABLE a (x <integer>)"]), second])
        }

        #expect(failure == .edited(name: "1"))
    }

    @Test(arguments: Engine.underTest.filter { $0 != .sqlite })
    func `two processes that start together migrate once`(engine: Engine) async throws {
        let location = try engine.location()

        try await withThrowingTaskGroup { group in
            for _ in 0..<3 {
                group.addTask { try await Store.open(location, readers: 1).migrate() }
            }
            try await group.waitForAll()
        }
    }
}
