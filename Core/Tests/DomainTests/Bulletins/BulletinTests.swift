import Domain
import Kernel
import Testing

@Suite struct BulletinTests {
    static let day = Day(year: 2026, month: 11, day: 22)!
    static let county = Recipient.authority("140525")
    static let firm = Recipient.enterprise("E1")

    static func document(_ publicity: Publicity = .internalUse) -> Document {
        Document(
            form: .plain, mark: "值守日报", issuer: "晋城市应急管理局", title: "",
            sections: [
                DocumentSection(
                    key: "advice", title: "重点改进建议",
                    blocks: [
                        .text("应纳入企业86家。"),
                        .advice([Advice(key: "offline/E1", addressee: "泽州县应急管理局", text: "今日到场核查。")]),
                        .manual(ManualField(key: "more", label: "人工补充")),
                    ])
            ], publicity: publicity)
    }

    static func draft(_ publicity: Publicity = .internalUse) -> Bulletin {
        Bulletin(
            id: "b1", office: "140500", kind: .daily, period: .containing(day, kind: .daily),
            base: document(publicity))
    }

    static func commands(_ number: Int = 1) -> [BulletinCommand] {
        [
            .edit([DocumentEdit(key: "more", text: "寒潮将至 \(number)。")], by: "writer"), .submit(by: "writer"),
            .sendBack(note: "数字再核", by: "chief"), .approve(by: "chief"),
            .issue(BulletinNumber(year: 2026, number: number), to: [county, firm], copies: [], by: "chief"),
            .acknowledge(firm, by: "safety"), .correct("b2", by: "writer"), .dropCorrection, .supersede,
            .withdraw(reason: "重复", by: "chief"), .publish(PublicChannel(kind: .website, place: "首页"), by: "writer"),
        ]
    }

    static func bulletin(in phase: Bulletin.Phase, _ publicity: Publicity) -> Bulletin {
        var bulletin = draft(publicity)
        bulletin.phase = phase
        bulletin.submittedBy = phase == .draft ? nil : "writer"
        if phase == .issued || phase == .superseded { bulletin.receivers = [county, firm] }
        return bulletin
    }

    /// Which commands each phase takes, in the order of `commands`.
    static let allowed: [Bulletin.Phase: (inside: String, outside: String)] = [
        .draft: ("edit submit issue withdraw", "edit submit withdraw"),
        .submitted: ("sendBack approve withdraw", "sendBack approve withdraw"),
        .approved: ("sendBack issue withdraw", "sendBack issue withdraw"),
        .issued: (
            "acknowledge correct dropCorrection supersede withdraw",
            "acknowledge correct dropCorrection supersede withdraw publish"
        ),
        .superseded: ("acknowledge", "acknowledge"), .withdrawn: ("", ""),
    ]

    @Test(arguments: Bulletin.Phase.allCases)
    func `TB-10 every command in every phase is decided, inside and public`(phase: Bulletin.Phase) throws {
        let names = [
            "edit", "submit", "sendBack", "approve", "issue", "acknowledge", "correct", "dropCorrection", "supersede",
            "withdraw", "publish",
        ]
        for publicity in Publicity.allCases {
            let bulletin = Self.bulletin(in: phase, publicity)
            let taken = zip(names, Self.commands()).filter { _, command in
                (try? bulletin.decide(command)) != nil
            }.map(\.0)
            let expected = try #require(Self.allowed[phase])
            let wanted = publicity == .internalUse ? expected.inside : expected.outside
            #expect(taken.joined(separator: " ") == wanted, "\(publicity)")
        }
    }

