import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// Three months in a row on the board: the letter that follows, and to whom it goes.
@Suite struct SummonsTests {
    static let january = Day(year: 2027, month: 1, day: 5)!
    /// The first of February, half past eight.
    static let morning = Day(year: 2027, month: 2, day: 1)!.start + BulletinCalendar.draftAfterMidnight

    /// November as in `FigureWorld`; the same source again in December and January.
    static func ready(_ engine: Engine) throws -> Database {
        let database = try engine.database()
        try database.write { session throws(StorageError) in
            try FigureWorld.seed(in: &session)
            for day in [Day(year: 2026, month: 12, day: 5)!, january] {
                for (hours, level) in [(1, Level.orange), (3, .blue)] {
                    var context = BulletinOperationsTests.context(day.start + .hours(Int64(hours)), actor: "model")
                    while try WarningOperations.runDue(context: &context, in: &session) == 256 {}
                    try WarningOperations.riskChanged(
                        hazard: "H1", to: level, cause: .null, context: &context, in: &session)
                }
            }
            var context = BulletinOperationsTests.context(morning, actor: "system")
            try BulletinOperations.draft(
                .ranking, period: .containing(january, kind: .ranking), context: &context, in: &session)
        }
        return database
    }

    @Test(arguments: Engine.underTest)
    func `TB-14 TB-15 a county summons the one enterprise, a city the one county, and nobody else is told`(
        engine: Engine
    ) throws {
        let database = try Self.ready(engine)
        let expected: [(AuthorityID, Recipient, String)] = [
            ("county1", .enterprise("F1"), "企业1"), ("city", .authority("county1"), "泽州县应急管理局"),
        ]
        for (office, addressee, name) in expected {
            let drafts = try BulletinOperationsTests.list(database, office, .special)
            #expect(drafts.map(\.title) == ["关于约谈\(name)的函"], "\(office)")
            let letter = try #require(drafts.first)
            var context = BulletinOperationsTests.context(Self.morning + .hours(1))
            let edits = ["summons/when", "summons/who"].map { DocumentEdit(key: $0, text: "2月8日9时，局三楼会议室") }
            try database.write { session throws(BulletinFailure) in
                try BulletinOperations.act(
                    letter.id, office: office, .edit(edits, by: "writer"), context: &context, in: &session)
            }
            let document = try BulletinOperationsTests.issue(
                database, letter.id, office, at: Self.morning + .hours(2))
            #expect(document.addressees == [name])
            let receipts = try database.look { session throws(StorageError) in
                try BulletinReceipts.all(letter.id, in: &session)
            }
            #expect(receipts.filter { !$0.isCopy }.map(\.recipient) == [addressee])
            let told = try database.look { session throws(StorageError) in
                try session.rows(
                    """
                    SELECT recipient_id FROM outbox
                    WHERE subject = \("bulletin:\(letter.id)") AND created_at >= \(Self.morning + .hours(2))
                    """
                ) { row throws(StorageError) in row.next() as String }
            }
            #expect(Set(told) == [addressee.id, office.rawValue])
        }
    }

    @Test func `TB-14 a letter to nobody who is registered is not issued to everybody`() throws {
        let database = try BulletinOperationsTests.ready(.sqlite)
        let letter = Bulletin(
            id: "stray", office: "140525", kind: .special, period: .containing(Self.january, kind: .monthly),
            base: Document(form: .letter, mark: "x", issuer: "x", title: "关于约谈的函", addressees: ["无名公司"]))
        try database.write { session throws(StorageError) in
            _ = try BulletinStore.insert(letter, ordinal: 1, at: Self.morning, in: &session)
        }
        #expect(throws: BulletinFailure.refused(.noReceiver)) {
            try BulletinOperationsTests.issue(database, "stray", "140525", at: Self.morning)
        }
    }
}
