/// What an office issues (bulletin rules Art. 4–8).
public enum BulletinKind: String, CaseIterable, Hashable, Sendable {
    /// 日报: TB-04 from the city upwards, TB-07 for counties and parks; a province's is the 值守日报 (SZ-12).
    case daily
    /// 周报: TB-05, TB-08.
    case weekly
    case monthly
    case quarterly
    case yearly
    /// 专题通报: when something stands out (TB-06).
    case special
    /// 月度公开排名: the ten that lead in orange and red episodes, with the ladder (TB-11…15).
    case ranking

    public var label: String {
        switch self {
        case .daily: "日报"
        case .weekly: "周报"
        case .monthly: "月报"
        case .quarterly: "季报"
        case .yearly: "年报"
        case .special: "专题通报"
        case .ranking: "月度排名"
        }
    }

    /// `周`, `月`, `季`, `年` before the names of sections (TB-05).
    public var prefix: String {
        switch self {
        case .daily, .special: ""
        case .weekly: "周"
        case .monthly, .ranking: "月"
        case .quarterly: "季"
        case .yearly: "年"
        }
    }

    /// Whether it covers a period that the calendar gives.
    public var isPeriodic: Bool {
        switch self {
        case .daily, .weekly, .monthly, .quarterly, .yearly, .ranking: true
        case .special: false
        }
    }
}
