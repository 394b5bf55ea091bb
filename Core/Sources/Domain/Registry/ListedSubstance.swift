/// A substance that GB 18218-2018 lists by name in table 1, with its critical quantity in tonnes.
public struct ListedSubstance: Hashable, Sendable {
    /// Its number in table 1.
    public let number: Int
    /// The name of the table first, other common names after it.
    public let names: [String]
    /// Registry numbers; empty where the table gives none.
    public let cas: [String]
    public let criticalTonnes: Double
    /// The class by which β is read from table 4 where the substance is not in table 3. Table 1 does not print it; it
    /// is given here only where it follows from the substance's kind, and what is registered explicitly goes first.
    public let usualCategory: HazardCategory?

    public var name: String { names[0] }

    private init(
        _ number: Int, _ names: String, _ cas: String, _ criticalTonnes: Double, _ usual: HazardCategory? = nil
    ) {
        self.number = number
        self.names = names.split(separator: "|").map(String.init)
        self.cas = cas.split(separator: "|").map(String.init)
        self.criticalTonnes = criticalTonnes
        usualCategory = usual
    }

    /// The rows with that registry number: several for nitrocellulose and ammonium nitrate, told apart by content.
    public static func find(cas: String) -> [ListedSubstance] { byCAS[cas.trimmedOfSpace] ?? [] }

    /// The row of that name, whatever its width and spaces.
    public static func find(name: String) -> ListedSubstance? { byName[name.foldedForComparison] }

    private static let byCAS: [String: [ListedSubstance]] = {
        var found: [String: [ListedSubstance]] = [:]
        for row in table1 { for number in row.cas { found[number, default: []].append(row) } }
        return found
    }()

    private static let byName: [String: ListedSubstance] = {
        var found: [String: ListedSubstance] = [:]
        for row in table1 { for name in row.names { found[name.foldedForComparison] = row } }
        return found
    }()

