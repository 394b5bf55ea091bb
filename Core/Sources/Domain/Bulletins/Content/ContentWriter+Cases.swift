import Kernel

extension ContentWriter {
    // MARK: alarms and warnings

    func alarmSentence() -> DocumentBlock {
        let whole = facts.whole
        guard whole.alarms > 0 else {
            return .text("期内新发报警0次\(facts.before.alarms > 0 ? "，较\(facts.beforeWord)少\(facts.before.alarms)次" : "")。")
        }
        let ratio = whole[.alarmsCleared]
        var runs = [
            TextRun("期内新发报警"), link("\(ratio.denominator)", .alarmsCleared, "all"),
            TextRun("次（\(countChange(whole.alarms, facts.before.alarms, measure: "次"))），期末已消警"),
            link("\(ratio.numerator)", .alarmsCleared, "counted"), TextRun("次，消警率"),
            TextRun(ratio.percentText, isBold: true),
        ]
        if let mean = whole.clearTime.meanTime {
            runs.append(TextRun("，平均消警时长\(ContentWords.length(mean))"))
        }
        if ratio.missing > 0 {
            runs.append(TextRun("；未消警"))
            runs.append(link("\(ratio.missing)", .alarmsCleared, "missing"))
            runs.append(TextRun("次"))
            if let oldest = facts.lists.alarms.compactMap(\.oldestOpen).min() {
                runs.append(TextRun("，最长的已\(ContentWords.length(facts.end - oldest))"))
            }
        }
        runs.append(TextRun("。"))
        return .paragraph(Paragraph(runs))
    }

    func warningSentence() -> DocumentBlock {
        let whole = facts.whole
        let raised = Level.warnings.reduce(0) { $0 + (whole.warnings[$1] ?? 0) }
        let before = Level.warnings.reduce(0) { $0 + (facts.before.warnings[$1] ?? 0) }
        guard raised > 0 else {
            return .text("期内新发黄色及以上预警0次（\(countChange(0, before, measure: "次"))）。")
        }
        var runs = [
            TextRun("期内新发预警"), link("\(raised)", .warningsDisposed, "all"),
            TextRun(
                "次（红色\(whole.warnings[.red] ?? 0)次、橙色\(whole.warnings[.orange] ?? 0)次、"
                    + "黄色\(whole.warnings[.yellow] ?? 0)次，\(countChange(raised, before, measure: "次"))）"),
        ]
        for (kind, words) in [
            (FigureKind.warningsDisposed, "处置"), (.warningsInTime, "按时处置"), (.reportsInTime, "上报及时"),
            (.supervisionsFedBack, "督办反馈"),
        ] {
            let ratio = whole[kind]
            guard ratio.isCountable else { continue }
            runs.append(TextRun("，\(words)"))
            runs.append(link(ratio.pairText, kind, ratio.missing > 0 ? "missing" : "all"))
            runs.append(TextRun("（\(ratio.percentText)）"))
        }
        runs.append(TextRun("。"))
        return .paragraph(Paragraph(runs))
    }

    func caseTable(onlyConsiderable: Bool = false) -> DocumentTable {
        let list = facts.lists.cases.filter { !onlyConsiderable || RiskEpisode.isConsiderable($0.peak) }
        let (rows, note) = cut(list)
        return DocumentTable(
            title: onlyConsiderable ? "较大以上预警处置" : "预警及处置",
            columns: [
                .init("级别", width: 8), .init("企业", alignment: .leading, width: 22),
                .init("重大危险源", alignment: .leading, width: 22), .init("产生", width: 17), .init("处置", width: 17),
                .init("警示通报", width: 9), .init("上报", width: 9), .init("督办待反馈", width: 10),
            ],
            rows: rows.map { item in
                let report: String =
                    switch item.isReportInTime {
                    case true?: "及时"
                    case false?: "逾期"
                    case nil: item.clearedAt == nil ? "/" : "时限内"
                    }
                return [
                    .init(ContentWords.level(item.peak), isBold: item.peak >= .orange),
                    .init(name(item.enterprise)),
                    .init(item.hazard, link: "/warning/" + PercentEncoding.encoded(item.id.rawValue)),
                    .init(ContentWords.stamp(item.raisedAt)),
                    .init(
                        item.clearedAt.map { "解除 " + ContentWords.stamp($0) } ?? (item.isFallen ? "已降级" : "未降级"),
                        isBold: item.clearedAt == nil && !item.isFallen),
                    .count(item.cautions, isBold: item.cautions > 0),
                    .init(report, isBold: item.isReportInTime == false),
                    .count(item.openSupervisions, isBold: item.openSupervisions > 0),
                ]
            },
            note: note, whenEmpty: onlyConsiderable ? "无（0次）" : "期内无预警（0次）")
    }

