/// The invented enterprises of the demonstration city. County names are Jincheng's; every enterprise, person and
/// telephone is made up, and so is every quantity.
enum DemonstrationPlans {
    static let parkAcross = "P140525001"
    static let parkQinhe = "P140521001"

    static let all: [EnterprisePlan] = qinshui + yangcheng + lingchuan + zezhou + gaoping + urban

    private static let qinshui: [EnterprisePlan] = [
        EnterprisePlan(
            name: "晋沁化工有限公司", short: "晋沁化工", region: "140521", regulator: "140521", group: "晋沁集团",
            industry: "煤化工",
            hazards: [
                HazardPlan("合成氨装置", .ammoniaSynthesis, area: 2, people: 60, [("氨", 208), ("氢", 2.2)]),
                HazardPlan("液氨罐区", .spheres(.ammonia, count: 2, kept: 4), area: 3, people: 20, [("氨", 240)]),
                HazardPlan("甲醇罐区", .tanks(.methanol, count: 4), area: 1, people: 20, [("甲醇", 6200)]),
                HazardPlan(
                    "硫酸罐区", .tanks(.sulfurTrioxide, count: 2, celsius: 26), area: 4, people: 0, [("三氧化硫", 420)]),
            ]),
        EnterprisePlan(
            name: "沁岭煤层气液化有限公司", short: "沁岭液化", region: "140521", regulator: "140521-NY",
            park: parkQinhe, coRegulators: ["140521"], industry: "煤层气液化",
            hazards: [
                HazardPlan("液化天然气罐区", .cryogenic(.methane, count: 3), people: 55, [("液化天然气", 2600)]),
                HazardPlan(
                    "液化装置", .reactors(.methane, name: "脱碳反应器", celsius: 220, megapascal: 4.8, reactors: 1, vessels: 2),
                    people: 20, [("天然气", 62)]),
            ]),
        EnterprisePlan(
            name: "沁河源清洁燃气有限公司", short: "沁河源燃气", region: "140521", regulator: "140521-NY",
            coRegulators: ["140521"], industry: "煤层气储运",
            hazards: [
                HazardPlan("液化天然气储配站", .cryogenic(.methane, count: 2), people: 35, [("液化天然气", 900)]),
                HazardPlan("液化石油气罐区", .spheres(.liquefiedGas, count: 2), people: 35, [("液化石油气", 520)]),
            ]),
        EnterprisePlan(
            name: "历山甲醇有限公司", short: "历山甲醇", region: "140521", regulator: "140521", park: parkQinhe,
            group: "晋沁集团", industry: "煤化工",
            hazards: [
                HazardPlan(
                    "甲醇合成装置",
                    .reactors(.methanol, name: "甲醇合成塔", celsius: 248, megapascal: 5.2, reactors: 2, vessels: 2),
                    people: 25, [("甲醇", 480), ("氢", 3.5), ("煤气", 18)]),
                HazardPlan("甲醇罐区", .tanks(.methanol, count: 4), people: 25, [("甲醇", 15_000)]),
                HazardPlan("煤气柜", .gasHolder(count: 1), people: 25, [("煤气", 34)]),
            ]),
        EnterprisePlan(
            name: "中条氢能有限公司", short: "中条氢能", region: "140521", regulator: "140521", park: parkQinhe,
            industry: "氢能",
            hazards: [
                HazardPlan("氢气充装站", .warehouse(.hydrogen, rooms: 2), people: 10, [("氢", 8.5)]),
                HazardPlan("液氧储罐", .cryogenic(.oxygen, count: 1), people: 10, [("液氧", 260)]),
                HazardPlan(
                    "制氢装置", .reactors(.hydrogen, name: "变换反应器", celsius: 360, megapascal: 2.4, reactors: 1, vessels: 2),
                    people: 10, [("氢", 5.5)]),
            ]),
    ]

