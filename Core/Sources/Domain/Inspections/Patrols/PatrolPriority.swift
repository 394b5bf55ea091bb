public import Kernel

/// What is known of a subordinate when the day's patrols are chosen.
public struct PatrolFacts: Hashable, Sendable {
    /// Serious problems of the last 90 days, and those overdue now.
    public var seriousProblems = 0
    public var overdueProblems = 0
    /// Warnings of the last 90 days.
    public var redWarnings = 0
    public var orangeWarnings = 0
    /// Enterprises at each level now.
    public var redEnterprises = 0
    public var orangeEnterprises = 0
    public var yellowEnterprises = 0
    /// How well the system is used, in 7 days: commitments on time and warnings handled in time, of all.
    public var applicationDone: Int64 = 0
    public var applicationWanted: Int64 = 0
    public var lastPatrolledOn: Day?

    public init() {}
}

/// The three scores of Art. 7 (XC-13), each 0…100, and a fourth of ours so that nobody is forgotten. [本项目约定]
public struct PatrolScores: Hashable, Sendable {
    /// 事故多发: problems and warnings behind it.
    public var history: Int
    /// 风险等级高
    public var risk: Int
    /// 应用排名靠后: 100 is the worst of its siblings.
    public var application: Int
    /// 久未巡查: 3 a day, 60 at the most.
    public var waiting: Int

    public init(history: Int, risk: Int, application: Int, waiting: Int) {
        self.history = history
        self.risk = risk
        self.application = application
        self.waiting = waiting
    }

    public var total: Int { history + risk + application + waiting }
}

/// A subordinate with its place in the day's order, and why it has it.
public struct PatrolCandidate: Hashable, Sendable {
    public var object: PatrolObject
    public var scores: PatrolScores
    public var explanation: String
}

public enum PatrolPriority {
    public static let waitingMost = 60

    /// The candidates in their order: accident-prone, high risk, low in the ranking first; then who has waited longest.
    public static func ranked(
        _ objects: [PatrolObject], facts: [AuthorityID: PatrolFacts], on day: Day
    ) -> [PatrolCandidate] {
        let places = applicationPlaces(objects, facts)
        return objects.map { object in
            let facts = facts[object.id] ?? PatrolFacts()
            let scores = PatrolScores(
                history: min(
                    100,
                    25 * facts.seriousProblems + 25 * facts.overdueProblems + 10 * facts.redWarnings
                        + 4 * facts.orangeWarnings),
                risk: min(
                    100, 40 * facts.redEnterprises + 20 * facts.orangeEnterprises + 5 * facts.yellowEnterprises),
                application: places[object.id]?.score ?? 0, waiting: waiting(since: facts.lastPatrolledOn, on: day))
            return PatrolCandidate(
                object: object, scores: scores, explanation: explain(facts, place: places[object.id], on: day))
        }.sorted { left, right in
            (left.scores.total, left.scores.waiting) != (right.scores.total, right.scores.waiting)
                ? (left.scores.total, left.scores.waiting) > (right.scores.total, right.scores.waiting)
                : left.object.id < right.object.id
        }
    }

    /// The patrols that are suggested for the day, in order: different divisions first, each once; on a special day
    /// they are gone through again until the number is reached.
    public static func suggested(_ ranked: [PatrolCandidate], quota: PatrolQuota) -> [PatrolCandidate] {
        var chosen: [PatrolCandidate] = []
        var divisions: Set<String> = []
        for candidate in ranked where candidate.object.isCounted && chosen.count < quota.divisions {
            if divisions.insert(candidate.object.division).inserted { chosen.append(candidate) }
        }
        guard !chosen.isEmpty else { return [] }
        let rounds = chosen
        while chosen.count < quota.patrols { chosen.append(rounds[chosen.count % rounds.count]) }
        return chosen
    }

    private static func waiting(since last: Day?, on day: Day) -> Int {
        guard let last else { return waitingMost }
        return min(waitingMost, 3 * max(0, Int(day.number - last.number)))
    }

    private struct Place {
        var score: Int
        var rank: Int
        var of: Int
    }

    /// Ranks by the rate of application, the best first; equal rates share a place; without data there is no place.
    private static func applicationPlaces(
        _ objects: [PatrolObject], _ facts: [AuthorityID: PatrolFacts]
    ) -> [AuthorityID: Place] {
        let rated = objects.compactMap { object -> (id: AuthorityID, done: Int64, wanted: Int64)? in
            guard let fact = facts[object.id], fact.applicationWanted > 0 else { return nil }
            return (object.id, fact.applicationDone, fact.applicationWanted)
        }
        var places: [AuthorityID: Place] = [:]
        for own in rated {
            // a/b > c/d without division; the counts are far from overflowing.
            let better = rated.count { $0.done * own.wanted > own.done * $0.wanted }
            let isPerfect = own.done >= own.wanted
            let score = rated.count < 2 || isPerfect ? 0 : better * 100 / (rated.count - 1)
            places[own.id] = Place(score: score, rank: better + 1, of: rated.count)
        }
        return places
    }

    private static func explain(_ facts: PatrolFacts, place: Place?, on day: Day) -> String {
        var parts: [String] = []
        if facts.seriousProblems > 0 { parts.append("90 日重大问题 \(facts.seriousProblems) 项") }
        if facts.overdueProblems > 0 { parts.append("逾期未改 \(facts.overdueProblems) 项") }
        if facts.redWarnings + facts.orangeWarnings > 0 {
            parts.append("90 日红 \(facts.redWarnings) 次、橙 \(facts.orangeWarnings) 次")
        }
        if facts.redEnterprises + facts.orangeEnterprises + facts.yellowEnterprises > 0 {
            parts.append(
                "现有红 \(facts.redEnterprises)、橙 \(facts.orangeEnterprises)、黄 \(facts.yellowEnterprises) 家")
        }
        if let place { parts.append("7 日应用第 \(place.rank)/\(place.of) 名") }
        if let last = facts.lastPatrolledOn {
            parts.append("\(max(0, day.number - last.number)) 天前巡过")
        } else {
            parts.append("从未巡过")
        }
        return parts.joined(separator: "；")
    }
}
