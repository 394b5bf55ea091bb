import Kernel

/// 问题突出、整改不及时、反复出现的地区应当通报 (patrol measures Art. 9; XC-19b). The numbers are 本项目约定.
public enum CandidateRule {
    public static let seriousADayMin = 2
    public static let sameTopicMin = 3
    public static let sameTopicDays: Int32 = 30
    public static let overdueMin = 2

    /// The units that come up: two serious problems on one day, the same topic three times in thirty days, or two
    /// problems past their deadline; the one with most reasons first.
    public static func find(_ facts: BulletinFacts) -> [BulletinLists.Candidate] {
        guard facts.unit != .enterprise else { return [] }
        let from = Day(number: facts.period.until.number - sameTopicDays).start
        var byUnit: [String: [BulletinLists.Problem]] = [:]
        for problem in facts.lists.problems {
            guard let unit = problem.enterprise.flatMap({ facts.places[$0]?.unit }) ?? unit(of: problem, facts) else {
                continue
            }
            byUnit[unit, default: []].append(problem)
        }
        return facts.units.compactMap { unit -> BulletinLists.Candidate? in
            let reasons = reasons(byUnit[unit.id] ?? [], facts, since: from)
            return reasons.isEmpty
                ? nil
                : BulletinLists.Candidate(
                    unit: unit.id, unitName: unit.name, office: unit.office, reasons: reasons)
        }.sorted { left, right in
            left.reasons.count != right.reasons.count
                ? left.reasons.count > right.reasons.count : left.unit < right.unit
        }
    }

    private static func unit(of problem: BulletinLists.Problem, _ facts: BulletinFacts) -> String? {
        facts.units.first { $0.office == problem.subject }?.id
    }

    private static func reasons(
        _ problems: [BulletinLists.Problem], _ facts: BulletinFacts, since: Timestamp
    ) -> [String] {
        var reasons: [String] = []
        let inPeriod = problems.filter { $0.isSerious && $0.isNew }
        let worst = Dictionary(grouping: inPeriod) { Day($0.raisedAt) }.mapValues(\.count)
            .max { ($0.value, $1.key) < ($1.value, $0.key) }
        if let worst, worst.value >= seriousADayMin {
            reasons.append("\(worst.key.chineseMonthDay)发现重大问题\(worst.value)项")
        }
        let recent = problems.filter { $0.raisedAt >= since && $0.raisedAt < facts.period.until.start }
        let topics = Dictionary(grouping: recent) { $0.topic }.filter { $0.value.count >= sameTopicMin }
        for topic in topics.keys.sorted() {
            reasons.append("30日内“\(topic)”类问题\(topics[topic]?.count ?? 0)次")
        }
        let overdue = problems.count { $0.isOverdue }
        if overdue >= overdueMin { reasons.append("逾期未整改\(overdue)项") }
        return reasons
    }
}
