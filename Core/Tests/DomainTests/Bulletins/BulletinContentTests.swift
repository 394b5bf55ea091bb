import Domain
import Kernel
import Testing

@Suite struct BulletinContentTests {
    static let ten = [
        "安全承诺率", "系统在线率", "视频在线率", "离线企业排名", "重大危险源包保责任制落实", "装置开停车", "较大以上安全风险企业",
        "警情及处置", "巡查抽查异常", "重点改进建议",
    ]

    @Test func `TB-04 a city's daily has the ten sections in their order, none empty`() {
        let document = BulletinSample().document()
        #expect(document.sections.map(\.title) == Self.ten)
        #expect(document.sections.allSatisfy { !$0.blocks.isEmpty })
        #expect(document.title == "2026年11月22日危险化学品安全生产风险监测预警系统运行情况日报")
    }

    @Test func `SZ-12 a province's daily is the 值守日报, with the same ten and the three to sign`() {
        let document = BulletinSample().document(.province)
        #expect(document.title == "值守日报（2026年11月22日）")
        #expect(document.sections.map(\.title) == Self.ten)
        #expect(document.signers.map(\.role) == ["值班人", "审核人", "签发人"])
    }

    @Test func `TB-05 weekly to yearly have ten sections whose names carry the period`() {
        for (kind, prefix) in [
            (BulletinKind.weekly, "周"), (.monthly, "月"), (.quarterly, "季"), (.yearly, "年"),
        ] {
            let titles = BulletinSample(kind).document().sections.map(\.title)
            #expect(titles.count == 10)
            #expect(titles[0] == "安全承诺率\(prefix)均值及排名")
            #expect(titles[1] == "重大危险源企业在线数量与在线率\(prefix)均值及排名")
            #expect(titles[2] == "视频在线企业数量与在线率\(prefix)均值及排名")
            #expect(titles[3] == "较大及以上安全风险企业\(prefix)变化")
            #expect(titles[4] == "较大及以上安全风险\(prefix)主要分布")
            #expect(titles[5] == "\(prefix)主要警情与处置统计")
            #expect(titles[9] == "改进建议")
        }
    }

    @Test func `TB-05 the mean of the days stands beside the weighted rate, and ② and ③ count enterprises`() throws {
        let sample = BulletinSample(.weekly)
        let facts = sample.facts()
        let document = sample.document()
        let text = document.allText
        for kind in [FigureKind.commitment, .enterprisesOnline, .enterprisesVideo] {
            let days = try #require(facts.wholeDays[kind])
            #expect(days.days.count == 7)
            #expect(text.contains(days.meanText) && text.contains(days.weighted.percentText))
        }
        #expect(facts.whole[.enterprisesOnline].denominator == 63)
    }

