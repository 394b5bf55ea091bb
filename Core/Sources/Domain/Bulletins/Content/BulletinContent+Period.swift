import Kernel

extension BulletinContent {
    /// 周、月、季、年通报 of city and above: ten sections (TB-05). ② and ③ count enterprises.
    static func period(_ facts: BulletinFacts) -> Document {
        let writer = ContentWriter(facts: facts)
        var document = frame(
            facts, form: .redHead,
            title: "关于\(facts.periodLabel)危险化学品安全生产风险监测预警系统运行情况的通报")
        document.opening =
            [
                .text(
                    "现将\(facts.periodLabel)（\(facts.period.from.chineseDate)0时至\(facts.period.last.chineseDate)24时）"
                        + "运行情况通报如下。应纳入企业\(facts.whole.enterprises)家"
                        + (facts.whole.unconnected > 0 ? "，未接入\(facts.whole.unconnected)家。" : "。"))
            ] + (writer.trendChart().map { [.chart($0)] } ?? [])
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["commitmentMean"] = mean(writer, .commitment, name: "安全承诺率", measure: "家次") + writer.promiseBlocks()
        blocks["onlineMean"] =
            mean(writer, .enterprisesOnline, name: "重大危险源企业在线率", measure: "家次")
            + [.paragraph(writer.timeSentence(.onlineTime, rate: "按时长计的系统在线率", measure: "企业·小时"))]
            + [writer.offlineSentence()]
        blocks["videoMean"] =
            mean(writer, .enterprisesVideo, name: "视频在线企业率", measure: "家次")
            + [.paragraph(writer.timeSentence(.videoTime, rate: "按路时计的视频在线率", measure: "路·小时"))]
        blocks["riskChange"] = riskChange(writer)
        blocks["riskPlaces"] = riskPlaces(writer)
        blocks["cases"] =
            [
                writer.alarmSentence(), writer.warningSentence(), .table(writer.caseTable(onlyConsiderable: true)),
            ] + writer.repeatedBlocks()
        blocks["inspections"] = writer.inspectionBlocks() + workTable(writer)
        blocks["attention"] = attention(writer) + writer.qualityBlocks()
        blocks["analysis"] = analysis(writer)
        blocks["advice"] = writer.adviceBlocks()
        document.sections = sections(periodSections(facts.kind.prefix), blocks)
        return document
    }

    /// The mean of the days' rates and, beside it, the weighted rate (domain §9: 两值同列防争议).
    static func mean(
        _ writer: ContentWriter, _ kind: FigureKind, name: String, measure: String
    ) -> [DocumentBlock] {
        let facts = writer.facts
        let whole = facts.wholeDays[kind] ?? DayRates([])
        let places = Ranking.places(
            facts.units, value: { $0.days[kind]?.meanBillionths }, isBefore: { (one: Int64, two: Int64) in one > two })
        var words = "\(name)\(facts.kind.prefix)均值\(whole.meanText)，加权值\(whole.weighted.percentText)"
        if let change = PercentText.change(facts.whole[kind], from: facts.before[kind], since: facts.beforeWord) {
            words += "（\(change)）"
        }
        words += "。"
        if let first = places.first?.unit, let last = places.last, last.rank > 1 {
            words +=
                "\(first.name)最高（\(first.days[kind]?.meanText ?? "—")），"
                + "\(last.unit.name)最低（\(last.unit.days[kind]?.meanText ?? "—")）。"
        }
        let table = DocumentTable(
            title: "\(name)\(facts.kind.prefix)均值及排名",
            columns: [
                .init("名次", width: 7), .init(facts.unit.title, alignment: .leading, width: 22),
                .init("计入（\(measure)）", width: 15), .init("应计（\(measure)）", width: 15),
                .init("\(facts.kind.prefix)均值", width: 13), .init("加权值", width: 13),
            ],
            rows: places.map { place in
                let ratio = place.unit.figures[kind]
                return [
                    .count(place.rank), .init(place.unit.name, link: writer.unitAddress(place.unit)),
                    .count(Int(ratio.numerator)), .count(Int(ratio.denominator)),
                    .init(place.unit.days[kind]?.meanText ?? "—"), .init(ratio.percentText, number: ratio.value),
                ]
            },
            totals: facts.whole[kind].isCountable
                ? [
                    [
                        "", "合计", .count(Int(facts.whole[kind].numerator)), .count(Int(facts.whole[kind].denominator)),
                        .init(whole.meanText), .init(facts.whole[kind].percentText, number: facts.whole[kind].value),
                    ]
                ] : [], whenEmpty: "无可排名的\(facts.unit.title)")
        return [.text(words), .table(table)]
    }

