import Kernel

extension FigureRules {
    /// Rows of one of the four figures of disposal from warnings as they stand at `window.now`.
    ///
    /// - 预警处置率: raised in the window; downgraded or resolved (A2).
    /// - 预警按时处置率: raised in the window and decided: downgraded before the first caution, or cautioned.
    /// - 上报及时率: 消警 (A16) in the window and reported or past the hour; in time if all three parts came within it.
    /// - 督办反馈率: ordered in the window; fed back.
    public static func disposalRows(
        _ kind: FigureKind, _ warnings: [Warning], window: FigureWindow
    ) -> [FigureRow] {
        warnings.flatMap { disposalRows(kind, $0, window: window) }
    }

    private static func disposalRows(
        _ kind: FigureKind, _ warning: Warning, window: FigureWindow
    ) -> [FigureRow] {
        func row(_ at: Timestamp, _ counts: Bool) -> FigureRow {
            FigureRow(enterprise: warning.enterprise, subject: .warning(warning.id), at: at, ratio: Ratio(counts))
        }
        let hasFallen = warning.level < warning.peakLevel
        switch kind {
        case .warningsDisposed:
            return window.contains(warning.raisedAt) ? [row(warning.raisedAt, hasFallen)] : []
        case .warningsInTime:
            guard window.contains(warning.raisedAt), hasFallen || warning.cautionCount > 0 else { return [] }
            return [row(warning.raisedAt, warning.cautionCount == 0)]
        case .reportsInTime:
            guard let due = warning.firstReport else { return [] }
            guard window.contains(due.allClearAt) else { return [] }
            return due.isInTime.map { [row(due.allClearAt, $0)] } ?? []
        case .supervisionsFedBack:
            return warning.supervisions.enumerated().compactMap { ordinal, supervision in
                guard window.contains(supervision.orderedAt) else { return nil }
                return FigureRow(
                    enterprise: warning.enterprise, subject: .supervision(warning.id, ordinal: ordinal),
                    at: supervision.orderedAt, ratio: Ratio(supervision.fedBackAt != nil),
                    authority: supervision.authority)
            }
        case .commitment, .commitmentLate, .onlineNow, .onlineTime, .pointsOnline, .videoNow, .videoTime,
            .enterprisesOnline, .enterprisesVideo, .alarmsCleared, .duties, .patrols, .checks, .mustChecks,
            .problemsFedBack:
            preconditionFailure("\(kind) is no figure of disposal")
        }
    }
}

extension Warning {
    /// The report that the law asks for: from which instant the hour ran, and whether it was kept; nil in `isInTime`
    /// while the hour runs. nil where no 消警 stands.
    var firstReport: (allClearAt: Timestamp, isInTime: Bool?)? {
        guard let allClearAt else { return nil }
        if let first = reports.first(where: { $0.state != .void }) { return (allClearAt, !first.isLate) }
        return (allClearAt, reportOverdueAt == nil ? nil : false)
    }
}
