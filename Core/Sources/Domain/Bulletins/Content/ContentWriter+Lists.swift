import Kernel

extension ContentWriter {
    // MARK: commitments

    func promiseBlocks() -> [DocumentBlock] {
        let list = facts.lists.promises
        func names(_ matches: (BulletinLists.Promise.State) -> Bool) -> [String] {
            list.filter { matches($0.state) }.map { name($0.enterprise) }
        }
        let late = names { if case .late = $0 { true } else { false } }
        let missing = names { if case .missing = $0 { true } else { false } }
        let delegate = names { if case .byDelegate = $0 { true } else { false } }
        var parts: [String] = []
        if !late.isEmpty { parts.append("逾期承诺\(late.count)家：\(ContentWords.names(late, max: 20))") }
        if !missing.isEmpty { parts.append("未承诺\(missing.count)家：\(ContentWords.names(missing, max: 20))") }
        if !delegate.isEmpty { parts.append("代承诺\(delegate.count)家：\(ContentWords.names(delegate, max: 20))") }
        let day = facts.kind == .daily ? "" : facts.period.last.chineseMonthDay
        return [.text(parts.isEmpty ? "\(day)未按时承诺企业：无（0家）。" : day + parts.joined(separator: "；") + "。")]
    }

    // MARK: off line

    func offlineTable() -> DocumentTable {
        let ranked = Ranking.places(facts.lists.offline, byMost: { $0.length })
        let (rows, note) = cut(ranked)
        return DocumentTable(
            title: "离线企业排名",
            columns: [
                .init("名次", width: 7), .init("企业", alignment: .leading, width: 26),
                .init(facts.unit == .enterprise ? "监管部门" : facts.unit.title, alignment: .leading, width: 16),
                .init("离线起", width: 20), .init("连续离线", width: 12), .init("现状", width: 14),
            ],
            rows: rows.map { place in
                let item = place.unit
                let own = self.place(item.enterprise)
                return [
                    .count(place.rank), enterpriseCell(item.enterprise),
                    .init(facts.unit == .enterprise ? facts.office.place : own.unitName),
                    .init(ContentWords.stamp(item.since)),
                    .init(
                        ContentWords.length(item.length), number: Double(item.length.minutes) / 60,
                        isBold: item.isLong),
                    .init(item.isStanding ? (item.isLong ? "长期离线" : "仍离线") : "已恢复"),
                ]
            },
            note: note, whenEmpty: "无（0家）")
    }

    func offlineSentence() -> DocumentBlock {
        let list = facts.lists.offline
        guard !list.isEmpty else { return .text("期内无未报备离线企业（0家）。") }
        let standing = list.filter(\.isStanding)
        let long = list.filter { $0.isStanding && $0.isLong }
        var text = "期内未报备离线企业\(list.count)家，期末仍离线\(standing.count)家"
        text +=
            long.isEmpty
            ? "，无连续离线72小时以上企业。"
            : "，其中连续离线72小时以上\(long.count)家："
                + ContentWords.names(long.map { name($0.enterprise) }, max: 10) + "。"
        return .text(text)
    }

    // MARK: responsible persons

    func responsibilityBlocks() -> [DocumentBlock] {
        var blocks: [DocumentBlock] = []
        blocks.append(
            .paragraph(
                countSentence(.duties, whole: "到期履职任务", done: "按时完成", rate: "履职落实率", measure: "项")))
        let vacancies = facts.lists.vacancies
        if vacancies.isEmpty {
            blocks.append(.text("三级包保责任人空缺：无（0个岗位）。"))
        } else {
            let (rows, note) = cut(vacancies)
            blocks.append(
                .text("三级包保责任人空缺\(vacancies.count)个岗位，涉及企业\(Set(vacancies.map(\.enterprise)).count)家。"))
            blocks.append(
                .table(
                    DocumentTable(
                        title: "包保责任人空缺",
                        columns: [
                            .init("企业", alignment: .leading, width: 30),
                            .init("重大危险源", alignment: .leading, width: 30), .init("空缺岗位", width: 16),
                        ],
                        rows: rows.map { item in
                            [
                                enterpriseCell(item.enterprise), .init(item.hazard),
                                .init(ContentWords.role(item.role), isBold: true),
                            ]
                        }, note: note)))
        }
        return blocks
    }

