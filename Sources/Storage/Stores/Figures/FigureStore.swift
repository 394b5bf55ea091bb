public import Domain
public import Kernel

/// The figures of domain §9: one definition each. `rows` is the list behind a number, which is the sum of them.
public enum FigureStore {
    /// The rows of one figure for a scope and a window, as known at `window.now`.
    public static func rows(
        _ kind: FigureKind, window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        switch kind {
        case .commitment, .commitmentLate:
            let rules = try CommitmentStore.rules(in: &session)
            let facts = try FigureSources.promises(
                from: Day(window.from), until: lastDay(window).next, scope: scope, in: &session)
            return FigureRules.commitmentRows(kind, facts, delegatesCount: rules.countsDelegateAsOnTime)
        case .onlineTime: return try onlineRows(window: window, scope: scope, in: &session)
        case .enterprisesOnline:
            return FigureRules.sharesReached(try onlineRows(window: window, scope: scope, in: &session))
        case .videoTime: return try videoRows(window: window, scope: scope, in: &session)
        case .enterprisesVideo:
            return FigureRules.sharesReached(try videoRows(window: window, scope: scope, in: &session))
        case .onlineNow, .pointsOnline, .videoNow:
            return try InstantFigures.rows(kind, now: window.now, scope: scope, in: &session)
        case .alarmsCleared:
            let alarms = try FigureSources.alarms(window: window, scope: scope, in: &session)
            return FigureRules.clearedRows(alarms, window: window)
        case .warningsDisposed, .warningsInTime, .reportsInTime, .supervisionsFedBack:
            let cases = try FigureSources.histories(window: window, scope: scope, in: &session)
            return FigureRules.disposalRows(kind, cases.map(\.history.warning), window: window)
        case .duties: return try WorkFigures.duties(window: window, scope: scope, in: &session)
        case .patrols: return try WorkFigures.patrols(window: window, scope: scope, in: &session)
        case .checks: return try WorkFigures.checks(window: window, scope: scope, in: &session).all
        case .mustChecks: return try WorkFigures.checks(window: window, scope: scope, in: &session).must
        case .problemsFedBack: return try WorkFigures.problems(window: window, scope: scope, in: &session)
        }
    }

    /// The last day of a window that has begun.
    static func lastDay(_ window: FigureWindow) -> Day {
        Day(max(window.from, min(window.until - .milliseconds(1), window.now)))
    }

    /// By enterprise, from one pass.
    public static func byEnterprise(_ rows: [FigureRow]) -> [EnterpriseID: Ratio] {
        var sums: [EnterpriseID: Ratio] = [:]
        for row in rows { sums[row.enterprise, default: .none] += row.ratio }
        return sums
    }

    static func onlineRows(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let roster = try FigureSources.roster(scope: scope, now: window.now, in: &session)
        return try onlineRows(of: roster, window: window, scope: scope, in: &session)
    }

    static func onlineRows(
        of roster: [EnterpriseRecord], window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let online = try FigureSources.online(.enterprise, window: window, scope: scope, in: &session)
        let filed = try FilingStore.confirmedSpans(.enterprise, window: window.span, scope: scope, in: &session)
        return FigureRules.onlineRows(
            of: roster, online: keyed(online), filed: keyed(filed), window: window)
    }

    private static func keyed(_ spans: [String: SpanSet]) -> [EnterpriseID: SpanSet] {
        Dictionary(spans.map { (EnterpriseID($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    static func videoRows(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let roster = try FigureSources.roster(scope: scope, now: window.now, in: &session)
        return try videoRows(of: roster, window: window, scope: scope, in: &session)
    }

    static func videoRows(
        of roster: [EnterpriseRecord], window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRow] {
        let cameras = try FigureSources.cameras(window: window, scope: scope, in: &session)
        return FigureRules.videoRows(of: roster, cameras: cameras, window: window)
    }
}
