/// What a monitoring point measures: its kind in files, forms and tables (domain §4.1).
public enum Quantity: String, CaseIterable, Hashable, Sendable {
    case level, temperature, pressure, flow, combustibleGas, toxicGas, oxygen
    case composition, current, wind, humidity, other

    /// The word on pages and in files in Chinese.
    public var label: String {
        switch self {
        case .level: "液位"
        case .temperature: "温度"
        case .pressure: "压力"
        case .flow: "流量"
        case .combustibleGas: "可燃气体"
        case .toxicGas: "有毒气体"
        case .oxygen: "氧气"
        case .composition: "组分"
        case .current: "电流"
        case .wind: "风速风向"
        case .humidity: "湿度"
        case .other: "其他"
        }
    }

    /// The units that may be written (SJ-10). Empty means any that is not blank.
    public var units: [String] {
        switch self {
        case .level: ["m", "%", "mm", "cm", "m³"]
        case .temperature: ["℃"]
        case .pressure: ["MPa", "kPa", "Pa"]
        case .flow: ["m³/h", "Nm³/h", "t/h", "kg/h", "L/h", "L/min"]
        case .combustibleGas: ["%LEL", "LEL·m"]
        case .toxicGas: ["ppm", "mg/m³"]
        case .oxygen: ["%VOL"]
        case .composition: ["%", "%VOL", "%wt", "ppm", "mg/m³"]
        case .current: ["A", "mA"]
        case .wind: ["m/s", "°"]
        case .humidity: ["%RH"]
        case .other: []
        }
    }

    /// A detector of gas: needs its equipment and its place (SJ-14), and has two levels instead of four limits.
    public var isGas: Bool {
        switch self {
        case .combustibleGas, .toxicGas, .oxygen: true
        case .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other: false
        }
    }

    /// Without any limit such a point watches nothing, and is refused; weather and the rest may be without.
    public var needsLimit: Bool {
        switch self {
        case .level, .temperature, .pressure, .flow, .combustibleGas, .toxicGas, .oxygen: true
        case .composition, .current, .wind, .humidity, .other: false
        }
    }

    /// Reads the word of a file, in Chinese or English.
    public init?(word: String) {
        let word = word.trimmedOfSpace
        guard
            let found = Quantity.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() })
                ?? Quantity.allCases.first(where: { $0.label == word || $0.otherWords.contains(word) })
        else { return nil }
        self = found
    }

    private var otherWords: [String] {
        switch self {
        case .level: ["柜位", "料位"]
        case .wind: ["风速", "风向"]
        case .oxygen: ["氧含量", "氧浓度", "氧"]
        case .combustibleGas: ["可燃气", "可燃"]
        case .toxicGas: ["有毒气", "有毒"]
        case .current: ["搅拌电流"]
        case .temperature, .pressure, .flow, .composition, .humidity, .other: []
        }
    }

    /// The dictionary's unit for what people write (`°C`, `m3/h`); the text itself where the dictionary has none.
    public static func unit(written text: String) -> String {
        let text = text.trimmedOfSpace
        let aliases: [String: String] = [
            "°C": "℃", "C": "℃", "摄氏度": "℃", "Mpa": "MPa", "MPA": "MPa", "mpa": "MPa", "Kpa": "kPa", "KPa": "kPa",
            "KPA": "kPa", "kpa": "kPa", "m3": "m³", "m3/h": "m³/h", "Nm3/h": "Nm³/h", "%lel": "%LEL", "LEL": "%LEL",
            "LEL%": "%LEL", "LEL.m": "LEL·m", "mg/m3": "mg/m³", "PPM": "ppm", "%vol": "%VOL", "%Vol": "%VOL",
            "VOL%": "%VOL", "%rh": "%RH", "米": "m", "度": "°", "%": "%",
        ]
        return aliases[text] ?? text
    }
}
