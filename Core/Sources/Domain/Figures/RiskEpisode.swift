public import Kernel

/// A source that stood at a level of warning for a while; `until` nil while it stands there.
public struct RiskStretch: Hashable, Sendable {
    public var hazard: HazardID
    public var enterprise: EnterpriseID
    public var level: Level
    public var from: Timestamp
    public var until: Timestamp?

    public init(hazard: HazardID, enterprise: EnterpriseID, level: Level, from: Timestamp, until: Timestamp?) {
        self.hazard = hazard
        self.enterprise = enterprise
        self.level = level
        self.from = from
        self.until = until
    }
}

/// 较大以上安全风险一次 (A25): an enterprise that stood at orange or red (both included, A34) without a break, counted
/// once, at the highest level within.
public struct RiskEpisode: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var peak: Level
    public var from: Timestamp
    public var until: Timestamp?
    public var hazards: [HazardID]

    public init(enterprise: EnterpriseID, peak: Level, from: Timestamp, until: Timestamp?, hazards: [HazardID]) {
        self.enterprise = enterprise
        self.peak = peak
        self.from = from
        self.until = until
        self.hazards = hazards
    }

    /// 较大及以上, 较大以上: both mean orange and red (A34).
    public static func isConsiderable(_ level: Level) -> Bool { level >= .orange }

    public func overlaps(from start: Timestamp, until end: Timestamp) -> Bool {
        from < end && (until.map { $0 > start } ?? true)
    }

    /// From the stretches of sources. A source that falls and is back within the rebound time has not been interrupted
    /// (A6); sources of one enterprise that overlap are one episode of it.
    public static func all(of stretches: [RiskStretch], reboundWithin: Interval = .minutes(10)) -> [RiskEpisode] {
        let considerable = stretches.filter { isConsiderable($0.level) }
        let bySource = Dictionary(grouping: considerable) { $0.hazard }
        var joined: [RiskEpisode] = []
        for (hazard, list) in bySource {
            joined += merged(
                list.map {
                    RiskEpisode(
                        enterprise: $0.enterprise, peak: $0.level, from: $0.from, until: $0.until, hazards: [hazard])
                }, gap: reboundWithin)
        }
        return Dictionary(grouping: joined) { $0.enterprise }.values.flatMap { merged($0, gap: .zero) }
            .sorted(by: isEarlier)
    }

    private static func merged(_ list: [RiskEpisode], gap: Interval) -> [RiskEpisode] {
        var result: [RiskEpisode] = []
        for episode in list.sorted(by: isEarlier) {
            guard let last = result.last, last.until.map({ episode.from - $0 <= gap }) ?? true else {
                result.append(episode)
                continue
            }
            var whole = last
            whole.peak = max(last.peak, episode.peak)
            whole.until = last.until.flatMap { end in episode.until.map { max(end, $0) } }
            whole.hazards = Array(Set(last.hazards + episode.hazards)).sorted()
            result[result.count - 1] = whole
        }
        return result
    }

    private static func isEarlier(_ left: RiskEpisode, _ right: RiskEpisode) -> Bool {
        if left.from != right.from { return left.from < right.from }
        if left.enterprise != right.enterprise { return left.enterprise < right.enterprise }
        return (left.hazards.first ?? "") < (right.hazards.first ?? "")
    }
}
