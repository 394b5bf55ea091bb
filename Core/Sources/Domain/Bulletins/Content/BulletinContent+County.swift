import Kernel

extension BulletinContent {
    /// 日报 of counties and parks: seven sections (TB-07 ∪ JC-10), and what is to be done.
    static func countyDaily(_ facts: BulletinFacts) -> Document {
        let writer = ContentWriter(facts: facts)
        var document = frame(
            facts, form: .plain,
            title: "\(facts.period.from.chineseDate)危险化学品安全生产风险监测预警系统运行情况日报")
        document.opening =
            [
                .text(
                    "统计时段\(facts.period.from.chineseDate)0时至24时，安全承诺取当日10时结果。应纳入企业\(facts.whole.enterprises)家"
                        + (facts.whole.unconnected > 0 ? "，其中未接入\(facts.whole.unconnected)家。" : "。"))
            ] + (writer.trendChart().map { [.chart($0)] } ?? [])
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["alarms"] = [writer.alarmSentence(), .table(alarmTable(writer))] + writer.repeatedBlocks()
        blocks["considerable"] =
            writer.riskBlocks()
            + [writer.warningSentence(), .table(writer.caseTable(onlyConsiderable: true))]
        blocks["commitments"] =
            [
                .paragraph(
                    writer.countSentence(
                        .commitment, whole: "应纳入企业", done: "10时前承诺", rate: "安全承诺率", measure: "家"))
            ] + writer.promiseBlocks() + writer.installationBlocks()
        blocks["online"] =
            [
                .paragraph(writer.timeSentence(.onlineTime, rate: "系统在线率（时长）", measure: "企业·小时")),
                writer.offlineSentence(),
            ] + offlineBlocks(writer) + unconnected(writer) + writer.qualityBlocks()
        blocks["video"] = [
            .paragraph(writer.timeSentence(.videoTime, rate: "视频在线率（时长）", measure: "路·小时")),
            .table(
                writer.ranking(
                    .videoTime, title: "视频在线率", done: "在线（路·小时）", whole: "应在线（路·小时）", isTime: true)),
        ]
        blocks["responsibility"] = writer.responsibilityBlocks()
        blocks["inspections"] = writer.inspectionBlocks(onlyChecks: facts.office.level == .park)
        document.sections = sections(countyDailySections, blocks)
        document.sections.append(DocumentSection(key: "advice", title: "整改要求", blocks: writer.adviceBlocks()))
        return document
    }

    /// 周报 of counties and parks: eight sections, an enterprise a row (TB-08); month, quarter and year where the county
    /// wants them (TB-09).
    static func countyPeriod(_ facts: BulletinFacts) -> Document {
        let writer = ContentWriter(facts: facts)
        var document = frame(
            facts, form: .redHead,
            title: "关于\(facts.periodLabel)危险化学品安全生产风险监测预警系统运行情况的通报")
        document.opening =
            [
                .text(
                    "现将\(facts.periodLabel)（\(facts.period.from.chineseDate)0时至\(facts.period.last.chineseDate)24时）"
                        + "运行情况通报如下。应纳入企业\(facts.whole.enterprises)家。")
            ] + (writer.trendChart().map { [.chart($0)] } ?? [])
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["commitments"] = [
            .paragraph(
                writer.countSentence(
                    .commitment, whole: "应承诺", done: "按时承诺", rate: "安全承诺率", measure: "家次")),
            .table(writer.ranking(.commitment, title: "按时安全承诺次数排名", done: "按时（天）", whole: "应承诺（天）")),
        ]
        blocks["risks"] = [.table(riskRanking(writer))]
        blocks["online"] = [
            .paragraph(writer.timeSentence(.onlineTime, rate: "系统在线率（时长）", measure: "企业·小时")),
            .table(
                writer.ranking(
                    .onlineTime, title: "在线时长排名", done: "在线（小时）", whole: "应在线（小时）", isTime: true)),
        ]
        blocks["video"] = [
            .paragraph(writer.timeSentence(.videoTime, rate: "视频在线率（时长）", measure: "路·小时")),
            .table(
                writer.ranking(
                    .videoTime, title: "视频在线时长排名", done: "在线（路·小时）", whole: "应在线（路·小时）", isTime: true)),
        ]
        blocks["riskList"] = writer.riskBlocks()
        blocks["inspections"] = writer.inspectionBlocks()
        blocks["alarms"] =
            [
                writer.alarmSentence(), writer.warningSentence(), .table(writer.caseTable(onlyConsiderable: true)),
            ] + writer.repeatedBlocks() + analysis(writer)
        blocks["numbers"] = [.table(numberRanking(writer))]
        document.sections = sections(countyPeriodSections, blocks)
        document.sections.append(
            DocumentSection(key: "attention", title: "重点关注企业", blocks: attention(writer) + writer.qualityBlocks()))
        document.sections.append(DocumentSection(key: "advice", title: "整改要求", blocks: writer.adviceBlocks()))
        return document
    }

