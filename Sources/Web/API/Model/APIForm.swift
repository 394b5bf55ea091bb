import Domain
import Kernel

/// What a value of the API looks like: how it is read, written and described.
indirect enum APIForm: Sendable {
    case text
    /// RFC 3339 with `+08:00`, to the second.
    case instant
    /// `2026-11-23`, a day of China's calendar.
    case day
    /// `2026-11`
    case month
    /// An instant as gateways write it: with or without a zone, or in milliseconds.
    case moment
    case integer(ClosedRange<Int64>?)
    case number
    case flag
    /// One of these words, each with what it means in Chinese.
    case choice([(word: String, title: String)])
    case list(APIForm)
    case object(APIShape)
    /// A value of ours that is not described further.
    case anything

    static func words<Value: CaseIterable & RawRepresentable>(
        _ type: Value.Type, _ title: (Value) -> String
    ) -> APIForm where Value.RawValue == String {
        .choice(Value.allCases.map { ($0.rawValue, title($0)) })
    }

    static let level = APIForm.choice([("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝")])
    static let positive = APIForm.integer(0...Int64(Int32.max))

    /// Of a table's column.
    var widthCharacters: Double {
        switch self {
        case .instant, .moment: 20
        case .day, .month, .choice, .object: 12
        case .integer, .number, .flag: 10
        case .text, .list, .anything: 22
        }
    }

    /// Why a parameter of an address does not read as this; nil where it does.
    func objection(_ text: String) -> String? {
        switch self {
        case .text: return text.unicodeScalars.contains("\0") ? "不能有 NUL 字符" : nil
        case .list, .object, .moment, .anything: return nil
        case .day: return ChinaTime.parseDate(text) == nil ? "日期写成 2026-11-23" : nil
        case .month: return Month(text: text) == nil ? "月份写成 2026-11" : nil
        case .instant: return ChinaTime.parseRFC3339(text) == nil ? "时刻写成 2026-11-23T09:00:00+08:00" : nil
        case .integer(let range):
            guard let value = Int64(text) else { return "要写整数" }
            guard let range, !range.contains(value) else { return nil }
            return "要在 \(range.lowerBound)–\(range.upperBound) 之间"
        case .number: return Double(text).map(\.isFinite) == true ? nil : "要写数"
        case .flag: return ["1", "true", "0", "false"].contains(text) ? nil : "写 1 或 0"
        case .choice(let words):
            if words.contains(where: { $0.word == text }) { return nil }
            return "只能是 " + words.map(\.word).joined(separator: "、")
        }
    }
}

/// The fields of an object that goes out or comes in, by name. Two shapes of one name are one.
struct APIShape: Sendable {
    struct Field: Sendable {
        var key: String
        var title: String
        var form: APIForm
        /// May be null, or left out where it is sent to us.
        var isOptional = false
        var example: JSON?
    }

    var name: String
    var title: String
    var fields: [Field]
    /// What may be left out may not be null.
    var refusesNull = false

    init(_ name: String, _ title: String, _ fields: [Field]) {
        self.name = name
        self.title = title
        self.fields = fields
    }
}