    private static let yangcheng: [EnterprisePlan] = [
        EnterprisePlan(
            name: "析城精细化工有限公司", short: "析城精化", region: "140522", regulator: "140522", industry: "精细化工",
            hazards: [
                HazardPlan("甲醇罐区", .tanks(.methanol, count: 3), people: 40, [("甲醇", 4200)]),
                HazardPlan(
                    "甲醛装置", .reactors(.methanol, name: "氧化反应器", celsius: 292, megapascal: 0.3, reactors: 1, vessels: 2),
                    people: 40, [("甲醇", 780)]),
                HazardPlan("甲类库房", .warehouse(.acetone, rooms: 2), people: 40, [("丙酮", 640)]),
            ]),
        EnterprisePlan(
            name: "蟒河溶剂有限公司", short: "蟒河溶剂", region: "140522", regulator: "140522", industry: "溶剂储运",
            hazards: [
                HazardPlan("溶剂罐区", .tanks(.toluene, count: 4), people: 15, [("甲苯", 3600)]),
                HazardPlan("乙酸乙酯罐区", .tanks(.ethylAcetate, count: 2), people: 15, [("乙酸乙酯", 900)]),
                HazardPlan("三号库房", .warehouse(.hydrogenSulfide, rooms: 1), people: 15, [("硫化氢", 6)]),
            ]),
        EnterprisePlan(
            name: "阳陵化肥有限公司", short: "阳陵化肥", region: "140522", regulator: "140522", group: "阳陵集团",
            industry: "化肥",
            hazards: [
                HazardPlan("合成氨装置", .ammoniaSynthesis, people: 110, [("氨", 260), ("氢", 3)]),
                HazardPlan("液氨罐区", .spheres(.ammonia, count: 3, kept: 4), people: 110, [("氨", 900)]),
                HazardPlan("硝酸铵库房", .warehouse(.ammoniumNitrate, rooms: 2), people: 60, [("硝酸铵肥料", 900)]),
            ]),
        EnterprisePlan(
            name: "润河工业气体有限公司", short: "润河气体", region: "140522", regulator: "140522", industry: "工业气体",
            hazards: [
                HazardPlan("液氧储罐", .cryogenic(.oxygen, count: 2), people: 12, [("液氧", 420)]),
                HazardPlan("乙炔站", .warehouse(.acetylene, rooms: 1), people: 12, [("乙炔", 2.4)]),
                HazardPlan("液化天然气储罐", .cryogenic(.methane, count: 1), people: 12, [("液化天然气", 120)]),
            ]),
        EnterprisePlan(
            name: "横河新材料有限公司", short: "横河新材", region: "140522", regulator: "140522", industry: "合成材料",
            hazards: [
                HazardPlan("苯乙烯罐区", .tanks(.styrene, count: 2, celsius: 14), people: 20, [("苯乙烯", 1800)]),
                HazardPlan(
                    "聚合装置", .reactors(.styrene, name: "聚合釜", celsius: 118, megapascal: 0.6, reactors: 2, vessels: 1),
                    people: 20, [("苯乙烯", 560)]),
                HazardPlan("甲苯罐区", .tanks(.toluene, count: 2), people: 20, [("甲苯", 1200)]),
            ]),
    ]

    private static let lingchuan: [EnterprisePlan] = [
        EnterprisePlan(
            name: "锡崖涂料有限公司", short: "锡崖涂料", region: "140524", regulator: "140524", industry: "涂料",
            hazards: [
                HazardPlan("甲类库房", .warehouse(.ethylAcetate, rooms: 3), people: 30, [("乙酸乙酯", 720)]),
                HazardPlan(
                    "树脂装置", .reactors(.toluene, name: "缩聚釜", celsius: 185, megapascal: 0.4, reactors: 1, vessels: 1),
                    people: 30, [("甲苯", 640)]),
            ]),
        EnterprisePlan(
            name: "棋源化工有限公司", short: "棋源化工", region: "140524", regulator: "140524", industry: "基础化工",
            hazards: [
                HazardPlan("液氯库房", .spheres(.chlorine, count: 2), people: 45, [("液氯", 36)]),
                HazardPlan("乙醇罐区", .tanks(.ethanol, count: 2), people: 45, [("乙醇", 1400)]),
                HazardPlan(
                    "氯化装置", .reactors(.chlorine, name: "氯化釜", celsius: 78, megapascal: 0.3, reactors: 1, vessels: 1),
                    people: 45, [("液氯", 7)]),
            ]),
        EnterprisePlan(
            name: "王岭燃气有限公司", short: "王岭燃气", region: "140524", regulator: "140524", industry: "燃气储运",
            hazards: [
                HazardPlan("液化天然气储罐", .cryogenic(.methane, count: 2), people: 52, [("液化天然气", 640)]),
                HazardPlan("液化石油气罐区", .spheres(.liquefiedGas, count: 2), people: 52, [("液化石油气", 260)]),
            ]),
        EnterprisePlan(
            name: "太行松香有限公司", short: "太行松香", region: "140524", regulator: "140524", industry: "林产化工",
            hazards: [
                HazardPlan("汽油罐区", .tanks(.gasoline, count: 2), people: 8, [("汽油", 620)]),
                HazardPlan("甲类库房", .warehouse(.acetone, rooms: 2), people: 8, [("丙酮", 600)]),
            ]),
    ]

