import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

@Suite struct BulletinOperationsTests {
    static let city: AuthorityID = "140500"
    static let county: AuthorityID = "140525"
    /// Monday 2026-11-23, 8:30.
    static let morning = Day(year: 2026, month: 11, day: 23)!.start + BulletinCalendar.draftAfterMidnight

    static func context(_ at: Timestamp, actor: String = "writer") -> OperationContext {
        OperationContext(now: at, actor: actor, ids: IdentifierSource(seed: UInt64(bitPattern: at.milliseconds)))
    }

    static func draft(_ database: Database, at now: Timestamp) throws {
        var context = context(now, actor: "system")
        try database.write { session throws(StorageError) in
            while try BulletinOperations.runDue(context: &context, in: &session, limit: 100) > 0 {}
        }
    }

    /// The clock stands since Sunday; the next drafts are Monday's.
    static func ready(_ engine: Engine) throws -> Database {
        let database = try RegistryFixture.database(engine)
        try database.write { session throws(StorageError) in
            try DueStore.set(.bulletin, id: "daily", at: Self.morning, in: &session)
            try BulletinOperations.recover(context: Self.context(Self.morning), in: &session)
        }
        return database
    }

    static func list(
        _ database: Database, _ office: AuthorityID, _ kind: BulletinKind? = nil
    ) throws -> [BulletinListing] {
        var filter = BulletinListing.Filter()
        filter.office = office
        filter.kind = kind
        let wanted = filter
        return try database.look { session throws(StorageError) in
            try BulletinListing.all(wanted, scope: .authority(office), limit: 500, in: &session)
        }
    }

    @discardableResult
    static func issue(
        _ database: Database, _ id: BulletinID, _ office: AuthorityID, at now: Timestamp
    ) throws(BulletinFailure) -> Document {
        var context = context(now)
        return try database.write { session throws(BulletinFailure) in
            try BulletinOperations.issue(id, office: office, context: &context, in: &session)
        }
    }

    @Test(arguments: Engine.underTest) func `TB-16 SZ-12 drafts make themselves on Monday for every office, once`(
        engine: Engine
    ) throws {
        let database = try Self.ready(engine)
        try Self.draft(database, at: Self.morning)
        try Self.draft(database, at: Self.morning + .minutes(5))
        let city = try Self.list(database, Self.city)
        #expect(Set(city.map(\.kind)) == [.daily, .weekly] && city.count == 2)
        #expect(try Self.list(database, Self.county).count == 2)
        #expect(try Self.list(database, "P140525001").count == 2)
        #expect(try Self.list(database, "center").isEmpty)
        #expect(try Self.list(database, "140000", .daily).count == 1)
        let daily = try #require(city.first { $0.kind == .daily })
        #expect(daily.period.label(kind: .daily) == "11月22日" && daily.phase == .draft)
        let found = try database.look { session throws(StorageError) in
            try BulletinStore.find(daily.id, scope: .authority(Self.city), in: &session)
        }
        let bulletin = try #require(found)
        let wanted = BulletinContent.requiredSections(.daily, level: .city).map(\.key)
        #expect(wanted.allSatisfy { key in bulletin.base.sections.contains { $0.key == key } })
    }

    @Test func `what an outage missed is made up`() throws {
        let database = try Self.ready(.sqlite)
        try Self.draft(database, at: Self.morning + .days(3) + .hours(2))
        let days = try Self.list(database, Self.city, .daily).map { $0.period.from.chineseMonthDay }
        #expect(Set(days) == ["11月22日", "11月23日", "11月24日", "11月25日"])
        #expect(try Self.list(database, Self.city, .weekly).count == 1)
    }

