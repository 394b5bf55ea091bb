import Domain
import Kernel
import Operations
import Storage
import Support
import Testing

/// The figures against the tables (domain §9).
@Suite struct FigureStoreTests {
    static let window = FigureWindow(FigureWorld.day, now: FigureWorld.now)
    static let enterpriseKinds = FigureKind.allCases.filter { !$0.isOfOffices && !$0.isInstant }

    private func database(_ engine: Engine, seed: UInt64 = 1) throws -> Database {
        let database = try engine.database()
        try database.write { session throws(StorageError) in try FigureWorld.seed(seed, in: &session) }
        return database
    }

    @Test(arguments: Engine.underTest)
    func `every number is the sum of its list, in every scope, and the parts are the whole`(engine: Engine) throws {
        let database = try database(engine)
        try database.read { session throws(StorageError) in
            for kind in FigureKind.allCases where !kind.isOfOffices {
                let whole = try FigureStore.rows(kind, window: Self.window, scope: .authority("city"), in: &session)
                let parts = try FigureWorld.counties.map { county throws(StorageError) in
                    try FigureStore.rows(kind, window: Self.window, scope: .authority(county), in: &session)
                }
                #expect(parts.map(FigureRow.sum).reduce(Ratio.none, +) == FigureRow.sum(whole), "\(kind)")
                #expect(FigureStore.byEnterprise(whole).values.reduce(Ratio.none, +) == FigureRow.sum(whole))
                let sum = FigureRow.sum(whole)
                #expect(sum.numerator >= 0 && sum.numerator <= sum.denominator, "\(kind)")
                // This world has no supervision and no problem that was handed back.
                let mayBeEmpty = kind == .problemsFedBack || kind == .supervisionsFedBack
                #expect(sum.denominator > 0 || mayBeEmpty, "\(kind) counts nothing in this world")
            }
        }
    }

    @Test(arguments: Engine.underTest)
    func `TB-04 what a bulletin says of a day is what the figures say of it`(engine: Engine) throws {
        let database = try database(engine)
        try database.read { session throws(StorageError) in
            let period = BulletinPeriod(from: FigureWorld.day, until: FigureWorld.day.next)
            let found = try BulletinFacts.gather(
                .daily, office: "city", period: period, now: FigureWorld.now, in: &session)
            #expect(found != nil)
            guard let facts = found else { return }
            let table = try FigureTable.read(window: Self.window, scope: .authority("city"), in: &session)
            for kind in Self.enterpriseKinds {
                let rows = try FigureStore.rows(kind, window: Self.window, scope: .authority("city"), in: &session)
                #expect(facts.whole[kind] == FigureRow.sum(rows), "\(kind)")
                #expect(Set(table.rows[kind] ?? []) == Set(rows), "\(kind)")
            }
            #expect(facts.ownWork[.patrols] == Ratio(2, 2))
            #expect(facts.ownWork[.checks] == Ratio(3, 4))
            #expect(facts.ownWork[.mustChecks] == Ratio(2, 4))
            #expect(facts.units.map(\.name) == ["沁水县", "泽州县"])
            #expect(facts.units.map { $0.figures[.mustChecks] } == [Ratio(1, 4), Ratio(0, 4)])
            #expect(facts.lists.promises.count == Int(facts.whole[.commitment].missing))
            #expect(facts.whole.considerable == 3 && facts.lists.risks.map(\.peak) == [.red, .orange, .orange])
            let document = BulletinContent.document(facts)
            #expect(document.sections.count == 10)
        }
    }

    @Test(arguments: Engine.underTest)
    func `SJ-17 SZ-07 before ten nobody is missing; what a check saw in the video stands on the list`(
        engine: Engine
    ) throws {
        let database = try database(engine)
        let today = FigureWorld.day.next
        try database.write { session throws(StorageError) in
            for (office, enterprise, day, isSubmitted) in [
                ("county0", "F0", FigureWorld.day, true), ("county1", "F1", FigureWorld.day, false),
                ("city", "F2", Day(number: today.number - 7), true),
            ] {
                let at: Timestamp? = isSubmitted ? day.start + .hours(15) : nil
                try session.execute(
                    """
                    INSERT INTO spot_check (id, authority_id, day, enterprise_id, opened_at, opened_by, record,
                        submitted_at, has_camera_violation, version)
                    VALUES (\("v-" + enterprise), \(office), \(day), \(enterprise), \(day.start), 'a', '{}', \(at),
                        1, 1)
                    """)
            }
        }
        func attention(at now: Timestamp, _ office: AuthorityID = "city") throws -> [Attention] {
            try database.read { session throws(StorageError) in
                let facts = try BulletinFacts.gather(
                    .daily, office: office, period: BulletinPeriod(from: today, until: today.next), now: now,
                    in: &session)
                return facts.map(Attention.list) ?? []
            }
        }
        func enterprises(_ list: [Attention], _ reason: Attention.Reason) -> Set<EnterpriseID> {
            Set(list.filter { $0.reasons.contains { $0.reason == reason } }.map(\.enterprise))
        }
        let ten = CommitmentRules.deadline(of: today)
        #expect(enterprises(try attention(at: ten - .milliseconds(1)), .commitment).isEmpty)
        #expect(enterprises(try attention(at: ten), .commitment) == Set(FigureWorld.enterprises))
        // Submitted, within seven days, in the jurisdiction.
        #expect(enterprises(try attention(at: ten), .violation) == ["F0"])
        #expect(enterprises(try attention(at: ten, "county1"), .violation).isEmpty)
    }

