import Domain
import Kernel
import Simulation
import Testing

@Suite struct DemonstrationCityTests {
    let city = DemonstrationCity.make(seed: 1)

    @Test func `it has the city's size`() {
        #expect(city.sites.count == 30)
        #expect(city.hazards.count == 80)
        let points = city.sites.reduce(0) { $0 + $1.points.count }
        #expect((1_900...2_300).contains(points), "\(points) points")
        #expect(Set(city.sites.map(\.enterprise.jurisdiction.region)).count == 6)
        let grades = Dictionary(grouping: city.hazards, by: { $0.grading.grade })
        for grade in HazardGrade.allCases { #expect((grades[grade]?.count ?? 0) >= 3, "\(grade.label)") }
    }

    @Test func `everything in it passes the checks of registration`() {
        var index = RegistryIndex()
        for authority in city.authorities {
            #expect(index.authorities.violations(of: authority).refusals == [])
            index.add(authority)
        }
        for site in city.sites {
            #expect(site.enterprise.violations(in: index).refusals == [], "\(site.shortName)")
            index.add(site.enterprise)
            for hazard in site.hazards {
                #expect(hazard.violations(in: index).refusals == [], "\(site.shortName) \(hazard.name)")
                index.add(hazard)
            }
            for item in site.equipment {
                #expect(item.registered.violations(in: index).refusals == [], "\(item.registered.name)")
                index.add(item.registered)
                let points = item.points.map(\.registered)
                #expect(item.registered.missingQuantities(among: points) == [], "\(item.registered.name)")
                for point in points {
                    let found = point.violations(in: index)
                    #expect(found.refusals == [], "\(point.tag ?? "") \(found.map(\.line))")
                    index.add(point)
                }
            }
            for person in site.people + [site.safetyOfficer] { #expect(person.violations(in: index).refusals == []) }
        }
    }

    @Test func `every source has its three responsible persons with a telephone of nobody`() {
        for site in city.sites {
            for hazard in site.hazards {
                let roles = Set(site.responsibilities.filter { $0.hazard == hazard.id }.map(\.role))
                #expect(roles == Set(ResponsibleRole.allCases))
            }
        }
        let people = city.officers + city.sites.flatMap { $0.people + [$0.safetyOfficer] }
        #expect(people.allSatisfy { $0.phone?.hasPrefix("1390000") == true })
        #expect(Set(people.compactMap(\.phone)).count == people.count)
        #expect(Set(people.map(\.id)).count == people.count)
    }

    @Test func `the enterprise of the story stands as the sketches show it`() throws {
        let site = city.sites[try #require(city.site(called: "晋沁化工"))]
        #expect(site.hazards.map(\.name) == ["合成氨装置", "液氨罐区", "甲醇罐区", "硫酸罐区"])
        #expect(site.hazards[0].grading.grade == .second)
        #expect((site.hazards[0].grading.rValue * 10).rounded() == 634)
        #expect(site.hazards.map(\.grading.grade) == [.second, .third, .third, .fourth])
        let point = try #require(site.points.first { $0.registered.tag == "PT-2031" }).registered
        let limits = point.limits
        #expect([limits.lowLow, limits.low, limits.high, limits.highHigh] == [1.5, 1.6, 2.2, 2.4])
        #expect(point.edgeLimits.high == 2.25)
        #expect(site.points.contains { $0.registered.tag == "GT-2032" && $0.registered.limits.highHigh == 60 })
        #expect(site.people.map(\.name).prefix(3) == ["孙立安", "赵砚", "周启明"])
        #expect(site.people.map(\.phone).prefix(3) == ["13900002001", "13900002017", "13900002041"])
    }

    @Test func `a park crosses counties and a second regulator regulates`() {
        let inPark = city.sites.filter { $0.enterprise.jurisdiction.park?.rawValue == "P140525001" }
        #expect(Set(inPark.map(\.enterprise.jurisdiction.region)) == ["140525", "140581"])
        #expect(city.sites.contains { $0.enterprise.jurisdiction.regulator.rawValue == "140521-NY" })
    }
}