    @Test(arguments: Engine.underTest) func `TB-17 TB-18 JC-02 JC-03 SZ-14 delivered at once, read, signed for`(
        engine: Engine
    ) throws {
        let database = try Self.ready(engine)
        try Self.draft(database, at: Self.morning)
        let county = try #require(try Self.list(database, Self.county, .daily).first)
        let document = try Self.issue(database, county.id, Self.county, at: Self.morning + .minutes(20))
        #expect(document.number?.text == "泽州县应急管理局日报〔2026〕1号")
        let firm: EnterpriseID = "140525001"
        let receipts = try database.look { session throws(StorageError) in
            try BulletinReceipts.all(county.id, in: &session)
        }
        #expect(receipts.filter { !$0.isCopy }.map(\.recipient) == [.enterprise(firm)])
        #expect(receipts.filter(\.isCopy).map(\.recipient) == [.authority(Self.county)])
        #expect(Set(receipts.map(\.sentAt)).count == 1)
        // Only those it went to see it; another county's enterprise does not.
        func sees(_ scope: Scope) throws -> Bool {
            try database.look { session throws(StorageError) in
                try BulletinStore.find(county.id, scope: scope, in: &session) != nil
            }
        }
        #expect(try sees(.enterprise(firm)) && sees(.authority(Self.city)) && sees(.authority("140000")))
        #expect(try !sees(.enterprise("140521001")) && !sees(.authority("140521")))
        var context = Self.context(Self.morning + .hours(1), actor: "safety")
        try database.write { session throws(BulletinFailure) in
            try BulletinOperations.acknowledge(
                county.id, as: .enterprise(firm), scope: .enterprise(firm), context: &context, in: &session)
        }
        let refusal = database.refusal { session throws(BulletinFailure) in
            var context = Self.context(Self.morning + .hours(2), actor: "safety")
            try BulletinOperations.acknowledge(
                county.id, as: .enterprise(firm), scope: .enterprise(firm), context: &context, in: &session)
        }
        #expect(refusal == .refused(.acknowledgedAlready))
        let city = try #require(try Self.list(database, Self.city, .daily).first)
        let report = try Self.issue(database, city.id, Self.city, at: Self.morning + .minutes(25))
        #expect(report.copies == ["局危化科"] && report.printedOn == Day(Self.morning))
        #expect(report.addressees == ["各县（市、区）应急管理局", "沁水县能源局", "各化工园区（片区）及有关企业"])
        let told = try database.look { session throws(StorageError) in
            try BulletinReceipts.all(city.id, in: &session).map(\.recipient)
        }
        #expect(Set(told).isSuperset(of: [.authority("140521"), .authority("energy"), .authority("P140525001")]))
    }

