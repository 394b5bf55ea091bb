public import Kernel

/// The orange and red episodes behind the monthly boards, gathered once for any number of offices.
public struct RiskMonths: Sendable {
    /// How far back a run of months is looked for.
    public static let monthsMax = 12

    public var rules: MonthBoard.Rules
    public var episodes: [RiskEpisode]

    public init(rules: MonthBoard.Rules = MonthBoard.Rules(), episodes: [RiskEpisode] = []) {
        self.rules = rules
        self.episodes = episodes
    }

    /// The window whose episodes the boards through a month need.
    public static func window(through month: Month, now: Timestamp) -> FigureWindow {
        FigureWindow(month.advanced(by: 1 - monthsMax).first, through: month.last, now: now)
    }

    /// The boards of the last months, each month that has begun. An episode counts in the month in which it began, and
    /// where its enterprise lies; enterprises that are not on the roster do not count.
    public func boards(
        through month: Month, unit: RankedUnit, roster: some Sequence<EnterpriseRecord>, divisions: Divisions,
        now: Timestamp
    ) -> [Month: MonthBoard] {
        var records: [EnterpriseID: EnterpriseRecord] = [:]
        for record in roster { records[record.id] = record }
        var counts: [Month: [String: RiskCount]] = [:]
        for episode in episodes {
            guard let enterprise = records[episode.enterprise] else { continue }
            let (began, id) = (Month(Day(episode.from)), unit.id(of: enterprise))
            var count =
                counts[began]?[id]
                ?? RiskCount(unit: id, name: unit == .enterprise ? enterprise.name : divisions.name(of: id))
            if episode.peak == .red { count.red += 1 } else { count.orange += 1 }
            if !count.enterprises.contains(enterprise.id) { count.enterprises.append(enterprise.id) }
            counts[began, default: [:]][id] = count
        }
        var boards: [Month: MonthBoard] = [:]
        for offset in 0..<Self.monthsMax {
            let current = month.advanced(by: -offset)
            guard current.first.start <= now else { continue }
            boards[current] = MonthBoard(counts[current].map { Array($0.values) } ?? [], rules: rules)
        }
        return boards
    }
}
