import Domain
import Kernel
import Testing

@Suite struct SpecialPeriodsTests {
    private func day(_ text: String) -> Day { ChinaTime.parseDate(text)! }

    private let calendar = JSON.object([
        .init("holidays", ["2026-10-01": "国庆节", "2026-10-02": "国庆节"]), .init("workdays", [:]),
    ])

    @Test func `XC-11 holidays and listed periods double the work, by both days included`() throws {
        let holidays = try #require(SpecialPeriods.holidays(json: calendar))
        let periods = SpecialPeriods(
            holidays: holidays,
            periods: [.init(name: "重大活动", from: day("2026-09-29"), until: day("2026-10-01"), factor: 3)])
        #expect(periods.factor(day("2026-09-28")) == 1)
        #expect(!periods.isSpecial(day("2026-09-28")))
        #expect(periods.factor(day("2026-09-29")) == 3)
        #expect(periods.factor(day("2026-10-01")) == 3)
        #expect(periods.reason(day("2026-10-01")) == "国庆节、重大活动")
        #expect(periods.factor(day("2026-10-02")) == 2)
        #expect(periods.factor(day("2026-10-03")) == 1)
    }

    @Test func `the next special stretch is found ahead, not the one that runs`() throws {
        let periods = SpecialPeriods(holidays: try #require(SpecialPeriods.holidays(json: calendar)))
        #expect(periods.nextStart(after: day("2026-09-28"), within: 5)?.day == day("2026-10-01"))
        #expect(periods.nextStart(after: day("2026-09-28"), within: 2) == nil)
        #expect(periods.nextStart(after: day("2026-10-01"), within: 9) == nil)
    }

    @Test func `a calendar with a day that is none is refused whole`() {
        #expect(SpecialPeriods.holidays(json: ["holidays": ["2026-02-30": "春节"]]) == nil)
        #expect(SpecialPeriods.holidays(json: ["days": [:]]) == nil)
    }

    @Test func `a period of an administrator is checked`() {
        typealias Period = SpecialPeriods.Period
        let (first, last) = (day("2026-03-04"), day("2026-03-12"))
        #expect(throws: Period.Refusal.nameMissing) { try Period(name: " ", from: first, until: last).check() }
        #expect(throws: Period.Refusal.endBeforeStart) { try Period(name: "会", from: last, until: first).check() }
        #expect(throws: Period.Refusal.factor) { try Period(name: "会", from: first, until: last, factor: 1).check() }
        #expect(throws: Never.self) { try Period(name: "会", from: first, until: first).check() }
    }
}
