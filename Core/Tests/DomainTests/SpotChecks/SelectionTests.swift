import Domain
import Kernel
import Testing

/// Random registries, so that a rule is not tested with the one example for which it was written.
struct RandomRegistry {
    var generator: SeededGenerator
    let day: Day
    var candidates: [SpotCheckSelection.Candidate] = []
    var spans: [HighLevelSpan] = []

    static let industries = ["涂料", "合成氨", "液氯", nil]

    init(seed: UInt64, size: ClosedRange<Int> = 0...40) {
        generator = SeededGenerator(seed: seed)
        day = Day(number: 20_780 + Int32(generator.integer(0...400)))
        for number in 0..<generator.integer(size) {
            let id = EnterpriseID("E\(number)")
            let last = generator.chance(0.7) ? Day(number: day.number - Int32(generator.integer(1...60))) : nil
            var attention: [AttentionReason] = []
            if generator.chance(0.2) { attention.append(.manyAlarms(count: generator.integer(5...90), place: 1)) }
            if generator.chance(0.1) { attention.append(.longOffline(hours: 80)) }
            candidates.append(
                .init(
                    id: id, name: "企业\(number)", region: generator.chance(0.5) ? "140521" : "140525",
                    industry: generator.pick(Self.industries), lastChecked: last, attention: attention))
            if generator.chance(0.15) {
                let from = day.start + .hours(Int64(generator.integer(-30...23)))
                let until = generator.chance(0.5) ? from + .hours(Int64(generator.integer(1...20))) : nil
                spans.append(
                    HighLevelSpan(
                        enterprise: id, level: generator.chance(0.3) ? .red : .orange, from: from, until: until))
            }
        }
    }

    var seed: DrawSeed { DrawSeed(day: day, sequence: 7, hash: String(repeating: "ab", count: 32)) }

    func selection(
        _ level: AuthorityLevel, factor: Int = 1, plans: [RotationPlan] = [], hash: String? = nil
    ) -> SpotCheckSelection {
        let seed = hash.map { DrawSeed(day: day, sequence: 7, hash: $0) } ?? seed
        return SpotCheckSelection(
            quota: SpotCheckQuota(level: level, enterprises: candidates.count, factor: factor), office: "office",
            officeName: "某局", seed: seed, must: MustCheck.list(of: spans, on: day).today, plans: plans,
            candidates: candidates)
    }
}

@Suite struct SelectionTests {
    static let levels: [AuthorityLevel] = [.center, .province, .city, .county, .park]

    @Test(
        arguments: [
            (.ministry, 3), (.center, 3), (.province, 3), (.city, 4), (.county, 5), (.park, 6),
        ] as [(AuthorityLevel, Int)])
    func `XC-23 XC-24 XC-25 XC-26 the number of the law for each tier`(level: AuthorityLevel, count: Int) {
        #expect(SpotCheckQuota(level: level, enterprises: 100).minimum == count)
        #expect(SpotCheckQuota(level: level, enterprises: 100, factor: 2).minimum == count * 2, "special period")
        #expect(SpotCheckQuota(level: level, enterprises: count - 1).minimum == count - 1, "XC-27: all where fewer")
        #expect(SpotCheckQuota(level: level, enterprises: 0).minimum == 0)
    }

    @Test func `A12 a second regulator of a county's level has its own five, or all that it has`() {
        #expect(SpotCheckQuota(level: .county, enterprises: 2).minimum == 2)
    }

    @Test func `A19 must-checks count in, and where they are more they are the number`() {
        let quota = SpotCheckQuota(level: .city, enterprises: 50)
        #expect(quota.required(mustChecks: 3) == 4)
        #expect(quota.required(mustChecks: 9) == 9)
    }

