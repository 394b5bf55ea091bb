public import Kernel

/// A warning replayed up to an instant, with the stretches of its levels.
public struct WarningHistory: Hashable, Sendable {
    public private(set) var warning: Warning
    public private(set) var stretches: [RiskStretch]

    /// nil where it does not begin with `raised`, or begins after `now`. Events after `now` have not happened.
    public init?(id: WarningID, events: some Sequence<(at: Timestamp, event: WarningEvent)>, now: Timestamp) {
        var found: Warning?
        var levels: [(level: Level, from: Timestamp)] = []
        for (at, event) in events where at <= now {
            if case .raised(let raised) = event {
                found = Warning(id: id, raised: raised, at: at)
                levels = [(raised.level, at)]
                continue
            }
            guard found != nil else { return nil }
            found?.apply(event, at: at)
            if case .changed(let change) = event { levels.append((change.to, at)) }
        }
        guard let found else { return nil }
        warning = found
        stretches = levels.enumerated().compactMap { index, entry in
            guard entry.level > .blue else { return nil }
            return RiskStretch(
                hazard: found.hazard, enterprise: found.enterprise, level: entry.level, from: entry.from,
                until: index + 1 < levels.count ? levels[index + 1].from : nil)
        }
    }

    /// The highest level in a window; nil where it did not stand above blue in it.
    public func peak(from start: Timestamp, until end: Timestamp) -> Level? {
        stretches.filter { $0.from < end && ($0.until.map { $0 > start } ?? true) }.map(\.level).max()
    }
}
