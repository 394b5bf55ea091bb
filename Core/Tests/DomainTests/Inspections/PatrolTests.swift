import Domain
import Kernel
import Testing

@Suite struct PatrolTests {
    private let directory = AuthorityDirectory([
        Authority(id: "AKY", level: .center, name: "中心"),
        Authority(id: "140000", level: .province, name: "省厅", region: "140000"),
        Authority(id: "140500", level: .city, name: "晋城", region: "140500", parent: "140000"),
        Authority(id: "140502", level: .county, name: "城区", region: "140502", parent: "140500"),
        Authority(id: "140521", level: .county, name: "沁水", region: "140521", parent: "140500"),
        Authority(
            id: "140521-NY", level: .county, name: "能源局", region: "140521", parent: "140500", coversRegion: false),
        Authority(id: "140522", level: .county, name: "阳城", region: "140522", parent: "140500"),
        Authority(id: "P140521001", level: .park, name: "园区", region: "140521", parent: "140500"),
    ])
    private let day = Day(year: 2026, month: 11, day: 23)!

    private func sheet(_ kind: PatrolKind = .routine) -> PatrolSheet {
        PatrolSheet(
            kind: kind, subject: "140502",
            answers: PatrolTopic.allCases.map {
                PatrolAnswer(item: $0.rawValue, title: $0.label, isNormal: true)
            }, inspector: "王敏")
    }