    private static func riskChange(_ writer: ContentWriter) -> [DocumentBlock] {
        let facts = writer.facts
        let now = Set(facts.lists.risks.map(\.enterprise))
        let change = writer.countChange(facts.whole.considerable, facts.before.considerable, measure: "次")
        let fresh = facts.lists.risks.filter(\.isNew)
        var words = "出现较大及以上安全风险的企业\(now.count)家；新发\(fresh.count)次（\(change)）"
        words += "，其中重大\(fresh.count { $0.peak == .red })次、较大\(fresh.count { $0.peak == .orange })次。"
        return [.text(words)] + (facts.lists.risks.isEmpty ? [] : Array(writer.riskBlocks().dropFirst()))
    }

    private static func riskPlaces(_ writer: ContentWriter) -> [DocumentBlock] {
        let facts = writer.facts
        let places = Ranking.places(
            facts.units.filter { $0.figures.considerable > 0 }, byMost: { $0.figures.considerable })
        guard !places.isEmpty else { return [.text("期内无较大及以上安全风险（0次）。")] }
        let table = DocumentTable(
            title: "较大及以上安全风险分布",
            columns: [
                .init("名次", width: 8), .init(facts.unit.title, alignment: .leading, width: 26),
                .init("重大（次）", width: 12),
                .init("较大（次）", width: 12), .init("合计（次）", width: 12), .init("\(facts.beforeWord)（次）", width: 12),
            ],
            rows: places.map { place in
                [
                    .count(place.rank), .init(place.unit.name),
                    .count(place.unit.figures.episodes[.red] ?? 0), .count(place.unit.figures.episodes[.orange] ?? 0),
                    .count(place.unit.figures.considerable, isBold: true), .count(place.unit.before.considerable),
                ]
            },
            totals: [
                [
                    "", "合计", .count(facts.whole.episodes[.red] ?? 0), .count(facts.whole.episodes[.orange] ?? 0),
                    .count(facts.whole.considerable), .count(facts.before.considerable),
                ]
            ])
        let top = places.filter { $0.rank == 1 }.map(\.unit)
        let share = Ratio(Int64(top.reduce(0) { $0 + $1.figures.considerable }), Int64(facts.whole.considerable))
        return [
            .text(
                "主要分布在\(ContentWords.names(top.map(\.name), max: 5, measure: "个"))，"
                    + "占全部\(facts.whole.considerable)次的\(share.percentText)。"),
            .table(table),
            .chart(
                DocumentChart(
                    kind: .bars, title: "较大及以上安全风险次数", unit: "次", labels: places.prefix(12).map(\.unit.name),
                    series: [
                        .init("重大", places.prefix(12).map { Double($0.unit.figures.episodes[.red] ?? 0) }),
                        .init("较大", places.prefix(12).map { Double($0.unit.figures.episodes[.orange] ?? 0) }),
                    ])),
        ]
    }

    private static func workTable(_ writer: ContentWriter) -> [DocumentBlock] {
        let facts = writer.facts
        let kinds = FigureBook.officeKinds
        let units = facts.units.filter { unit in kinds.contains { unit.figures[$0].isCountable } }
        guard !units.isEmpty else { return [] }
        return [
            .table(
                DocumentTable(
                    title: "下级巡查抽查完成情况",
                    columns: [.init(facts.unit.title, alignment: .leading, width: 24)]
                        + kinds.flatMap { kind -> [DocumentTable.Column] in
                            [
                                .init("完成/应完成", group: kind.title, width: 13),
                                .init("比率", group: kind.title, width: 11),
                            ]
                        },
                    rows: units.map { unit in
                        [.init(unit.name)]
                            + kinds.flatMap { kind -> [DocumentTable.Cell] in
                                let ratio = unit.figures[kind]
                                return [
                                    .init(ratio.isCountable ? ratio.pairText : "/"),
                                    .init(ratio.percentText, number: ratio.value, isBold: ratio.missing > 0),
                                ]
                            }
                    }))
        ]
    }
}