    private static let zezhou: [EnterprisePlan] = [
        EnterprisePlan(
            name: "云杉新材料有限公司", short: "云杉新材", region: "140525", regulator: "140525", park: parkAcross,
            industry: "合成材料",
            hazards: [
                HazardPlan(
                    "加氢装置", .reactors(.hydrogen, name: "加氢反应器", celsius: 388, megapascal: 7.5, reactors: 2, vessels: 2),
                    people: 60, [("氢", 12), ("苯", 260)]),
                HazardPlan("粗苯罐区", .tanks(.benzene, count: 3, celsius: 24), people: 60, [("苯", 2400)]),
                HazardPlan("苯乙烯罐区", .tanks(.styrene, count: 2, celsius: 14), people: 25, [("苯乙烯", 1500)]),
            ]),
        EnterprisePlan(
            name: "金匠气体有限公司", short: "金匠气体", region: "140525", regulator: "140525", industry: "工业气体",
            hazards: [
                HazardPlan("液氧储罐", .cryogenic(.oxygen, count: 2), people: 30, [("液氧", 380)]),
                HazardPlan("氢气瓶组间", .warehouse(.hydrogen, rooms: 1), people: 30, [("氢", 5.6)]),
                HazardPlan("乙炔站", .warehouse(.acetylene, rooms: 1), people: 30, [("乙炔", 1.6)]),
            ]),
        EnterprisePlan(
            name: "巴原化肥有限公司", short: "巴原化肥", region: "140525", regulator: "140525", park: parkAcross,
            group: "阳陵集团", industry: "化肥",
            hazards: [
                HazardPlan("合成氨装置", .ammoniaSynthesis, people: 70, [("氨", 160), ("氢", 2)]),
                HazardPlan("液氨罐区", .spheres(.ammonia, count: 2, kept: 4), people: 70, [("氨", 320)]),
                HazardPlan("煤气柜", .gasHolder(count: 1), people: 70, [("煤气", 42)]),
                HazardPlan("甲醇罐区", .tanks(.methanol, count: 2), people: 40, [("甲醇", 2400)]),
            ]),
        EnterprisePlan(
            name: "丹川精细化工有限公司", short: "丹川精化", region: "140525", regulator: "140525", park: parkAcross,
            industry: "精细化工",
            hazards: [
                HazardPlan(
                    "硝化装置", .reactors(.toluene, name: "硝化釜", celsius: 62, megapascal: 0.3, reactors: 3, vessels: 1),
                    people: 34, [("甲苯", 520), ("硝酸", 60)]),
                HazardPlan("甲苯罐区", .tanks(.toluene, count: 2), people: 34, [("甲苯", 1600)]),
                HazardPlan("硝酸罐区", .tanks(.nitricAcid, count: 2), people: 34, [("硝酸", 560)]),
            ]),
        EnterprisePlan(
            name: "周纂油品有限公司", short: "周纂油库", region: "140525", regulator: "140525", industry: "油品储运",
            hazards: [
                HazardPlan("汽油罐区", .tanks(.gasoline, count: 4), people: 48, [("汽油", 5200)]),
                HazardPlan("乙醇罐区", .tanks(.ethanol, count: 2), people: 48, [("乙醇", 900)]),
                HazardPlan("液化石油气罐区", .spheres(.liquefiedGas, count: 1), people: 48, [("液化石油气", 160)]),
            ]),
        EnterprisePlan(
            name: "泽阳氯碱有限公司", short: "泽阳氯碱", region: "140525", regulator: "140525", park: parkAcross,
            industry: "氯碱",
            hazards: [
                HazardPlan("液氯库房", .spheres(.chlorine, count: 3), people: 120, [("液氯", 66)]),
                HazardPlan(
                    "氢气处理装置",
                    .reactors(.hydrogen, name: "氯化氢合成炉", celsius: 400, megapascal: 0.3, reactors: 1, vessels: 2),
                    people: 60, [("氢", 6.5), ("液氯", 6)]),
            ]),
    ]

