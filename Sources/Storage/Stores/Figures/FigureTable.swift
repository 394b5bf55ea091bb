public import Domain
import Kernel

/// All figures of a scope and a window at once: the facts that several figures share are read once. The rows are those
/// of `FigureStore.rows`.
public struct FigureTable: Sendable {
    public var rows: [FigureKind: [FigureRow]]
    public var roster: [EnterpriseRecord]
    public var divisions: Divisions
    public var clearTime: Ratio

    public static func read(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> FigureTable {
        let roster = try FigureSources.roster(scope: scope, now: window.now, in: &session)
        var rows: [FigureKind: [FigureRow]] = [:]
        let online = try FigureStore.onlineRows(of: roster, window: window, scope: scope, in: &session)
        rows[.onlineTime] = online
        rows[.enterprisesOnline] = FigureRules.sharesReached(online)
        let video = try FigureStore.videoRows(of: roster, window: window, scope: scope, in: &session)
        rows[.videoTime] = video
        rows[.enterprisesVideo] = FigureRules.sharesReached(video)
        let warnings = try FigureSources.histories(window: window, scope: scope, in: &session).map(\.history.warning)
        for kind in FigureKind.evaluation {
            rows[kind] = FigureRules.disposalRows(kind, warnings, window: window)
        }
        let alarms = try FigureSources.alarms(window: window, scope: scope, in: &session)
        rows[.alarmsCleared] = FigureRules.clearedRows(alarms, window: window)
        let promises = try FigureSources.promises(
            from: Day(window.from), until: FigureStore.lastDay(window).next, scope: scope, in: &session)
        let countsDelegates = try CommitmentStore.rules(in: &session).countsDelegateAsOnTime
        for kind in [FigureKind.commitment, .commitmentLate] {
            rows[kind] = FigureRules.commitmentRows(kind, promises, delegatesCount: countsDelegates)
        }
        let checks = try WorkFigures.checks(window: window, scope: scope, in: &session)
        (rows[.checks], rows[.mustChecks]) = (checks.all, checks.must)
        for kind in FigureKind.allCases where rows[kind] == nil {
            rows[kind] = try FigureStore.rows(kind, window: window, scope: scope, in: &session)
        }
        return FigureTable(
            rows: rows, roster: roster, divisions: Divisions(try FigureSources.offices(in: &session).values),
            clearTime: FigureRules.clearTime(alarms, window: window))
    }
}

/// What a list of rows shows besides numbers: the names of the things counted.
public enum FigureNames {
    public static func names(
        of rows: some Sequence<FigureRow>, in session: inout Session
    ) throws(StorageError) -> [String: String] {
        var ids: [String: Set<String>] = [:]
        for row in rows {
            switch row.subject {
            case .enterprise, .authority: break
            case .camera(let id): ids["camera", default: []].insert(id)
            case .point(let id): ids["point", default: []].insert(id.rawValue)
            case .alarm(let id): ids["alarm", default: []].insert(id.rawValue)
            case .warning(let id), .supervision(let id, _): ids["warning", default: []].insert(id.rawValue)
            case .duty(let id): ids["duty", default: []].insert(id)
            case .problem(let id): ids["problem", default: []].insert(id)
            }
        }
        var names: [String: String] = [:]
        for (kind, set) in ids {
            let list = set.sorted()
            let query: SQL =
                switch kind {
                case "camera": "SELECT id, name FROM camera WHERE id IN (\(list: list))"
                case "point": "SELECT id, name FROM point WHERE id IN (\(list: list))"
                case "alarm":
                    """
                    SELECT a.id, p.name FROM alarm AS a JOIN point AS p ON p.id = a.point_id
                    WHERE a.id IN (\(list: list))
                    """
                case "warning":
                    """
                    SELECT w.id, h.name FROM warning AS w JOIN hazard AS h ON h.id = w.hazard_id
                    WHERE w.id IN (\(list: list))
                    """
                case "duty": "SELECT id, title FROM duty_task WHERE id IN (\(list: list))"
                default: "SELECT id, topic FROM problem WHERE id IN (\(list: list))"
                }
            for (id, name) in try session.rows(
                query,
                { row throws(StorageError) in
                    (row.next() as String, row.next() as String)
                })
            { names[id] = name }
        }
        return names
    }
}
