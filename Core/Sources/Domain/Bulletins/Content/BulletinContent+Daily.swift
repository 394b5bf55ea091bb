import Kernel

extension BulletinContent {
    /// 日报 of city and above: ten sections (TB-04); a province's is the 值守日报 (SZ-12, domain §12.1).
    static func daily(_ facts: BulletinFacts) -> Document {
        let writer = ContentWriter(facts: facts)
        let date = facts.period.from.chineseDate
        var document = frame(
            facts, form: .plain,
            title: facts.office.level == .province
                ? "值守日报（\(date)）" : "\(date)危险化学品安全生产风险监测预警系统运行情况日报")
        document.opening = opening(writer)
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["commitmentRate"] =
            [
                .paragraph(
                    writer.countSentence(
                        .commitment, whole: "应纳入企业", done: "10时前承诺", rate: "安全承诺率", measure: "家"))
            ] + extremes(writer, .commitment) + writer.promiseBlocks()
            + [.table(writer.ranking(.commitment, title: "安全承诺率排名", done: "10时前承诺（家）", whole: "应纳入（家）"))]
        blocks["onlineRate"] =
            [
                .paragraph(writer.timeSentence(.onlineTime, rate: "系统在线率（时长）", measure: "企业·小时"))
            ] + extremes(writer, .onlineTime) + [
                .table(
                    writer.ranking(
                        .onlineTime, title: "系统在线率排名", done: "在线（小时）", whole: "应在线（小时）", isTime: true))
            ] + unconnected(writer) + writer.qualityBlocks()
        blocks["videoRate"] =
            [
                .paragraph(writer.timeSentence(.videoTime, rate: "视频在线率（时长）", measure: "路·小时"))
            ] + extremes(writer, .videoTime) + [
                .table(
                    writer.ranking(
                        .videoTime, title: "视频在线率排名", done: "在线（路·小时）", whole: "应在线（路·小时）", isTime: true))
            ]
        blocks["offline"] = [writer.offlineSentence()] + offlineBlocks(writer)
        blocks["responsibility"] = writer.responsibilityBlocks()
        blocks["installations"] = writer.installationBlocks()
        blocks["considerable"] = writer.riskBlocks()
        blocks["cases"] =
            [writer.alarmSentence(), writer.warningSentence(), .table(writer.caseTable())]
            + writer.repeatedBlocks()
        blocks["inspections"] = writer.inspectionBlocks()
        blocks["advice"] = writer.adviceBlocks()
        document.sections = sections(dailySections, blocks)
        return document
    }

    private static func opening(_ writer: ContentWriter) -> [DocumentBlock] {
        let facts = writer.facts
        var words = "统计时段\(facts.period.from.chineseDate)0时至24时，安全承诺取当日10时结果。应纳入企业\(facts.whole.enterprises)家"
        words += facts.whole.unconnected > 0 ? "，其中未接入\(facts.whole.unconnected)家。" : "。"
        for (kind, title) in [
            (FigureKind.commitment, "安全承诺率"), (.onlineTime, "系统在线率"), (.videoTime, "视频在线率"),
        ] {
            words += title + facts.whole[kind].percentText
            if let change = PercentText.change(facts.whole[kind], from: facts.before[kind], since: facts.beforeWord) {
                words += "（\(change)）"
            }
            words += kind == .videoTime ? "。" : "，"
        }
        return [.text(words), .table(survey(writer))] + (writer.trendChart().map { [.chart($0)] } ?? [])
    }

    /// The three rates side by side, ranked by all three taken together: who stands higher in the sum of their places.
    static func survey(_ writer: ContentWriter) -> DocumentTable {
        let facts = writer.facts
        let kinds: [FigureKind] = [.commitment, .onlineTime, .videoTime]
        func places(_ value: @escaping (BulletinFacts.Unit) -> FigureSet) -> [String: Int] {
            var sums: [String: Int] = [:]
            for kind in kinds {
                for place in Ranking.places(facts.units, by: { value($0)[kind] }, worstFirst: false) {
                    sums[place.unit.id, default: 0] += place.rank
                }
            }
            return sums
        }
        func overall(_ value: @escaping (BulletinFacts.Unit) -> FigureSet) -> [Ranked<BulletinFacts.Unit>] {
            let sums = places(value)
            return Ranking.places(facts.units, value: { sums[$0.id] }, isBefore: <)
        }
        let before = Dictionary(
            overall { $0.before }.map { ($0.unit.id, $0.rank) }, uniquingKeysWith: { first, _ in first })
        func cells(_ set: FigureSet) -> [DocumentTable.Cell] {
            kinds.map { kind in
                .init(
                    set[kind].percentText, number: set[kind].value,
                    isBold: set[kind].isCountable && !set[kind].isWhole)
            } + [.count(set.considerable), .count(set.warnings[.yellow] ?? 0)]
        }
        return DocumentTable(
            title: "三率并列排名",
            columns: [
                .init("名次", width: 7), .init(facts.unit.title, alignment: .leading, width: 18),
                .init("安全承诺率", width: 13), .init("系统在线率", width: 13), .init("视频在线率", width: 13),
                .init("橙红（次）", width: 9), .init("黄（次）", width: 9), .init("名次较\(facts.beforeWord)", width: 12),
            ],
            rows: overall { $0.figures }.map { place in
                [.count(place.rank), .init(place.unit.name, link: writer.unitAddress(place.unit))]
                    + cells(place.unit.figures) + [.init(writer.move(place.rank, before[place.unit.id]))]
            },
            totals: [["", "合计"] + cells(facts.whole) + [""]],
            note: "名次按三率名次之和，并列同名次（本项目约定）。", whenEmpty: "无可排名的\(facts.unit.title)")
    }

    static func extremes(_ writer: ContentWriter, _ kind: FigureKind) -> [DocumentBlock] {
        writer.extremes(kind).map { [.text($0)] } ?? []
    }

    static func unconnected(_ writer: ContentWriter) -> [DocumentBlock] {
        let list = writer.facts.lists.unconnected
        return list.isEmpty
            ? [] : [.text("未接入企业\(list.count)家：\(ContentWords.names(list.map { writer.name($0) }, max: 20))。")]
    }

    static func offlineBlocks(_ writer: ContentWriter) -> [DocumentBlock] {
        let list = writer.facts.lists.offline
        guard !list.isEmpty else { return [] }
        let ranked = Ranking.places(list, byMost: { $0.length }).prefix(10)
        return [
            .table(writer.offlineTable()),
            .chart(
                DocumentChart(
                    kind: .lyingBars, title: "离线企业连续离线时长", unit: "小时",
                    labels: ranked.map { writer.place($0.unit.enterprise).name },
                    series: [
                        .init("连续离线", ranked.map { Double(($0.unit.length.milliseconds + 180_000) / 360_000) / 10 })
                    ])),
        ]
    }
}
