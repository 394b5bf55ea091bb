/// Names and codes that can be told apart (data-quality measures Art. 4, 5; SJ-07, SJ-12).
public enum NameRules {
    /// A code stands in addresses, files and the gateways' uploads.
    public static func codeViolations(_ code: String) -> [Violation] {
        if code.isEmpty { return [Violation(.id, "没有填")] }
        let isPlain = code.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        if !isPlain { return [Violation(.id, "“\(code)”只能用字母、数字和 - _ .")] }
        return code.utf8.count > 64 ? [Violation(.id, "超过 64 个字符")] : []
    }

    public static func nameViolations(_ name: String) -> [Violation] {
        let name = name.trimmedOfSpace
        if name.isEmpty { return [Violation(.name, "没有填")] }
        if name.count > 100 { return [Violation(.name, "超过 100 个字")] }
        if name.unicodeScalars.contains(where: { $0.value < 0x20 }) { return [Violation(.name, "有换行或控制字符")] }
        return isVague(name) ? [Violation(.name, "“\(name)”太笼统,区分不出是哪一个", .caution)] : []
    }

    /// A bare generic word, or nothing but digits and signs.
    static func isVague(_ name: String) -> Bool {
        let folded = name.foldedForComparison
        if generic.contains(folded) || folded.contains("测试") || folded.hasPrefix("test") { return true }
        return folded.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic && !$0.properties.isIdeographic }
    }

    private static let generic: Set<String> = [
        "储罐", "罐", "罐区", "储罐区", "装置", "仓库", "设备", "反应釜", "气柜", "管道", "温度", "压力", "液位", "流量", "点位", "探测器",
        "报警器", "可燃气体", "有毒气体", "氧气", "可燃气体探测器", "有毒气体探测器", "企业", "公司", "化工厂", "重大危险源", "危险源", "未命名",
        "新建", "其他",
    ]
}
