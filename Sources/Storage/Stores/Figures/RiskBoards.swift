public import Domain
public import Kernel

/// The monthly lists of orange and red episodes and the ladder on them (TB-11…15).
public enum RiskBoards {
    /// How far back a run of months is looked for.
    static let monthsMax = 12

    public static func rules(in session: inout Session) throws(StorageError) -> MonthBoard.Rules {
        let stored = try session.first("SELECT value FROM setting WHERE key = 'ranking'") {
            row throws(StorageError) in try row.read(JSON.self)
        }
        var rules = MonthBoard.Rules()
        if let length = stored?["length"]?.integer, (1...200).contains(length) { rules.length = Int(length) }
        if stored?["splitBoards"] == .bool(true) { rules.splitBoards = true }
        return rules
    }

    public static func set(
        _ rules: MonthBoard.Rules, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let json: JSON = ["length": .integer(Int64(rules.length)), "splitBoards": .bool(rules.splitBoards)]
        try session.execute(
            """
            INSERT INTO setting (key, value, changed_at) VALUES ('ranking', \(json), \(now))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
            """)
    }

    /// The month's ladder over the units that an office of that level ranks.
    public static func ladder(
        _ month: Month, level: AuthorityLevel, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Ladder? {
        Ladder(month, boards: try boards(through: month, level: level, scope: scope, now: now, in: &session))
    }

    /// The boards of the last months, each month that has begun.
    public static func boards(
        through month: Month, level: AuthorityLevel, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Month: MonthBoard] {
        let rules = try rules(in: &session)
        let unit = Ladder.unit(for: level)
        let first = month.advanced(by: 1 - monthsMax)
        let window = FigureWindow(first.first, through: month.last, now: now)
        let episodes = try episodes(window: window, scope: scope, in: &session)
        let roster = try FigureSources.roster(scope: scope, now: now, in: &session)
        let offices = try FigureSources.offices(in: &session)
        var boards: [Month: MonthBoard] = [:]
        for offset in 0..<monthsMax {
            let current = first.advanced(by: offset)
            guard current.first.start <= now else { continue }
            boards[current] = MonthBoard(
                counts(episodes, in: current, unit: unit, roster: roster, offices: offices), rules: rules)
        }
        return boards
    }

    /// Episodes that reach into a window (A25); where they belong is where they began.
    public static func episodes(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [RiskEpisode] {
        let cases = try FigureSources.histories(
            window: window, minimum: .orange, scope: scope, in: &session)
        return RiskEpisode.all(of: cases.flatMap(\.history.stretches))
    }

    static func counts(
        _ episodes: [RiskEpisode], in month: Month, unit: RankedUnit, roster: [EnterpriseRecord],
        offices: [AuthorityID: FigureBook.OfficeRecord]
    ) -> [RiskCount] {
        let (from, until) = (month.first.start, month.last.next.start)
        var records: [EnterpriseID: EnterpriseRecord] = [:]
        for record in roster { records[record.id] = record }
        var counts: [String: RiskCount] = [:]
        for episode in episodes where from <= episode.from && episode.from < until {
            guard let enterprise = records[episode.enterprise] else { continue }
            let id = unit.digits.map { String(enterprise.region.prefix($0)) } ?? enterprise.id.rawValue
            let name =
                unit.digits == nil
                ? enterprise.name : FigureBook.divisionName(id, offices: offices)
            var count = counts[id] ?? RiskCount(unit: id, name: name)
            if episode.peak == .red { count.red += 1 } else { count.orange += 1 }
            if !count.enterprises.contains(enterprise.id) { count.enterprises.append(enterprise.id) }
            counts[id] = count
        }
        return counts.values.sorted { $0.unit < $1.unit }
    }
}