    /// Table 1, all 85 rows.
    public static let table1: [ListedSubstance] = [
        .init(1, "氨|液氨|氨气", "7664-41-7", 10),
        .init(2, "二氟化氧", "7783-41-7", 1),
        .init(3, "二氧化氮", "10102-44-0", 1),
        .init(4, "二氧化硫", "7446-09-5", 20),
        .init(5, "氟", "7782-41-4", 1),
        .init(6, "碳酰氯|光气", "75-44-5", 0.3),
        .init(7, "环氧乙烷|氧化乙烯", "75-21-8", 10),
        .init(8, "甲醛(含量>90%)|甲醛", "50-00-0", 5),
        .init(9, "磷化氢|磷化三氢|膦", "7803-51-2", 1),
        .init(10, "硫化氢", "7783-06-4", 5),
        .init(11, "氯化氢(无水)|氯化氢", "7647-01-0", 20),
        .init(12, "氯|液氯|氯气", "7782-50-5", 5),
        .init(13, "煤气|煤气(CO,CO与H₂、CH₄混合物等)|焦炉煤气|高炉煤气|发生炉煤气|水煤气", "", 20),
        .init(14, "砷化氢", "7784-42-1", 1),
        .init(15, "锑化氢", "7803-52-3", 1),
        .init(16, "硒化氢", "7783-07-5", 1),
        .init(17, "溴甲烷", "74-83-9", 10),
        .init(18, "丙酮氰醇", "75-86-5", 20),
        .init(19, "丙烯醛", "107-02-8", 20),
        .init(20, "氟化氢|无水氟化氢", "7664-39-3", 1),
        .init(21, "1-氯-2,3-环氧丙烷|环氧氯丙烷", "106-89-8", 20),
        .init(22, "3-溴-1,2-环氧丙烷|环氧溴丙烷", "3132-64-7", 20),
        .init(23, "甲苯二异氰酸酯|TDI", "26471-62-5", 100),
        .init(24, "一氯化硫", "10025-67-9", 1),
        .init(25, "氰化氢|氢氰酸", "74-90-8", 1),
        .init(26, "三氧化硫", "7446-11-9", 75),
        .init(27, "3-氨基丙烯|烯丙胺", "107-11-9", 20),
        .init(28, "溴", "7726-95-6", 20),
        .init(29, "乙撑亚胺|乙烯亚胺", "151-56-4", 20),
        .init(30, "异氰酸甲酯|甲基异氰酸酯", "624-83-9", 0.75),
        .init(31, "叠氮化钡", "18810-58-7", 0.5, .w1_1),
        .init(32, "叠氮化铅", "13424-46-9", 0.5, .w1_1),
        .init(33, "雷汞", "628-86-4", 0.5, .w1_1),
        .init(34, "三硝基苯甲醚", "28653-16-9", 5, .w1_1),
        .init(35, "2,4,6-三硝基甲苯|TNT|梯恩梯", "118-96-7", 5, .w1_1),
        .init(36, "硝化甘油", "55-63-0", 1, .w1_1),
        .init(37, "硝化纤维素(干或含水(或乙醇)<25%)", "9004-70-0", 1, .w1_1),
        .init(38, "硝化纤维素(未改型或增塑剂<18%)", "9004-70-0", 1, .w1_1),
        .init(39, "硝化纤维素(含乙醇≥25%)", "9004-70-0", 10),
        .init(40, "硝化纤维素(含氮≤12.6%)", "9004-70-0", 50),
        .init(41, "硝化纤维素(含水≥25%)", "9004-70-0", 50),
        .init(42, "硝化纤维素溶液(氮≤12.6%,硝化纤维素≤55%)", "9004-70-0", 50),
        .init(43, "硝酸铵(可燃物>0.2%)", "6484-52-2", 5, .w1_1),
        .init(44, "硝酸铵(可燃物≤0.2%)", "6484-52-2", 50, .w9_2),
        .init(45, "硝酸铵肥料(可燃物≤0.4%)|硝酸铵肥料", "", 200, .w9_2),
        .init(46, "硝酸钾", "7757-79-1", 1000, .w9_2),
        .init(47, "1,3-丁二烯|丁二烯", "106-99-0", 5, .w2),
        .init(48, "二甲醚|甲醚", "115-10-6", 50, .w2),
        .init(49, "甲烷|天然气|煤层气|液化天然气|LNG|压缩天然气|CNG", "74-82-8|8006-14-2", 50, .w2),
        .init(50, "氯乙烯", "75-01-4", 50, .w2),
        .init(51, "氢|氢气", "1333-74-0", 5, .w2),
        .init(52, "液化石油气|液化石油气(含丙烷、丁烷及混合物)|LPG|丙烷|丁烷", "68476-85-7|74-98-6|106-97-8", 50, .w2),
        .init(53, "一甲胺|甲胺", "74-89-5", 5, .w2),
        .init(54, "乙炔", "74-86-2", 1, .w2),
        .init(55, "乙烯", "74-85-1", 50, .w2),
        .init(56, "氧(压缩或液化)|氧|液氧|氧气", "7782-44-7", 200, .w4),
        .init(57, "苯", "71-43-2", 50, .w5_3),
        .init(58, "苯乙烯", "100-42-5", 500, .w5_3),
        .init(59, "丙酮", "67-64-1", 500, .w5_3),
        .init(60, "2-丙烯腈|丙烯腈", "107-13-1", 50, .w5_3),
        .init(61, "二硫化碳", "75-15-0", 50, .w5_3),
        .init(62, "环己烷", "110-82-7", 500, .w5_3),
        .init(63, "1,2-环氧丙烷|环氧丙烷", "75-56-9", 10, .w5_1),
        .init(64, "甲苯", "108-88-3", 500, .w5_3),
        .init(65, "甲醇", "67-56-1", 500, .w5_3),
        .init(66, "汽油|汽油(乙醇汽油、甲醇汽油)|乙醇汽油|甲醇汽油", "86290-81-5", 200, .w5_3),
        .init(67, "乙醇|酒精", "64-17-5", 500, .w5_3),
        .init(68, "乙醚", "60-29-7", 10, .w5_1),
        .init(69, "乙酸乙酯", "141-78-6", 500, .w5_3),
        .init(70, "正己烷", "110-54-3", 500, .w5_3),
        .init(71, "过乙酸|过氧乙酸", "79-21-0", 10),
        .init(72, "过氧化甲基乙基酮(10%<有效氧≤10.7%,含A型稀释剂≥48%)", "1338-23-4", 10),
        .init(73, "白磷|黄磷", "12185-10-3", 50, .w8),
        .init(74, "烷基铝", "", 1, .w8),
        .init(75, "戊硼烷", "19624-22-7", 1, .w8),
        .init(76, "过氧化钾", "17014-71-0", 20, .w9_1),
        .init(77, "过氧化钠", "1313-60-6", 20, .w9_1),
        .init(78, "氯酸钾", "3811-04-9", 100, .w9_1),
        .init(79, "氯酸钠", "7775-09-9", 100, .w9_1),
        .init(80, "发烟硝酸", "52583-42-3", 20),
        .init(81, "硝酸(发红烟除外,>70%)|硝酸", "7697-37-2", 100),
        .init(82, "硝酸胍", "506-93-4", 50),
        .init(83, "碳化钙|电石", "75-20-7", 100, .w11),
        .init(84, "钾", "7440-09-7", 1, .w11),
        .init(85, "钠", "7440-23-5", 10, .w11),
    ]
}
