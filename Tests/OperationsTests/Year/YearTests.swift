import Domain
import Kernel
import Operations
import Rig
import Storage
import Support
import Testing

/// A short year of a small province through the production operations.
@Suite struct YearTests {
    private static func plan(days: Int, seed: UInt64 = 1) -> YearPlan {
        let cities = (1...2).map { city in
            YearPlan.City(
                code: "140\(city)00", name: "第\(city)市",
                counties: (1...3).map { YearPlan.County(code: "140\(city)2\($0)", name: "第\(city)市第\($0)县") })
        }
        // Ends after a Monday and the first of a month, so that weekly, monthly and ranking bulletins are made.
        return YearPlan(
            seed: seed, from: Day(year: 2026, month: 1, day: 29) ?? Day(number: 0), days: days, provinceCode: "140000",
            provinceName: "某省", cities: cities, enterprises: 12, sampled: 2)
    }

    @Test(arguments: Engine.underTest)
    func `a week of a province breaks no rule`(engine: Engine) throws {
        var kinds: Set<BulletinKind> = []
        var documents = 0
        let outcome = try Year.run(Self.plan(days: 6), on: try engine.database()) { issued in
            kinds.insert(issued.kind)
            documents += 1
        }
        #expect(outcome.faults.isEmpty, "\(outcome.faults.prefix(10))")
        #expect(kinds == [.daily, .weekly, .monthly, .ranking])
        func count(_ name: String) -> Int { outcome.counts.first { $0.name == name }?.value ?? 0 }
        #expect(count("通报") == documents)
        for name in ["上传", "报警", "预警", "承诺", "履职任务", "已履职", "巡查", "抽查", "通报"] {
            #expect(count(name) > 0, "\(name)")
        }
        #expect(count("承诺") <= 6 * 12)
    }

    @Test func `the same seed gives the same days, another one others`() throws {
        func digest(_ seed: UInt64) throws -> String {
            try Year.run(Self.plan(days: 2, seed: seed), on: try Database.scratch()).digest
        }
        let first = try digest(3)
        #expect(try digest(3) == first)
        #expect(try digest(4) != first)
    }

    /// Each line breaks one rule behind the platform's back; the checks must see it.
    @Test(arguments: [
        ("a forgotten timer", "INSERT INTO due (kind, id, at) VALUES ('duty', 'lost', 5)"),
        ("not as ten o'clock decides", "UPDATE commitment SET first_received_at = first_received_at + 36000000"),
        ("weeks of a source", "DELETE FROM duty_task WHERE kind = 'weekly'"),
        ("not the law's number of divisions", "UPDATE patrol_day SET needed_divisions = needed_divisions + 1"),
        ("not the law's quota", "UPDATE check_day SET quota = quota - 1"),
        ("numbers with a gap", "UPDATE bulletin SET number = number + 1 WHERE kind = 'daily'"),
        (
            "a draft that was not there by nine",
            "UPDATE bulletin SET drafted_at = drafted_at + 3600000 WHERE ordinal = 0"
        ),
        ("closed out of order", "UPDATE warning SET reported_at = NULL WHERE closed_at IS NOT NULL"),
        ("the log is broken", "UPDATE log SET actor = 'somebody' WHERE sequence = 40"),
    ])
    func `the checks see what is broken`(fault: String, statement: String) throws {
        let database = try Database.open(.memory)
        let plan = Self.plan(days: 4)
        _ = try Year.run(plan, on: database)
        try database.write { session throws(StorageError) in _ = try session.execute(SQL(raw: statement)) }
        let found = try Year.faults(of: plan, in: database)
        #expect(found.contains { $0.hasPrefix(fault) }, "\(found.prefix(5))")
    }
}