    // MARK: installations

    func installationBlocks() -> [DocumentBlock] {
        let list = facts.lists.installations
        let day = facts.period.last.chineseMonthDay
        guard !list.isEmpty else { return [.text("\(day)无已提交的承诺，装置开停车情况：/。")] }
        func sum(_ value: (BulletinLists.Installations) -> Int) -> Int { list.reduce(0) { $0 + value($1) } }
        let moving = list.filter(\.isStartingOrStopping)
        let trial = list.filter(\.isOnTrial)
        var text =
            "\(day)已承诺的\(list.count)家企业共有生产装置\(sum(\.total))套，运行\(sum(\.running))套，"
            + "停产\(sum(\.stopped))套，检修\(sum(\.underRepair))套；特级动火\(sum(\.topFires))处，"
            + "一级动火\(sum(\.firstFires))处，进入受限空间\(sum(\.confinedSpaces))处。"
        text +=
            moving.isEmpty
            ? "处于开停车状态的企业：无（0家）。"
            : "处于开停车状态的企业\(moving.count)家：\(ContentWords.names(moving.map { name($0.enterprise) }, max: 20))。"
        if !trial.isEmpty {
            text += "试生产企业\(trial.count)家：\(ContentWords.names(trial.map { name($0.enterprise) }, max: 20))。"
        }
        var blocks: [DocumentBlock] = [.text(text)]
        if !facts.lists.operations.isEmpty {
            let (rows, note) = cut(facts.lists.operations)
            blocks.append(
                .table(
                    DocumentTable(
                        title: "开停车与检修记录",
                        columns: [
                            .init("企业", alignment: .leading, width: 26), .init("类别", width: 10),
                            .init("装置", alignment: .leading, width: 20), .init("起", width: 18), .init("止", width: 18),
                        ],
                        rows: rows.map { item in
                            [
                                enterpriseCell(item.enterprise), .init(item.kind), .init(item.device),
                                .init(ContentWords.stamp(item.from)), .init(ContentWords.stamp(item.until)),
                            ]
                        }, note: note)))
        }
        return blocks
    }

    // MARK: risk

    func riskBlocks() -> [DocumentBlock] {
        let list = facts.lists.risks
        let (red, orange) = (list.count { $0.peak == .red }, list.count { $0.peak == .orange })
        guard !list.isEmpty else { return [.text("较大以上安全风险企业：无（重大0次，较大0次）。")] }
        let standing = list.count { $0.until.map { $0 > facts.end } ?? true }
        let change = countChange(facts.whole.considerable, facts.before.considerable, measure: "次")
        let text =
            "出现较大以上安全风险的企业\(Set(list.map(\.enterprise)).count)家，重大\(red)次、较大\(orange)次；"
            + "期内新发\(facts.whole.considerable)次，\(change)；期末仍在较大以上的\(standing)次。"
        let (rows, note) = cut(list)
        return [
            .text(text),
            .table(
                DocumentTable(
                    title: "较大以上安全风险企业",
                    columns: [
                        .init("企业", alignment: .leading, width: 24), .init("最高等级", width: 10),
                        .init("重大危险源", alignment: .leading, width: 24), .init("起", width: 17),
                        .init("止", width: 17), .init("持续", width: 12),
                    ],
                    rows: rows.map { item in
                        let until = item.until.flatMap { $0 <= facts.end ? $0 : nil }
                        return [
                            .init(
                                name(item.enterprise),
                                link: "/enterprise/" + PercentEncoding.encoded(item.enterprise.rawValue)),
                            .init(item.peak == .red ? "重大" : "较大", isBold: item.peak == .red),
                            .init(ContentWords.names(item.hazards, max: 3, measure: "处")),
                            .init(ContentWords.stamp(item.from)), .init(until.map(ContentWords.stamp) ?? "未降级"),
                            .init(ContentWords.length((until ?? facts.end) - item.from)),
                        ]
                    }, note: note)),
        ]
    }
}