    /// Alarms and clearing by enterprise, most alarms first.
    private static func alarmTable(_ writer: ContentWriter) -> DocumentTable {
        let ranked = Ranking.places(writer.facts.lists.alarms.filter { $0.opened > 0 }, byMost: { $0.opened })
        let (rows, note) = writer.cut(ranked)
        return DocumentTable(
            title: "企业报警消警",
            columns: [
                .init("名次", width: 8), .init("企业", alignment: .leading, width: 30), .init("报警（次）", width: 12),
                .init("消警（次）", width: 12), .init("消警率", width: 12), .init("平均消警时长", width: 14),
            ],
            rows: rows.map { place in
                let item = place.unit
                let ratio = Ratio(Int64(item.cleared), Int64(item.opened))
                let mean = item.clearTime.meanTime.map(ContentWords.length) ?? "—"
                return [
                    .count(place.rank), writer.enterpriseCell(item.enterprise), .count(item.opened),
                    .count(item.cleared), .init(ratio.percentText, number: ratio.value, isBold: ratio.missing > 0),
                    .init(mean),
                ]
            }, note: note, whenEmpty: "当日无报警（0次）")
    }

    private static func riskRanking(_ writer: ContentWriter) -> DocumentTable {
        let facts = writer.facts
        let ranked = Ranking.places(
            facts.units.filter { $0.figures.considerable > 0 },
            value: { [$0.figures.considerable, $0.figures.episodes[.red] ?? 0] },
            isBefore: { (one: [Int], two: [Int]) in one[0] != two[0] ? one[0] > two[0] : one[1] > two[1] })
        return DocumentTable(
            title: "较大以上安全风险次数排名",
            columns: [
                .init("名次", width: 8), .init("企业", alignment: .leading, width: 32), .init("重大（次）", width: 14),
                .init("较大（次）", width: 14), .init("合计（次）", width: 14), .init("\(facts.beforeWord)（次）", width: 14),
            ],
            rows: ranked.map { place in
                let set = place.unit.figures
                return [
                    .count(place.rank), .init(place.unit.name, link: writer.unitAddress(place.unit)),
                    .count(set.episodes[.red] ?? 0), .count(set.episodes[.orange] ?? 0),
                    .count(set.considerable, isBold: true), .count(place.unit.before.considerable),
                ]
            }, whenEmpty: "期内无较大以上安全风险（0次）")
    }

    /// 数量排名: alarms and warnings by enterprise, the most first.
    private static func numberRanking(_ writer: ContentWriter) -> DocumentTable {
        let facts = writer.facts
        func warnings(_ set: FigureSet) -> Int { Level.warnings.reduce(0) { $0 + (set.warnings[$1] ?? 0) } }
        let ranked = Ranking.places(
            facts.units.filter { $0.figures.alarms + warnings($0.figures) > 0 },
            value: { [$0.figures.alarms, warnings($0.figures)] },
            isBefore: { (one: [Int], two: [Int]) in one[0] != two[0] ? one[0] > two[0] : one[1] > two[1] })
        return DocumentTable(
            title: "报警预警数量排名",
            columns: [
                .init("名次", width: 8), .init("企业", alignment: .leading, width: 30), .init("报警（次）", width: 12),
                .init("未消警（次）", width: 12), .init("预警（次）", width: 12), .init("报警较\(facts.beforeWord)", width: 16),
            ],
            rows: ranked.map { place in
                let set = place.unit.figures
                return [
                    .count(place.rank), .init(place.unit.name, link: writer.unitAddress(place.unit)),
                    .count(set.alarms), .count(set.openAlarms, isBold: set.openAlarms > 0), .count(warnings(set)),
                    .init(writer.countChange(set.alarms, place.unit.before.alarms, measure: "次")),
                ]
            }, whenEmpty: "期内无报警和预警（0次）")
    }
}
