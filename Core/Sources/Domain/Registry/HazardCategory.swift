/// The classes of GB 18218-2018 table 2, for substances that table 1 does not name, with critical quantity (table 2)
/// and correction factor β (table 4).
public enum HazardCategory: String, CaseIterable, Hashable, Sendable {
    case j1 = "J1"
    case j2 = "J2"
    case j3 = "J3"
    case j4 = "J4"
    case j5 = "J5"
    case w1_1 = "W1.1"
    case w1_2 = "W1.2"
    case w1_3 = "W1.3"
    case w2 = "W2"
    case w3 = "W3"
    case w4 = "W4"
    case w5_1 = "W5.1"
    case w5_2 = "W5.2"
    case w5_3 = "W5.3"
    case w5_4 = "W5.4"
    case w6_1 = "W6.1"
    case w6_2 = "W6.2"
    case w7_1 = "W7.1"
    case w7_2 = "W7.2"
    case w8 = "W8"
    case w9_1 = "W9.1"
    case w9_2 = "W9.2"
    case w10 = "W10"
    case w11 = "W11"

    public init?(word: String) {
        guard let found = HazardCategory(rawValue: word.trimmedOfSpace.uppercased()) else { return nil }
        self = found
    }

    /// Table 2, in tonnes.
    public var criticalTonnes: Double {
        switch self {
        case .w1_1: 1
        case .j1: 5
        case .w1_2, .w2, .w5_1, .w6_1, .w7_1: 10
        case .j2, .j3, .j4, .w1_3, .w4, .w5_2, .w6_2, .w7_2, .w8, .w9_1: 50
        case .w3: 150
        case .w9_2, .w10, .w11: 200
        case .j5: 500
        case .w5_3: 1000
        case .w5_4: 5000
        }
    }

    /// Table 4.
    public var beta: Double {
        switch self {
        case .j1: 4
        case .j3, .j4, .w1_1, .w1_2, .w1_3: 2
        case .w2, .w5_1, .w6_1, .w7_1: 1.5
        case .j2, .j5, .w3, .w4, .w5_2, .w5_3, .w5_4, .w6_2, .w7_2, .w8, .w9_1, .w9_2, .w10, .w11: 1
        }
    }

    public var label: String {
        switch self {
        case .j1: "急性毒性 类别1,气体"
        case .j2: "急性毒性 类别1,固体、液体"
        case .j3: "急性毒性 类别2、3,气体"
        case .j4: "急性毒性 类别2、3,吸入,液体(沸点≤35℃)"
        case .j5: "急性毒性 类别2,液体(J4 外)、固体"
        case .w1_1: "不稳定爆炸物,1.1 项爆炸物"
        case .w1_2: "1.2、1.3、1.5、1.6 项爆炸物"
        case .w1_3: "1.4 项爆炸物"
        case .w2: "易燃气体 类别1、2"
        case .w3: "气溶胶 类别1、2"
        case .w4: "氧化性气体 类别1"
        case .w5_1: "易燃液体 类别1;类别2、3 且工作温度高于沸点"
        case .w5_2: "易燃液体 类别2、3 且有引发重大事故的特殊工艺条件"
        case .w5_3: "易燃液体 其他类别2"
        case .w5_4: "易燃液体 其他类别3"
        case .w6_1: "自反应物质 A、B 型"
        case .w6_2: "自反应物质 C、D、E 型"
        case .w7_1: "有机过氧化物 A、B 型"
        case .w7_2: "有机过氧化物 C–F 型"
        case .w8: "自燃液体、自燃固体 类别1"
        case .w9_1: "氧化性固体、液体 类别1"
        case .w9_2: "氧化性固体、液体 类别2、3"
        case .w10: "易燃固体 类别1"
        case .w11: "遇水放出易燃气体 类别1、2"
        }
    }
}

/// GB 18218-2018 table 3: toxic gases with a β of their own, by registry number.
public enum ToxicGasFactor {
    public static func beta(cas: String) -> Double? { table3[cas.trimmedOfSpace] }

    static let table3: [String: Double] = [
        "630-08-0": 2, "7446-09-5": 2, "7664-41-7": 2, "75-21-8": 2, "7647-01-0": 3, "74-83-9": 3, "7782-50-5": 4,
        "7783-06-4": 5, "7664-39-3": 5, "10102-44-0": 10, "74-90-8": 10, "75-44-5": 20, "7803-51-2": 20,
        "624-83-9": 20,
    ]
}
