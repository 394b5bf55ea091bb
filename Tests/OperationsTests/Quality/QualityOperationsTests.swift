import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Findings in the database: noted, handed down, put right; the daily score; deadlines.
@Suite struct QualityOperationsTests {
    typealias Fixture = RegistryFixture
    private let enterprise: EnterpriseID = "140521001"
    private let county = Scope.authority("140521")

    private func subject(_ rule: QualityRule) -> QualityFindingStore.Subject {
        .init(rule: rule, enterprise: enterprise, hazard: "140521001001", point: "140521001L01")
    }

    private func list(
        _ database: Database, scope: Scope, all: Bool = false
    ) throws -> [QualityFindingListing] {
        var filter = QualityFindingListing.Filter()
        filter.isOpenOnly = !all
        let wanted = filter
        return try database.look { session throws(StorageError) in
            try QualityFindingListing.all(wanted, scope: scope, now: Fixture.start, limit: 100, in: &session)
        }
    }

    private func note(
        _ rule: QualityRule, _ database: Database, _ context: inout OperationContext, detail: String = "x"
    ) throws -> QualityFindingID {
        let sighting = QualityOperations.Sighting(subject(rule), detail: detail)
        var inner = context
        defer { context = inner }
        return try database.write { session throws(StorageError) in
            try QualityOperations.note(sighting, context: &inner, in: &session)
        }
    }

