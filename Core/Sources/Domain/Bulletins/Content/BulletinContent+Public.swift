import Kernel

extension BulletinContent {
    /// 月度重大、较大安全风险次数排名: the list, the enterprises behind it and what follows (TB-11…15). For the public
    /// too: it names enterprises, and neither contacts nor places nor persons (TB-02).
    static func ranking(_ facts: BulletinFacts) -> Document {
        let month = Month(facts.period.from)
        var document = frame(facts, form: .redHead, title: "关于\(month.title)重大、较大安全风险次数排名情况的通报")
        document.publicity = .openToPublic
        let ladder = facts.ladder
        let unit = Ladder.unit(for: facts.office.level)
        let listed = ladder?.standings ?? []
        document.opening = [
            .text(
                listed.isEmpty
                    ? "\(month.title)，辖区内\(unit.title)均无较大及以上安全风险（0次），无单位列入排名。"
                    : "\(month.title)，辖区内共有\(ladder?.board.places.count ?? 0)个\(unit.title)出现较大及以上安全风险，"
                        + "现将排名前\(listed.map(\.place.rank).max() ?? 0)位的通报如下。")
        ]
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["board"] = [
            .table(boardTable(listed, unit: unit)),
            .text("次数按事件段计：同一企业连续处于较大及以上计一次，计入段内最高级；先比重大，再比较大，再比涉及企业数，并列同名次（本项目约定）。"),
        ]
        blocks["enterprises"] = listed.isEmpty ? [.text("无（0家）。")] : [.table(enterpriseTable(listed, facts))]
        blocks["ladder"] = ladderBlocks(listed, month: month)
        document.sections = sections(requiredSections(.ranking, level: facts.office.level), blocks)
        return document
    }

    private static func boardTable(_ listed: [Ladder.Standing], unit: RankedUnit) -> DocumentTable {
        DocumentTable(
            title: "重大、较大安全风险次数排名",
            columns: [
                .init("名次", width: 8), .init(unit.title, alignment: .leading, width: 24), .init("重大（次）", width: 12),
                .init("较大（次）", width: 12), .init("涉及企业（家）", width: 14), .init("连续入榜（月）", width: 14),
                .init("措施", width: 14),
            ],
            rows: listed.map { item in
                [
                    .count(item.place.rank), .init(item.place.count.name), .count(item.place.count.red),
                    .count(item.place.count.orange), .count(item.place.count.enterprises.count),
                    .count(item.months), .init(item.step.title, isBold: item.step > .caution),
                ]
            }, whenEmpty: "无（0次）")
    }

    private static func enterpriseTable(_ listed: [Ladder.Standing], _ facts: BulletinFacts) -> DocumentTable {
        DocumentTable(
            title: "涉及企业名单",
            columns: [
                .init("名次", width: 8),
                .init(Ladder.unit(for: facts.office.level).title, alignment: .leading, width: 20),
                .init("企业", alignment: .leading, width: 72),
            ],
            rows: listed.map { item in
                [
                    .count(item.place.rank), .init(item.place.count.name),
                    .init(
                        item.place.count.enterprises.map { facts.places[$0]?.name ?? $0.rawValue }
                            .joined(separator: "、")),
                ]
            })
    }

    private static func ladderBlocks(_ listed: [Ladder.Standing], month: Month) -> [DocumentBlock] {
        guard !listed.isEmpty else { return [.text("无（0个）。")] }
        let articles: [LadderStep: String] = [
            .caution: "\(month.title)列入排名", .criticism: "连续2个月列入排名", .interview: "连续3个月及以上列入排名",
        ]
        return LadderStep.allCases.reversed().map { step in
            let units = listed.filter { $0.step == step }
            let words = units.map { standing in
                step == .interview ? "\(standing.place.count.name)（连续\(standing.months)个月）" : standing.place.count.name
            }
            return .text(
                "\(step.title)（\(articles[step] ?? "")，《通报》第七条）："
                    + (units.isEmpty ? "无（0个）。" : "\(words.joined(separator: "、"))（\(units.count)个）。"))
        }
    }

