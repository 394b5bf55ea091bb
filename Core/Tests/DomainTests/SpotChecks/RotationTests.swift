import Domain
import Kernel
import Testing

@Suite struct RotationTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `XC-21 whoever works off the turns covers everybody within the period, spread evenly`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let period = generator.pick(RotationPeriod.allCases)
        let start = Day(number: 20_500 + Int32(generator.integer(0...500)))
        let plan = RotationPlan(id: "p", authority: "a", name: "计划", period: period, startsOn: start)
        var members = (0..<generator.integer(0...90)).map { EnterpriseID("E\($0)") }
        var last: [EnterpriseID: Day] = [:]
        var day = start
        var perDay: [Int] = []
        var next = members.count
        for _ in 0..<500 {
            let window = plan.window(containing: day)
            let turns = plan.turns(on: day, members: members, lastChecked: last)
            #expect(Set(turns).count == turns.count)
            perDay.append(turns.count)
            for id in turns { last[id] = day }
            // Others are checked for another reason, and new ones come up to the very last day.
            if let other = members.randomElement(using: &generator), generator.chance(0.1) { last[other] = day }
            if day == window.upperBound {
                #expect(plan.coverage(on: day, members: members, lastChecked: last).isComplete)
                if window.lowerBound == plan.period.window(containing: day).lowerBound, perDay.count > 2 {
                    let days = perDay.count
                    #expect((perDay.max() ?? 0) <= (members.count + days - 1) / days + 1, "spread over \(days) days")
                }
                perDay = []
                if generator.chance(0.5) {
                    members.append(EnterpriseID("N\(next)"))
                    next += 1
                }
            }
            day = day.next
        }
    }

    @Test func `XC-21 what was left undone is spread over the days that follow, and the gap is named`() {
        let first = Day(year: 2026, month: 11, day: 2)!
        let plan = RotationPlan(id: "p", authority: "a", name: "涂料行业", period: .week, startsOn: first)
        let members = (1...7).map { EnterpriseID("E\($0)") }
        #expect(plan.turns(on: first, members: members, lastChecked: [:]).count == 1)
        let friday = Day(number: first.number + 4)
        #expect(plan.turns(on: friday, members: members, lastChecked: [:]).count == 3)
        let coverage = plan.coverage(on: friday, members: members, lastChecked: ["E1": first])
        #expect(coverage.covered == 1 && coverage.members == 7 && coverage.missing.count == 6)
        #expect(plan.reason(on: friday, covered: 1, members: 7) == "涂料行业计划 11-02 起一周,已抽 1/7")
    }

    @Test func `XC-21 industries and regions choose the members, a city's code covers its counties`() {
        let plan = RotationPlan(
            id: "p", authority: "a", name: "重点", industries: ["涂料"], regions: ["140500"], enterprises: ["X"],
            period: .month, startsOn: Day(number: 0))
        #expect(plan.includes("E", industry: "涂料制造", region: "140521"))
        #expect(!plan.includes("E", industry: "涂料制造", region: "140421"))
        #expect(!plan.includes("E", industry: "合成氨", region: "140521"))
        #expect(plan.includes("X", industry: nil, region: "610000"))
        let named = RotationPlan(
            id: "q", authority: "a", name: "点名", enterprises: ["X"], period: .month, startsOn: Day(number: 0))
        #expect(!named.includes("E", industry: nil, region: "140521"))
        let all = RotationPlan(id: "r", authority: "a", name: "全部", period: .month, startsOn: Day(number: 0))
        #expect(all.includes("E", industry: nil, region: "140521"))
    }

    @Test func `periods follow the calendar; a plan's own begin and end cut them`() throws {
        let day = try #require(Day(year: 2026, month: 11, day: 23))
        func text(_ window: ClosedRange<Day>) -> String {
            "\(ChinaTime.date(window.lowerBound)) \(ChinaTime.date(window.upperBound))"
        }
        #expect(text(RotationPeriod.week.window(containing: day)) == "2026-11-23 2026-11-29")
        #expect(text(RotationPeriod.month.window(containing: day)) == "2026-11-01 2026-11-30")
        #expect(text(RotationPeriod.quarter.window(containing: day)) == "2026-10-01 2026-12-31")
        #expect(text(RotationPeriod.halfYear.window(containing: day)) == "2026-07-01 2026-12-31")
        #expect(text(RotationPeriod.year.window(containing: day)) == "2026-01-01 2026-12-31")
        let plan = RotationPlan(
            id: "p", authority: "a", name: "", period: .month, startsOn: Day(number: day.number - 3), endsOn: day)
        #expect(text(plan.window(containing: day)) == "2026-11-20 2026-11-23")
        #expect(!plan.isInForce(on: day.next))
        #expect(plan.turns(on: day.next, members: ["E"], lastChecked: [:]) == [])
    }
}