    @Test func `TB-16 a new platform writes nothing about the time before it; one that was down makes up`() throws {
        let database = try RegistryFixture.database(.sqlite)
        func armed(at now: Timestamp) throws -> Timestamp? {
            try database.write { session throws(StorageError) in
                try DueStore.set(.bulletin, id: "daily", at: nil, in: &session)
                try BulletinOperations.recover(context: Self.context(now), in: &session)
                return try DueStore.at(.bulletin, id: "daily", in: &session)
            }
        }
        let first = try database.look { session throws(StorageError) in
            try session.first("SELECT min(recorded_at) FROM log") { row throws(StorageError) in
                row.next() as Timestamp
            }
        }
        let born = Day(try #require(first))
        let noon = born.start + .hours(12)
        #expect(try armed(at: noon) == BulletinCalendar.instant(of: born.next))
        #expect(try armed(at: noon + .days(3)) == BulletinCalendar.instant(of: Day(number: born.number + 3)))
    }

    @Test func `SZ-15 a province writes to its cities and the enterprises concerned, TB-06 also at any time`() throws {
        let database = try Self.ready(.sqlite)
        try Self.draft(database, at: Self.morning)
        let daily = try #require(try Self.list(database, "140000", .daily).first)
        let report = try Self.issue(database, daily.id, "140000", at: Self.morning + .minutes(10))
        #expect(report.addressees == ["各市应急管理局", "各相关企业"])
        var context = Self.context(Self.morning + .hours(1))
        let special = try database.write { session throws(BulletinFailure) in
            try BulletinOperations.special("140000", days: 7, context: &context, in: &session)
        }
        let again = try database.write { session throws(BulletinFailure) in
            try BulletinOperations.special("140000", days: 7, context: &context, in: &session)
        }
        #expect(special != again)
        #expect(try Self.list(database, "140000", .special).map(\.phase) == [.draft, .draft])
    }

    @Test func `a refusal takes no number; a correction gets the next, and the old one stays`() throws {
        let database = try Self.ready(.sqlite)
        try Self.draft(database, at: Self.morning + .days(1))
        let drafts = try Self.list(database, Self.city, .daily)
        let first = try #require(drafts.last)
        #expect(throws: BulletinFailure.self) {
            try Self.issue(database, first.id, Self.county, at: Self.morning + .days(1))
        }
        #expect(try Self.issue(database, first.id, Self.city, at: Self.morning + .days(1)).number?.number == 1)
        #expect(throws: BulletinFailure.refused(.wrongPhase(.issued))) {
            try Self.issue(database, first.id, Self.city, at: Self.morning + .days(1))
        }
        var context = Self.context(Self.morning + .days(1) + .hours(1))
        let new = try database.write { session throws(BulletinFailure) in
            try BulletinOperations.correct(first.id, office: Self.city, context: &context, in: &session)
        }
        #expect(throws: BulletinFailure.refused(.missing(["更正内容"]))) {
            try Self.issue(database, new, Self.city, at: Self.morning + .days(2))
        }
        try database.write { session throws(BulletinFailure) in
            try BulletinOperations.act(
                new, office: Self.city,
                .edit([DocumentEdit(key: "correction/\(new)", text: "承诺数应为 85 家。")], by: "writer"),
                context: &context, in: &session)
        }
        // What was printed is cited, whatever the office's code is by now.
        try database.write { session throws(BulletinFailure) in
            try BulletinOperations.save(
                BulletinSettings(code: "晋市应急危化", printer: "办公室"), of: Self.city, context: &context, in: &session)
        }
        let corrected = try Self.issue(database, new, Self.city, at: Self.morning + .days(2))
        #expect(corrected.number?.text == "晋市应急危化日报〔2026〕2号")
        #expect(corrected.opening.first == .text("本件更正晋城市应急管理局日报〔2026〕1号，原件同时停止使用，以本件为准。"))
        let phases = try Self.list(database, Self.city, .daily).filter { $0.number != nil }.map(\.phase)
        #expect(Set(phases) == [.issued, .superseded])
        let changes = try database.look { session throws(StorageError) in
            try BulletinListing.changes(of: new, in: &session)
        }
        #expect(changes.map(\.after) == ["承诺数应为 85 家。"])
    }

    @Test func `what is sent back was neither submitted nor approved`() throws {
        let database = try Self.ready(.sqlite)
        try Self.draft(database, at: Self.morning)
        let id = try #require(try Self.list(database, Self.city, .weekly).first).id
        func act(_ command: BulletinCommand) throws {
            var context = Self.context(Self.morning + .hours(1))
            try database.write { session throws(BulletinFailure) in
                try BulletinOperations.act(id, office: Self.city, command, context: &context, in: &session)
            }
        }
        try act(.submit(by: "writer"))
        try act(.approve(by: "chief"))
        let approved = try #require(try Self.list(database, Self.city, .weekly).first)
        #expect(approved.submittedAt != nil && approved.approvedAt != nil)
        try act(.sendBack(note: "数字再核", by: "chief"))
        let back = try #require(try Self.list(database, Self.city, .weekly).first)
        #expect(back.phase == .draft && back.reason == "数字再核")
        #expect(back.submittedAt == nil && back.submittedBy == nil)
        #expect(back.approvedAt == nil && back.approvedBy == nil)
    }
}
