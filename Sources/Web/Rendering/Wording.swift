import Domain
import Kernel

/// Times, lengths and figures as an officer reads them.
enum Wording {
    /// `13:08:41`, with the date where it is not today.
    static func stamp(_ instant: Timestamp, now: Timestamp) -> String {
        Day(instant) == Day(now) ? ChinaTime.clock(instant) : monthDay(instant) + " " + ChinaTime.clock(instant)
    }

    /// `11-23`.
    static func monthDay(_ instant: Timestamp) -> String { String(ChinaTime.date(Day(instant)).suffix(5)) }

    /// `11-23 周一 13:08:41`.
    static func long(_ instant: Timestamp) -> String {
        let days = ["一", "二", "三", "四", "五", "六", "日"]
        return "\(monthDay(instant)) 周\(days[Day(instant).weekday - 1]) \(ChinaTime.clock(instant))"
    }

    /// `00:07:07`.
    static func elapsed(_ interval: Interval) -> String {
        let seconds = max(0, interval.seconds)
        return "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    /// `22:53`, `1:02:03`, or past zero `已超 2:10` in hours and minutes.
    static func remaining(_ interval: Interval) -> String {
        guard interval.milliseconds >= 0 else {
            let minutes = -interval.milliseconds / 60_000
            return "已超 \(minutes / 60):\(two(minutes % 60))"
        }
        let seconds = (interval.milliseconds + 999) / 1_000
        return seconds < 3_600
            ? "\(two(seconds / 60)):\(two(seconds % 60))"
            : "\(seconds / 3_600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    /// `12 分`, `3 时 05 分`, `2 天 4 时`.
    static func length(_ interval: Interval) -> String {
        let minutes = max(0, interval.minutes)
        if minutes < 1 { return "\(max(0, interval.seconds)) 秒" }
        if minutes < 60 { return "\(minutes) 分" }
        if minutes < 1_440 {
            return minutes % 60 == 0 ? "\(minutes / 60) 小时" : "\(minutes / 60) 时 \(two(minutes % 60)) 分"
        }
        return "\(minutes / 1_440) 天 \(minutes / 60 % 24) 时"
    }

    /// Two digits after the point at most, none that say nothing.
    static func figure(_ value: Double) -> String {
        guard value.isFinite else { return "—" }
        let magnitude = value.magnitude
        let digits = magnitude >= 100 ? 1 : magnitude >= 1 ? 2 : 3
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = (value * scale).rounded()
        guard rounded.magnitude < 1e15 else { return String(value) }
        let whole = Int64(rounded)
        let sign = whole < 0 ? "-" : ""
        var fraction = String(whole.magnitude % UInt64(scale))
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let integer = String(whole.magnitude / UInt64(scale))
        return sign + integer + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// `98.84%`; 分母 0 → —.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "—" }
        let hundredths = (Int64(part) * 10_000 + Int64(whole) / 2) / Int64(whole)
        return "\(hundredths / 100).\(two(hundredths % 100))%"
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func grade(_ grade: Int) -> String {
        switch grade {
        case 1: "一级"
        case 2: "二级"
        case 3: "三级"
        default: "四级"
        }
    }

    static func role(_ role: ResponsibleRole) -> String {
        switch role {
        case .principal: "主要"
        case .technical: "技术"
        case .operations: "操作"
        }
    }

    static func account(_ role: AccountRole) -> String {
        switch role {
        case .duty: "值守员"
        case .safety: "安全员"
        case .responsible: "包保责任人"
        case .admin: "管理员"
        }
    }

    /// For a link that dials.
    static func dial(_ phone: String) -> String { String(phone.filter { $0.isNumber || $0 == "+" }) }

    /// Text that goes into a picture or an attribute made by hand.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.append(character)
            }
        }
        return output
    }
}