    /// 专题通报 (TB-06): what stands out or is common in the period, with its cases. Its theme is what the data show most
    /// urgently; a human may write another one beside it.
    static func special(_ facts: BulletinFacts) -> Document {
        let findings = AdviceRules.findings(facts)
        let themes = Dictionary(grouping: findings) { $0.rule }
            .sorted { one, two in
                let (left, right) = (
                    one.value.map(\.urgency).max() ?? .notable, two.value.map(\.urgency).max() ?? .notable
                )
                if one.value.count != two.value.count { return one.value.count > two.value.count }
                return left != right ? left > right : one.key < two.key
            }
        let theme = themes.first
        var document = frame(
            facts, form: .redHead,
            title: "关于\(theme.map { title(ofRule: $0.key) } ?? "监测预警系统应用")问题的专题通报")
        document.opening = [.manual(ManualField(key: "theme", label: "专题缘由", hint: "为什么专题通报", isRequired: true))]
        var blocks: [String: [DocumentBlock]] = [:]
        blocks["finding"] =
            themes.isEmpty
            ? [.text("期内未发现突出和共性问题（0项）。")]
            : [
                .table(
                    DocumentTable(
                        title: "突出和共性问题",
                        columns: [
                            .init("问题", alignment: .leading, width: 30), .init("涉及（家、处）", width: 14),
                            .init("对象", alignment: .leading, width: 56),
                        ],
                        rows: themes.map { rule, list in
                            [
                                .init(title(ofRule: rule)), .count(list.count),
                                .init(ContentWords.names(list.map(\.subject), max: 12)),
                            ]
                        }))
            ]
        let worst = theme?.value.sorted(by: AdviceFinding.isMoreUrgent) ?? []
        blocks["cases"] = worst.prefix(ContentWriter.listMax).map {
            .text("\($0.subject)：\($0.fact)。")
        }
        if blocks["cases"]?.isEmpty != false { blocks["cases"] = [.text("无（0项）。")] }
        let advice = AdviceFinding.advice(theme?.value ?? [])
        blocks["advice"] =
            (advice.isEmpty ? [.text("无。")] : [.advice(Array(advice.prefix(20)))]) + [
                .manual(ManualField(key: "advice", label: "人工补充（会标为人工）"))
            ]
        document.sections = sections(requiredSections(.special, level: facts.office.level), blocks)
        return document
    }

    static func title(ofRule rule: String) -> String {
        switch rule {
        case "standing": "预警长时间未降级"
        case "supervision": "督办未反馈"
        case "report": "处置情况逾期上报"
        case "offline": "系统离线未报备"
        case "longOffline": "长期离线"
        case "commitment": "安全承诺不落实"
        case "repeated": "反复报警"
        case "openAlarm": "报警长时间未消警"
        case "slow": "消警迟缓"
        case "vacancy": "包保责任人空缺"
        case "duties": "包保履职不到位"
        case "problem": "问题逾期未整改"
        case "candidate": "问题突出地区"
        case "highRisk": "承诺高风险"
        case "video": "视频在线率低"
        default: FigureKind(rawValue: rule)?.title ?? rule
        }
    }

    /// What a public version may not show: contacts, coordinates, persons; the list of enterprises stays (TB-02).
    /// Links lead into the system and go as well; advice is inner business and goes.
    public static func redacted(_ document: Document) -> Document {
        var result = document
        result.publicity = .openToPublic
        result.signers = []
        result.opening = document.opening.compactMap(redacted)
        result.sections = document.sections.map(redacted)
        return result
    }

    private static func redacted(_ section: DocumentSection) -> DocumentSection {
        DocumentSection(
            key: section.key, title: section.title, blocks: section.blocks.compactMap(redacted),
            sections: section.sections.map(redacted))
    }

    private static func redacted(_ block: DocumentBlock) -> DocumentBlock? {
        switch block {
        case .paragraph(let paragraph):
            return .paragraph(
                Paragraph(paragraph.runs.map { TextRun(Redaction.redacted($0.text), isBold: $0.isBold) }))
        case .table(var table):
            func cells(_ rows: [[DocumentTable.Cell]]) -> [[DocumentTable.Cell]] {
                rows.map { row in
                    row.map { .init(Redaction.redacted($0.text), number: $0.number, isBold: $0.isBold) }
                }
            }
            table.rows = cells(table.rows)
            table.totals = cells(table.totals)
            table.note = table.note.map(Redaction.redacted)
            return .table(table)
        case .chart: return block
        case .advice: return nil
        case .manual(var field):
            field.text = Redaction.redacted(field.text)
            return .manual(field)
        }
    }
}
