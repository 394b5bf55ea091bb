public import Domain
public import Kernel

/// The monthly lists of orange and red episodes and the ladder on them (TB-11…15).
public enum RiskBoards {
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
        let roster = try FigureSources.roster(scope: scope, now: now, in: &session)
        let divisions = Divisions(try FigureSources.offices(in: &session).values)
        return try months(through: month, scope: scope, now: now, in: &session).boards(
            through: month, unit: Ladder.unit(for: level), roster: roster, divisions: divisions, now: now)
    }

    /// What the boards of a scope are made of, in one pass.
    static func months(
        through month: Month, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> RiskMonths {
        RiskMonths(
            rules: try rules(in: &session),
            episodes: try episodes(window: RiskMonths.window(through: month, now: now), scope: scope, in: &session))
    }

    /// Episodes that reach into a window (A25); where they belong is where they began.
    public static func episodes(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [RiskEpisode] {
        let cases = try FigureSources.histories(
            window: window, minimum: .orange, scope: scope, in: &session)
        return RiskEpisode.all(of: cases.flatMap(\.history.stretches))
    }
}