    @Test func `XC-04 only direct subordinates and parks may be patrolled`() {
        #expect(directory.patrolObjects(of: "AKY").map(\.id) == ["140000"])
        #expect(directory.patrolObjects(of: "140000").map(\.id) == ["140500"])
        #expect(
            directory.patrolObjects(of: "140500").map(\.id)
                == ["140502", "140521", "140521-NY", "140522", "P140521001"])
        #expect(directory.patrolObjects(of: "140521").map(\.id) == ["P140521001"])
        #expect(directory.patrolObjects(of: "140521-NY").isEmpty)
        #expect(directory.patrolObjects(of: "140502").isEmpty)
    }

    @Test func `A12 two regulators of one county are one division, parks are none`() {
        let quota = PatrolQuota(level: .city, objects: directory.patrolObjects(of: "140500"))
        #expect(quota.available == 3)
        let county = PatrolQuota(level: .county, objects: directory.patrolObjects(of: "140521"))
        #expect(county.available == 1 && county.divisions == 1)
    }

    @Test(
        arguments: [
            (.ministry, 31, 5), (.center, 31, 5), (.province, 11, 3), (.city, 6, 3), (.county, 4, 1),
            (.province, 2, 2), (.city, 1, 1), (.county, 0, 0), (.park, 0, 0),
        ] as [(AuthorityLevel, Int, Int)])
    func `XC-14 XC-15 XC-16 A18 A21 the day's number is the law's, or all`(
        level: AuthorityLevel, available: Int, needed: Int
    ) {
        let quota = PatrolQuota(level: level, available: available)
        #expect(quota.divisions == needed && quota.patrols == needed)
    }

    @Test func `XC-11 a special day has more patrols, also where divisions are few`() {
        #expect(PatrolQuota(level: .ministry, available: 31, factor: 2).divisions == 10)
        let city = PatrolQuota(level: .city, available: 4, factor: 2)
        #expect(city.divisions == 4 && city.patrols == 6)
        let county = PatrolQuota(level: .county, available: 1, factor: 2)
        #expect(county.divisions == 1 && county.patrols == 2)
    }

    @Test func `XC-17 a sheet without one of the four items is not taken`() throws {
        for topic in PatrolTopic.allCases {
            var lacking = sheet()
            lacking.answers.removeAll { $0.item == topic.rawValue }
            #expect(throws: PatrolRefusal.topicMissing(topic)) { try lacking.check(items: []) }
            var unjudged = sheet()
            let index = try #require(unjudged.answers.firstIndex { $0.item == topic.rawValue })
            unjudged.answers[index].isNormal = nil
            #expect(throws: PatrolRefusal.unjudged(topic.label)) { try unjudged.check(items: []) }
            unjudged.answers[index].isNormal = false
            #expect(throws: PatrolRefusal.noteMissing(topic.label)) { try unjudged.check(items: []) }
            unjudged.answers[index].note = "两路离线"
            #expect(throws: PatrolRefusal.severityMissing(topic.label)) { try unjudged.check(items: []) }
            unjudged.answers[index].severity = .serious
            #expect(throws: Never.self) { try unjudged.check(items: []) }
        }
    }

    @Test func `XC-38 an office's own items come on top`() {
        #expect(throws: PatrolRefusal.unjudged("own1")) { try sheet().check(items: ["own1"]) }
        var more = sheet()
        more.answers.append(.init(item: "own1", title: "双预控", isNormal: true))
        #expect(throws: Never.self) { try more.check(items: ["own1"]) }
    }

    @Test func `XC-09 XC-12 a follow-up names its problem and its conclusion`() {
        var followUp = sheet(.followUp)
        #expect(throws: PatrolRefusal.followedMissing) { try followUp.check(items: []) }
        followUp.followed = "pb1"
        #expect(throws: PatrolRefusal.conclusionMissing) { try followUp.check(items: []) }
        followUp.conclusion = .rectified
        followUp.conclusionNote = "现场已改"
        #expect(throws: Never.self) { try followUp.check(items: []) }
        #expect(PatrolKind.allCases.count == 3)
    }

    @Test func `XC-12 the follow-up is due three days after the deadline`() {
        #expect(FollowUp.dueAt(deadline: day.start + .hours(10)) == Day(number: day.number + 4).start)
    }

    @Test func `XC-13 accidents, risk and a low ranking order the list, each shown`() throws {
        let objects = ["A", "B", "C"].map {
            PatrolObject(id: AuthorityID($0), name: $0, level: .county, division: $0, isCounted: true)
        }
        var facts: [AuthorityID: PatrolFacts] = [:]
        for object in objects {
            var fact = PatrolFacts()
            fact.lastPatrolledOn = day
            fact.applicationWanted = 10
            fact.applicationDone = 10
            facts[object.id] = fact
        }
        facts["B"]?.seriousProblems = 2
        facts["C"]?.applicationDone = 3
        let ranked = PatrolPriority.ranked(objects, facts: facts, on: day)
        #expect(ranked.map(\.object.id) == ["C", "B", "A"])
        #expect(ranked[0].scores == PatrolScores(history: 0, risk: 0, application: 100, waiting: 0))
        #expect(ranked[1].scores.history == 50)
        #expect(ranked[1].explanation.contains("重大问题 2 项"))
        #expect(ranked[0].explanation.contains("第 3/3 名"))
    }

    @Test(arguments: 0..<100)
    func `suggestions meet the number or there is nobody left`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = random.integer(0...40)
        let objects = (0..<count).map { index in
            PatrolObject(
                id: AuthorityID("O\(index)"), name: "o", level: .county, division: "D\(random.integer(0...20))",
                isCounted: random.chance(0.8))
        }
        let level = random.pick([AuthorityLevel.ministry, .province, .city, .county])
        let quota = PatrolQuota(level: level, objects: objects, factor: random.integer(1...3))
        var facts: [AuthorityID: PatrolFacts] = [:]
        for object in objects where random.chance(0.7) {
            var fact = PatrolFacts()
            fact.redEnterprises = random.integer(0...3)
            fact.applicationWanted = Int64(random.integer(0...9))
            fact.applicationDone = Int64(random.integer(0...Int(fact.applicationWanted)))
            facts[object.id] = fact
        }
        let ranked = PatrolPriority.ranked(objects, facts: facts, on: day)
        let chosen = PatrolPriority.suggested(ranked, quota: quota)
        #expect(Set(ranked.map(\.object.id)).count == count)
        let progress = PatrolProgress(counted: chosen.map(\.object.division))
        #expect(progress.isComplete(quota))
        #expect(progress.missing(quota) == 0)
        #expect(!chosen.contains { !$0.object.isCounted })
        // One patrol fewer is reported short.
        if !chosen.isEmpty {
            let short = PatrolProgress(counted: chosen.dropLast().map(\.object.division))
            #expect(!short.isComplete(quota) && short.missing(quota) >= 1)
        }
    }

    @Test func `nobody is forgotten: each division comes within a bounded time`() {
        let objects = (0..<12).map {
            PatrolObject(id: AuthorityID("O\($0)"), name: "o", level: .city, division: "D\($0)", isCounted: true)
        }
        let quota = PatrolQuota(level: .province, objects: objects)
        var facts: [AuthorityID: PatrolFacts] = [:]
        // Two are always bad; they come every day, and still everybody else has a turn.
        facts["O0", default: .init()].redEnterprises = 1
        facts["O1", default: .init()].redEnterprises = 1
        var seen: Set<AuthorityID> = []
        for offset in 0..<30 {
            let today = Day(number: day.number + Int32(offset))
            let chosen = PatrolPriority.suggested(
                PatrolPriority.ranked(objects, facts: facts, on: today), quota: quota)
            for candidate in chosen {
                facts[candidate.object.id, default: .init()].lastPatrolledOn = today
                seen.insert(candidate.object.id)
            }
        }
        #expect(seen.count == 12)
    }

    @Test func `XC-19b two serious in a day, three of a kind in 30 days, two overdue make a candidate`() {
        let rules = BulletinCandidateRules.standard
        func fact(_ id: String, _ topic: String, _ severity: ProblemSeverity, _ age: Int64, late: Bool = false)
            -> BulletinCandidateRules.Fact
        {
            .init(
                problem: ProblemID(id), region: "140521", topic: topic, severity: severity,
                raisedAt: day.start + .hours(9) - .days(age), isOverdue: late)
        }
        let serious = [fact("a", "x", .serious, 0), fact("b", "y", .serious, 0)]
        #expect(rules.candidates(serious, on: day)["140521"]?.map(\.kind) == [.manySerious])
        #expect(rules.candidates([serious[0]], on: day).isEmpty)
        let same = [fact("a", "x", .general, 0), fact("b", "x", .general, 10), fact("c", "x", .general, 29)]
        #expect(rules.candidates(same, on: day)["140521"]?.map(\.kind) == [.recurring(topic: "x")])
        #expect(rules.candidates([same[0], same[1], fact("d", "x", .general, 30)], on: day).isEmpty)
        let late = [fact("a", "x", .general, 40, late: true), fact("b", "y", .general, 40, late: true)]
        #expect(rules.candidates(late, on: day)["140521"]?.map(\.kind) == [.overdue])
    }

    @Test func `XC-35 the centre bears the nation's patrols`() {
        #expect(directory.patrolOffice(of: "AKY") == "AKY")
        var withMinistry = directory
        withMinistry.add(Authority(id: "MEM", level: .ministry, name: "应急管理部"))
        #expect(withMinistry.patrolOffice(of: "MEM") == "AKY")
        #expect(withMinistry.patrolObjects(of: "AKY").map(\.id) == ["140000"])
        #expect(withMinistry.patrolOffice(of: "P140521001") == nil)
    }
}