    private static let gaoping: [EnterprisePlan] = [
        EnterprisePlan(
            name: "丹源化工有限公司", short: "丹源化工", region: "140581", regulator: "140581", park: parkAcross,
            industry: "煤化工",
            hazards: [
                HazardPlan("煤气柜", .gasHolder(count: 1), people: 55, [("煤气", 56)]),
                HazardPlan("粗苯罐区", .tanks(.benzene, count: 2, celsius: 24), people: 55, [("苯", 1200)]),
                HazardPlan("液氨罐区", .spheres(.ammonia, count: 2, kept: 4), people: 55, [("氨", 180)]),
            ]),
        EnterprisePlan(
            name: "长平煤化有限公司", short: "长平煤化", region: "140581", regulator: "140581", group: "长平集团",
            industry: "煤化工",
            hazards: [
                HazardPlan(
                    "甲醇合成装置",
                    .reactors(.methanol, name: "甲醇合成塔", celsius: 252, megapascal: 5.4, reactors: 2, vessels: 2),
                    people: 20, [("甲醇", 560), ("氢", 4)]),
                HazardPlan("甲醇罐区", .tanks(.methanol, count: 4), people: 20, [("甲醇", 12_000)]),
                HazardPlan("煤气柜", .gasHolder(count: 2), people: 20, [("煤气", 80)]),
                HazardPlan("液氧储罐", .cryogenic(.oxygen, count: 2), people: 20, [("液氧", 900)]),
            ]),
        EnterprisePlan(
            name: "神农生化有限公司", short: "神农生化", region: "140581", regulator: "140581", industry: "生物化工",
            hazards: [
                HazardPlan("乙醇罐区", .tanks(.ethanol, count: 3), people: 18, [("乙醇", 2600)]),
                HazardPlan("丙酮罐区", .tanks(.acetone, count: 2), people: 18, [("丙酮", 900)]),
                HazardPlan("液氨制冷站", .spheres(.ammonia, count: 1, kept: 2), people: 18, [("氨", 22)]),
                HazardPlan("甲类库房", .warehouse(.ethanol, rooms: 1), people: 18, [("乙醇", 520)]),
            ]),
        EnterprisePlan(
            name: "泫水油品有限公司", short: "泫水油品", region: "140581", regulator: "140581", industry: "油品储运",
            hazards: [
                HazardPlan("汽油罐区", .tanks(.gasoline, count: 3), people: 32, [("汽油", 3600)]),
                HazardPlan("液化石油气罐区", .spheres(.liquefiedGas, count: 2), people: 32, [("液化石油气", 420)]),
            ]),
        EnterprisePlan(
            name: "羊岭染料有限公司", short: "羊岭染料", region: "140581", regulator: "140581", park: parkAcross,
            industry: "染料",
            hazards: [
                HazardPlan(
                    "氯化装置", .reactors(.chlorine, name: "氯化釜", celsius: 84, megapascal: 0.3, reactors: 2, vessels: 1),
                    people: 45, [("液氯", 12), ("苯", 90)]),
                HazardPlan("苯罐区", .tanks(.benzene, count: 2, celsius: 24), people: 45, [("苯", 900)]),
                HazardPlan("液氯库房", .spheres(.chlorine, count: 1), people: 45, [("液氯", 24)]),
            ]),
    ]

    private static let urban: [EnterprisePlan] = [
        EnterprisePlan(
            name: "白水气体有限公司", short: "白水气体", region: "140502", regulator: "140502", industry: "工业气体",
            hazards: [
                HazardPlan("液氧储罐", .cryogenic(.oxygen, count: 2), people: 105, [("液氧", 460)]),
                HazardPlan("乙炔站", .warehouse(.acetylene, rooms: 1), people: 105, [("乙炔", 1.8)]),
            ]),
        EnterprisePlan(
            name: "北石净水有限公司", short: "北石净水", region: "140502", regulator: "140502", industry: "供水",
            hazards: [HazardPlan("液氯间", .spheres(.chlorine, count: 1), people: 130, [("液氯", 8)])]),
        EnterprisePlan(
            name: "凤台冷链有限公司", short: "凤台冷链", region: "140502", regulator: "140502", industry: "冷链仓储",
            hazards: [
                HazardPlan("液氨制冷一站", .spheres(.ammonia, count: 1, kept: 2), people: 140, [("氨", 18)]),
                HazardPlan("液氨制冷二站", .spheres(.ammonia, count: 1, kept: 2), people: 140, [("氨", 15)]),
            ]),
        EnterprisePlan(
            name: "泽城燃气有限公司", short: "泽城燃气", region: "140502", regulator: "140502", industry: "燃气储运",
            hazards: [
                HazardPlan("液化石油气罐区", .spheres(.liquefiedGas, count: 2), people: 118, [("液化石油气", 380)]),
                HazardPlan("液化天然气储配站", .cryogenic(.methane, count: 1), people: 118, [("液化天然气", 320)]),
            ]),
        EnterprisePlan(
            name: "古书院涂装有限公司", short: "古书院涂装", region: "140502", regulator: "140502", industry: "涂料",
            hazards: [HazardPlan("甲类库房", .warehouse(.toluene, rooms: 2), people: 46, [("甲苯", 560)])]),
    ]
}
