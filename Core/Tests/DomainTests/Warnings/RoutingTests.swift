import Domain
import Kernel
import Testing

/// Who is told, who is pushed, who checks the site: disposal measures Art. 4–7 and 10–12.
@Suite struct RoutingTests {
    private let tree = AuthorityTree([
        .init(id: "center", level: .center, parent: nil),
        .init(id: "province", level: .province, parent: nil),
        .init(id: "city", level: .city, parent: "province"),
        .init(id: "county", level: .county, parent: "city"),
        .init(id: "energy", level: .county, parent: "city"),
        .init(id: "park", level: .park, parent: "city"),
        .init(id: "direct", level: .county, parent: "province"),
        .init(id: "capital", level: .city, parent: nil),
        .init(id: "district", level: .county, parent: "capital"),
    ])
    private let three: [ResponsibleRole: PersonID] = [.principal: "u1", .technical: "u2", .operations: "u3"]

    private func routing(
        _ regulator: AuthorityID = "county", park: AuthorityID? = nil, responsible: [ResponsibleRole: PersonID]? = nil
    ) throws -> Routing {
        try #require(
            tree.routing(enterprise: "e1", regulator: regulator, park: park, responsible: responsible ?? three))
    }

    private func told(_ routing: Routing, _ level: Level, _ rules: DisposalRules = .statutory) -> [String] {
        routing.recipients(of: level, rules: rules).map { "\($0.kind):\($0.id)" }
    }

    @Test func `YJ-05 yellow is told to the three responsible persons and the county, to nobody else`() throws {
        #expect(
            told(try routing(), .yellow) == ["authority:county", "person:u1", "person:u2", "person:u3"])
    }

    @Test func `YJ-06 orange is told to the city as well`() throws {
        #expect(
            told(try routing(), .orange)
                == ["authority:city", "authority:county", "person:u1", "person:u2", "person:u3"])
    }

    @Test func `YJ-07 A28 red is told to the province and the centre as well, the ministry only looks`() throws {
        let tree = AuthorityTree([
            .init(id: "ministry", level: .ministry, parent: nil),
            .init(id: "center", level: .center, parent: "ministry"),
            .init(id: "province", level: .province, parent: "ministry"),
            .init(id: "city", level: .city, parent: "province"), .init(id: "county", level: .county, parent: "city"),
        ])
        let routing = try #require(
            tree.routing(enterprise: "e1", regulator: "county", park: nil, responsible: three))
        #expect(
            told(routing, .red) == [
                "authority:center", "authority:city", "authority:county", "authority:province", "person:u1",
                "person:u2", "person:u3",
            ])
    }

    @Test func `A1 blue is told to nobody`() throws {
        #expect(told(try routing(), .blue) == [])
        #expect(try routing().cautioned(of: .blue) == [])
    }

    @Test func `A10 an enterprise in a park is told to county and park both and the county answers for it`() throws {
        let routing = try routing(park: "park")
        #expect(
            told(routing, .yellow)
                == ["authority:county", "authority:park", "person:u1", "person:u2", "person:u3"])
        #expect(routing.cautioned(of: .orange) == [.authority("county"), .authority("park")])
        #expect(routing.supervisor(of: .yellow) == "county")
    }

    @Test func `A12 a second regulator of the county level stands where the county would`() throws {
        let routing = try routing("energy")
        #expect(told(routing, .yellow).first == "authority:energy")
        #expect(routing.supervisor(of: .yellow) == "energy")
        #expect(routing.supervisor(of: .orange) == "city")
    }

    @Test func `A13 where the city is missing the province stands in and is told once`() throws {
        let routing = try routing("direct")
        #expect(
            told(routing, .orange).filter { $0.hasPrefix("authority") } == ["authority:direct", "authority:province"])
        #expect(
            told(routing, .red).filter { $0.hasPrefix("authority") }
                == ["authority:center", "authority:direct", "authority:province"])
        #expect(routing.cautioned(of: .red) == [.authority("province")])
        #expect(routing.supervisor(of: .orange) == "province")
    }

    @Test func `A13 where the province is missing somebody still answers for red`() throws {
        let routing = try routing("district")
        #expect(told(routing, .orange).contains("authority:capital"))
        #expect(["capital", "center"].contains(routing.supervisor(of: .red)))
    }

    @Test func `A13 a city that regulates an enterprise itself is its own nearest city and is told once`() throws {
        let routing = try routing("city")
        #expect(told(routing, .orange).filter { $0.hasPrefix("authority") } == ["authority:city"])
        #expect(routing.supervisor(of: .yellow) == "city")
    }

    @Test func `A13 without city and province there is no routing`() {
        let tree = AuthorityTree([.init(id: "x", level: .county, parent: nil)])
        #expect(tree.routing(enterprise: "e", regulator: "x", park: nil, responsible: three) == nil)
    }

    @Test func `A29 one person in several offices is told once`() throws {
        let routing = try routing(responsible: [.principal: "u1", .technical: "u1", .operations: "u1"])
        #expect(told(routing, .yellow) == ["authority:county", "person:u1"])
    }

    @Test func `A29 a vacancy is told to the enterprise`() throws {
        let routing = try routing(responsible: [.principal: "u1"])
        #expect(told(routing, .yellow) == ["authority:county", "enterprise:e1", "person:u1"])
    }

    @Test(arguments: [
        (Level.yellow, "enterprise:e1", "county"), (.orange, "authority:county", "city"),
        (.red, "authority:city", "province"),
    ])
    func `YJ-10 YJ-14 YJ-18 A15 county tracks yellow, city orange, province red, and the next below is pushed`(
        level: Level, pushed: String, tracker: AuthorityID
    ) throws {
        let routing = try routing()
        #expect(routing.cautioned(of: level).map { "\($0.kind):\($0.id)" } == [pushed])
        #expect(routing.supervisor(of: level) == tracker)
        // Who tracks a level is told of it.
        #expect(told(routing, level).contains("authority:\(tracker)"))
    }

    @Test func `A14 orange's caution goes to county and park, not to the enterprise`() throws {
        #expect(!(try routing(park: "park").cautioned(of: .orange).contains(.enterprise("e1"))))
    }

    @Test func `YJ-05 YJ-06 more are told only where a rule of YJ-24 says so, and only at its level`() throws {
        var rules = DisposalRules.statutory
        rules.additionalRecipients[.yellow] = [.authority("city"), .person("u1")]
        #expect(
            told(try routing(), .yellow, rules)
                == ["authority:city", "authority:county", "person:u1", "person:u2", "person:u3"])
        #expect(told(try routing(), .orange, rules) == told(try routing(), .orange))
    }
}
