import Domain
import Kernel
import Storage
import Support
import Testing

enum Colour: String, Sendable { case red, green }

@Suite struct ValueTests {
    @Test(arguments: Engine.underTest) func `every type comes back as it went, NULL as well`(engine: Engine) throws {
        let database = try engine.database()

        let json: JSON = ["a": 1, "b": [nil, true, "值"]]
        try database.write { session throws(StorageError) in
            let values = try session.first(
                """
                SELECT \(Int64.min), \(42), \(-1.5), \("硫化氢\n'\"$1?"), \([0, 255, 7] as [UInt8]), \(true),
                    \(Timestamp(milliseconds: -5)), \(Day(number: -3)), \(Interval.hours(2)), \(HazardID("h1")),
                    \(Level.orange), \(json), \(Colour.green)
                """
            ) { row throws(StorageError) in
                #expect(row.next() as Int64 == .min)
                #expect(row.next() as Int == 42)
                #expect(row.next() as Double == -1.5)
                #expect(row.next() as String == "硫化氢\n'\"$1?")
                #expect(row.next() as [UInt8] == [0, 255, 7])
                #expect(row.next() as Bool)
                #expect(row.next() as Timestamp == Timestamp(milliseconds: -5))
                #expect(row.next() as Day == Day(number: -3))
                #expect(row.next() as Interval == .hours(2))
                #expect(row.next() as HazardID == "h1")
                #expect(row.next() as Level == .orange)
                #expect(row.next() as JSON == json)
                #expect(row.next() as Colour == .green)
                return true
            }
            #expect(values == true)

            let nulls = try session.first(
                """
                SELECT \(nil as Int64?), \(nil as Double?), \(nil as String?), \(nil as [UInt8]?), \(nil as Bool?),
                    \(nil as Timestamp?), \(nil as HazardID?), \(nil as Level?), \(nil as JSON?), \(nil as Colour?)
                """
            ) { row throws(StorageError) in
                #expect(row.next() as Int64? == nil)
                #expect(row.next() as Double? == nil)
                #expect(row.next() as String? == nil)
                #expect(row.next() as [UInt8]? == nil)
                #expect(row.next() as Bool? == nil)
                #expect(row.next() as Timestamp? == nil)
                #expect(row.next() as HazardID? == nil)
                #expect(row.next() as Level? == nil)
                #expect(row.next() as JSON? == nil)
                #expect(row.next() as Colour? == nil)
                return true
            }
            #expect(nulls == true)

            let some = try session.first("SELECT \(5 as Int64?), \(Colour.red as Colour?), \([] as [UInt8])") {
                row throws(StorageError) in
                #expect(row.next() as Int64? == 5)
                #expect(row.next() as Colour? == .red)
                #expect(row.next() as [UInt8]? == [])
                return true
            }
            #expect(some == true)
        }
    }

    @Test(arguments: Engine.underTest)
    func `a NULL parameter compares, and small numbers add as 64 bits`(engine: Engine) throws {
        let database = try engine.database()

        let none: String? = nil
        let answer = try database.read { session throws(StorageError) in
            try session.first(
                """
                WITH v (x) AS (VALUES (1), (2)) SELECT \(none) IS NULL, \(Int64(4_000_000_000)) + 1, \(1) + 3000000000,
                    CAST(sum(x) AS BIGINT) FROM v
                """
            ) { row throws(StorageError) in [Int64(row.next() as Int), row.next(), row.next(), row.next()] }
        }

        #expect(answer == [1, 4_000_000_001, 3_000_000_001, 3])
    }

    @Test(arguments: Engine.underTest)
    func `what an engine would store otherwise than given is refused`(engine: Engine) throws {
        let database = try engine.database()

        for value in [SQLValue.real(.nan), .text("a\0b")] {
            #expect(throws: StorageError.self) {
                try database.write { session throws(StorageError) in
                    try session.first("SELECT \(value)") { row throws(StorageError) in row.skip() }
                }
            }
        }
    }

    @Test(arguments: Engine.underTest) func `texts are ordered by code point`(engine: Engine) throws {
        let database = try engine.database()
        let words = ["b", "B", "a", "_", "Z", "é", "安", "危", "-1", "10", "9"]

        let ordered = try database.write { session throws(StorageError) in
            for word in words {
                try session.execute("INSERT INTO setting (key, value, changed_at) VALUES (\(word), \(word), \(0))")
            }
            return try session.rows("SELECT key FROM setting ORDER BY key") { row throws(StorageError) in
                row.next() as String
            }
        }

        #expect(ordered == words.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
    }
}

@Suite struct SQLTests {
    @Test func `parameters are numbered when the whole is rendered`() {
        let inner: SQL = "x = \(1) OR y = \("b")"
        let middle: SQL = "(\(inner)) AND z = \(2.5)"
        let sql: SQL = "SELECT \(true) FROM t WHERE \(middle) AND w = \(nil as Int?) LIMIT \(7)"

        #expect(sql.text == "SELECT $1 FROM t WHERE (x = $2 OR y = $3) AND z = $4 AND w = $5 LIMIT $6")
        #expect(
            sql.values == [.integer(1), .integer(1), .text("b"), .real(2.5), .integer(nil), .integer(7)])
    }

    @Test func `parts are joined and added`() {
        let parts: [SQL] = ["a = \(1)", "b = \(2)", "c = \(3)"]

        #expect(parts.joined(separator: " AND ").text == "a = $1 AND b = $2 AND c = $3")
        #expect((parts[0] + ", " + parts[1]).text == "a = $1, b = $2")
    }

    @Test(arguments: Engine.underTest) func `an empty list is an empty set`(engine: Engine) throws {
        let database = try engine.database()

        let counts = try database.read { session throws(StorageError) in
            let lists: [[Int]] = [[], [1], [1, 3, 3]]
            var counts: [Int64] = []
            for list in lists {
                for sql: SQL in [
                    "WITH v (x) AS (VALUES (1), (2), (3)) SELECT count(*) FROM v WHERE x IN (\(list: list))",
                    "WITH v (x) AS (VALUES (1), (2), (3)) SELECT count(*) FROM v WHERE x NOT IN (\(list: list))",
                ] {
                    counts.append(try session.first(sql) { row throws(StorageError) in row.next() as Int64 } ?? -1)
                }
            }
            return counts
        }

        #expect(counts == [0, 3, 1, 2, 2, 1])
    }
}