    @Test(arguments: 0..<120 as Range<UInt64>)
    func `XC-05 XC-20 XC-27 every must-check is there, the quota is met, nobody twice, nobody from elsewhere`(
        seed: UInt64
    ) {
        let registry = RandomRegistry(seed: seed)
        for level in Self.levels {
            for factor in 1...2 {
                let selection = registry.selection(level, factor: factor)
                let names = selection.items.map(\.enterprise)
                #expect(Set(names).count == names.count)
                #expect(Set(names).isSubset(of: Set(registry.candidates.map(\.id))), "XC-05")
                let must = Set(selection.items.filter { $0.category == .must }.map(\.enterprise))
                // Told apart from the rule: whoever stood at orange or red in one of the day's milliseconds.
                let high = registry.spans.filter { span in
                    span.from < registry.day.next.start && (span.until ?? .distantFuture) > registry.day.start
                }
                #expect(must == Set(high.map(\.enterprise)))
                let firm = selection.items.count { !$0.isReserve }
                #expect(firm >= min(SpotCheckQuota.statutory(level) * factor, registry.candidates.count))
                #expect(selection.quota.required(mustChecks: must.count) >= must.count)
            }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `XC-19c risk comes first: must, attention, rotation, random, each with its reason`(seed: UInt64) {
        let registry = RandomRegistry(seed: seed, size: 10...40)
        let plan = RotationPlan(
            id: "p", authority: "office", name: "涂料行业", industries: ["涂料"], period: .month,
            startsOn: Day(number: registry.day.number - 400))
        let items = registry.selection(.city, plans: [plan]).items
        #expect(items.map(\.category) == items.map(\.category).sorted())
        #expect(items.allSatisfy { !$0.reasons.isEmpty && $0.reasons.allSatisfy { !$0.isEmpty } })
        #expect(items.filter(\.isReserve).allSatisfy { $0.category == .random })
    }

    @Test func `XC-01 XC-22 problems first, and yet one place is left to the lot`() {
        let day = Day(number: 20_780)
        let candidates = (0..<20).map { number in
            SpotCheckSelection.Candidate(
                id: EnterpriseID("E\(number)"), name: "企业\(number)", region: "140521",
                attention: number < 10 ? [.longOffline(hours: 100)] : [])
        }
        let selection = SpotCheckSelection(
            quota: SpotCheckQuota(level: .city, enterprises: 20), office: "city", officeName: "市局",
            seed: DrawSeed(day: day, sequence: 1, hash: "00"), must: [], plans: [], candidates: candidates)
        let firm = selection.items.filter { !$0.isReserve }
        #expect(firm.count == 4)
        #expect(firm.count { $0.category == .attention } == 3)
        #expect(firm.count { $0.category == .random } == 1)
    }

    @Test func `SZ-05 SZ-06 SZ-07 JC-14 more reasons come first, then the order in which the province names them`() {
        let day = Day(number: 20_780)
        let reasons: [[AttentionReason]] = [
            [.longOffline(hours: 73)], [.cameraViolation(day: day)], [.slowDisposal(meanMinutes: 90, place: 1)],
            [.manyAlarms(count: 30, place: 1)], [.committedHighRisk(day: day, level: "高风险")],
            [.longOffline(hours: 99), .cameraViolation(day: day)], [],
        ]
        let candidates = reasons.enumerated().map { number, attention in
            SpotCheckSelection.Candidate(
                id: EnterpriseID("E\(number)"), name: "企业\(number)", region: "140521", attention: attention)
        }
        let selection = SpotCheckSelection(
            quota: SpotCheckQuota(level: .park, enterprises: 7, factor: 2), office: "park", officeName: "园区",
            seed: DrawSeed(day: day, sequence: 1, hash: "00"), must: [], plans: [], candidates: candidates)
        let attention = selection.items.filter { $0.category == .attention }
        #expect(attention.map(\.enterprise.rawValue) == ["E5", "E4", "E3", "E2", "E1", "E0"])
        #expect(attention[0].reasons == ["\(ChinaTime.date(day).suffix(5)) 视频发现违规违章", "连续离线 99 小时"])
    }
}

@Suite struct MustCheckTests {
    let day = Day(number: 20_780)

    private func span(_ id: EnterpriseID, _ level: Level, _ from: Int64, _ until: Int64?) -> HighLevelSpan {
        HighLevelSpan(
            enterprise: id, level: level, from: day.start + .minutes(from),
            until: until.map { day.start + .minutes($0) })
    }

    @Test func `XC-20 A34 any moment of the day counts, to the millisecond; orange counts as red does`() {
        let spans = [
            span("still", .orange, -100, nil), span("over", .orange, -100, 0), span("first", .red, -1, 1),
            span("last", .orange, 1439, nil), span("next", .red, 1440, nil), span("yellow", .yellow, 10, nil),
        ]
        #expect(MustCheck.list(of: spans, on: day).today.map(\.enterprise) == ["first", "still", "last"])
        #expect(Level.allCases.filter(HighLevelSpan.isHigh) == [.orange, .red])
    }

    @Test func `A33 one enterprise once, whichever of its sources, at its worst level`() {
        let spans = [span("e", .orange, 60, 90), span("e", .red, 70, 75), span("e", .orange, -10, 20)]
        let found = MustCheck.list(of: spans, on: day).today
        #expect(found.count == 1)
        #expect(found[0].level == .red && found[0].since == day.start + .minutes(70))
        #expect(found[0].firstAt == day.start)
        #expect(found[0].reason(on: day) == "今日出现红 01:10:00")
    }

    @Test func `A20 no grace unless it is switched on; then it is carried to the next day and stays a must`() throws {
        let spans = [span("late", .orange, 22 * 60, nil), span("early", .orange, 22 * 60 - 1, nil)]
        #expect(MustCheck.list(of: spans, on: day).today.count == 2)
        let (today, deferred) = MustCheck.list(of: spans, on: day, grace: .on)
        #expect(today.map(\.enterprise) == ["early"] && deferred.map(\.enterprise) == ["late"])
        let next = MustCheck.list(of: [], on: day.next, grace: .on, carried: deferred).today
        let carried = try #require(next.first)
        #expect(carried.carriedFrom == day && carried.reason(on: day.next).contains("顺延"))
        #expect(LateGrace.on.defers(firstAt: day.start + .hours(22), on: day))
        #expect(!LateGrace.off.defers(firstAt: day.start + .hours(23), on: day))
    }

    @Test func `completion needs the quota and every must-check`() {
        let done = SpotCheckCompletion(minimum: 4, must: 1, mustChecked: 1, checked: 5)
        #expect(done.isQualified && done.counted == 4 && done.required == 4 && done.shortfall == nil)
        let short = SpotCheckCompletion(minimum: 4, must: 2, mustChecked: 1, checked: 6)
        #expect(!short.isQualified && short.shortfall == "必抽还差 1 家(共 2 家)")
        let more = SpotCheckCompletion(minimum: 4, must: 6, mustChecked: 5, checked: 5)
        #expect(more.required == 6 && more.shortfall == "必抽还差 1 家(共 6 家),定额还差 1 家(共 6 家)")
        #expect(SpotCheckCompletion(minimum: 0, must: 0, mustChecked: 0, checked: 0).required == 0)
    }
}
