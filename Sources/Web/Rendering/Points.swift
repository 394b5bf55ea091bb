/// The words of points and their states.
enum Points {
    static func kind(_ kind: String) -> String {
        switch kind {
        case "level": "液位"
        case "temperature": "温度"
        case "pressure": "压力"
        case "flow": "流量"
        case "combustibleGas": "可燃气体"
        case "toxicGas": "有毒气体"
        case "oxygen": "氧含量"
        case "composition": "组分"
        case "current": "电流"
        case "wind": "风"
        case "humidity": "湿度"
        default: "其他"
        }
    }

    static func isGas(_ kind: String) -> Bool { kind == "combustibleGas" || kind == "toxicGas" }

    /// 压力 PT-2031; the kind is not said twice.
    static func title(kind: String, name: String, tag: String?) -> String {
        let word = Self.kind(kind)
        let label = tag.flatMap { $0.isEmpty ? nil : $0 } ?? name
        return label.contains(word) ? label : "\(word) \(label)"
    }

    /// A gas detector speaks of 一级 and 二级, oxygen of 欠氧 and 富氧, everything else of 低低 to 高高.
    static func state(_ state: String, kind: String) -> String {
        switch (state, kind) {
        case ("normal", _): "正常"
        case ("high", "oxygen"): "富氧"
        case ("highHigh", "oxygen"): "富氧二级"
        case ("low", "oxygen"): "欠氧"
        case ("lowLow", "oxygen"): "欠氧二级"
        case ("high", "combustibleGas"), ("high", "toxicGas"): "一级"
        case ("highHigh", "combustibleGas"), ("highHigh", "toxicGas"): "二级"
        case ("high", _): "高"
        case ("highHigh", _): "高高"
        case ("low", _): "低"
        case ("lowLow", _): "低低"
        default: state
        }
    }

    static func dispel(_ type: String?) -> String {
        switch type {
        case "recovered": "1 自动恢复"
        case "recoveredByHand": "2 处置后恢复"
        case "filing": "3 检修报备"
        case "falseAlarm": "4 误报（经批准）"
        case "limitChange": "5 阈值变更"
        case "outOfUse": "6 点位停用"
        default: "已消警"
        }
    }
}