    private func perform(
        _ command: QualityFinding.Command, _ id: QualityFindingID, by actor: QualityFinding.Actor, scope: Scope,
        as account: String, _ database: Database, at: Timestamp = Fixture.start
    ) throws {
        var context = Fixture.context(actor: account)
        context.now = at
        try database.write { session throws(QualityFailure) in
            try QualityOperations.perform(command, on: id, by: actor, scope: scope, context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest)
    func `SJ-27 SZ-09 a finding goes to the enterprise and comes back, each step logged and told`(engine: Engine) throws
    {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let id = try note(.replayed, database, &context)
        // Seen once more: the same finding.
        #expect(try note(.replayed, database, &context, detail: "y") == id)
        var line = try #require(try list(database, scope: county).first)
        #expect(line.state == .found && line.count == 2 && line.detail == "y" && line.severity == .serious)
        #expect(try list(database, scope: .authority("140525")).isEmpty)
        try perform(.assign(deadline: nil, advice: "查"), id, by: .authority, scope: county, as: "a", database)
        line = try #require(try list(database, scope: county).first)
        #expect(line.state == .assigned && line.deadline == Fixture.start + .days(3))
        try perform(.rectify("更换仪表"), id, by: .enterprise, scope: .enterprise(enterprise), as: "e", database)
        try perform(.recheck(isPassed: true, note: ""), id, by: .authority, scope: county, as: "a", database)
        #expect(try list(database, scope: county).isEmpty)
        try database.look { session throws(StorageError) in
            let log = try session.stream(kind: "quality", id: id.rawValue).map(\.entry.kind)
            #expect(log == ["found", "assigned", "rectified", "passed"])
            let steps = try QualityFindingListing.steps(of: id, in: &session).map(\.kind)
            #expect(steps == ["found", "assigned", "rectified", "passed"])
            let told = try NoticeStore.receipts(subject: "quality:\(id)", in: &session).map(\.recipient)
            #expect(told == [.enterprise("140521001"), .authority("140521")])
            let timers = try DueStore.due(.quality, through: .distantFuture, limit: 10, in: &session)
            #expect(timers.isEmpty)
        }
        // Within thirty days it is the same matter again.
        context.now = Fixture.start + .days(5)
        #expect(try note(.replayed, database, &context) == id)
        let again = try #require(try list(database, scope: county).first)
        #expect(again.state == .assigned && again.reopenedCount == 1)
    }

    @Test(arguments: Engine.underTest)
    func `XC-36 outside the jurisdiction there is nothing, and the centre raises no problem`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let id = try note(.tooSmooth, database, &context)
        let foreign = database.refusal { session throws(QualityFailure) in
            var context = Fixture.context(actor: "x")
            try QualityOperations.perform(
                .assign(deadline: nil, advice: ""), on: id, by: .authority, scope: .authority("140525"),
                context: &context, in: &session)
        }
        #expect(foreign == .notFound)
        let center = database.refusal { session throws(QualityFailure) in
            var context = Fixture.context(actor: "c")
            try QualityOperations.perform(
                .supervise("x"), on: id, by: .center, scope: .authority("center"), context: &context, in: &session)
        }
        guard case .refused(.notYours) = center else {
            Issue.record("the centre supervised: \(String(describing: center))")
            return
        }
    }

    @Test(arguments: Engine.underTest)
    func `SJ-27 an overdue serious finding becomes a problem, once`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let id = try note(.clamped, database, &context)
        try perform(.assign(deadline: nil, advice: ""), id, by: .authority, scope: county, as: "a", database)
        for offset in [Interval.days(3), .days(4)] {
            context.now = Fixture.start + offset
            var inner = context
            try database.write { session throws(StorageError) in
                _ = try QualityOperations.runDue(context: &inner, in: &session, limit: 10)
            }
            context = inner
        }
        let line = try #require(try list(database, scope: county).first)
        #expect(line.isSupervised && line.problem != nil)
        #expect(line.overdueAt == Fixture.start + .days(3))
        let problems = try database.look { session throws(StorageError) in
            try session.first("SELECT count(*) FROM problem") { row throws(StorageError) in row.next() as Int } ?? 0
        }
        #expect(problems == 1)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-02 SJ-06b JC-13 a day's score is the sum of its things, and what is gone closes`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let day = Day(number: Day(Fixture.start).number - 1)
        var read = PointDay(day: day)
        (read.readings, read.liveReadings, read.lateReadings, read.accurateReadings) = (1_000, 1_000, 100, 900)
        let scan = QualityScanStore.Scan(enterprise: enterprise, day: day)
        let results = [
            QualityDayOperations.PointResult(point: "140521001L01", day: read, suspicions: [])
        ]
        func finish() throws {
            var inner = context
            try database.write { session throws(StorageError) in
                try QualityDayOperations.finish(scan, points: results, context: &inner, in: &session)
            }
            context = inner
        }
        try finish()
        let rules = Set(try list(database, scope: county).map(\.rule))
        // A pressure tank needs temperature and pressure too; nobody is in office; nothing ever came by upload.
        #expect(rules == [.missingQuantity, .responsibleMissing, .neverConnected])
        try database.look { session throws(StorageError) in
            let tally = try QualityStore.scores(day: day, scope: county, in: &session).first?.tally ?? QualityTally()
            #expect(tally[.promptness] == .init(900, of: 1_000))
            #expect(tally[.accuracy] == .init(900, of: 1_000))
            #expect(tally[.truth] == .init(1, of: 1))
            // One point with data, one of three quantities, the source's points, none of three persons.
            #expect(tally[.completeness] == .init(3, of: 8))
            let items = try QualityStore.items(
                of: enterprise, day: day, scope: county, limit: 100, in: &session)
            #expect(items.reduce(QualityTally()) { $0 + $1.tally } == tally)
            let trend = try QualityStore.trend(from: day, through: day, scope: county, in: &session)
            #expect(trend.first?.tally == tally)
            #expect(try QualityStore.scores(day: day, scope: .authority("140525"), in: &session).isEmpty)
            let stored = try QualityDayStore.history(of: "140521001L01", before: day.next, days: 3, in: &session)
            #expect(stored == [read])
        }
        // The point sends: its finding closes by itself; a second run of the day changes nothing else.
        try database.write { session throws(StorageError) in
            try session.execute(
                """
                INSERT INTO point_state (point_id, value, value_at, quality, received_at, state, latches)
                VALUES ('140521001L01', 5.0, \(Fixture.start), 'GOOD', \(Fixture.start), 'normal', 0)
                """)
        }
        try finish()
        #expect(Set(try list(database, scope: county).map(\.rule)) == [.missingQuantity, .responsibleMissing])
    }

