import Kernel

/// How figures, times and names are written in bulletins.
enum ContentWords {
    /// `11月23日12时`, `11月23日8时30分`.
    static func dueText(_ instant: Timestamp) -> String {
        let minutes = (instant - Day(instant).start).minutes
        if minutes == 0 { return Day(number: Day(instant).number - 1).chineseMonthDay + "24时" }
        return Day(instant).chineseMonthDay + "\(minutes / 60)时" + (minutes % 60 == 0 ? "" : "\(minutes % 60)分")
    }

    /// `11月22日14时05分`.
    static func stamp(_ instant: Timestamp) -> String {
        let minutes = (instant - Day(instant).start).minutes
        return Day(instant).chineseMonthDay + "\(minutes / 60)时\(two(minutes % 60))分"
    }

    /// `14.2小时`, `35分钟`; half up.
    static func length(_ interval: Interval) -> String {
        let minutes = max(0, interval.minutes)
        if minutes < 60 { return "\(minutes)分钟" }
        let tenths = (interval.milliseconds + 180_000) / 360_000
        return tenths % 10 == 0 ? "\(tenths / 10)小时" : "\(tenths / 10).\(tenths % 10)小时"
    }

    /// Milliseconds as hours with one place.
    static func hours(_ milliseconds: Int64) -> String {
        let tenths = (milliseconds + 180_000) / 360_000
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func level(_ level: Level) -> String {
        switch level {
        case .blue: "蓝色"
        case .yellow: "黄色"
        case .orange: "橙色"
        case .red: "红色"
        }
    }

    static func role(_ role: ResponsibleRole) -> String {
        switch role {
        case .principal: "主要负责人"
        case .technical: "技术负责人"
        case .operations: "操作负责人"
        }
    }

    /// `甲、乙、丙等5家`: names up to a number, then how many in all.
    static func names(_ names: [String], max limit: Int = 8, measure: String = "家") -> String {
        guard names.count > limit else { return names.joined(separator: "、") }
        return names.prefix(limit).joined(separator: "、") + "等\(names.count)\(measure)"
    }

    /// The page that lists what a figure counts.
    static func address(_ kind: FigureKind, part: String, _ facts: BulletinFacts, unit: String? = nil) -> String {
        "/figures/\(kind.rawValue)?from=\(ChinaTime.date(facts.period.from))&to=\(ChinaTime.date(facts.period.last))"
            + "&part=\(part)" + (unit.map { "&unit=\(PercentEncoding.encoded($0))" } ?? "")
    }
}
