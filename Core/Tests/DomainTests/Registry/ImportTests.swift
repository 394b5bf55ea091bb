import Domain
import Kernel
import Testing

@Suite struct ImportTests {
    private let now = Timestamp(milliseconds: 1_772_416_800_000)

    private func plan(_ kind: ImportKind, _ text: String, _ index: RegistryIndex) -> ImportPlan {
        var ids = IdentifierSource(seed: 1)
        return ImportPlan.make(kind, file: Array(text.utf8), index: index, ids: &ids, now: now)
    }

    /// A register with one enterprise, one tank farm with one tank, one point.
    private var index: RegistryIndex {
        var index = RegistryIndex(authorities: [
            Authority(id: "140000", level: .province, name: "山西省应急管理厅", region: "140000"),
            Authority(id: "140500", level: .city, name: "晋城市应急管理局", region: "140500", parent: "140000"),
            Authority(id: "140525", level: .county, name: "泽州县应急管理局", region: "140525", parent: "140500"),
        ])
        index.add(
            Enterprise(
                id: "140525001", name: "泽化", jurisdiction: Jurisdiction(region: "140525", regulator: "140525")))
        let ammonia = HazardSubstance(
            name: "液氨", cas: "7664-41-7", category: nil, quantityTonnes: 100, criticalTonnes: 10, beta: 2)
        index.add(
            Hazard(
                id: "140525001001", enterprise: "140525001", name: "液氨罐区", unit: .tankFarm, location: "厂区东",
                grading: HazardGrading([ammonia], exposedPeople: 60)))
        index.add(
            Equipment(
                id: "E1", enterprise: "140525001", hazard: "140525001001", name: "T-101 液氨球罐", category: .pressureTank,
                medium: "液氨", form: .liquefiedGas, location: "罐区"))
        index.add(
            MonitoringPoint(
                id: "P1", enterprise: "140525001", hazard: "140525001001", equipment: "E1", name: "T-101 液位",
                tag: "LT-101",
                quantity: .level, unit: "m",
                limits: PointLimits(rangeLow: 0, rangeHigh: 12, low: 1, high: 9, highHigh: 10)))
        return index
    }

    @Test func `every bad cell has one line, and nothing can be applied`() {
        let found = plan(
            .points,
            """
            企业,点位编码,点位名称,类型,单位,量程下限,量程上限,高报,高高报,设备,位置
            泽化,P2,T-101 压力,压力,MPa,0,2.5,1.6,1.8,T-101 液氨球罐,
            泽化,P3,T-101 温度,温度,K,0,100,50,x,T-101 液氨球罐,
            泽化,P4,T-101 温度二,温度,℃,0,100,9.5,9.0,T-101 液氨球罐,
            泽化,P5,T-101 氨浓度,有毒气体,ppm,0,100,25,50,,
            泽化,P2,T-101 压力二,压力,MPa,0,2.5,1.6,1.8,T-101 液氨球罐,
            甲化,P6,甲化温度,温度,℃,0,100,50,,,
            """, index)
        #expect(!found.isApplicable)
        let lines: [String] = [
            "第 3 行「高高报」:“x”不是一个数",
            "第 4 行「高报」:9.5 不小于高高报 9",
            "第 5 行「设备」:没有关联设备",
            "第 5 行「位置」:没有填,气体点位要写明安装位置",
            "第 6 行「编码」:“P2”与第 2 行重复",
            "第 7 行「企业」:没有登记过“甲化”",
        ]
        #expect(found.refusals.map(\.line) == lines)
        #expect(found.changes.count == 1)
    }

    @Test func `headers in English and a file from a spreadsheet are read`() {
        let found = plan(
            .points,
            "\u{FEFF}companyCode,targetCode,targetName,targetType,unit,rangeDown,rangeUp,thresholdUp,equipCode\r\n"
                + "140525001,P2,T-101 顶温,temperature,°C,-50,50,35,E1\r\n", index)
        #expect(found.issues.filter { $0.weight == .refusal }.isEmpty)
        guard case .point(let point)? = found.changes.first?.entry else { Issue.record("no point"); return }
        #expect(point.unit == "℃")
        #expect(point.hazard == "140525001001")
        #expect(point.limits == PointLimits(rangeLow: -50, rangeHigh: 50, high: 35))
        #expect(point.deadband == 1)
        #expect(point.onDelay == .seconds(5))
    }

    @Test func `SJ-22 a file cannot loosen a limit, tightening is fine, and absent columns stay`() {
        let loose = plan(
            .points, "企业,编码,名称,类型,单位,量程下限,量程上限,高报,高高报\n泽化,P1,T-101 液位,液位,m,0,12,9.5,10\n", index)
        #expect(loose.refusals.map(\.field) == [.high])
        let tight = plan(
            .points, "企业,编码,名称,类型,单位,量程下限,量程上限,高报\n泽化,P1,T-101 液位,液位,m,0,12,8.5\n", index)
        #expect(tight.isApplicable)
        #expect(tight.updatedCount == 1)
        guard case .point(let point)? = tight.changes.first?.entry else { Issue.record("no point"); return }
        #expect(point.limits.highHigh == 10)
        #expect(point.tag == "LT-101")
    }