    @Test(arguments: Engine.underTest)
    func `SJ-02 each day is asked for once, and missed days are made up`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        func run(at: Timestamp) throws {
            context.now = at
            var inner = context
            try database.write { session throws(StorageError) in
                try QualityOperations.arm(context: &inner, in: &session)
                _ = try QualityOperations.runDue(context: &inner, in: &session, limit: 10)
            }
        }
        // The enterprises were registered yesterday; of the day before nothing is asked.
        let first = Day(Fixture.start).next
        func waiting() throws -> Int {
            try database.look { session throws(StorageError) in try QualityScanStore.waiting(in: &session) }
        }
        try run(at: first.start + .hours(1))
        #expect(try waiting() == 2)
        try run(at: first.start + .hours(2))
        #expect(try waiting() == 2)
        // Two days without a server.
        try run(at: Day(number: first.number + 3).start + .hours(9))
        #expect(try waiting() == 8)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-21 a point that is silent is missing, unless the county has confirmed that it is out of use`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let day = Day(number: Day(Fixture.start).number - 1)
        func completeness() throws -> QualityTally.Part? {
            var inner = context
            try database.write { session throws(StorageError) in
                try QualityDayOperations.finish(
                    .init(enterprise: "140521001", day: day), points: [], context: &inner, in: &session)
            }
            context = inner
            return try database.look { session throws(StorageError) in
                try QualityStore.scores(day: day, scope: county, in: &session).first?.tally[.completeness]
            }
        }
        let before = try #require(try completeness())
        func exempt(approved: Bool) throws {
            try database.write { session throws(StorageError) in
                try session.execute("DELETE FROM exemption")
                try session.execute(
                    """
                    INSERT INTO exemption (id, kind, enterprise_id, point_id, reason, from_at, requested_at,
                        requested_by, decided_at, decided_by, approved)
                    VALUES ('x', 'outOfUse', '140521001', '140521001L01', '停用', 0, 0, 'e', 0, 'a', \(approved))
                    """)
            }
        }
        try exempt(approved: false)
        #expect(try completeness() == before)
        try exempt(approved: true)
        #expect(try completeness() == .init(before.numerator, of: before.denominator - 1))
    }

    @Test(arguments: Engine.underTest)
    func `SJ-24 A32 a plant that stops under a filing of that hour is accused of nothing; its cameras are looked at`(
        engine: Engine
    ) throws {
        let database = try Fixture.database(engine)
        let day = Day(number: Day(Fixture.start).number - 1)
        let ten = day.start + .hours(10)
        try database.write { session throws(StorageError) in
            for (id, at) in [("140521001L01", ten + .minutes(10)), ("140521001L02", ten - .minutes(10))] {
                try session.execute(
                    """
                    INSERT INTO presence_span (subject_kind, subject_id, enterprise_id, online_from, online_until)
                    VALUES ('point', \(id), '140521001', 0, \(at))
                    """)
            }
            for (id, place) in [("v1", "tank"), ("v2", "gate")] {
                try session.execute(
                    """
                    INSERT INTO camera (id, enterprise_id, hazard_id, name, place, in_use, created_at)
                    VALUES (\(id), '140521001', '140521001001', \(id), \(place), 1, 0)
                    """)
            }
            try session.execute(
                """
                INSERT INTO camera_state (camera_id, enterprise_id, is_online, since, heard_at)
                VALUES ('v1', '140521001', 0, \(ten), \(ten))
                """)
            try session.execute(
                """
                INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at,
                    submitted_at, submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
                VALUES ('f', '140521001', 'plannedStop', 0, 'x', 'x', \(ten), \(ten + .days(9)), 0, 'a', 0, 0, \(ten),
                    \(ten + .days(9)), '')
                """)
            for (kind, part) in [("hazard", "140521001001"), ("point", "140521001L01"), ("point", "140521001L02")] {
                try session.execute(
                    "INSERT INTO filing_part (filing_id, kind, part_id) VALUES ('f', \(kind), \(part))")
            }
        }
        try database.look { session throws(StorageError) in
            let silences = try QualityInputs.silences(
                of: "140521001", from: day.start, until: day.next.start, in: &session)
            #expect(silences == [ten - .minutes(10)])
            // Never heard is not in sight either; a filing of the source covers no camera.
            let dark = try QualityInputs.darkCameras(of: "140521001", at: ten + .hours(1), in: &session)
            #expect(dark.map(\.name) == ["v1", "v2"])
        }
    }

    @Test(arguments: Engine.underTest)
    func `SJ-05 the enterprise's ledger of gas detectors is kept and logged`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context(actor: "e")
        try database.write { session throws(QualityFailure) in
            try QualityOperations.tellLedger(12, of: "140521001", context: &context, in: &session)
        }
        try database.look { session throws(StorageError) in
            #expect(try GasLedgerStore.detectors(of: "140521001", in: &session) == 12)
            #expect(try QualityInputs.register(of: "140521001", in: &session).gasLedger == 12)
            #expect(try QualityInputs.register(of: "140525001", in: &session).gasLedger == nil)
        }
        let refused = database.refusal { session throws(QualityFailure) in
            try QualityOperations.tellLedger(-1, of: "140521001", context: &context, in: &session)
        }
        #expect(refused != nil)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-18 a promise that the data contradicts is a finding, unless it was explained`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let day = Day(number: Day(Fixture.start).number - 1)
        try database.write { session throws(StorageError) in
            for (id, explained) in [("c1", nil), ("c2", Fixture.start)] as [(String, Timestamp?)] {
                try session.execute(
                    """
                    INSERT INTO commitment_contradiction (id, enterprise_id, day, key, kind, detail, evidence,
                        found_at, last_at, explained_at)
                    VALUES (\(id), '140521001', \(day), \(id), 'x', \("停产而温度在变 " + id), '{}', 0, 0, \(explained))
                    """)
            }
        }
        try database.write { session throws(StorageError) in
            try QualityDayOperations.finish(
                .init(enterprise: "140521001", day: day), points: [], context: &context, in: &session)
        }
        let found = try list(database, scope: county).first { $0.rule == .commitmentContradicted }
        #expect(found?.detail.contains("1 处") == true && found?.detail.contains("c1") == true)
    }

    @Test(arguments: Engine.underTest)
    func `SJ-01 A6 a source whose warnings begin again and again is found`(engine: Engine) throws {
        let database = try Fixture.database(engine)
        var context = Fixture.context()
        let day = Day(number: Day(Fixture.start).number - 1)
        try database.write { session throws(StorageError) in
            for (index, minute) in [0, 60, 65, 120, 128].enumerated() {
                let raised = day.start + .minutes(Int64(minute))
                let closed = raised + .minutes(minute == 0 ? 2 : 3)
                try session.execute(
                    """
                    INSERT INTO warning (id, hazard_id, enterprise_id, phase, level, peak_level, ordinal, raised_at,
                        changed_at, closed_at, rule_version, version, caution_count, open_supervisions)
                    VALUES (\("w\(index)"), '140521001001', '140521001', 'closed', 'yellow', 'yellow', \(index),
                        \(raised), \(closed), \(closed), 0, 1, 0, 0)
                    """)
            }
        }
        try database.write { session throws(StorageError) in
            try QualityDayOperations.finish(
                .init(enterprise: "140521001", day: day), points: [], context: &context, in: &session)
        }
        let found = try list(database, scope: county).first { $0.rule == .repeatedRebound }
        #expect(found?.hazard == "140521001001" && found?.detail.contains("2 次") == true)
    }
}
