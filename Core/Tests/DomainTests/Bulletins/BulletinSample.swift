import Domain
import Kernel

/// A city of three counties and a park, nine enterprises, made by a seed: the book from which bulletins are sliced.
struct BulletinSample {
    static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)
    let book: FigureBook
    let enterprises: Set<EnterpriseID>

    static let counties = ["140521", "140525", "140581"]

    init(_ kind: BulletinKind = .daily, seed: UInt64 = 1, isQuiet: Bool = false) {
        let period = BulletinPeriod.containing(Self.day, kind: kind)
        let now = period.until.start + .hours(8)
        var random = SeededGenerator(seed: seed)
        let roster = (0..<9).map { index in
            EnterpriseRecord(
                id: EnterpriseID("E\(index)"), name: "企业\(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"][index])",
                region: Self.counties[index % 3], regulator: AuthorityID("county\(index % 3)"),
                park: index == 1 ? "park" : nil, group: index == 2 ? "晋煤集团" : nil,
                createdAt: Self.day.start - .days(900), connectedAt: Self.day.start - .days(800))
        }
        var book = FigureBook(kind: kind, period: period, now: now, roster: roster)
        let offices: [FigureBook.OfficeRecord] = [
            .init(id: "province", name: "山西省应急管理厅", level: .province, region: "140000"),
            .init(id: "city", name: "晋城市应急管理局", level: .city, region: "140500", parent: "province"),
            .init(id: "county0", name: "沁水县应急管理局", level: .county, region: "140521", parent: "city"),
            .init(id: "county1", name: "泽州县应急管理局", level: .county, region: "140525", parent: "city"),
            .init(id: "county2", name: "高平市应急管理局", level: .county, region: "140581", parent: "city"),
            .init(
                id: "energy", name: "沁水县能源局", level: .county, region: "140521", parent: "city",
                coversRegion: false),
            .init(id: "park", name: "泽州巴公化工园区", level: .park, parent: "city"),
        ]
        for office in offices { book.offices[office.id] = office }
        for record in roster {
            for day in book.window.days {
                func add(_ kind: FigureKind, _ ratio: Ratio) {
                    book.add(
                        [FigureRow(enterprise: record.id, subject: .enterprise, at: day.start, ratio: ratio)], as: kind)
                }
                add(.commitment, Ratio(isQuiet || random.chance(0.8)))
                let online = isQuiet ? 86_400_000 : Int64(random.integer(0...86_400)) * 1_000
                add(.onlineTime, Ratio(online, 86_400_000))
                add(.enterprisesOnline, Ratio(online >= 77_760_000))
                let video = isQuiet ? 864_000_000 : Int64(random.integer(0...864_000)) * 1_000
                add(.videoTime, Ratio(video, 864_000_000))
                add(.enterprisesVideo, Ratio(video >= 777_600_000))
                if !isQuiet { add(.alarmsCleared, Ratio(Int64(random.integer(0...3)), 3)) }
            }
        }
        if !isQuiet { Self.fill(&book) }
        self.book = book
        enterprises = Set(roster.map(\.id))
    }

    /// One of everything, in the last day of the period.
    private static func fill(_ book: inout FigureBook) {
        let end = book.period.until.start
        book.lists.promises = [
            .init(enterprise: "E0", state: .missing, monthDays: Ratio(3, 22)),
            .init(enterprise: "E1", state: .late(end - .hours(13)), monthDays: Ratio(1, 22)),
        ]
        book.lists.offline = [
            .init(enterprise: "E2", since: end - .hours(90), until: nil, length: .hours(90)),
            .init(enterprise: "E3", since: end - .hours(9), until: end - .hours(8), length: .hours(1)),
        ]
        book.lists.vacancies = [.init(enterprise: "E4", hazard: "氨罐区", role: .technical)]
        book.lists.installations = [
            .init(
                enterprise: "E5", total: 4, running: 3, stopped: 1, underRepair: 0, isStartingOrStopping: true,
                isOnTrial: false, topFires: 1, firstFires: 2, confinedSpaces: 0, isHighRisk: true)
        ]
        book.lists.alarms = [
            .init(
                enterprise: "E6", opened: 12, cleared: 11, clearTime: Ratio(11 * 4_000_000, 11),
                oldestOpen: end - .hours(5))
        ]
        book.lists.repeated = [.init(enterprise: "E6", point: "P1", pointName: "PT-2031", count: 4)]
        book.lists.problems = (0..<3).map { index in
            .init(
                id: "p\(index)", origin: .spotCheck, enterprise: "E7", subject: "企业辛", isSerious: index < 2,
                isMajorHiddenDanger: false, topic: "值班值守", content: "中控室无人值守", raisedAt: end - .hours(10),
                deadline: end - .hours(1), closedAt: nil, isOverdue: index < 2, isNew: true)
        }
        book.lists.checks = [
            .init(enterprise: "E7", cells: (1...11).map { "第\($0)格" })
        ]
        book.lists.qualities = book.roster.enumerated().filter { $0.offset != 5 }.map { index, record in
            var tally = QualityTally()
            tally.add(60 - index * 3, of: 60, to: .truth)
            tally.add(9_000 - index * 500, of: 10_000, to: .promptness)
            tally.add(70, of: 80, to: .completeness)
            return .init(enterprise: record.id, tally: tally)
        }
        book.officeRows[.patrols] = [
            FigureRow(
                enterprise: "", subject: .authority("city"), at: book.period.last.start, ratio: Ratio(2, 3),
                authority: "city")
        ]
        book.officeRows[.mustChecks] = [
            FigureRow(
                enterprise: "", subject: .authority("county1"), at: book.period.last.start, ratio: Ratio(1, 2),
                authority: "county1")
        ]
    }

    func facts(_ level: AuthorityLevel = .city) -> BulletinFacts {
        let ids: [AuthorityLevel: AuthorityID] = [.province: "province", .city: "city", .county: "county0"]
        let id = ids[level] ?? "city"
        guard let record = book.offices[id] else { preconditionFailure("the sample has that office") }
        let own =
            level == .county
            ? Set(book.roster.filter { $0.region == "140521" }.map(\.id)) : enterprises
        return book.facts(
            for: .init(id: record.id, name: record.name, level: record.level, region: record.region),
            enterprises: own)
    }

    func document(_ level: AuthorityLevel = .city) -> Document { BulletinContent.document(facts(level)) }
}

extension Document {
    /// Everything a reader sees.
    var allText: String {
        blocks.map { block -> String in
            switch block {
            case .paragraph(let paragraph): paragraph.text
            case .table(let table):
                ([table.title] + (table.rows + table.totals).flatMap { $0.map(\.text) } + [table.note ?? ""]
                    + (table.rows.isEmpty ? [table.whenEmpty] : [])).joined(separator: "\n")
            case .chart(let chart): chart.title
            case .advice(let list): list.map { $0.addressee + "：" + $0.text }.joined(separator: "\n")
            case .manual(let field): field.text
            }
        }.joined(separator: "\n")
    }

    func section(_ key: String) -> DocumentSection? { sections.first { $0.key == key } }
}
