import Domain
import Kernel
import Testing

/// The clocks as a table, and what a locality may change (disposal measures Art. 9–12, 15, 17).
@Suite struct DisposalRulesTests {
    @Test func `YJ-09 YJ-11 YJ-13 YJ-15 YJ-17 YJ-19 YJ-21 the law's numbers stand in one table`() {
        let law = DisposalRules.statutory
        #expect(law.clocks[.yellow] == .init(cautionPeriod: .hours(1), supervisionDelay: .hours(24)))
        #expect(law.clocks[.orange] == .init(cautionPeriod: .hours(1), supervisionDelay: .hours(12)))
        #expect(law.clocks[.red] == .init(cautionPeriod: .minutes(30), supervisionDelay: .hours(2)))
        #expect(law.reportWithin == .hours(1))
        #expect(law.version == 0)
        #expect(law.laxities == [])
    }

    @Test func `YJ-02 there are four levels, blue is the lowest, and no fifth can be read`() {
        #expect(Level.allCases.map(\.name) == ["blue", "yellow", "orange", "red"])
        #expect(Level.allCases == Level.allCases.sorted())
        #expect(Level.warnings == [.yellow, .orange, .red])
        for word in ["purple", "Red", "", "红"] { #expect(Level(name: word) == nil) }
    }

    @Test(arguments: Level.warnings)
    func `YJ-24 a shorter clock is allowed, one that is longer by a millisecond is refused`(level: Level) {
        let law = DisposalRules.statutory.clocks[level]
        var rules = DisposalRules.statutory
        rules.clocks[level] = .init(cautionPeriod: .minutes(10), supervisionDelay: .hours(1))
        #expect(rules.laxities == [])
        rules.clocks[level].cautionPeriod = law.cautionPeriod + .milliseconds(1)
        #expect(rules.laxities == [.cautionPeriod(level, lawful: law.cautionPeriod)])
        rules.clocks[level] = .init(
            cautionPeriod: law.cautionPeriod, supervisionDelay: law.supervisionDelay + .milliseconds(1))
        #expect(rules.laxities == [.supervisionDelay(level, lawful: law.supervisionDelay)])
    }

    @Test(arguments: Level.warnings)
    func `YJ-24 a clock of no length would push without end and is refused`(level: Level) {
        var rules = DisposalRules.statutory
        rules.clocks[level].cautionPeriod = .zero
        #expect(rules.laxities == [.notPositive(level)])
        rules.clocks[level].cautionPeriod = .minutes(1)
        rules.clocks[level].supervisionDelay = .seconds(-1)
        #expect(rules.laxities == [.notPositive(level)])
        rules.clocks[level].supervisionDelay = .minutes(1)
        #expect(rules.laxities == [])
    }

    @Test func `YJ-24 the report's hour may be shorter, not longer, not nothing`() {
        var rules = DisposalRules.statutory
        rules.reportWithin = .minutes(30)
        #expect(rules.laxities == [])
        rules.reportWithin = .minutes(61)
        #expect(rules.laxities == [.reportWithin(lawful: .hours(1))])
        rules.reportWithin = .zero
        #expect(rules.laxities == [.reportWithinNotPositive])
    }

    @Test func `YJ-24 of two localities the stricter clock wins and recipients add up`() {
        var city = DisposalRules.statutory
        city.clocks[.yellow] = .init(cautionPeriod: .minutes(30), supervisionDelay: .hours(24))
        city.additionalRecipients[.yellow] = [.authority("city")]
        var county = DisposalRules.statutory
        county.clocks[.yellow] = .init(cautionPeriod: .minutes(45), supervisionDelay: .hours(8))
        county.additionalRecipients[.yellow] = [.authority("city"), .person("chief")]
        county.reportWithin = .minutes(40)
        county.cascadeLowerTimers = true
        var rules = city
        rules.tighten(by: county)
        #expect(rules.clocks[.yellow] == .init(cautionPeriod: .minutes(30), supervisionDelay: .hours(8)))
        #expect(rules.clocks[.red] == DisposalRules.statutory.clocks[.red])
        #expect(rules.additionalRecipients[.yellow] == [.authority("city"), .person("chief")])
        #expect(rules.reportWithin == .minutes(40))
        #expect(rules.cascadeLowerTimers)
        #expect(!rules.approvalTakenAsGiven)
    }

    @Test func `YJ-24 a laxer content that got into the database does not loosen the law`() {
        var lax = DisposalRules.statutory
        for level in Level.warnings {
            lax.clocks[level] = .init(cautionPeriod: .days(9), supervisionDelay: .days(9))
        }
        lax.reportWithin = .days(9)
        lax.approvalTakenAsGiven = true
        lax.reboundWithin = .zero
        var rules = DisposalRules.statutory
        rules.tighten(by: lax)
        #expect(rules == .statutory)
    }

    @Test func `YJ-26 a version of the rules is stored as JSON and read back whole`() throws {
        var rules = DisposalRules.statutory
        rules.version = 7
        rules.clocks[.orange] = .init(cautionPeriod: .minutes(20), supervisionDelay: .hours(3))
        rules.additionalRecipients[.red] = [.authority("army"), .person("丙"), .enterprise("e\"2\"")]
        rules.cascadeLowerTimers = true
        #expect(DisposalRules(json: try JSON.parse(rules.json.text)) == rules)
        for member in try #require(rules.json.members) {
            let without = JSON.object((rules.json.members ?? []).filter { $0.key != member.key })
            #expect(DisposalRules(json: without) == nil, "\(member.key) can be left out")
        }
    }
}