    @Test func `SJ-12 two points of one quantity on one tank need two names`() {
        let found = plan(
            .points, "企业,编码,名称,类型,单位,量程下限,量程上限,高报,设备\n泽化,P9,T-101 液位,液位,m,0,12,9,E1\n", index)
        #expect(found.refusals.map(\.field) == [.name])
    }

    @Test func `rows of one hazard source are put together and graded`() {
        let found = plan(
            .hazards,
            """
            企业,危险源名称,类型,厂外暴露人数,物质,CAS,设计最大量(吨),位置,级别
            泽化,合成装置,生产单元,120,液氨,7664-41-7,20,北区,二级
            泽化,合成装置,生产单元,120,氢,1333-74-0,10,北区,
            泽化,小库房,仓库,0,甲醇,67-56-1,100,南区,
            泽化,溶剂库,仓库,0,某溶剂,,100,南区,
            """, index)
        let lines: [String] = [
            "第 4 行「设计最大量」:S = 0.2 < 1,不构成重大危险源",
            "第 5 行「危险类别」:表 1 没有“某溶剂”,要填危险类别(如 W5.3)",
        ]
        #expect(found.refusals.map(\.line) == lines)
        guard case .hazard(let hazard)? = found.changes.first?.entry else { Issue.record("no hazard"); return }
        #expect(hazard.grading.substances.count == 2)
        #expect(hazard.grading.rValue == 14)
        #expect(hazard.id == "140525001002")
        #expect(found.cautions.contains { $0.row == 2 && $0.field == .level })
    }

    @Test func `authorities may stand in any order, and a wrong parent is refused`() {
        let found = plan(
            .authorities,
            """
            编码,层级,名称,行政区划,上级,按区划管辖
            energy,县,沁水县能源局,140521,140500,否
            140521,县,沁水县应急管理局,140521,晋城市应急管理局,
            P140525001,园区,泽州化工园区,,140500,
            140501,县,甲局,140501,乙局,
            """, index)
        #expect(found.refusals.map(\.line) == ["第 5 行「上级」:没有登记过“乙局”"])
        let energy = found.changes.compactMap { change -> Authority? in
            if case .authority(let authority) = change.entry, authority.id == "energy" { authority } else { nil }
        }
        #expect(energy.first?.coversRegion == false)
    }

    @Test func `an enterprise without a code gets the next one of its county`() {
        let found = plan(
            .enterprises, "企业名称,属地,监管单位,信用代码\n新化,140525,泽州县应急管理局,91140500MA0K00000X\n甲化,140525,140525,\n", index)
        #expect(found.refusals.map(\.field) == [.creditCode])
        guard case .enterprise(let enterprise)? = found.changes.first?.entry else { Issue.record("none"); return }
        #expect(enterprise.id == "140525003")
    }

    @Test func `the responsible persons of a file are made people where they are new`() {
        let found = plan(
            .responsible,
            """
            企业,危险源,角色,姓名,手机
            泽化,液氨罐区,主要负责人,张三,13800000001
            泽化,液氨罐区,技术负责人,张三,13800000001
            泽化,液氨罐区,操作负责人,李四,1380000000
            泽化,氯罐区,操作负责人,李四,13800000002
            """, index)
        let lines: [String] = [
            "第 4 行「电话」:“1380000000”不是 11 位手机号", "第 5 行「重大危险源」:本企业没有危险源“氯罐区”",
        ]
        #expect(found.refusals.map(\.line) == lines)
        #expect(found.changes.count == 3)
    }

    @Test(arguments: [
        ("企业;编码;名称\n", "第 1 行:列之间用的是“;”,应为半角逗号"), ("姓名,手机,姓名\n张三,1,2\n", "第 1 行:有两列都是「名称」"),
        ("手机\n1\n", "第 1 行:缺少列「姓名」"), ("姓名\n", "第 2 行:只有表头,没有内容"), ("", "第 1 行:文件是空的"),
        ("姓名,手机\n张三\n", "第 2 行:有 1 列,表头有 2 列"),
    ])
    func `a file of the wrong shape is refused in words`(text: String, line: String) {
        #expect(plan(.people, text, index).refusals.map(\.line).contains(line))
    }

    @Test(arguments: ImportKind.allCases)
    func `a template's own headers are read back`(kind: ImportKind) {
        let found = plan(kind, kind.template, index)
        #expect(found.issues.map(\.line) == ["第 2 行:只有表头,没有内容"])
    }

    @Test(arguments: [("91110108MA01A0QM7L", false), ("91350100M000100Y43", true), ("9135010OM000100Y43", false)])
    func `a credit code bears its check character`(code: String, isCode: Bool) {
        #expect(Enterprise.isCreditCode(code) == isCode)
    }
}