    @Test func `TB-16 figures are locked, advice and manual fields are open, changes are tracked`() throws {
        var bulletin = Self.draft()
        #expect(throws: BulletinRefusal.locked("advice")) {
            try bulletin.decide(.edit([DocumentEdit(key: "advice", text: "应纳入企业99家。")], by: "w"))
        }
        #expect(throws: BulletinRefusal.emptyAdvice) {
            try bulletin.decide(.edit([DocumentEdit(key: "offline/E1", text: "  ")], by: "w"))
        }
        let edit = DocumentEdit(key: "offline/E1", text: "今日12时前到场核查。")
        let events = try bulletin.decide(.edit([edit, DocumentEdit(key: "more", text: "")], by: "w"))
        #expect(events == [.edited(edit, before: "今日到场核查。", by: "w")])
        #expect(bulletin.document.automaticShare == (2, 2))
        events.forEach { bulletin.apply($0) }
        #expect(bulletin.document.advice.first?.isEdited == true && bulletin.base.advice.first?.text == "今日到场核查。")
        #expect(bulletin.document.automaticShare == (1, 2))
        bulletin.apply(.submitted(by: "w"))
        #expect(throws: BulletinRefusal.ownWork) { try bulletin.decide(.approve(by: "w")) }
        #expect(try bulletin.decide(.approve(by: "chief")) == [.approved(by: "chief")])
    }

    @Test func `TB-02 a public one is issued only after a second person approved it`() throws {
        let bulletin = Self.draft(.openToPublic)
        #expect(throws: BulletinRefusal.notApproved) { try bulletin.decide(Self.commands()[4]) }
    }

    @Test func `TB-02 what goes out to the public has no contacts and no persons; an internal one keeps them`() {
        func issued(_ publicity: Publicity) -> Document {
            var bulletin = Self.draft(publicity)
            let edit = DocumentEdit(key: "more", text: "请联系张工13900002041、8612345，企业甲2次。")
            bulletin.apply(.edited(edit, before: "", by: "w"))
            return bulletin.issued(
                BulletinNumber(year: 2026, number: 1), settings: .standard(office: "晋城市应急管理局"), on: Self.day,
                signers: ("甲", "乙", "丙"), correcting: nil)
        }
        let inside = issued(.internalUse)
        #expect(inside.allText.contains("13900002041") && !inside.advice.isEmpty)
        let outside = issued(.openToPublic)
        #expect(!outside.allText.contains("13900002041") && !outside.allText.contains("8612345"))
        #expect(outside.allText.contains("企业甲2次。"))
        #expect(outside.advice.isEmpty && outside.signers.isEmpty && outside.number?.number == 1)
    }

    /// Commands at random to many bulletins of one office, one counter: numbers come as 1, 2, 3 … and never again.
    @Test("Numbers have no gaps whatever is asked for", arguments: 1...40)
    func numbers(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        var bulletins = (0..<12).map { _ in Self.draft(Bool.random(using: &chance) ? .internalUse : .openToPublic) }
        var last = 0
        var given: [Int] = []
        for _ in 0..<400 {
            let index = Int.random(in: 0..<bulletins.count, using: &chance)
            let commands = Self.commands(last + 1)
            let command = commands[Int.random(in: 0..<commands.count, using: &chance)]
            let before = bulletins[index]
            guard let events = try? bulletins[index].decide(command) else {
                #expect(bulletins[index] == before)
                continue
            }
            for event in events {
                bulletins[index].apply(event)
                if case .issued(let number, _, _, _) = event {
                    last += 1
                    given.append(number.number)
                }
            }
            if before.number != nil { #expect(bulletins[index].number == before.number) }
        }
        #expect(given == Array(1...max(1, given.count)).prefix(given.count).map(\.self))
        for bulletin in bulletins where bulletin.phase == .issued || bulletin.phase == .superseded {
            #expect(bulletin.number != nil)
            if bulletin.publicity == .openToPublic { #expect(bulletin.approvedBy == "chief") }
        }
    }

    @Test func `what is due on which day`() {
        func kinds(_ year: Int, _ month: Int, _ day: Int) -> [String] {
            BulletinCalendar.due(on: Day(year: year, month: month, day: day)!).map {
                $0.kind.rawValue + " " + $0.period.label(kind: $0.kind)
            }
        }
        #expect(kinds(2026, 11, 24) == ["daily 11月23日"])
        #expect(kinds(2026, 11, 23) == ["daily 11月22日", "weekly 11月16日至22日"])
        #expect(
            kinds(2027, 1, 1) == [
                "daily 12月31日", "monthly 2026年12月", "quarterly 2026年第四季度", "yearly 2026年", "ranking 2026年12月",
            ])
        let before = Day(year: 2026, month: 11, day: 23)!.start + .minutes(8 * 60 + 29)
        #expect(BulletinCalendar.next(after: before) - before == .minutes(1))
        #expect(BulletinCalendar.next(after: before + .minutes(1)) - before == .minutes(24 * 60 + 1))
    }

    @Test func `TB-14 the summons names the months and its ground, time and place are for a human`() throws {
        let letter = Summons.letter(
            from: "山西省应急管理厅", to: "泽州县应急管理局", months: ["2026年9月", "2026年10月", "2026年11月"],
            basis: "《信息通报制度》第七条、第八条")
        #expect(letter.form == .letter && letter.addressees == ["泽州县应急管理局"])
        guard case .paragraph(let first) = letter.opening.first else { return #expect(Bool(false)) }
        #expect(first.text.contains("2026年9月、2026年10月、2026年11月连续三个月"))
        let bulletin = Bulletin(
            id: "b9", office: "140000", kind: .special, period: .containing(Self.day, kind: .monthly), base: letter)
        #expect(bulletin.missing.map(\.key) == ["summons/when", "summons/who"])
        #expect(throws: BulletinRefusal.missing(["约谈时间和地点", "约谈人、被约谈人"])) {
            try bulletin.decide(.submit(by: "w"))
        }
    }

    @Test func `TB-09 a county's long periods are a switch, and every city has its daily`() {
        #expect(!BulletinCalendar.issues(.monthly, level: .county, hasLongPeriods: false))
        #expect(BulletinCalendar.issues(.monthly, level: .county, hasLongPeriods: true))
        #expect(BulletinCalendar.issues(.daily, level: .park, hasLongPeriods: false))
        #expect(BulletinCalendar.issues(.yearly, level: .city, hasLongPeriods: false))
    }
}
