import Kernel

extension BulletinContent {
    /// 重点关注企业清单与问题 (TB-05⑧; SZ-05…07, JC-12, JC-14, JC-20): why each enterprise is on it.
    static func attention(_ writer: ContentWriter) -> [DocumentBlock] {
        let list = Attention.list(writer.facts)
        guard !list.isEmpty else { return [.text("期内无重点关注企业（0家）。")] }
        let (rows, note) = writer.cut(list)
        return [
            .table(
                DocumentTable(
                    title: "重点关注企业清单",
                    columns: [
                        .init("序号", width: 6), .init("企业", alignment: .leading, width: 24),
                        .init(writer.facts.unit.title, alignment: .leading, width: 16),
                        .init("问题", alignment: .leading, width: 54),
                    ],
                    rows: rows.enumerated().map { index, item in
                        [
                            .count(index + 1), writer.enterpriseCell(item.enterprise),
                            .init(writer.place(item.enterprise).unitName),
                            .init(item.reasons.map(\.text).joined(separator: "；")),
                        ]
                    }, note: note))
        ]
    }

    /// What the figures say taken together (TB-05⑨): only what the data bear out.
    static func analysis(_ writer: ContentWriter) -> [DocumentBlock] {
        let facts = writer.facts
        var lines: [String] = []
        let rates: [(FigureKind, String)] = [
            (.commitment, "安全承诺率"), (.enterprisesOnline, "重大危险源企业在线率"), (.enterprisesVideo, "视频在线企业率"),
            (.alarmsCleared, "报警消警率"), (.warningsInTime, "预警按时处置率"),
        ]
        let falling = rates.filter { facts.whole[$0.0].isBelow(facts.before[$0.0]) }
        let rising = rates.filter { facts.before[$0.0].isBelow(facts.whole[$0.0]) }
        func words(_ list: [(FigureKind, String)]) -> String {
            list.map { kind, title in
                "\(title)\(facts.before[kind].percentText)→\(facts.whole[kind].percentText)"
            }.joined(separator: "，")
        }
        if !falling.isEmpty { lines.append("较\(facts.beforeWord)下降的指标：\(words(falling))。") }
        if !rising.isEmpty { lines.append("较\(facts.beforeWord)上升的指标：\(words(rising))。") }
        if facts.unit != .enterprise {
            for (kind, title) in rates.prefix(3) {
                let drops = facts.units.filter { $0.figures[kind].isBelow($0.before[kind]) }
                let worst = drops.min {
                    ($0.figures[kind].hundredths ?? 0) - ($0.before[kind].hundredths ?? 0)
                        < ($1.figures[kind].hundredths ?? 0) - ($1.before[kind].hundredths ?? 0)
                }
                if let worst {
                    let change = PercentText.change(
                        worst.figures[kind], from: worst.before[kind], since: facts.beforeWord)
                    if let change, !change.hasSuffix("持平") { lines.append("\(title)降幅最大的是\(worst.name)，\(change)。") }
                }
            }
        }
        let perEnterprise = Dictionary(grouping: facts.lists.risks.filter(\.isNew)) { $0.enterprise }
        let repeating = perEnterprise.filter { $0.value.count >= 2 }
        if !repeating.isEmpty {
            let ordered = repeating.sorted { one, two in
                one.value.count != two.value.count ? one.value.count > two.value.count : one.key < two.key
            }
            lines.append(
                "较大以上风险反复出现的企业\(ordered.count)家："
                    + ordered.prefix(8).map { "\(writer.name($0.key))\($0.value.count)次" }.joined(separator: "、") + "。")
        }
        if let concentrated = alarmConcentration(facts) { lines.append(concentrated) }
        return lines.isEmpty
            ? [.text("各项指标与\(facts.beforeWord)相比无升降，无反复出现的较大以上风险。")] : lines.map { .text($0) }
    }

    /// How few enterprises most alarms come from.
    private static func alarmConcentration(_ facts: BulletinFacts) -> String? {
        let total = facts.whole.alarms
        let ordered = facts.lists.alarms.sorted { one, two in
            one.opened != two.opened ? one.opened > two.opened : one.enterprise < two.enterprise
        }
        guard total >= 10, ordered.count > 3 else { return nil }
        let top = ordered.prefix(3)
        let share = Ratio(Int64(top.reduce(0) { $0 + $1.opened }), Int64(total))
        guard !share.isBelow(Ratio(1, 2)) else { return nil }
        let names = top.map { facts.places[$0.enterprise]?.name ?? $0.enterprise.rawValue }
        return "报警集中：\(names.joined(separator: "、"))3家占全部\(total)次报警的\(share.percentText)。"
    }
}