    @Test(arguments: Engine.underTest)
    func `one book for all offices says of each what its own says`(engine: Engine) throws {
        let database = try database(engine, seed: 4)
        try database.read { session throws(StorageError) in
            let period = BulletinPeriod(from: FigureWorld.day, until: FigureWorld.day.next)
            let book = try FigureBook.gather(
                .daily, period: period, scope: .system, now: FigureWorld.now, in: &session)
            for office: AuthorityID in ["city", "county0", "county1"] {
                let sliced = try BulletinFacts.gather(office, from: book, in: &session)
                let own = try BulletinFacts.gather(
                    .daily, office: office, period: period, now: FigureWorld.now, in: &session)
                #expect(sliced?.whole == own?.whole)
                #expect(sliced?.units == own?.units)
                #expect(sliced?.lists == own?.lists)
                #expect(sliced.map(BulletinContent.document) == own.map(BulletinContent.document))
            }
        }
    }

    @Test(arguments: Engine.underTest)
    func `TB-12 TB-15 the month's board from the tables, counties of a city, with the ladder`(engine: Engine) throws {
        let database = try database(engine)
        try database.read { session throws(StorageError) in
            let month = Month(FigureWorld.day)
            let ladder = try RiskBoards.ladder(
                month, level: .city, scope: .authority("city"), now: FigureWorld.now, in: &session)
            let places = ladder?.board.places ?? []
            #expect(places.map(\.count.name) == ["泽州县", "沁水县"])
            #expect(places.map(\.count.red) == [1, 0] && places.map(\.count.orange) == [1, 1])
            #expect(ladder?.standings.map(\.step) == [.caution, .caution])
            let next = try RiskBoards.ladder(
                month.next, level: .city, scope: .authority("city"), now: FigureWorld.now, in: &session)
            #expect(next == nil)
        }
    }

    @Test(arguments: Engine.underTest)
    func `TB-15 the ladders sliced from one book are those of each office's own query`(engine: Engine) throws {
        let database = try database(engine, seed: 4)
        try database.read { session throws(StorageError) in
            let month = Month(FigureWorld.day)
            let book = try FigureBook.gather(
                .ranking, period: .containing(FigureWorld.day, kind: .ranking), scope: .system, now: FigureWorld.now,
                in: &session)
            for (office, level) in [("province", AuthorityLevel.province), ("city", .city), ("county1", .county)] {
                let id = AuthorityID(office)
                let sliced = try BulletinFacts.gather(id, from: book, in: &session)?.ladder
                let own = try RiskBoards.ladder(
                    month, level: level, scope: .authority(id), now: FigureWorld.now, in: &session)
                #expect(sliced == own && own?.standings.isEmpty == false, "\(office)")
            }
        }
    }

    @Test func `XC-03 what the offices below patrolled and checked is seen above, and not beside`() throws {
        let database = try database(.sqlite)
        let found = try database.read { session throws(StorageError) in
            var found: [[Set<AuthorityID>]] = []
            for kind in [FigureKind.patrols, .checks, .mustChecks] {
                var row: [Set<AuthorityID>] = []
                for scope in [Scope.authority("province"), .authority("county0"), .enterprise("F0")] {
                    let rows = try FigureStore.rows(kind, window: Self.window, scope: scope, in: &session)
                    row.append(Set(rows.compactMap(\.authority)))
                }
                found.append(row)
            }
            return found
        }
        #expect(found == Array(repeating: [["city", "county0", "county1"], ["county0"], []], count: 3))
    }

    @Test func `a filing that is confirmed takes its time out above and below the line`() throws {
        let database = try database(.sqlite)
        let found = try database.read { session throws(StorageError) in
            (
                rows: try FigureStore.rows(
                    .onlineTime, window: Self.window, scope: .enterprise("F4"), in: &session),
                totals: try PresenceStore.onlineSeconds(
                    .enterprise, window: Self.window.span, now: FigureWorld.now, scope: .enterprise("F4"), in: &session)
            )
        }
        #expect(FigureRow.sum(found.rows).denominator == 18 * 3_600_000)
        let time = try #require(found.totals.first?.time)
        #expect(time.dueSeconds == 18 * 3_600)
        #expect(time.onlineSeconds * 1_000 == FigureRow.sum(found.rows).numerator)
    }
}
