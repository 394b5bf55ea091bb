/// How well a unit disposes of its warnings over a period (disposal measures Art. 16; the figures are 本项目约定, §9).
/// Shares keep both numbers; where there is nothing to count there is no share, neither 0 nor 100 per cent.
public struct DisposalFigures: Hashable, Sendable {
    public struct Share: Hashable, Sendable {
        public private(set) var count: Int64 = 0
        public private(set) var total: Int64 = 0

        mutating func add(_ counts: Bool) {
            total += 1
            if counts { count += 1 }
        }

        /// Whether this share is the smaller one; nothing to count comes last. Compared crosswise, without rounding.
        static func isWorse(_ left: Share, _ right: Share) -> Bool {
            if left.total == 0 || right.total == 0 { return left.total > right.total }
            return left.count * right.total < right.count * left.total
        }
    }

    /// 预警处置率: downgraded or resolved, of those raised.
    public private(set) var disposed = Share()
    /// 预警按时处置率: downgraded before the first 警示通报, of those for which that is decided.
    public private(set) var disposedInTime = Share()
    /// 上报及时率: the first report within the hour, of those reported or past it.
    public private(set) var reportedInTime = Share()
    /// 督办反馈率: fed back, of those ordered.
    public private(set) var supervisionsFedBack = Share()

    public init() {}

    /// Counts one warning that was raised in the period.
    public mutating func add(_ warning: Warning) {
        let hasFallen = warning.level < warning.peakLevel
        disposed.add(hasFallen)
        if warning.cautionCount > 0 || hasFallen { disposedInTime.add(warning.cautionCount == 0) }
        let reports = warning.reports.filter { $0.state != .void }
        if let first = reports.first {
            reportedInTime.add(!first.isLate)
        } else if warning.reportOverdueAt != nil {
            reportedInTime.add(false)
        }
        for supervision in warning.supervisions { supervisionsFedBack.add(supervision.fedBackAt != nil) }
    }

    /// Units from the worst to the best by one share: equal ones have one rank, the next rank is skipped (1, 2, 2, 4);
    /// units with nothing to count have none.
    public static func ranking<Unit: Comparable>(
        _ figures: [Unit: DisposalFigures], by share: (DisposalFigures) -> Share
    ) -> [(rank: Int, unit: Unit)] {
        let ordered = figures.map { (unit: $0.key, share: share($0.value)) }.filter { $0.share.total > 0 }
            .sorted { left, right in
                if Share.isWorse(left.share, right.share) { return true }
                return !Share.isWorse(right.share, left.share) && left.unit < right.unit
            }
        var ranked: [(rank: Int, unit: Unit)] = []
        for (index, entry) in ordered.enumerated() {
            let isEqual = index > 0 && !Share.isWorse(ordered[index - 1].share, entry.share)
            ranked.append((isEqual ? ranked[index - 1].rank : index + 1, entry.unit))
        }
        return ranked
    }
}
