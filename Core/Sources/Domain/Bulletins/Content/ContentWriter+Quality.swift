import Kernel

extension ContentWriter {
    /// 数据质量: the five dimensions as scored for the days of the period (SJ-02), by the units that the bulletin
    /// compares, and who stands lowest. Sums of the days' numerators and denominators, never means of scores.
    func qualityBlocks() -> [DocumentBlock] {
        let scored = facts.lists.qualities.filter { $0.tally.totalHundredths != nil }
        guard !scored.isEmpty else { return [.text("数据质量评分：期内无已评分企业（0家）。")] }
        let whole = facts.lists.qualities.reduce(QualityTally()) { $0 + $1.tally }
        let parts = QualityDimension.allCases.map { "\($0.label)\(whole.text($0))" }.joined(separator: "、")
        var text = "数据质量五维评分（满分100）：综合\(whole.totalText)分，其中\(parts)；已评分企业\(scored.count)家"
        let low = scored.filter { ($0.tally.totalHundredths ?? 0) < Attention.qualityMin }
        text += "，低于\(Attention.qualityMin / 100)分的\(low.count)家"
        if facts.unit != .enterprise, !low.isEmpty {
            let names = low.sorted(by: Self.isLower).map { "\(name($0.enterprise))\($0.tally.totalText)分" }
            text += "：" + ContentWords.names(names, max: 10)
        }
        return [.text(text + "。"), .table(qualityTable(whole))]
    }

    private static func isLower(_ left: BulletinLists.Quality, _ right: BulletinLists.Quality) -> Bool {
        let (one, two) = (left.tally.totalHundredths ?? 0, right.tally.totalHundredths ?? 0)
        return one != two ? one < two : left.enterprise < right.enterprise
    }

    private func qualityTable(_ whole: QualityTally) -> DocumentTable {
        var tallies: [String: QualityTally] = [:]
        for item in facts.lists.qualities {
            let unit = facts.unit == .enterprise ? item.enterprise.rawValue : place(item.enterprise).unit
            tallies[unit] = (tallies[unit] ?? QualityTally()) + item.tally
        }
        let places = Ranking.places(facts.units, byMost: { tallies[$0.id]?.totalHundredths })
        func cells(_ tally: QualityTally) -> [DocumentTable.Cell] {
            QualityDimension.allCases.map { .init(tally.text($0), number: tally.score($0)) }
                + [.init(tally.totalText, number: tally.total(), isBold: true)]
        }
        let unscored = facts.units.filter { tallies[$0.id]?.totalHundredths == nil }.map(\.name)
        return DocumentTable(
            title: "数据质量评分排名",
            columns: [
                .init("名次", width: 7), .init(facts.unit.title, alignment: .leading, width: 25),
            ] + QualityDimension.allCases.map { .init($0.label, width: 11) } + [.init("综合", width: 13)],
            rows: places.prefix(Self.listMax * 4).map { place in
                [.count(place.rank), .init(place.unit.name, link: unitAddress(place.unit))]
                    + cells(tallies[place.unit.id] ?? QualityTally())
            },
            totals: facts.unit == .enterprise || places.count > 1 ? [["", "合计"] + cells(whole)] : [],
            note: unscored.isEmpty ? nil : "无评分、不参与排名：\(ContentWords.names(unscored))。")
    }
}
