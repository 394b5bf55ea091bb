import Kernel

/// The parts that several bulletins share: sentences of figures with links, ranking tables, charts.
struct ContentWriter {
    let facts: BulletinFacts

    /// Those left out of an issued table, so that a document of the nation stays readable; the page has the whole.
    static let listMax = 40

    // MARK: sentences

    func link(_ text: String, _ kind: FigureKind, _ part: String) -> TextRun {
        TextRun(text, link: ContentWords.address(kind, part: part, facts))
    }

    /// `应纳入企业86家，10时前承诺84家，承诺率97.67%，较前一日下降1.16个百分点。`
    func countSentence(
        _ kind: FigureKind, whole: String, done: String, rate: String, measure: String
    ) -> Paragraph {
        let ratio = facts.whole[kind]
        guard ratio.isCountable else { return Paragraph([TextRun("\(whole)0\(measure)，\(rate)—。")]) }
        var runs = [
            TextRun(whole), link("\(ratio.denominator)", kind, "all"), TextRun("\(measure)，\(done)"),
            link("\(ratio.numerator)", kind, "counted"), TextRun("\(measure)，\(rate)"),
            TextRun(ratio.percentText, isBold: true),
        ]
        runs += changes(kind)
        runs.append(TextRun("。"))
        return Paragraph(runs)
    }

    /// `系统在线率98.84%（在线2038.5小时，应在线2064.0小时），与前一日持平。`
    func timeSentence(_ kind: FigureKind, rate: String, measure: String) -> Paragraph {
        let ratio = facts.whole[kind]
        guard ratio.isCountable else { return Paragraph([TextRun("\(rate)—（应在线0\(measure)）。")]) }
        var runs = [
            TextRun(rate), TextRun(ratio.percentText, isBold: true), TextRun("（在线"),
            link(ContentWords.hours(ratio.numerator), kind, "counted"), TextRun("\(measure)，应在线"),
            link(ContentWords.hours(ratio.denominator), kind, "all"), TextRun("\(measure)）"),
        ]
        runs += changes(kind)
        runs.append(TextRun("。"))
        return Paragraph(runs)
    }

    private func changes(_ kind: FigureKind) -> [TextRun] {
        var words: [String] = []
        if let change = PercentText.change(facts.whole[kind], from: facts.before[kind], since: facts.beforeWord) {
            words.append(change)
        }
        if let week = facts.weekBefore,
            let change = PercentText.change(facts.whole[kind], from: week[kind], since: "上周同日")
        {
            words.append(change)
        }
        return words.isEmpty ? [] : [TextRun("，" + words.joined(separator: "，"))]
    }

    /// `较前一日多2次`, from counts.
    func countChange(_ now: Int, _ before: Int, measure: String) -> String {
        if now == before { return "与\(facts.beforeWord)持平" }
        return "较\(facts.beforeWord)\(now > before ? "多" : "少")\(abs(now - before))\(measure)"
    }

    /// Who stands first and last, where they differ: `最高为高平市100.00%，最低为陵川县88.89%`.
    func extremes(_ kind: FigureKind) -> String? {
        let places = Ranking.places(facts.units, by: { $0.figures[kind] }, worstFirst: false)
        guard let best = places.first?.unit, let last = places.last, last.rank > 1 else { return nil }
        let worst = places.filter { $0.rank == last.rank }.map(\.unit.name)
        let leaders = places.filter { $0.rank == 1 }.map(\.unit.name)
        return "最高为\(ContentWords.names(leaders, max: 4, measure: "个"))（\(best.figures[kind].percentText)），"
            + "最低为\(ContentWords.names(worst, max: 4, measure: "个"))（\(last.unit.figures[kind].percentText)）。"
    }

    // MARK: tables