    @Test func `TB-07 JC-10 a county's daily has the seven sections, and what is asked beside them`() {
        let titles = BulletinSample().document(.county).sections.map(\.title)
        #expect(
            titles == [
                "企业报警消警", "较大以上安全风险预警处置", "安全承诺落实", "系统在线", "视频在线", "重大危险源包保责任制落实",
                "抽查发现的异常", "整改要求",
            ])
    }

    @Test func `TB-08 a county's weekly has the eight sections, an enterprise a row`() throws {
        let document = BulletinSample(.weekly).document(.county)
        #expect(
            document.sections.prefix(8).map(\.title) == [
                "企业按时安全承诺次数与排名", "较大以上安全风险次数及排名", "在线时长与排名", "视频在线时长与排名",
                "较大及以上安全风险企业清单", "巡查抽查异常情况统计分析", "报警预警消警情况分析", "数量排名",
            ])
        let online = try #require(document.section("online"))
        let table = online.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }.first
        #expect(table?.rows.count == 3)
    }

    @Test func `TB-09 a county can have its month, quarter and year in the same form`() {
        for kind in [BulletinKind.monthly, .quarterly, .yearly] {
            #expect(BulletinSample(kind).document(.county).sections.count == 10)
        }
    }

    @Test func `TB-06 a special bulletin takes what stands out in the data, and asks a human why`() {
        let document = BulletinSample(.special).document()
        #expect(document.title.hasSuffix("问题的专题通报"))
        #expect(document.manualFields.contains { $0.isRequired })
        let quiet = BulletinSample(.special, isQuiet: true).document()
        #expect(quiet.allText.contains("未发现突出和共性问题（0项）"))
    }

    @Test func `TB-11 SZ-13 the public ranking names units, counts, enterprises and what follows`() throws {
        var facts = BulletinSample(.ranking).facts(.province)
        let month = Month(BulletinSample.day)
        let board = MonthBoard([
            RiskCount(unit: "140521", name: "沁水县", red: 1, orange: 2, enterprises: ["E0", "E3"]),
            RiskCount(unit: "140525", name: "泽州县", red: 0, orange: 1, enterprises: ["E1"]),
        ])
        facts.ladder = Ladder(
            month,
            boards: [
                month: board,
                month.previous: MonthBoard([
                    RiskCount(unit: "140521", name: "沁水县", red: 1, enterprises: ["E0"])
                ]),
            ])
        let document = BulletinContent.document(facts)
        let text = document.allText
        #expect(document.publicity == .openToPublic)
        #expect(text.contains("企业甲、企业丁") && text.contains("企业乙"))
        #expect(text.contains("通报批评（连续2个月列入排名，《通报》第七条）：沁水县（1个）"))
        #expect(text.contains("通报警示（2026年11月列入排名，《通报》第七条）：泽州县（1个）"))
        #expect(text.contains("约谈（连续3个月及以上列入排名，《通报》第七条）：无（0个）"))
    }

    @Test func `TB-02 a public version loses contacts, places and advice, never the list of enterprises`() {
        var document = BulletinSample().document()
        document.opening.append(.text("值班电话0356-2023456，手机13900002041，坐标112.85123，企业甲11月22日2次。"))
        let open = BulletinContent.redacted(document)
        let text = open.allText
        #expect(!text.contains("2023456") && !text.contains("13900002041") && !text.contains("112.85123"))
        #expect(text.contains("企业甲11月22日2次"))
        #expect(open.advice.isEmpty && open.publicity == .openToPublic && open.signers.isEmpty)
        let names = ["企业甲", "企业丙", "企业戊", "企业庚"].filter { document.allText.contains($0) }
        #expect(names.allSatisfy { text.contains($0) })
        #expect(
            open.blocks.allSatisfy { block in
                if case .paragraph(let paragraph) = block { paragraph.runs.allSatisfy { $0.link == nil } } else { true }
            })
    }

    @Test func `TB-01 TB-16 nearly all of it is the system's; only a written supplement is a human's`() {
        let document = BulletinSample().document()
        let share = document.automaticShare
        #expect(share.automatic == share.all && share.all > 30)
        let edited = document.applying([.init(key: "advice", text: "寒潮将至，请检查伴热。")])
        #expect(edited.automaticShare.all == share.all + 1 && edited.automaticShare.automatic == share.automatic)
    }

    @Test func `SJ-02 SZ-10 the scores of data quality stand where the system's data are told, and with the attention`()
        throws
    {
        for (kind, level, key) in [
            (BulletinKind.daily, AuthorityLevel.city, "onlineRate"), (.daily, .county, "online"),
            (.weekly, .city, "attention"), (.monthly, .county, "attention"),
        ] {
            let sample = BulletinSample(kind)
            let facts = sample.facts(level)
            let section = try #require(BulletinContent.document(facts).section(key))
            let tables = section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
            let table = try #require(tables.first { $0.title == "数据质量评分排名" })
            let totals = table.rows.compactMap { $0.last?.number }
            #expect(totals.count == 3 && totals == totals.sorted(by: >), "\(kind) \(level)")
            // The sum of numerators over the sum of denominators, no mean of scores.
            let whole = facts.lists.qualities.reduce(QualityTally()) { $0 + $1.tally }
            #expect(table.totals.first?.last?.text == whole.totalText)
            let words = section.blocks.compactMap { if case .paragraph(let own) = $0 { own.text } else { nil } }
            #expect(words.contains { $0.contains("综合\(whole.totalText)分") })
        }
        let low = BulletinSample().facts().lists.qualities.filter { ($0.tally.totalHundredths ?? 0) < 80_00 }
        let listed = Attention.list(BulletinSample().facts()).filter { item in
            item.reasons.contains { $0.reason == .quality }
        }
        #expect(!low.isEmpty && Set(listed.map(\.enterprise)) == Set(low.map(\.enterprise)))
        #expect(BulletinSample(isQuiet: true).document().allText.contains("数据质量评分：期内无已评分企业（0家）"))
    }

    @Test func `TB-03 every rate of a daily stands in a ranking, high to low`() throws {
        let facts = BulletinSample().facts()
        let document = BulletinSample().document()
        let kinds: [(String, FigureKind)] = [
            ("commitmentRate", .commitment), ("onlineRate", .onlineTime), ("videoRate", .videoTime),
        ]
        for (key, kind) in kinds {
            let section = try #require(document.section(key))
            let tables = section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
            let table = try #require(tables.first)
            let rates = table.rows.compactMap { $0[4].number }
            #expect(rates.count == 3 && rates == rates.sorted(by: >))
            #expect(table.totals.first?[4].text == facts.whole[kind].percentText)
        }
    }

    @Test func `the parts of a bulletin add up to its whole`() {
        for seed in UInt64(1)...20 {
            let facts = BulletinSample(.weekly, seed: seed).facts()
            let sum = facts.units.map(\.figures).reduce(FigureSet(), +)
            for kind in [FigureKind.commitment, .onlineTime, .videoTime, .alarmsCleared] {
                #expect(sum[kind] == facts.whole[kind])
            }
            #expect(sum.enterprises == facts.whole.enterprises)
        }
    }

    @Test func `every rate and every pair in a bulletin is one of the figures`() {
        for (kind, level) in [
            (BulletinKind.daily, AuthorityLevel.city), (.daily, .county), (.weekly, .city), (.weekly, .county),
        ] {
            for seed in UInt64(1)...6 {
                let sample = BulletinSample(kind, seed: seed)
                let facts = sample.facts(level)
                var known: Set<String> = []
                func learn(_ set: FigureSet) { for ratio in set.rates.values { known.insert(ratio.percentText) } }
                for set in [facts.whole, facts.before, facts.weekBefore ?? FigureSet()] { learn(set) }
                for unit in facts.units {
                    learn(unit.figures)
                    learn(unit.before)
                    for days in unit.days.values { known.formUnion([days.meanText, days.weighted.percentText]) }
                }
                for days in facts.wholeDays.values { known.formUnion([days.meanText, days.weighted.percentText]) }
                for item in facts.lists.alarms {
                    known.insert(Ratio(Int64(item.cleared), Int64(item.opened)).percentText)
                    known.insert(Ratio(Int64(item.opened), Int64(facts.whole.alarms)).percentText)
                }
                for ratio in facts.ownWork.values { known.insert(ratio.percentText) }
                for item in facts.weakVideo { known.insert(item.ratio.percentText) }
                let text = BulletinContent.document(facts).allText
                let found = text.matches(of: /[0-9]+\.[0-9]{2}%/).map { String($0.output) }
                #expect(found.count > 3)
                #expect(found.filter { !known.contains($0) } == [])
            }
        }
    }

    @Test func `a quiet day says that there is nothing, with the figure, and gives no advice`() {
        let document = BulletinSample(isQuiet: true).document()
        let text = document.allText
        #expect(text.contains("未按时承诺企业：无（0家）"))
        #expect(text.contains("无未报备离线企业（0家）"))
        #expect(text.contains("较大以上安全风险企业：无（重大0次，较大0次）"))
        #expect(text.contains("无重点改进建议") && document.advice.isEmpty)
        #expect(document.section("installations")?.blocks.first == .text("11月22日无已提交的承诺，装置开停车情况：/。"))
    }
}