    func repeatedBlocks() -> [DocumentBlock] {
        let list = facts.lists.repeated
        guard !list.isEmpty else { return [.text("七日内同点报警3次以上的点位：无（0个）。")] }
        let (rows, note) = cut(list)
        return [
            .text("七日内同点报警3次以上的点位\(list.count)个，应按《企业》第八项开展根因分析。"),
            .table(
                DocumentTable(
                    title: "反复报警点位",
                    columns: [
                        .init("企业", alignment: .leading, width: 30), .init("点位", alignment: .leading, width: 30),
                        .init("七日报警次数", width: 14),
                    ],
                    rows: rows.map { item in
                        [
                            .init(name(item.enterprise)),
                            .init(item.pointName, link: "/point/" + PercentEncoding.encoded(item.point.rawValue)),
                            .count(item.count, isBold: true),
                        ]
                    }, note: note)),
        ]
    }

    // MARK: patrols and checks

    func inspectionBlocks(onlyChecks: Bool = false) -> [DocumentBlock] {
        var blocks: [DocumentBlock] = [ownWorkSentence(onlyChecks: onlyChecks)]
        let problems = facts.lists.problems.filter { problem in
            (problem.isNew || problem.isOverdue) && (!onlyChecks || problem.origin != .patrol)
        }
        let fresh = problems.count { $0.isNew }
        let overdue = problems.count { $0.isOverdue }
        if problems.isEmpty {
            blocks.append(.text("发现异常：无（0项）。"))
        } else {
            let serious = problems.count { $0.isNew && $0.isSerious }
            let major = problems.count { $0.isNew && $0.isMajorHiddenDanger }
            blocks.append(
                .text("期内发现问题\(fresh)项，其中重大问题\(serious)项、重大隐患\(major)项；逾期未整改\(overdue)项。"))
            blocks.append(.table(problemTable(problems)))
        }
        if !facts.lists.checks.isEmpty { blocks.append(.table(checkTable(facts.lists.checks))) }
        if !facts.lists.candidates.isEmpty {
            blocks.append(
                .text(
                    "列入通报候选的地区（《巡查》第九条）："
                        + facts.lists.candidates.map { "\($0.unitName)（\($0.reasons.joined(separator: "，"))）" }
                        .joined(separator: "；") + "。"))
        }
        return blocks
    }

    private func ownWorkSentence(onlyChecks: Bool) -> DocumentBlock {
        let kinds: [(FigureKind, String, String)] =
            (onlyChecks ? [] : [(.patrols, "本级巡查", "次")]) + [
                (.checks, "本级抽查", "家次"), (.mustChecks, "必抽企业", "家次"),
            ]
        let parts = kinds.map { kind, words, measure -> String in
            let ratio = facts.ownWork[kind] ?? Ratio.none
            return ratio.isCountable
                ? "\(words)应\(ratio.denominator)\(measure)、完成\(ratio.numerator)\(measure)（\(ratio.percentText)）"
                : "\(words)无任务（0\(measure)）"
        }
        return .text(parts.joined(separator: "；") + "。")
    }

    private func problemTable(_ problems: [BulletinLists.Problem]) -> DocumentTable {
        let (rows, note) = cut(problems)
        return DocumentTable(
            title: "巡查抽查问题",
            columns: [
                .init("来源", width: 9), .init("对象", alignment: .leading, width: 24), .init("性质", width: 11),
                .init("问题", alignment: .leading, width: 36), .init("期限", width: 15), .init("状态", width: 11),
            ],
            rows: rows.map { item in
                let origin: String =
                    switch item.origin {
                    case .patrol: "巡查"
                    case .spotCheck: "抽查"
                    case .quality: "数据质量"
                    case .siteCheck: "现场核查"
                    }
                return [
                    .init(origin), .init(item.enterprise.map(name) ?? item.subject),
                    .init(
                        item.isMajorHiddenDanger ? "重大隐患" : item.isSerious ? "重大问题" : "一般",
                        isBold: item.isSerious || item.isMajorHiddenDanger),
                    .init(item.content, link: "/problem/" + PercentEncoding.encoded(item.id)),
                    .init(item.deadline.map(ContentWords.dueText) ?? "/"),
                    .init(
                        item.closedAt != nil ? "已闭环" : item.isOverdue ? "逾期" : "整改中", isBold: item.isOverdue),
                ]
            }, note: note)
    }

    /// The appendix of the patrol measures, of those checked with something abnormal (domain §12.1: ⑨附10.8表).
    private func checkTable(_ checks: [BulletinLists.Check]) -> DocumentTable {
        let titles = [
            "序号", "企业名称", "所在地区", "重大危险源名称", "安全风险等级", "是否安全承诺", "未消警数量",
            "实时监测数据异常情况", "视频异常情况", "值班值守", "7日内是否出现过较大及以上安全风险等级", "其他异常情况",
        ]
        let (rows, note) = cut(checks)
        return DocumentTable(
            title: "抽查情况（有异常的）",
            columns: titles.enumerated().map { index, title in
                .init(title, alignment: index == 1 || index == 3 ? .leading : .center, width: index == 0 ? 4 : 9)
            },
            rows: rows.enumerated().map { index, check in
                let cells = check.cells.prefix(11)
                return [.count(index + 1)] + cells.map { .init($0) }
                    + Array(repeating: "/", count: max(0, 11 - cells.count))
            }, note: note)
    }
}
