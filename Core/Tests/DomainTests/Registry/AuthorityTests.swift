import Domain
import Kernel
import Testing

@Suite struct AuthorityTests {
    private let directory = AuthorityDirectory([
        Authority(id: "ministry", level: .ministry, name: "应急管理部"),
        Authority(id: "center", level: .center, name: "预警中心"),
        Authority(id: "140000", level: .province, name: "山西省应急管理厅", region: "140000"),
        Authority(id: "140500", level: .city, name: "晋城市应急管理局", region: "140500", parent: "140000"),
        Authority(id: "140400", level: .city, name: "长治市应急管理局", region: "140400", parent: "140000"),
        Authority(id: "140521", level: .county, name: "沁水县应急管理局", region: "140521", parent: "140500"),
        Authority(
            id: "energy", level: .county, name: "沁水县能源局", region: "140521", parent: "140500", coversRegion: false),
        Authority(id: "140525", level: .county, name: "泽州县应急管理局", region: "140525", parent: "140500"),
        Authority(id: "140404", level: .county, name: "上党区应急管理局", region: "140404", parent: "140400"),
        Authority(id: "P140525001", level: .park, name: "某化工园区", region: nil, parent: "140500"),
    ])

    private func seen(_ place: Jurisdiction) -> Set<AuthorityID> { Set(directory.visibility(of: place)) }

    @Test func `an enterprise is seen by its county, what stands above, centre and ministry, and nobody else`() {
        let seen = seen(Jurisdiction(region: "140525", regulator: "140525"))
        #expect(seen == ["140525", "140500", "140000", "center", "ministry"])
    }

    @Test func `A10 a park and the county both see a park's enterprise`() {
        let seen = seen(Jurisdiction(region: "140525", regulator: "140525", park: "P140525001"))
        #expect(seen == ["140525", "P140525001", "140500", "140000", "center", "ministry"])
    }

    @Test func `A11 an enterprise of a park that crosses counties is seen by the county of its address too`() {
        let seen = seen(Jurisdiction(region: "140404", regulator: "P140525001", park: "P140525001"))
        #expect(seen == ["140404", "140400", "P140525001", "140500", "140000", "center", "ministry"])
    }

    @Test func `A12 a second regulator of the county sees what it was given, not the county`() {
        #expect(!seen(Jurisdiction(region: "140521", regulator: "140521")).contains("energy"))
        let assigned = seen(Jurisdiction(region: "140521", regulator: "energy"))
        #expect(assigned == ["energy", "140521", "140500", "140000", "center", "ministry"])
        let shared = seen(Jurisdiction(region: "140521", regulator: "140521", coRegulators: ["energy"]))
        #expect(shared == assigned)
    }

    @Test func `A13 a missing level is skipped`() {
        let nation = AuthorityDirectory([
            Authority(id: "p", level: .province, name: "海南省应急管理厅", region: "460000"),
            Authority(id: "c", level: .county, name: "文昌市应急管理局", region: "469005", parent: "p"),
        ])
        #expect(nation.visibility(of: Jurisdiction(region: "469005", regulator: "c")) == ["c", "p"])
    }

    @Test func `a wrong place in the tree is refused`() {
        let ring = Authority(id: "140500", level: .city, name: "晋城市应急管理局", region: "140500", parent: "140521")
        #expect(directory.violations(of: ring).map(\.field) == [.parent])
        let unknown = Authority(id: "x", level: .county, name: "甲县应急管理局", region: "140599", parent: "y")
        #expect(directory.violations(of: unknown).map(\.text) == ["没有登记过“y”"])
        let level = Authority(id: "x", level: .county, name: "甲县应急管理局", region: "140500", parent: "140500")
        #expect(directory.violations(of: level).map(\.field) == [.region])
        let namesake = Authority(id: "x", level: .county, name: "泽州县应急管理局 ", region: "140525", parent: "140500")
        #expect(directory.violations(of: namesake).map(\.field) == [.name])
        let park = Authority(id: "park", level: .park, name: "乙园区", parent: "140500")
        #expect(directory.violations(of: park).map(\.weight) == [.caution])
        #expect(directory.violations(of: directory["P140525001"]!).isEmpty)
    }

    @Test(arguments: [
        ("140525", true), ("140525000000", true), ("14052", false), ("140525001000", false), ("x40525", false),
        ("040525", false),
    ])
    func `a division code has six digits`(text: String, isCode: Bool) {
        #expect((DivisionCode(text) != nil) == isCode)
    }

    @Test func `division names are read from the data that set-up fetches`() throws {
        let json = try JSON.parse(
            """
            {"meta": {}, "provinces": {
              "山西省": {"code": "140000000000", "cities": {
                "晋城市": {"code": "140500000000", "counties": {"沁水县": "140521000000", "泽州县": "140525000000"}}}},
              "北京市": {"code": "110000000000", "cities": {"": {"code": null, "counties": {"东城区": "110101000000"}}}}}}
            """)
        let table = try #require(DivisionTable(json: json))
        let qinshui = try #require(DivisionCode("140521"))
        #expect(table.fullName(of: qinshui) == "山西省晋城市沁水县")
        #expect(table.children(of: DivisionCode("140500")).map(\.name) == ["沁水县", "泽州县"])
        #expect(table.fullName(of: try #require(DivisionCode("110101"))) == "北京市东城区")
        #expect(table.children(of: nil).map(\.name) == ["北京市", "山西省"])
        #expect(DivisionTable(json: ["provinces": ["x": ["code": "1"]]]) == nil)
        let list = try JSON.parse(
            """
            {"source": "x", "divisions": [{"code": "140000", "name": "山西省", "level": "province", "parent": null},
              {"code": "140500", "name": "晋城市", "level": "city", "parent": "140000"},
              {"code": "140521", "name": "沁水县", "level": "county", "parent": "140500"}]}
            """)
        #expect(DivisionTable(json: list)?.fullName(of: qinshui) == "山西省晋城市沁水县")
        #expect(DivisionTable(json: ["divisions": [["code": "1", "name": "x"]]]) == nil)
    }
}
