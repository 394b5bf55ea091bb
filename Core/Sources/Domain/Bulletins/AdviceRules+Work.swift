import Kernel

extension AdviceRules {
    static func responsibility(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = facts.period.until
        let vacancies = Dictionary(grouping: facts.lists.vacancies) { $0.enterprise }
        var found: [AdviceFinding?] = vacancies.keys.sorted().map { enterprise in
            let list = vacancies[enterprise] ?? []
            let words = list.prefix(3).map { "“\($0.hazard)”缺\(ContentWords.role($0.role))" }
            return subject(
                "vacancy", .overdue, weight: Int64(list.count), about: enterprise, facts,
                fact: words.joined(separator: "、") + (list.count > 3 ? "等\(list.count)个岗位空缺" : ""),
                action: "任命三级包保责任人并在系统中更新", due: day.start + .days(2), article: "《企业》第六项",
                source: "/enterprise/" + PercentEncoding.encoded(enterprise.rawValue))
        }
        for item in facts.lists.overdueDuties where item.ratio.missing > 0 {
            found.append(
                subject(
                    "duties", .notable, weight: item.ratio.missing, about: item.enterprise, facts,
                    fact: "包保履职到期\(item.ratio.denominator)项，未按时完成\(item.ratio.missing)项",
                    action: "督促责任人补做并上传记录", due: day.start + .days(1), article: "应急厅〔2021〕12号第四至六条",
                    source: ContentWords.address(.duties, part: "missing", facts)))
        }
        return found.compactMap { $0 }
    }

    static func problems(_ facts: BulletinFacts) -> [AdviceFinding] {
        let day = facts.period.until
        let overdue = Dictionary(
            grouping: facts.lists.problems.filter { $0.isOverdue && $0.enterprise != nil }
        ) { $0.enterprise ?? "" }
        var found: [AdviceFinding?] = overdue.keys.sorted().map { enterprise in
            let list = overdue[enterprise] ?? []
            let major = list.count { $0.isMajorHiddenDanger }
            return subject(
                "problem", major > 0 ? .disposal : .overdue, weight: Int64(list.count), about: enterprise, facts,
                fact: "巡查抽查问题\(list.count)项逾期未整改" + (major > 0 ? "，其中重大隐患\(major)项" : "")
                    + "（\(list.first?.topic ?? "")）",
                action: major > 0 ? "依法督办，未整改前落实管控措施" : "限期整改并落实管控措施，反馈整改情况",
                due: day.start + .hours(18), article: "《巡查》第十四条", source: "/problems?state=overdue")
        }
        for item in facts.lists.candidates {
            found.append(
                AdviceFinding(
                    rule: "candidate", urgency: .overdue, weight: Int64(item.reasons.count), enterprise: nil,
                    unit: item.unit, addressee: item.office, subject: item.unitName,
                    fact: item.reasons.joined(separator: "，"), action: "逐项核查整改并书面反馈，本级列入通报候选",
                    due: day.start + .days(3), article: "《巡查》第九条", source: "/problems"))
        }
        let risky = facts.lists.installations.filter(\.isHighRisk)
        for item in risky {
            found.append(
                subject(
                    "highRisk", .watching, about: item.enterprise, facts, fact: "承诺风险等级为高",
                    action: "列为当日抽查重点，核实管控措施", due: day.start + .hours(18),
                    article: "晋应急发〔2021〕148号第一条",
                    source: "/commitments?day=\(ChinaTime.date(facts.period.last))"))
        }
        return found.compactMap { $0 }
    }

    /// What the subordinate offices did not do.
    static func work(_ facts: BulletinFacts) -> [AdviceFinding] {
        guard facts.unit != .enterprise else { return [] }
        let day = facts.period.until
        var found: [AdviceFinding] = []
        func add(
            _ kind: FigureKind, _ unit: BulletinFacts.Unit, _ urgency: AdviceFinding.Urgency, fact: String,
            action: String, article: String
        ) {
            let ratio = unit.figures[kind]
            guard ratio.isCountable, ratio.missing > 0 else { return }
            found.append(
                AdviceFinding(
                    rule: kind.rawValue, urgency: urgency, weight: ratio.missing, enterprise: nil, unit: unit.id,
                    addressee: unit.office, subject: unit.office, fact: fact, action: action,
                    due: day.start + .hours(24), article: article,
                    source: ContentWords.address(kind, part: "missing", facts, unit: unit.id)))
        }
        for unit in facts.units {
            let (patrols, checks, must) = (
                unit.figures[.patrols], unit.figures[.checks], unit.figures[.mustChecks]
            )
            add(
                .mustChecks, unit, .disposal, fact: "重大、较大风险企业应抽\(must.denominator)家次，漏抽\(must.missing)家次",
                action: "当日补抽并说明原因", article: "《巡查》第十条")
            add(
                .checks, unit, .notable, fact: "应抽查\(checks.denominator)家次，实抽\(checks.numerator)家次",
                action: "按规定数量完成抽查", article: "《巡查》第十一条")
            add(
                .patrols, unit, .notable, fact: "应巡查\(patrols.denominator)次，完成\(patrols.numerator)次",
                action: "按规定数量完成巡查", article: "《巡查》第七条")
        }
        return found
    }

    /// The enterprises whose cameras were off line longest, where the share is low.
    static func video(_ facts: BulletinFacts) -> [AdviceFinding] {
        facts.weakVideo.filter { $0.ratio.isBelow(videoShareMin) }.prefix(5).compactMap { item in
            subject(
                "video", .notable, weight: item.ratio.missing / 3_600_000, about: item.enterprise, facts,
                fact: "视频在线率\(item.ratio.percentText)，离线\(ContentWords.hours(item.ratio.missing))路时",
                action: "逐路排查摄像机、存储和网络，无法当日恢复的报备", due: facts.period.until.start + .hours(18),
                article: "《数据》第六、十条", source: ContentWords.address(.videoTime, part: "missing", facts))
        }
    }

    static func subject(
        _ rule: String, _ urgency: AdviceFinding.Urgency, weight: Int64 = 0, about enterprise: EnterpriseID,
        _ facts: BulletinFacts, fact: String, action: String, due: Timestamp?, article: String, source: String
    ) -> AdviceFinding? {
        guard let place = facts.places[enterprise] else { return nil }
        return AdviceFinding(
            rule: rule, urgency: urgency, weight: weight, enterprise: enterprise, unit: place.unit,
            addressee: facts.office.isOfCounty ? place.name : place.office, subject: place.name, fact: fact,
            action: action, due: due, article: article, source: source)
    }
}