    /// A ranking by a rate, the highest first (information measures Art. 3: 按照高低排名), with the whole at the foot.
    func ranking(
        _ kind: FigureKind, title: String, done: String, whole: String, isTime: Bool = false
    ) -> DocumentTable {
        let places = Ranking.places(facts.units, by: { $0.figures[kind] }, worstFirst: false)
        let before = Dictionary(
            Ranking.places(facts.units, by: { $0.before[kind] }, worstFirst: false).map { ($0.unit.id, $0.rank) },
            uniquingKeysWith: { first, _ in first })
        func number(_ value: Int64) -> DocumentTable.Cell {
            isTime
                ? .init(ContentWords.hours(value), number: Double(value) / 3_600_000) : .count(Int(value))
        }
        func rate(_ ratio: Ratio) -> DocumentTable.Cell {
            .init(ratio.percentText, number: ratio.value, isBold: ratio.isCountable && !ratio.isWhole)
        }
        let rows = places.prefix(Self.listMax * 4).map { place -> [DocumentTable.Cell] in
            let ratio = place.unit.figures[kind]
            return [
                .count(place.rank), .init(place.unit.name, link: unitAddress(place.unit)), number(ratio.numerator),
                number(ratio.denominator), rate(ratio), .init(move(place.rank, before[place.unit.id])),
            ]
        }
        let uncounted = facts.units.filter { !$0.figures[kind].isCountable }.map(\.name)
        return DocumentTable(
            title: title,
            columns: [
                .init("名次", width: 7), .init(facts.unit.title, alignment: .leading, width: 22), .init(done, width: 16),
                .init(whole, width: 16), .init("比率", width: 12), .init("名次较\(facts.beforeWord)", width: 14),
            ],
            rows: rows,
            totals: facts.whole[kind].isCountable
                ? [
                    [
                        "", "合计", number(facts.whole[kind].numerator), number(facts.whole[kind].denominator),
                        rate(facts.whole[kind]), "",
                    ]
                ] : [],
            note: uncounted.isEmpty ? nil : "分母为0、不参与排名：\(ContentWords.names(uncounted))。",
            whenEmpty: "无可排名的\(facts.unit.title)")
    }

    /// `↑1`, `↓2`, `—`.
    func move(_ rank: Int, _ before: Int?) -> String {
        guard let before, before != rank else { return "—" }
        return rank < before ? "↑\(before - rank)" : "↓\(rank - before)"
    }

    func unitAddress(_ unit: BulletinFacts.Unit) -> String {
        facts.unit == .enterprise
            ? "/enterprise/" + PercentEncoding.encoded(unit.id)
            : "/figures?from=\(ChinaTime.date(facts.period.from))&to=\(ChinaTime.date(facts.period.last))"
                + "&unit=\(PercentEncoding.encoded(unit.id))"
    }

    func place(_ enterprise: EnterpriseID) -> BulletinLists.Place {
        facts.places[enterprise]
            ?? BulletinLists.Place(
                enterprise: enterprise, name: enterprise.rawValue, unit: "", unitName: "", office: "")
    }

    func enterpriseCell(_ enterprise: EnterpriseID) -> DocumentTable.Cell {
        .init(place(enterprise).name, link: "/enterprise/" + PercentEncoding.encoded(enterprise.rawValue))
    }

    /// Names, with the unit where the bulletin is about divisions.
    func name(_ enterprise: EnterpriseID) -> String {
        let place = place(enterprise)
        return facts.unit == .enterprise || place.unitName.isEmpty ? place.name : "\(place.name)（\(place.unitName)）"
    }

    /// Cuts a list and says so.
    func cut<Element>(_ list: [Element]) -> (rows: ArraySlice<Element>, note: String?) {
        let rows = list.prefix(Self.listMax)
        return (rows, list.count > rows.count ? "共\(list.count)项，列前\(rows.count)项，其余见系统。" : nil)
    }

    // MARK: charts

    func trendChart() -> DocumentChart? {
        guard facts.trend.count > 1 else { return nil }
        let kinds: [(FigureKind, String)] = [(.commitment, "安全承诺"), (.onlineTime, "系统在线"), (.videoTime, "视频在线")]
        let series = kinds.map { kind, name in
            DocumentChart.Series(
                name,
                facts.trend.map { day in
                    day.figures[kind]?.hundredths.map { Double($0) / 100 }
                })
        }.filter { $0.values.contains { $0 != nil } }
        guard !series.isEmpty else { return nil }
        return DocumentChart(
            kind: .line, title: "安全承诺率、系统在线率、视频在线率", unit: "%",
            labels: facts.trend.map { "\($0.day.components.month).\($0.day.components.day)" }, series: series)
    }

    func adviceBlocks() -> [DocumentBlock] {
        let all = AdviceFinding.advice(AdviceRules.findings(facts))
        let limit = facts.office.isOfCounty ? 20 : 12
        let shown = Array(all.prefix(limit))
        var blocks: [DocumentBlock] = []
        if shown.isEmpty {
            blocks.append(.text("各项指标未触发改进建议规则，无重点改进建议。"))
        } else {
            blocks.append(.advice(shown))
            if all.count > shown.count {
                blocks.append(.text("另有\(all.count - shown.count)条建议未列，所涉问题见各节名单，请对照整改。"))
            }
        }
        blocks.append(
            .manual(
                ManualField(key: "advice", label: "人工补充（会标为人工）", hint: "数据里看不出的，如天气、重大活动、上级要求")))
        return blocks
    }
}
