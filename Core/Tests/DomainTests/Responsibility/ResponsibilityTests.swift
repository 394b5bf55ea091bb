import Domain
import Kernel
import Testing

@Suite struct ResponsibilityTests {
    private let start = Timestamp(milliseconds: 1_772_416_800_000)

    @Test func `A29 empty roles are found until they are filled`() {
        var history = ResponsibilityHistory()
        #expect(history.vacancies == [.principal, .technical, .operations])
        #expect(history.appoint("u1", as: .principal, at: start) == nil)
        #expect(history.appoint("u1", as: .technical, at: start) == nil)
        #expect(history.vacancies == [.operations])
        let people: [PersonID: Person] = [
            "u1": Person(id: "u1", employer: .enterprise("e"), name: "甲", phone: "13800000000")
        ]
        let found = ResponsibilityFinding.find(in: history, people: people)
        #expect(found == [.vacant(.operations), .sameAs([.principal, .technical], "u1")])
        #expect(found[0].text(people: people) == "操作负责人空缺,他的预警改送企业管理员")
    }

    @Test func `a successor ends the term before, and nothing is lost`() {
        var history = ResponsibilityHistory()
        _ = history.appoint("u1", as: .principal, at: start)
        _ = history.appoint("u2", as: .principal, at: start + .days(3))
        #expect(history.inOffice == [.principal: "u2"])
        #expect(history.holder(of: .principal, at: start + .days(3) - .milliseconds(1)) == "u1")
        #expect(history.holder(of: .principal, at: start + .days(3)) == "u2")
        #expect(history.holder(of: .principal, at: start - .milliseconds(1)) == nil)
        #expect(history.appoint("u3", as: .principal, at: start + .days(3)) != nil)
        history.vacate(.principal, at: start + .days(5))
        #expect(history.vacancies.contains(.principal))
        #expect(history.appoint("u3", as: .principal, at: start + .days(4)) != nil)
        #expect(history.appoint("u3", as: .principal, at: start + .days(5)) == nil)
        #expect(history.terms.count == 3)
    }

    @Test(arguments: [
        ("13800000000", true), ("1380000000", false), ("138000000000", false), ("23800000000", false),
        ("1380000000a", false), ("", false),
    ])
    func `a mobile number has 11 digits`(phone: String, isMobile: Bool) { #expect(Person.isMobile(phone) == isMobile) }

    @Test func `somebody who left or has no phone is found`() {
        var history = ResponsibilityHistory()
        for role in ResponsibleRole.allCases { _ = history.appoint("u1", as: role, at: start) }
        let gone = Person(id: "u1", employer: .enterprise("e"), name: "甲", phone: nil, leftAt: start)
        let found = ResponsibilityFinding.find(in: history, people: ["u1": gone])
        #expect(found.contains(.left(.technical, "u1")))
        #expect(found.contains(.unreachable(.operations, "u1")))
    }
}
